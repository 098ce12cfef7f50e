// One row of cells into typed values and the fixes they needed, by a compiled mapping: what the whole row says, and then the
// figures of each of its facets. A cell that cannot be read leaves its problem beside the value; nothing is decided here.

import type { FigureColumns, Mapping } from './map.ts';
import { fix, fixText } from './rows/fix.ts';
import type { NumberProblem, ParsedRow } from './rows/parsed-row.ts';
import { parsePeriod } from './rows/when.ts';
import type { Cell, SheetRow } from './sheet.ts';
import { readEan } from './values/ean.ts';
import { type Decimal, readNumber } from './values/number.ts';
import { cellText, squash, storedText } from './values/text.ts';

export function parseRow(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const { cells } = row;
  const { at } = m;
  out.fixes = [];
  parseEan(row, m, out);
  out.code = textOf(row, m, at.code, out);
  out.name = at.name < 0 ? '' : cellText(cells[at.name]);
  parsePeriod(row, m, out);
  out.store = textOf(row, m, at.store, out);
  out.channel = textOf(row, m, at.channel, out);
  out.currency = at.currency < 0 ? '' : squash(cellText(cells[at.currency]));
  out.reseller = textOf(row, m, at.reseller, out);
}

/** The figures of one facet; `out` keeps what `parseRow` found. */
export function parseFigures(row: SheetRow, m: Mapping, columns: FigureColumns, out: ParsedRow): void {
  out.quantityProblem = null;
  out.quantity = 0;
  const quantity = numberOf(row, m, columns.quantity, m.locale.quantity, m.dash.quantity, out);
  if (quantity === null) out.quantityProblem = lastProblem;
  else out.quantity = quantity;
  out.amountProblem = null;
  out.amountCurrency = null;
  out.amount = null;
  out.amountEstimated = false;
  if (columns.amount >= 0) {
    out.amount = numberOf(row, m, columns.amount, m.locale.amount, m.dash.amount, out);
    if (out.amount === null && lastProblem !== 'empty') out.amountProblem = lastProblem;
    out.amountCurrency = lastCurrency ?? m.headingCurrency;
  } else if (m.at.total_amount >= 0) {
    shareOfTotal(row, m, out);
  }
}

/** Money that the file gives for all months together: a fact's share of it by its pieces, and marked as that. */
function shareOfTotal(row: SheetRow, m: Mapping, out: ParsedRow): void {
  // What the total cells needed is no change of a stored cell.
  const fixes = out.fixes.length;
  const pieces = numberOf(row, m, m.at.total_quantity, m.locale.quantity, m.dash.quantity, out);
  const money = numberOf(row, m, m.at.total_amount, m.locale.amount, m.dash.amount, out);
  if (money === null && lastProblem !== 'empty') out.amountProblem = lastProblem;
  out.amountCurrency = lastCurrency ?? null;
  out.fixes.length = fixes;
  if (pieces === null || money === null || pieces === 0) return;
  out.amount = (Math.round((money / pieces) * 1e4) / 1e4) * out.quantity;
  out.amountEstimated = true;
  fixText(row, m, m.at.total_amount, String(out.amount), 'share-of-total', out);
}

function parseEan(row: SheetRow, m: Mapping, out: ParsedRow): void {
  out.ean = null;
  out.eanProblem = 'missing';
  out.eanText = '';
  const column = m.at.ean;
  if (column < 0) return;
  const cell = row.cells[column];
  const read = readEan(cell);
  if (!read.ok) {
    out.eanProblem = read.problem;
    out.eanText = cellText(cell);
    return;
  }
  out.ean = read.ean;
  out.eanProblem = null;
  if (read.rule !== null) fix(row, m, column, read.ean, read.rule, out);
}

// Set by numberOf, so that the hot loop allocates nothing for numbers.
let lastProblem: NumberProblem = null;
let lastCurrency: string | null = null;

function numberOf(
  row: SheetRow,
  m: Mapping,
  column: number,
  decimal: Decimal,
  dash: 'zero' | 'empty',
  out: ParsedRow,
): number | null {
  lastProblem = null;
  lastCurrency = null;
  const cell: Cell = row.cells[column] ?? null;
  if (typeof cell === 'number') return cell;
  if (cell === null) return problem('empty');
  if (typeof cell === 'boolean') return problem('words');
  let text: string;
  if (typeof cell === 'object') {
    // The value of a number cell is never read from text: what it shows is only its format.
    if (cell.kind === 'number') return typeof cell.value === 'number' ? cell.value : problem('words');
    if (cell.kind === 'missing') return problem('empty');
    if (cell.kind === 'error') return problem('error');
    if (cell.kind !== 'text') return problem('words');
    text = String(cell.value ?? '');
  } else {
    text = cell;
  }
  const read = readNumber(text, decimal);
  if (!read.ok) return problem(/^#[A-Z/0]+[!?A]?$/.test(text.trim()) ? 'error' : read.problem);
  if (read.rule === 'accounting-dash' && dash === 'empty') return problem('empty');
  lastCurrency = read.currency;
  const cleaned = String(read.value);
  if (cleaned !== text) fix(row, m, column, cleaned, read.rule, out);
  return read.value;
}

function problem(kind: NumberProblem): null {
  lastProblem = kind;
  return null;
}

/** Trimmed, without control characters; the fix is noted. */
function textOf(row: SheetRow, m: Mapping, column: number, out: ParsedRow): string {
  if (column < 0) return '';
  const cell = row.cells[column];
  const text = cellText(cell);
  if (text === '') return '';
  const cleaned = storedText(text);
  if (cleaned !== text && cleaned !== '') fix(row, m, column, cleaned, 'trimmed', out);
  return cleaned;
}
