// A recognised sheet into a clean result: locate, settle the period, map, then row by row parse, validate and account
// for it. Law: rows read = loaded + merged + quarantined + ignored. Never throws for bad data.

import type { VendorDefinition } from '../vendors/vendor.ts';
import { dedupe } from './dedupe.ts';
import { isComplete, locate } from './locate.ts';
import { compileMapping, type Mapping } from './map.ts';
import { parseRow } from './parse.ts';
import { compareWithName, filePeriod } from './period.ts';
import { classify } from './rows/classify.ts';
import { fileIssue, makeIssueList } from './rows/issue-list.ts';
import { emptyRow } from './rows/parsed-row.ts';
import { REASONS } from './rows/reasons.ts';
import { check, closeGroup, enter, makeLedger, sumFor } from './rows/totals.ts';
import type { SheetRow, WorkbookHead } from './sheet.ts';
import type { CleanResult, Issue, KnownProduct, Period, QuarantinedRow, TotalCheck } from './types.ts';
import { validateRow } from './validate.ts';
import { cellText, isBlank } from './values/text.ts';

export interface CleanInput {
  head: WorkbookHead;
  vendor: VendorDefinition;
  /** The sheet that `rows` come from. */
  sheet: string;
  /** All rows of the sheet that hold anything, headings included. */
  rows: SheetRow[];
  products: KnownProduct[];
  /** `YYYY-MM-DD` */
  today: string;
}

export function clean(input: CleanInput): CleanResult {
  const { head, vendor, rows } = input;
  const file = head.fileName;
  const today = { year: Number(input.today.slice(0, 4)), month: Number(input.today.slice(5, 7)) };
  const result = emptyResult();
  const place = locate({ name: input.sheet, hidden: false, rows: rows.slice(0, vendor.header.within) }, vendor);
  if (!place || !isComplete(place)) {
    for (const heading of place?.missing ?? []) {
      result.issues.push(
        fileIssue('error', 'column-missing', `There is no column for ${heading}.`, input.sheet, heading),
      );
    }
    for (const field of place?.twice ?? []) {
      result.issues.push(
        fileIssue('error', 'column-twice', `Two columns have the heading of the ${field}.`, input.sheet, field),
      );
    }
    return { ...result, stop: { code: 'UPLOAD_NO_TABLE', params: { file } } };
  }
  const perRow =
    (place.fields.has('year') && place.fields.has('month')) || place.fields.has('date') || place.fields.has('period');
  const found = filePeriod(head, vendor, perRow, today);
  result.issues.push(...found.issues);
  if (found.stop) return { ...result, stop: found.stop };
  const { mapping, issues } = compileMapping({
    vendor,
    sheet: input.sheet,
    place,
    head,
    rows,
    products: input.products,
    period: found.period,
    today,
  });
  result.issues.push(...issues, ...otherTables(head, vendor, input.sheet));
  return finish(loadRows(rows, mapping, result), head, vendor);
}

function loadRows(rows: SheetRow[], m: Mapping, result: CleanResult): CleanResult {
  const ledger = makeLedger();
  const list = makeIssueList();
  const parsed = emptyRow();
  const flagSigns = m.vendor.rows.sign_conflict === 'flag';
  for (const row of rows) {
    if (row.row <= m.headerRow) continue;
    result.counts.read += 1;
    const kind = classify(row, m, ledger);
    if (kind.kind === 'ignored') {
      result.ignored.push({ sheet: m.sheet, row: row.row, reason: kind.reason });
      continue;
    }
    if (kind.kind === 'total') {
      result.ignored.push({ sheet: m.sheet, row: row.row, reason: kind.label.exact ? 'totals row' : 'subtotal row' });
      const sum = sumFor(ledger, kind);
      const { quantity, amount } = kind;
      if (sum && quantity !== null) result.checks.push(checked(m, row.row, m.at.quantity, quantity, sum.quantity, 0));
      if (sum && amount !== null)
        result.checks.push(checked(m, row.row, m.at.amount, amount, sum.amount, m.vendor.total_tolerance));
      closeGroup(ledger);
      continue;
    }
    parseRow(row, m, parsed);
    const verdict = validateRow(row, parsed, m);
    if ('ignored' in verdict) {
      result.ignored.push({ sheet: m.sheet, row: row.row, reason: verdict.ignored });
      continue;
    }
    if ('held' in verdict) {
      result.quarantined.push(quarantined(row, m, verdict.held.code, verdict.held.detail));
      continue;
    }
    const clean = verdict.row;
    result.rows.push(clean);
    for (const fix of parsed.fixes) result.fixes.push(fix);
    const group = clean.store ?? (m.at.group < 0 ? '' : cellText(row.cells[m.at.group]).trim());
    enter(ledger, group, clean.quantity, clean.amountLocal ?? 0);
    if (clean.amountLocal === null) {
      const column = m.headings[m.at.amount]?.trim() ?? null;
      const hint = 'The file gives no amount for this row; it stays empty.';
      list.add({ severity: 'info', rule: 'amount-empty', sheet: m.sheet, row: row.row, column, value: null, hint });
    }
    if (flagSigns && clean.amountLocal !== null && clean.quantity * clean.amountLocal < 0) {
      list.add({
        severity: 'warning',
        rule: 'sign-conflict',
        sheet: m.sheet,
        row: row.row,
        column: m.headings[m.at.amount]?.trim() ?? null,
        value: String(clean.amountLocal),
        hint: `The quantity is ${clean.quantity} but the amount is ${clean.amountLocal}. Both are kept as they stand.`,
      });
    }
  }
  for (const c of result.checks) {
    if (c.agrees) continue;
    const hint = `The file states ${c.stated}, its rows come to ${c.found}.`;
    list.add({
      severity: 'warning',
      rule: 'total-differs',
      sheet: m.sheet,
      row: null,
      column: null,
      value: c.what,
      hint,
    });
  }
  result.issues.push(...list.all());
  return result;
}

