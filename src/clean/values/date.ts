// Dates as cells and as text, as year, month and day. Refuses days that do not exist and orders that are not known.

import type { Period } from '../types.ts';
import { monthOf } from './months.ts';
import { squash } from './text.ts';

export type DateOrder = 'mdy' | 'dmy' | 'auto';

export interface Day {
  year: number;
  month: number;
  day: number;
}

export type DateReading =
  | { ok: true; day: Day; rule: string }
  | { ok: false; problem: 'empty' | 'not-a-date' | 'ambiguous' };

const NOT: DateReading = { ok: false, problem: 'not-a-date' };

/** Text in any of the forms that reports use. `auto` refuses `3/4/2025`, which is two dates. */
export function readDate(text: string, order: DateOrder): DateReading {
  const t = squash(text);
  if (t === '') return { ok: false, problem: 'empty' };
  if (t.length > 40) return NOT;
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+Z?)?$/.exec(t);
  if (iso) return made(Number(iso[1]), Number(iso[2]), Number(iso[3]), 'date-iso');
  const packed = /^(20\d\d)(\d\d)(\d\d)$/.exec(t);
  if (packed) return made(Number(packed[1]), Number(packed[2]), Number(packed[3]), 'date-packed');
  const numeric = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ][\d:.]+)?$/.exec(t);
  if (numeric)
    return ordered(Number(numeric[1]), Number(numeric[3]), fullYear(numeric[4]!), numeric[2] === '.' ? 'dmy' : order);
  const named =
    /^(\d{1,2})[ .\-/]*(\p{L}+)\.?[ ,\-/']*(\d{4}|\d{2})$/u.exec(t) ??
    /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u.exec(t);
  if (named) {
    const wordFirst = /^\p{L}/u.test(named[1]!);
    const month = monthOf(wordFirst ? named[1]! : named[2]!);
    if (month !== null) return made(fullYear(named[3]!), month, Number(wordFirst ? named[2] : named[1]), 'date-words');
  }
  return NOT;
}

function ordered(first: number, second: number, year: number, order: DateOrder): DateReading {
  if (order === 'mdy') return made(year, first, second, 'date-month-first');
  if (order === 'dmy') return made(year, second, first, 'date-day-first');
  if (first > 12) return made(year, second, first, 'date-day-first');
  if (second > 12) return made(year, first, second, 'date-month-first');
  if (first === second) return made(year, first, second, 'date-day-first');
  return { ok: false, problem: 'ambiguous' };
}

function made(year: number, month: number, day: number, rule: string): DateReading {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return NOT;
  return { ok: true, day: { year, month, day }, rule };
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Which order an unambiguous numeric date shows; null when it shows none. */
export function orderOf(text: string): 'mdy' | 'dmy' | null {
  const numeric = /^\s*(\d{1,2})[-/ ](\d{1,2})[-/ ]\d{2,4}/.exec(text);
  if (!numeric) return null;
  if (Number(numeric[1]) > 12) return 'dmy';
  return Number(numeric[2]) > 12 ? 'mdy' : null;
}

/** A date cell's `YYYY-MM-DD...`. */
export function readIso(value: string): Day | null {
  const year = Number(value.slice(0, 4));
  const month = Number(value.slice(5, 7));
  const day = Number(value.slice(8, 10));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? { year, month, day } : null;
}

/** Excel's day number (1900 system) for the years 2000 to 2099, or a number like 20250131. */
export function readSerial(serial: number): Day | null {
  if (serial >= 20000101 && serial <= 20991231 && Number.isInteger(serial)) {
    const packed = readDate(String(serial), 'auto');
    return packed.ok ? packed.day : null;
  }
  // Put this way round, it refuses what is no number too.
  if (!(serial >= 36526 && serial < 73051)) return null;
  let left = Math.floor(serial) - 36526;
  let year = 2000;
  for (; ; year += 1) {
    const length = daysIn(year, 2) + 337;
    if (left < length) break;
    left -= length;
  }
  let month = 1;
  for (; left >= daysIn(year, month); month += 1) left -= daysIn(year, month);
  return { year, month, day: left + 1 };
}

/** `2025-03`, `03/2025`, `March 2025`, `Mar-25`, `202503`: a month and its year; null for anything else. */
export function readMonthYear(text: string): Period | null {
  const t = squash(text);
  if (t.length > 40) return null;
  const numeric = /^(20\d\d)[-/. ]?(0?[1-9]|1[0-2])$/.exec(t);
  if (numeric) return { year: Number(numeric[1]), month: Number(numeric[2]) };
  const reversed = /^(0?[1-9]|1[0-2])[-/. ]?(20\d\d)$/.exec(t);
  if (reversed) return { year: Number(reversed[2]), month: Number(reversed[1]) };
  const words = /^(\p{L}+)\.?[ \-/']*(20\d\d|\d\d)$/u.exec(t) ?? /^(20\d\d)[ \-/]*(\p{L}+)\.?$/u.exec(t);
  if (!words) return null;
  const wordFirst = /^\p{L}/u.test(words[1]!);
  const month = monthOf(wordFirst ? words[1]! : words[2]!);
  return month === null ? null : { year: fullYear(wordFirst ? words[2]! : words[1]!), month };
}
