// When a row was sold: its year, month, date or period cells into one month and day. Refuses what disagrees or cannot be.

import type { Mapping } from '../map.ts';
import { impossible } from '../periods/file-period.ts';
import type { SheetRow } from '../sheet.ts';
import type { Period } from '../types.ts';
import { type Day, readDate, readIso, readMonthYear, readSerial } from '../values/date.ts';
import { monthOf } from '../values/months.ts';
import { cellText, isBlank, squash } from '../values/text.ts';
import { fix, fixText } from './fix.ts';
import type { ParsedRow } from './parsed-row.ts';
import { type Held, held } from './reasons.ts';

/** Leaves everything empty when the file as a whole has a period. */
export function parsePeriod(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const { at } = m;
  out.year = null;
  out.month = null;
  out.day = null;
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
    else fixText(row, m, column, isoDay(out.day), 'time-of-day', out);
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
  const read = readDate(text, m.locale.order);
  if (!read.ok) {
    out.dateProblem = read.problem === 'ambiguous' ? 'ambiguous' : 'not-a-date';
    return;
  }
  out.day = read.day;
  fixText(row, m, column, isoDay(read.day), read.rule, out);
}

function parseMonthYear(row: SheetRow, m: Mapping, out: ParsedRow): void {
  const cell = row.cells[m.at.period] ?? null;
  if (isBlank(cell)) return;
  const date = typeof cell === 'object' && cell !== null && cell.kind === 'date' ? readIso(String(cell.value)) : null;
  out.period = date ? { year: date.year, month: date.month } : readMonthYear(cellText(cell));
  if (out.period === null) {
    out.periodProblem = true;
    return;
  }
  const month = `${out.period.year}-${String(out.period.month).padStart(2, '0')}`;
  fixText(row, m, m.at.period, month, date ? 'date-as-month' : 'period-text', out);
}

interface Time {
  year: number;
  month: number;
  salesDate: string;
}

/** The row's month and day, from whatever states them; held back when they contradict each other or cannot be. */
export function timeOf(source: SheetRow, p: ParsedRow, m: Mapping, ofColumn: Period | null): Time | { held: Held } {
  const { at } = m;
  if (m.week !== null) return { ...m.week.period, salesDate: m.week.salesDate };
  if (m.period !== null) return firstOfMonth(m.period.year, m.period.month);
  if (ofColumn !== null) return possible(ofColumn) ?? firstOfMonth(ofColumn.year, ofColumn.month);
  if (p.monthProblem) return held('invalid_month', cellText(source.cells[m.at.month]));
  if (p.yearProblem) return held('invalid_year', cellText(source.cells[m.at.year]));
  if (p.periodProblem) return held('missing_period', cellText(source.cells[m.at.period]));
  const year = p.year ?? p.period?.year ?? null;
  const month = p.month ?? p.period?.month ?? null;
  let day = p.day;
  if (year !== null && month !== null) {
    // The month column says which way round a date is meant that could be two dates.
    if (at.date >= 0 && (day === null || day.year !== year || day.month !== month)) {
      const text = cellText(source.cells[at.date]);
      const other = [readDate(text, 'dmy'), readDate(text, 'mdy')].find(
        (d) => d.ok && d.day.year === year && d.day.month === month,
      );
      if (other?.ok) {
        day = other.day;
        const noted = p.fixes.find((f) => f.rule.startsWith('date-'));
        if (noted) Object.assign(noted, { cleaned: isoDay(day), rule: other.rule });
        else fix(source, m, at.date, isoDay(day), other.rule, p);
      }
    }
    if (day !== null && (day.year !== year || day.month !== month)) {
      return held('period_conflict', `${isoDay(day)} in ${year}-${String(month).padStart(2, '0')}`);
    }
  } else if (p.dateProblem !== null) {
    return held(p.dateProblem === 'ambiguous' ? 'ambiguous_date' : 'invalid_date', cellText(source.cells[m.at.date]));
  }
  const y = year ?? day?.year ?? null;
  const mo = month ?? day?.month ?? null;
  if (y === null || mo === null) return held('missing_period', '');
  if (day !== null && (day.year !== y || day.month !== mo)) return held('period_conflict', isoDay(day));
  return (
    possible({ year: y, month: mo }) ??
    (day === null ? firstOfMonth(y, mo) : { year: y, month: mo, salesDate: isoDay(day) })
  );

  function possible(month: Period): { held: Held } | null {
    if (impossible(month, m.today) === null) return null;
    const text = `${month.year}-${String(month.month).padStart(2, '0')}`;
    return held(month.year < 2000 ? 'invalid_year' : 'future_period', text);
  }
}

function firstOfMonth(year: number, month: number): Time {
  return { year, month, salesDate: `${year}-${month < 10 ? '0' : ''}${month}-01` };
}

export function isoDay(day: Day): string {
  return `${day.year}-${day.month < 10 ? '0' : ''}${day.month}-${day.day < 10 ? '0' : ''}${day.day}`;
}