/** Sheets that are not read although they hold such a table: said, so that nothing is lost unseen. */
function otherTables(head: WorkbookHead, vendor: VendorDefinition, sheet: string): Issue[] {
  const issues: Issue[] = [];
  for (const other of head.sheets) {
    if (other.name === sheet || other.hidden) continue;
    const place = locate(other, vendor);
    if (!place || !isComplete(place)) continue;
    const hint = `Sheet "${other.name}" holds such a table too. Only "${sheet}" was read.`;
    issues.push(fileIssue('warning', 'other-table', hint, other.name));
  }
  return issues;
}

function finish(result: CleanResult, head: WorkbookHead, vendor: VendorDefinition): CleanResult {
  const deduped = dedupe(result.rows, vendor.rows.repeats);
  result.rows = deduped.rows;
  result.merged = deduped.merged;
  result.issues.push(...deduped.issues);
  const { counts } = result;
  counts.loaded = result.rows.length;
  counts.merged = result.merged;
  counts.quarantined = result.quarantined.length;
  counts.ignored = result.ignored.length;
  result.period = span(result);
  result.issues.push(...compareWithName(head, vendor, result.period?.to ?? null));
  const file = head.fileName;
  if (counts.loaded > 0) return result;
  if (counts.quarantined === 0) return { ...result, stop: { code: 'UPLOAD_NO_ROWS', params: { file } } };
  const params = { file, count: String(counts.quarantined), reason: mostFrequent(result.quarantined) };
  return { ...result, stop: { code: 'UPLOAD_ALL_BAD', params } };
}

function emptyResult(): CleanResult {
  const counts = { read: 0, loaded: 0, merged: 0, quarantined: 0, ignored: 0 };
  return { rows: [], quarantined: [], ignored: [], merged: 0, fixes: [], issues: [], counts, checks: [], period: null };
}

function checked(
  m: Mapping,
  row: number,
  column: number,
  stated: number,
  found: number,
  tolerance: number,
): TotalCheck {
  return check(`${m.sheet} row ${row}, ${m.headings[column]?.trim() ?? ''}`, stated, found, tolerance);
}

function quarantined(row: SheetRow, m: Mapping, code: keyof typeof REASONS, detail: string): QuarantinedRow {
  const raw: Record<string, string> = {};
  for (const [i, cell] of row.cells.entries()) {
    if (isBlank(cell)) continue;
    const heading = m.headings[i]?.trim() || `column ${i + 1}`;
    raw[heading in raw ? `${heading} (${i + 1})` : heading] = cellText(cell);
  }
  const reasonCode = code === 'ean_check_digit' ? 'invalid_ean' : code;
  const reason = detail === '' ? REASONS[code] : `${REASONS[code]}: ${detail.trim().slice(0, 60)}`;
  return { sheet: m.sheet, row: row.row, reasonCode, reason, raw };
}

function span(result: CleanResult): CleanResult['period'] {
  let from: Period | null = null;
  let to: Period | null = null;
  for (const { year, month } of result.rows) {
    if (from === null || year * 12 + month < from.year * 12 + from.month) from = { year, month };
    if (to === null || year * 12 + month > to.year * 12 + to.month) to = { year, month };
  }
  return from && to ? { from, to } : null;
}

function mostFrequent(rows: QuarantinedRow[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.reasonCode, (counts.get(row.reasonCode) ?? 0) + 1);
  const code = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  return REASONS[code as keyof typeof REASONS] ?? code;
}
