// The period of a whole file, only from the places that the vendor file names. Refuses none, two that disagree, and a
// month that is not possible; never a default.

import type { ErrorCode } from '../errors.ts';
import type { PeriodSource, VendorDefinition } from '../vendors/vendor.ts';
import { fileIssue } from './rows/issue-list.ts';
import type { Cell, WorkbookHead } from './sheet.ts';
import type { Issue, Period } from './types.ts';
import { readIso, readMonthYear } from './values/date.ts';
import { monthOf } from './values/months.ts';
import { periodsInName } from './values/names.ts';
import { cellText, headingKey, isBlank, squash } from './values/text.ts';

export interface FilePeriod {
  /** null: each row has its own, or there is none (then `stop` is set). */
  period: Period | null;
  issues: Issue[];
  stop: { code: ErrorCode; params: Record<string, string> } | null;
}

/** @param perRow the table has columns that give each row its month */
export function filePeriod(head: WorkbookHead, vendor: VendorDefinition, perRow: boolean, today: Period): FilePeriod {
  const file = head.fileName;
  const issues: Issue[] = [];
  if (perRow && vendor.period.sources.some((s) => s.from === 'columns')) return { period: null, issues, stop: null };
  let period: Period | null = null;
  let from = '';
  for (const source of vendor.period.sources) {
    const found = periodsFrom(head, source);
    for (const other of found) {
      if (period !== null && !same(period, other)) {
        const reason = `${from} says ${show(period)}, ${describe(source)} says ${show(other)}`;
        return { period: null, issues, stop: { code: 'UPLOAD_PERIOD_CONFLICT', params: { file, reason } } };
      }
      if (period === null) from = describe(source);
      period = other;
    }
  }
  if (period === null) return { period, issues, stop: { code: 'UPLOAD_NO_PERIOD', params: { file } } };
  const problem = impossible(period, today);
  if (problem !== null) {
    const params = { file, period: show(period), reason: problem };
    return { period: null, issues, stop: { code: 'UPLOAD_PERIOD_IMPOSSIBLE', params } };
  }
  for (const source of vendor.period.compare) {
    if (source.from !== 'cell' || source.gives !== 'month') continue;
    const month = monthCell(head, source.sheet, source.label);
    if (month !== null && month !== period.month) {
      const hint = `${from} says ${show(period)}, but ${describe(source)} says month ${month}. ${show(period)} is taken.`;
      issues.push(fileIssue('warning', 'period-month-differs', hint, source.sheet, String(month)));
    }
  }
  return { period, issues, stop: null };
}

/** Compares the file name's month with the newest month of the rows; a note, never a decision. */
export function compareWithName(head: WorkbookHead, vendor: VendorDefinition, newest: Period | null): Issue[] {
  if (newest === null || !vendor.period.compare.some((s) => s.from === 'file_name')) return [];
  const named = periodsInName(head.fileName);
  if (named.length !== 1 || same(named[0]!, newest)) return [];
  const hint = `The file name says ${show(named[0]!)}, but the newest rows are of ${show(newest)}. The rows decide.`;
  return [fileIssue('warning', 'file-name-period', hint, null, head.fileName)];
}

/** Why a month cannot be right; null when it can. */
export function impossible(period: Period, today: Period): string | null {
  if (period.year < 2000) return 'is before 2000';
  if (period.year > today.year || (period.year === today.year && period.month > today.month)) return 'is in the future';
  return null;
}

function periodsFrom(head: WorkbookHead, source: PeriodSource): Period[] {
  if (source.from === 'file_name') return periodsInName(head.fileName);
  if (source.from !== 'cell' || source.gives !== 'period') return [];
  for (const cell of labelled(head, source.sheet, source.label)) {
    const day = cell !== null && typeof cell === 'object' && cell.kind === 'date' ? readIso(String(cell.value)) : null;
    const found = day ? { year: day.year, month: day.month } : readMonthYear(cellText(cell));
    if (found) return [found];
  }
  return [];
}

function monthCell(head: WorkbookHead, sheet: string, label: string): number | null {
  for (const cell of labelled(head, sheet, label)) {
    const text = squash(cellText(cell));
    const month = /^(0?[1-9]|1[0-2])$/.test(text) ? Number(text) : monthOf(text);
    if (month !== null) return month;
  }
  return null;
}

/** The cells to the right of and below a label, nearest first. Hidden sheets do not count. */
export function labelled(head: WorkbookHead, sheetName: string, label: string): Cell[] {
  const found: Cell[] = [];
  const key = headingKey(label);
  for (const sheet of head.sheets) {
    if (sheet.hidden || headingKey(sheet.name) !== headingKey(sheetName)) continue;
    for (const [r, row] of sheet.rows.entries()) {
      for (const [c, cell] of row.cells.entries()) {
        if (typeof cell === 'number' || headingKey(cellText(cell)) !== key) continue;
        const right = row.cells[c + 1];
        const below = sheet.rows[r + 1]?.cells[c];
        if (!isBlank(right)) found.push(right!);
        if (!isBlank(below)) found.push(below!);
      }
    }
  }
  return found;
}

function describe(source: PeriodSource): string {
  if (source.from === 'file_name') return 'the file name';
  if (source.from === 'cell') return `"${source.label}" on sheet ${source.sheet}`;
  return 'the rows';
}

function same(a: Period, b: Period): boolean {
  return a.year === b.year && a.month === b.month;
}

/** `02/2025` reads the same everywhere. */
export function show(period: Period): string {
  return `${String(period.month).padStart(2, '0')}/${period.year}`;
}
