// What was read of a question, piece by piece, and what several rules make of the pieces: the names, the one period, an answer that
// asks back.

import { addMonths, apart, lengthOf, less, rangeOf } from '../calendar/months.ts';
import type { SaidPeriod } from '../calendar/periods.ts';
import type { Dimension, Filter, MonthRange, Query } from '../query.ts';
import type { Understanding } from '../understanding.ts';
import type { FoundName } from './names-in-text.ts';
import type { Reading } from './reading.ts';

export interface Pieces {
  reading: Reading;
  names: FoundName[];
  periods: SaidPeriod[];
  /** What is compared when only the kind of comparison is said: this year so far, last month. */
  soFar: MonthRange | null;
  lastMonth: MonthRange | null;
  /** All months of the data. */
  all: MonthRange | null;
  /** The question, for options that repeat it in other words. */
  question: string;
}

export type Outcome = Query | Extract<Understanding, { kind: 'clarify' | 'unknown' }>;

const timeDimensions = new Set<Dimension>(['month', 'quarter', 'year']);
export const isTime = (dimension: Dimension) => timeDimensions.has(dimension);

/** Names of one dimension together, kept and left out apart. */
export function filtersOf(pieces: Pieces, skip: number[] = []): Filter[] {
  const filters: Filter[] = [];
  for (const at of pieces.reading.names) {
    const found = pieces.names[at];
    if (!found || skip.includes(at)) continue;
    const exclude = pieces.reading.excluded.has(at);
    const same = filters.find((each) => each.dimension === found.dimension && each.exclude === exclude);
    if (same) same.names = [...new Set([...same.names, ...found.names])];
    else filters.push({ dimension: found.dimension, names: [...found.names], exclude });
  }
  return filters;
}

/** "December sales over the years": the same month, or quarter, of every year there is. */
function everyYear({ reading, periods, all }: Pieces): MonthRange | null {
  const [only, ...others] = reading.periods.map((at) => periods[at]);
  if (!only?.open || others.length > 0 || !all || !reading.each.includes('year')) return null;
  const years = Array.from({ length: 30 }, (_, at) =>
    rangeOf(addMonths(only.range.from, -12 * at), addMonths(only.range.to, -12 * at)),
  );
  const there = years.filter(({ from, to }) => from >= all.from && to <= all.to);
  return there.length > 1 ? apart(there) : null;
}

/** The one range of a question; `by` where ranges are set side by side. Undefined: two that are of no common kind. */
export function periodOf(pieces: Pieces): { period: MonthRange | null; by: Dimension | null } | undefined {
  const rangesAt = (places: number[]) =>
    places.map((at) => pieces.periods[at]?.range).filter((range) => range !== undefined);
  const said = rangesAt(pieces.reading.periods);
  const holes = rangesAt(pieces.reading.withoutPeriods);
  if (holes.length > 0) {
    const whole = said.length === 0 ? pieces.all : said.length === 1 ? said[0] : null;
    const period = whole ? less(whole, holes) : null;
    return period ? { period, by: null } : undefined;
  }
  if (said.length === 0) return { period: null, by: null };
  const each = everyYear(pieces);
  if (each) return { period: each, by: null };
  if (said.length === 1) return { period: said[0] ?? null, by: null };
  const sorted = [...said].sort((a, b) => a.from.localeCompare(b.from));
  const length = lengthOf(sorted[0] as MonthRange);
  const joined = sorted.every(
    (range, at) => lengthOf(range) === length && (at === 0 || addMonths(sorted[at - 1]?.to ?? '', 1) === range.from),
  );
  const unit: Dimension | undefined =
    length === 1 ? 'month' : length === 3 ? 'quarter' : length === 12 ? 'year' : undefined;
  if (!unit || new Set(sorted.map(({ from }) => from)).size < sorted.length) return undefined;
  if (!joined)
    return sorted.every((range) => lengthOf(range) === length) ? { period: apart(sorted), by: unit } : undefined;
  return { period: rangeOf(sorted[0]?.from ?? '', sorted.at(-1)?.to ?? ''), by: unit };
}

export function unsettled(
  text = 'I could not settle what this asks for.',
): Extract<Understanding, { kind: 'unknown' }> {
  return {
    kind: 'unknown',
    text,
    suggestions: ['Sales by month this year', 'Top 10 products last month', 'Sales by reseller this year'],
  };
}

export function vague(dimension: Dimension | undefined): Extract<Understanding, { kind: 'clarify' }> {
  const of = dimension && !isTime(dimension) ? dimension : null;
  return {
    kind: 'clarify',
    text: 'Which figures would you like to see?',
    options: of
      ? [
          { label: `List of ${of}s`, question: `List all ${of}s` },
          { label: `Sales by ${of}`, question: `Sales by ${of} this year` },
          { label: `Top 10 ${of}s`, question: `Top 10 ${of}s this year` },
        ]
      : [
          { label: 'Sales by month', question: 'Sales by month this year' },
          { label: 'Top 10 products', question: 'Top 10 products this year' },
          { label: 'Sales by reseller', question: 'Sales by reseller this year' },
        ],
  };
}
