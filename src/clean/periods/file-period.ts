// The period of a whole file, only from the places that the vendor file names, or from what a person said. Refuses none, two
// that disagree, and a month that is not possible; never a default.

import type { VendorDefinition } from '../../vendors/vendor.ts';
import type { TablePlace } from '../locate.ts';
import { fileIssue } from '../rows/issue-list.ts';
import type { WorkbookHead } from '../sheet.ts';
import type { GivenPeriod, Issue, Period, Stop } from '../types.ts';
import type { Day } from '../values/date.ts';
import { periodsInName } from '../values/names.ts';
import { runsOf, yearsOfRuns } from './heading-years.ts';
import { daysFrom, describe, monthCell, type Place, periodsFrom, yearsFrom } from './sources.ts';
import { type Week, weekEnding } from './week.ts';

export interface FilePeriod {
  /** null: each row or column has its own, or there is none (then `stop` is set). */
  period: Period | null;
  /** The year of each heading that names a month, in their order; null when none is needed. */
  years: number[] | null;
  /** The week that the file is about; null when it is about months. */
  week: Week | null;
  issues: Issue[];
  stop: Stop | null;
}

const nothing: FilePeriod = { period: null, years: null, week: null, issues: [], stop: null };

export function filePeriod(input: {
  head: WorkbookHead;
  vendor: VendorDefinition;
  sheet: string;
  table: TablePlace;
  given: GivenPeriod | null;
  today: Period;
}): FilePeriod {
  const { head, vendor, table, given, today } = input;
  const place = { head, sheet: input.sheet, stub: table.stub };
  if (hasOwnMonths(table) && vendor.period.sources.some((source) => source.from === 'columns')) return nothing;
  const months = table.facets.facts.flatMap(({ month }) => month ?? []);
  if (months.length > 0) {
    return months.every(({ year }) => year !== null) ? nothing : headingYears(place, vendor, table, given);
  }
  const found = given ? fromPerson(given, vendor) : (fromWeeks(place, vendor) ?? fromMonths(place, vendor));
  if (found.stop || found.period === null) return found;
  const problem = impossible(found.period, today);
  if (problem === null) return { ...found, issues: [...found.issues, ...comparedMonths(head, vendor, found.period)] };
  const params = { file: head.fileName, period: show(found.period), reason: problem };
  return { ...nothing, stop: { code: 'UPLOAD_PERIOD_IMPOSSIBLE', params } };
}

function hasOwnMonths({ fields }: TablePlace): boolean {
  return (fields.has('year') && fields.has('month')) || fields.has('date') || fields.has('period');
}

function fromPerson({ year, month, day }: GivenPeriod, vendor: VendorDefinition): FilePeriod {
  const weekly = vendor.period.sources.some((source) => source.from === 'file_name' && source.gives === 'week');
  const week = weekly && day !== null ? weekEnding({ year, month, day }) : null;
  return { ...nothing, period: week?.period ?? { year, month }, week };
}

function headingYears(
  place: Place,
  vendor: VendorDefinition,
  table: TablePlace,
  given: GivenPeriod | null,
): FilePeriod {
  const runs = runsOf(table);
  // A person speaks of the newest months.
  if (given) return { ...nothing, years: yearsOfRuns(withoutYears(runs), upTo(given.year, runs.length)) };
  if (runs.length > 1) {
    const list = vendor.period.sources.map((source) => yearsFrom(place, source)).find(({ length }) => length > 1) ?? [];
    const years = yearsOfRuns(runs, list);
    if (years) return { ...nothing, years };
    const reason = `its months begin anew ${runs.length - 1 === 1 ? 'once' : `${runs.length - 1} times`}, and nothing says of which years they are`;
    return { ...nothing, stop: { code: 'UPLOAD_PERIOD_CONFLICT', params: { file: place.head.fileName, reason } } };
  }
  const said = vendor.period.sources.flatMap((source) =>
    yearsFrom(place, source).map((year) => ({ value: year, text: String(year), from: describe(source) })),
  );
  const stated = runs[0]?.stated ?? null;
  if (stated !== null) said.push({ value: stated, text: String(stated), from: 'the heading of a total' });
  const agreed = agree(place, said);
  if ('stop' in agreed) return { ...nothing, stop: agreed.stop };
  return { ...nothing, years: yearsOfRuns(runs, [agreed.value]) };
}

