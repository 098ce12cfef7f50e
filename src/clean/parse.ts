// One row of cells into typed values and the fixes they needed, by a compiled mapping. A cell that cannot be read leaves
// its problem beside the value; nothing is decided here.

import type { Mapping } from './map.ts';
import { type Cell, cellName, type SheetRow } from './sheet.ts';
import type { Fix, Period } from './types.ts';
import { type Day, readDate, readIso, readMonthYear, readSerial } from './values/date.ts';
import { readEan } from './values/ean.ts';
import { monthOf } from './values/months.ts';
import { type Decimal, readNumber } from './values/number.ts';
import { cellText, isBlank, squash, storedText } from './values/text.ts';

export type NumberProblem = 'empty' | 'words' | 'ambiguous' | 'percent' | 'error' | null;

/** Reused from row to row: copy what must last. */
export interface ParsedRow {
  ean: string | null;
  eanProblem: 'missing' | 'precision' | 'check-digit' | 'not-an-ean' | null;
  eanText: string;
  code: string;
  name: string;
  quantity: number;
  quantityProblem: NumberProblem;
  amount: number | null;
  amountProblem: NumberProblem;
  /** The currency that stands beside the amount itself; null when none does. */
  amountCurrency: string | null;
  year: number | null;
  yearProblem: boolean;
  month: number | null;
  monthProblem: boolean;
  day: Day | null;
  dateProblem: 'not-a-date' | 'ambiguous' | null;
  /** The date read with day and month the other way round, when that is a date too. */
  otherDay: Day | null;
  period: Period | null;
  periodProblem: boolean;
  store: string;
  channel: string;
  currency: string;
  reseller: string;
  fixes: Fix[];
}

export function emptyRow(): ParsedRow {
  return {
    ean: null,
    eanProblem: null,
    eanText: '',
    code: '',
    name: '',
    quantity: 0,
    quantityProblem: null,
    amount: null,
    amountProblem: null,
    amountCurrency: null,
    year: null,
    yearProblem: false,
    month: null,
    monthProblem: false,
    day: null,
    dateProblem: null,
    otherDay: null,
    period: null,
    periodProblem: false,
    store: '',
    channel: '',
    currency: '',
    reseller: '',
    fixes: [],
  };
}

