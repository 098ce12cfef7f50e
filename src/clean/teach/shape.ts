// A column's cells into what they look like: how many are EANs, whole numbers, money, dates, months, words.

import type { Cell } from '../sheet.ts';
import { currencyCode, currencyInHeading, currencyOf } from '../values/currency.ts';
import { orderOf, readDate, readMonthYear } from '../values/date.ts';
import { readEan } from '../values/ean.ts';
import { monthOf } from '../values/months.ts';
import { readNumber } from '../values/number.ts';
import { cellText, isBlank, squash } from '../values/text.ts';

/** What is longer is prose. */
const LONGEST = 200;

/** Counts of cells; a cell may count in several. */
export interface Shape {
  /** Cells that hold anything. */
  filled: number;
  ean: number;
  /** Of those in `text` form that the EAN column may hold instead: letters and digits, no blanks. */
  code: number;
  /** Nothing but digits, too few for an EAN. */
  digits: number;
  number: number;
  whole: number;
  date: number;
  period: number;
  month: number;
  year: number;
  text: number;
  currencyCode: number;
  /** `86033221 - boy of june`: a number, a dash, a name. */
  numbered: number;
  /** Texts such as `1,234`, which may be one thousand or one. */
  ambiguousNumber: number;
  /** Figures that are texts with a mark in them. */
  textFigures: number;
  /** Texts such as `3/4/2025`. */
  ambiguousDate: number;
  /** The orders that other dates of the column show. */
  orders: Set<string>;
  /** Currencies that stand beside figures, as code or as the sign where it is shared. */
  currencies: Set<string>;
}

export function shapeOf(cells: Cell[]): Shape {
  const filled = cells.filter((cell) => !isBlank(cell));
  const shape: Shape = {
    filled: filled.length,
    ean: 0,
    code: 0,
    digits: 0,
    number: 0,
    whole: 0,
    date: 0,
    period: 0,
    month: 0,
    year: 0,
    text: 0,
    currencyCode: 0,
    numbered: 0,
    ambiguousNumber: 0,
    textFigures: 0,
    ambiguousDate: 0,
    orders: new Set(),
    currencies: new Set(),
  };
  for (const cell of filled) look(cell, shape);
  return shape;
}

/** A part of the filled cells, 0 to 1. */
export function share(shape: Shape, count: number): number {
  return shape.filled === 0 ? 0 : count / shape.filled;
}

function look(cell: Cell, shape: Shape): void {
  if (typeof cell === 'object' && cell?.kind === 'date') {
    shape.date += 1;
    shape.period += 1;
    return;
  }
  const shown = cellText(cell);
  if (shown.length > LONGEST) {
    shape.text += 1;
    return;
  }
  const text = squash(shown);
  const ean = readEan(cell);
  if (ean.ok) {
    shape.ean += 1;
    return;
  }
  if (/^\d{4,12}$/.test(text)) shape.digits += 1;
  const value = numberIn(cell, text, shape);
  if (value !== null) {
    shape.number += 1;
    if (Number.isInteger(value)) shape.whole += 1;
    if (Number.isInteger(value) && value >= 2000 && value <= 2100) shape.year += 1;
    if (Number.isInteger(value) && value >= 1 && value <= 12) shape.month += 1;
  }
  if (typeof cell === 'number' || (typeof cell === 'object' && cell?.kind === 'number')) return;
  const day = readDate(text, 'auto');
  const order = orderOf(text);
  if (order !== null) shape.orders.add(order);
  if (day.ok) shape.date += 1;
  else if (day.problem === 'ambiguous') {
    shape.date += 1;
    shape.ambiguousDate += 1;
  }
  if (readMonthYear(text) !== null) shape.period += 1;
  if (monthOf(text) !== null) shape.month += 1;
  if (currencyCode(text) !== null && text.length === 3) shape.currencyCode += 1;
  if (value === null && /\p{L}/u.test(text)) {
    shape.text += 1;
    if (/^[\p{L}\p{N}_./()-]+$/u.test(text) && /\p{N}/u.test(text)) shape.code += 1;
    if (/^(\p{L}+ )?\d{4,} [-\u2013] \S/u.test(text)) shape.numbered += 1;
  }
}

/** The figure in a cell, and what stands beside it; null when there is none. `1,234` counts, though it is not known which. */
function numberIn(cell: Cell, text: string, shape: Shape): number | null {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'object' && cell?.kind === 'number' && typeof cell.value === 'number') {
    const beside = cell.format === undefined ? null : currencyInFormat(cell.format);
    if (beside !== null) shape.currencies.add(beside);
    return cell.value;
  }
  const read = readNumber(text, 'auto');
  if (/\d[.,]\d/.test(text) && (read.ok || read.problem === 'ambiguous')) shape.textFigures += 1;
  if (read.ok) {
    if (read.currency !== null) shape.currencies.add(read.currency);
    return read.value;
  }
  if (read.problem !== 'ambiguous') return null;
  shape.ambiguousNumber += 1;
  const assumed = readNumber(text, 'point');
  if (assumed.ok && assumed.currency !== null) shape.currencies.add(assumed.currency);
  return assumed.ok ? assumed.value : null;
}

/** The currency that a number format shows: `#,##0.00 "zł"`, `[$€-407]`; null when it shows none. */
function currencyInFormat(format: string): string | null {
  const shown = [...format.matchAll(/\[\$([^\]-]*)[^\]]*\]|"([^"]*)"|([€£])/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
  for (const part of shown) {
    const found = currencyOf(part) ?? currencyInHeading(part);
    if (found !== null) return found;
  }
  return null;
}

/** What a column's cells look like, in a few words: enough to judge a heading by, and no cell among them. */
export function shapeWords(shape: Shape | undefined): string {
  if (!shape || shape.filled === 0) return 'nothing';
  const most = (count: number) => count * 2 > shape.filled;
  if (most(shape.ean)) return '13-digit codes';
  if (most(shape.date)) return 'dates';
  if (most(shape.period)) return 'months';
  if (most(shape.year)) return 'years';
  if (most(shape.whole)) return 'whole numbers';
  if (most(shape.month)) return 'months';
  return most(shape.number) ? 'amounts' : 'texts';
}