function withoutYears(runs: ReturnType<typeof runsOf>): ReturnType<typeof runsOf> {
  return runs.map(({ length }) => ({ length, stated: null }));
}

function upTo(last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => last - count + 1 + i);
}

/** null when no source of the vendor speaks of weeks. */
function fromWeeks(place: Place, vendor: VendorDefinition): FilePeriod | null {
  const sources = vendor.period.sources.filter((source) => source.from === 'file_name' && source.gives === 'week');
  if (sources.length === 0) return null;
  const said = sources.flatMap((source) =>
    daysFrom(place, source).map((day) => ({ value: day, text: showDay(day), from: describe(source) })),
  );
  const agreed = agree(place, said);
  if ('stop' in agreed) return { ...nothing, stop: agreed.stop };
  const week = weekEnding(agreed.value);
  if (!week) {
    const reason = `${showDay(agreed.value)} is no Sunday, so it does not say which week this is`;
    return { ...nothing, stop: { code: 'UPLOAD_PERIOD_CONFLICT', params: { file: place.head.fileName, reason } } };
  }
  const issues: Issue[] = [];
  if (week.shifted) {
    const hint = `${showDay(agreed.value)} is a Monday. Taken as the week that ended on the day before, ${week.ending}.`;
    issues.push(fileIssue('warning', 'week-ends-on-monday', hint, null, place.head.fileName));
  }
  return { ...nothing, period: week.period, week, issues };
}

function fromMonths(place: Place, vendor: VendorDefinition): FilePeriod {
  const said = vendor.period.sources.flatMap((source) =>
    periodsFrom(place, source).map((period) => ({ value: period, text: show(period), from: describe(source) })),
  );
  const agreed = agree(place, said);
  return 'stop' in agreed ? { ...nothing, stop: agreed.stop } : { ...nothing, period: agreed.value };
}

/** What all sources say; refused when none says anything, or two disagree. */
function agree<T extends number | Period | Day>(
  { head }: Place,
  said: { value: T; text: string; from: string }[],
): { value: T } | { stop: Stop } {
  const [first, ...others] = said;
  if (!first) return { stop: { code: 'UPLOAD_NO_PERIOD', params: { file: head.fileName } } };
  const other = others.find(({ text }) => text !== first.text);
  if (!other) return { value: first.value };
  const reason = `${first.from} says ${first.text}, ${other.from} says ${other.text}`;
  return { stop: { code: 'UPLOAD_PERIOD_CONFLICT', params: { file: head.fileName, reason } } };
}

function comparedMonths(head: WorkbookHead, vendor: VendorDefinition, period: Period): Issue[] {
  const issues: Issue[] = [];
  for (const source of vendor.period.compare) {
    if (source.from !== 'cell' || source.gives !== 'month') continue;
    const month = monthCell(head, source.sheet, source.label);
    if (month === null || month === period.month) continue;
    const hint = `The period is ${show(period)}, but ${describe(source)} says month ${month}. ${show(period)} is taken.`;
    issues.push(fileIssue('warning', 'period-month-differs', hint, source.sheet, String(month)));
  }
  return issues;
}

/** Compares the file name's month with the newest month of the rows; a note, never a decision. */
export function compareWithName(head: WorkbookHead, vendor: VendorDefinition, newest: Period | null): Issue[] {
  if (newest === null || !vendor.period.compare.some((s) => s.from === 'file_name')) return [];
  const named = periodsInName(head.fileName);
  if (named.length !== 1 || show(named[0]!) === show(newest)) return [];
  const hint = `The file name says ${show(named[0]!)}, but the newest rows are of ${show(newest)}. The rows decide.`;
  return [fileIssue('warning', 'file-name-period', hint, null, head.fileName)];
}

/** Why a month cannot be right; null when it can. */
export function impossible(period: Period, today: Period): string | null {
  if (period.year < 2000) return 'is before 2000';
  if (period.year > today.year || (period.year === today.year && period.month > today.month)) return 'is in the future';
  return null;
}

/** `02/2025` reads the same everywhere. */
export function show(period: Period): string {
  return `${String(period.month).padStart(2, '0')}/${period.year}`;
}

function showDay({ year, month, day }: Day): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
