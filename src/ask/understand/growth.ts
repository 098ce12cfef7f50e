// Two ranges set against each other -> the typed question for their difference: which is now, which is before, and what is asked back
// where that is not said.

import { addMonths, lengthOf, rangeOf } from '../calendar/months.ts';
import type { SaidPeriod } from '../calendar/periods.ts';
import type { Dimension, Filter, Growth, MonthRange, NameDimension } from '../query.ts';
import { isTime, type Outcome, type Pieces, periodOf, unsettled, vague } from './pieces.ts';

export function growthOf(pieces: Pieces, filters: Filter[]): Outcome {
  const r = pieces.reading;
  const metric = (r.metrics[0] ?? 'sales') as Growth['metric'];
  if (!['sales', 'units', 'avg_price'].includes(metric) || r.threshold || r.running || r.counts) return unsettled();
  const by = [...r.each, ...r.subjects.map((each) => each.dimension)];
  if (by.some(isTime)) return courseOf(pieces, filters, by, metric);
  const ranges = r.periods.map((at) => pieces.periods[at]).filter((each) => each !== undefined);
  if (ranges.length > 2) return unsettled();
  const alike = ranges.length === 2 && ranges[0]?.range.from === ranges[1]?.range.from;
  if (r.direction && !r.versus && by.length === 0 && !r.metrics.length && !filters.length) return vague(undefined);
  let current: MonthRange;
  let previous: MonthRange;
  if (ranges.length === 2) {
    const [a, b] = ranges as [SaidPeriod, SaidPeriod];
    const [late, early] = a.range.from > b.range.from ? [a, b] : [b, a];
    const against = r.against !== null ? pieces.periods[r.against] : undefined;
    [current, previous] = [late.range, early.range];
    if (against === late && lengthOf(late.range) === lengthOf(early.range) && !late.running)
      [current, previous] = [late.range, early.range];
    if (lengthOf(previous) === 12 && lengthOf(current) < 12)
      previous = shifted(current, (Number(previous.from.slice(0, 4)) - Number(current.from.slice(0, 4))) * 12);
    else if (lengthOf(current) === 12 && late.running && lengthOf(previous) === 12 && pieces.soFar) {
      // A year that is not over, with the same months of the other one.
      current = pieces.soFar;
      previous = shifted(current, 12 * (Number(early.range.from.slice(0, 4)) - Number(late.range.from.slice(0, 4))));
    }
  } else if (ranges.length === 1 && r.against !== null && isPastYear(ranges[0]?.range, pieces.soFar)) {
    // "Compared to last year" alone: what there is of this year, with the same months of that one.
    current = pieces.soFar as MonthRange;
    previous = shifted(current, -12 * (Number(current.from.slice(0, 4)) - Number(ranges[0]?.range.from.slice(0, 4))));
  } else if (ranges.length === 1 && r.against !== null && r.shift === null) {
    return unsettled(`Which period should I compare with ${ranges[0]?.range.label}?`);
  } else if (ranges.length === 1 && r.stepwise && by.length === 0 && lengthOf(ranges[0]?.range as MonthRange) > 1) {
    return courseOf(pieces, filters, ['month'], metric);
  } else if (ranges.length === 1 || r.shift) {
    const unfinished = ranges[0]?.running && lengthOf(ranges[0].range) === 12;
    const one =
      (unfinished ? pieces.soFar : ranges[0]?.range) ?? (r.shift === 'year' ? pieces.soFar : pieces.lastMonth);
    if (!one) return unsettled('Which period should I compare with which one?');
    current = one;
    const length = lengthOf(one);
    if (r.shift === 'year' || length >= 12 || (ranges[0]?.running && r.shift === null))
      previous = shifted(one, -12 * Math.max(1, Math.ceil(length / 12)));
    else if (r.shift === 'before') previous = shifted(one, -length);
    else {
      const [before, yearAgo] = [shifted(one, -length), shifted(one, -12)];
      return {
        kind: 'clarify',
        text: `Should I compare ${one.label} with ${before.label} or with ${yearAgo.label}?`,
        options: [before, yearAgo].map((range) => ({
          label: `Against ${range.label}`,
          question: `${pieces.question.replace(/[?.!\s]+$/, '')} against ${range.label}?`,
        })),
      };
    }
  } else return unsettled('Which period should I compare with which one?');
  // "The last 3 months against the previous 3": the ones before; "December against last year": a year before.
  if (previous.from === current.from)
    previous = shifted(current, alike && !/year/i.test(pieces.question) ? -lengthOf(current) : -12);
  const ranking =
    r.direction && by.length > 0
      ? { direction: r.direction, n: r.n ?? (r.subjects.some((each) => !each.plural) ? 1 : null) }
      : null;
  const only = r.course && by.length > 0 && !ranking ? { only: r.course } : {};
  return {
    kind: 'growth',
    filters,
    chart: r.chart,
    metric,
    current,
    previous,
    by: by as NameDimension[],
    ranking,
    ...only,
  };
}

/** "Growth by month": each step against the one before it. */
function courseOf(pieces: Pieces, filters: Filter[], by: Dimension[], metric: Growth['metric']): Outcome {
  const span = periodOf(pieces);
  const { reading: r } = pieces;
  if (!span || r.direction || r.shift === 'year' || by.filter(isTime).length !== 1) return unsettled();
  return {
    kind: 'aggregate',
    filters,
    period: span.period,
    chart: r.chart,
    metrics: [metric],
    by,
    ranking: null,
    threshold: null,
    running: false,
    change: true,
    perMonth: false,
  };
}

/** What was asked, set against another range: `r.against`, or the one before or a year before; null where none is said. */
export function comparedWith(
  current: MonthRange,
  pieces: Pieces,
): { current: MonthRange; previous: MonthRange } | null {
  const { against, shift } = pieces.reading;
  const said = against === null ? undefined : pieces.periods[against]?.range;
  const { soFar } = pieces;
  const now = soFar && lengthOf(current) === 12 && current.from === soFar.from ? soFar : current;
  const yearBefore = shifted(now, -12 * Math.ceil(lengthOf(now) / 12));
  if (said && lengthOf(said) === 12 && lengthOf(now) <= 12) {
    const years = Number(said.from.slice(0, 4)) - Number(now.from.slice(0, 4));
    // In February, "last year" is the one that was just asked about: the one before it is meant.
    return { current: now, previous: years === 0 ? yearBefore : shifted(now, 12 * years) };
  }
  if (said) return { current: now, previous: said };
  if (shift === null) return null;
  return { current: now, previous: shift === 'year' ? yearBefore : shifted(now, -lengthOf(now)) };
}

function isPastYear(range: MonthRange | undefined, soFar: MonthRange | null): boolean {
  return range !== undefined && soFar !== null && lengthOf(range) === 12 && range.to < soFar.from;
}

function shifted(range: MonthRange, months: number): MonthRange {
  return rangeOf(addMonths(range.from, months), addMonths(range.to, months));
}