export function parseRow(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const { cells } = row;
  const { at } = m;
  out.fixes = [];
  parseEan(row, m, out);
  out.code = textOf(row, m, at.code, out);
  out.name = at.name < 0 ? '' : cellText(cells[at.name]);
  out.quantityProblem = null;
  out.quantity = 0;
  const quantity = numberOf(row, m, at.quantity, m.decimal.quantity, m.dash.quantity, out);
  if (quantity === null) out.quantityProblem = lastProblem;
  else out.quantity = quantity;
  out.amountProblem = null;
  out.amountCurrency = null;
  out.amount = at.amount < 0 ? null : numberOf(row, m, at.amount, m.decimal.amount, m.dash.amount, out);
  if (at.amount >= 0 && out.amount === null && lastProblem !== 'empty') out.amountProblem = lastProblem;
  if (at.amount >= 0) out.amountCurrency = lastCurrency ?? m.headingCurrency;
  parsePeriod(row, m, out);
  out.store = textOf(row, m, at.store, out);
  out.channel = textOf(row, m, at.channel, out);
  out.currency = at.currency < 0 ? '' : squash(cellText(cells[at.currency]));
  out.reseller = textOf(row, m, at.reseller, out);
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

function parsePeriod(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const { at } = m;
  out.year = null;
  out.month = null;
  out.day = null;
  out.otherDay = null;
  out.period = null;
  out.yearProblem = false;
  out.monthProblem = false;
  out.periodProblem = false;
  out.dateProblem = null;
  if (m.period !== null) return;
  if (at.year >= 0) parseYear(row, m, out);
  if (at.month >= 0) parseMonth(row, m, out);
  if (at.date >= 0) parseDate(row, m, out);
  if (at.period >= 0) parseMonthYear(row, m, out);
}

function parseYear(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const cell = row.cells[m.at.year];
  if (isBlank(cell)) return;
  const text = squash(cellText(cell));
  const digits = /^(\d{4})(?:[.,]0+)?$/.exec(text);
  if (!digits) {
    out.yearProblem = true;
    return;
  }
  out.year = Number(digits[1]);
  if (typeof cell !== 'number') fixText(row, m, m.at.year, String(out.year), 'number-as-text', out);
}

function parseMonth(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const cell = row.cells[m.at.month];
  if (isBlank(cell)) return;
  const text = squash(cellText(cell));
  const digits = /^(\d{1,2})(?:[.,]0+)?$/.exec(text);
  const month = digits ? Number(digits[1]) : monthOf(text);
  if (month === null || month < 1 || month > 12) {
    out.monthProblem = true;
    return;
  }
  out.month = month;
  if (typeof cell !== 'number')
    fixText(row, m, m.at.month, String(month), digits ? 'number-as-text' : 'month-name', out);
}

function parseDate(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const column = m.at.date;
  const cell = row.cells[column] ?? null;
  if (isBlank(cell)) return;
  if (typeof cell === 'object' && cell !== null && cell.kind === 'date') {
    out.day = readIso(String(cell.value));
    if (out.day === null) out.dateProblem = 'not-a-date';
    return;
  }
  const number =
    typeof cell === 'number'
      ? cell
      : typeof cell === 'object' && cell?.kind === 'number'
        ? (cell.value as number)
        : null;
  if (number !== null) {
    out.day = readSerial(number);
    if (out.day === null) out.dateProblem = 'not-a-date';
    else fix(row, m, column, isoDay(out.day), 'date-serial', out);
    return;
  }
  const text = cellText(cell);
  const read = readDate(text, m.order);
  if (!read.ok) {
    out.dateProblem = read.problem === 'ambiguous' ? 'ambiguous' : 'not-a-date';
    const swapped = m.order === 'auto' ? null : readDate(text, m.order === 'mdy' ? 'dmy' : 'mdy');
    if (swapped?.ok) out.otherDay = swapped.day;
    return;
  }
  out.day = read.day;
  if (read.rule === 'date-month-first' || read.rule === 'date-day-first') {
    const swapped = readDate(text, read.rule === 'date-month-first' ? 'dmy' : 'mdy');
    if (swapped.ok) out.otherDay = swapped.day;
  }
  fixText(row, m, column, isoDay(read.day), read.rule, out);
}

function parseMonthYear(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const cell = row.cells[m.at.period] ?? null;
  if (isBlank(cell)) return;
  const date = typeof cell === 'object' && cell !== null && cell.kind === 'date' ? readIso(String(cell.value)) : null;
  out.period = date ? { year: date.year, month: date.month } : readMonthYear(cellText(cell));
  if (out.period === null) out.periodProblem = true;
  else if (!date)
    fixText(row, m, m.at.period, `${out.period.year}-${String(out.period.month).padStart(2, '0')}`, 'period-text', out);
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

function fixText(row: SheetRow, m: Mapping, column: number, cleaned: string, rule: string, out: ParsedRow): void {
  if (cellText(row.cells[column]) !== cleaned) fix(row, m, column, cleaned, rule, out);
}

/** Notes that a cell is stored otherwise than it stood. */
export function fix(
  row: SheetRow,
  m: Mapping,
  column: number,
  cleaned: string | null,
  rule: string,
  out: ParsedRow,
): void {
  out.fixes.push({
    sheet: m.sheet,
    row: row.row,
    column: (m.headings[column] ?? '').trim(),
    cell: cellName(row.row, column),
    original: cellText(row.cells[column]),
    cleaned,
    rule,
  });
}

export function isoDay(day: Day): string {
  return `${day.year}-${day.month < 10 ? '0' : ''}${day.month}-${day.day < 10 ? '0' : ''}${day.day}`;
}
