// A row that is no sale, by its shape: blank, headings again, a total, a note. Everything else is data, right or wrong:
// a product named "Total ..." has an EAN, and a row that looks like data is never ignored.

import type { Mapping } from '../map.ts';
import { type Books, figure } from '../reconcile/books.ts';
import { groupNamed, isUnlabelledTotal, totalLabel } from '../reconcile/totals.ts';
import type { SheetRow } from '../sheet.ts';
import { cellText, headingKey, isBlank, squash } from '../values/text.ts';

export type RowKind =
  | { kind: 'data' }
  | { kind: 'ignored'; reason: string }
  | {
      kind: 'total';
      label: { exact: boolean; of: string };
      text: string;
    };

const DATA: RowKind = { kind: 'data' };
const BLANK: RowKind = { kind: 'ignored', reason: 'blank row' };
const HEADINGS: RowKind = { kind: 'ignored', reason: 'headings repeated' };
const NOTE: RowKind = { kind: 'ignored', reason: 'note, no sale' };

export function classify(row: SheetRow, m: Mapping, books: Books): RowKind {
  const { cells } = row;
  const { at } = m;
  const ean = at.ean < 0 ? null : (cells[at.ean] ?? null);
  // The quick way for nearly every row: an EAN in digits, and a figure.
  if (typeof ean === 'string' && ean.length === 13 && ean.charCodeAt(0) < 58 && typeof cells[at.quantity] === 'number')
    return DATA;
  let filled = 0;
  let label = -1;
  let figures = 0;
  let words = false;
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i];
    if (isBlank(cell)) continue;
    filled += 1;
    if (m.figures.has(i)) {
      figures += 1;
      words ||= isLabel(cellText(cell)) && figure(row, i, m.locale.amount) === null;
      continue;
    }
    if (label < 0 && isLabel(cellText(cell))) label = i;
  }
  if (filled === 0) return BLANK;
  // A footnote may begin under any heading.
  if (filled === 1 && words) return NOTE;
  if (label >= 0 && isHeadings(row, m)) return HEADINGS;
  const product = hasAny(row, [at.ean, at.code], label);
  const identified = product || hasAny(row, [at.date, at.year, at.month, at.period], label);
  if (!product && label >= 0) {
    const text = squash(cellText(cells[label]));
    const total = totalLabel(text);
    // "Total" alone may stand beside the month that it closes; "X Total" may not.
    if (total && (total.exact || !identified) && isTotal(row, m, label, total, books)) {
      return { kind: 'total', label: total, text };
    }
    if (!identified && figures === 0 && (filled <= 2 || at.name < 0 || isBlank(cells[at.name]))) return NOTE;
  }
  if (!identified && label < 0 && figures === filled && figures > 0) {
    if (isSumOfRows(row, m, books)) {
      return { kind: 'total', label: { exact: true, of: '' }, text: 'unlabelled total' };
    }
  }
  return DATA;
}

function isLabel(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}

/** Something stands in one of these columns, apart from the cell that may be the label. */
function hasAny(row: SheetRow, columns: number[], label: number): boolean {
  return columns.some((column) => column >= 0 && column !== label && !isBlank(row.cells[column]));
}

function isTotal(
  row: SheetRow,
  m: Mapping,
  label: number,
  total: { exact: boolean; of: string },
  books: Books,
): boolean {
  const { at } = m;
  if (label !== at.name && at.name >= 0 && !isBlank(row.cells[at.name])) return false;
  if (total.exact) return true;
  // "X Total" where products are named is only a total when X is a group that has been seen, or the figures are its sum.
  if (label !== at.name && label !== at.ean && label !== at.code) return true;
  return groupNamed(books.closing.ledger, total.of) !== null || isSumOfRows(row, m, books);
}

function isSumOfRows(row: SheetRow, m: Mapping, { closing, sumsOfColumns }: Books): boolean {
  const { quantity, amount } = closing.columns;
  const pieces = figure(row, quantity, m.locale.quantity);
  const money = figure(row, amount, m.locale.amount);
  return isUnlabelledTotal(closing.ledger, pieces, money) || sumsOfColumns(row);
}

function isHeadings(row: SheetRow, m: Mapping): boolean {
  const { at, headings } = m;
  for (const column of [at.ean, at.quantity, at.amount]) {
    if (column < 0) continue;
    const cell = row.cells[column];
    if (typeof cell !== 'string' || headingKey(cell) !== headingKey(headings[column] ?? '')) return false;
  }
  return at.quantity >= 0;
}
