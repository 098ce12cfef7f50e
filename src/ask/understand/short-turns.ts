// Two or three words in a thread, that say how to look at the same figures: "cumulative", "as a share", "which was best", "and the
// month before?", "only those that grew".

import { addMonths, lengthOf, rangeOf } from '../calendar/months.ts';
import type { Aggregate, Dimension, Metric, MonthRange, Query } from '../query.ts';
import { isTime, type Outcome, type Pieces } from './pieces.ts';
import type { Reading } from './reading.ts';

const extreme =
  /^(?:and )?which (?:one )?(?:was|is|were|are) (?:the )?(best|worst|highest|lowest|strongest|weakest|biggest|smallest)$/;
const earlier = /^(?:and )?the (month|quarter|year) before(?: that)?$/;
const alone = /^(?:and )?(?:the )?(cumulative|cumulated|running total|average|avg|mean|sum)$/;
const other = /^(?:and )?the (first|last)(?: one| sale| month)?$/;
const inShares = /^(?:and )?(?:as|in|show (?:it|that|them|this) (?:as|in)|(?:it|that|them) (?:as|in)) /;

/** Whether all of the words are one of these turns. */
export function isWholeTurn(plain: string): boolean {
  return [extreme, earlier, alone, other].some((each) => each.test(plain));
}

/** Whether words like these make no question of their own. `plain` is the question in plain spelling. */
export function isShortTurn(plain: string, r: Reading): boolean {
  if (isWholeTurn(plain)) return true;
  if (inShares.test(plain) && (r.share || r.percent)) return true;
  const bare = r.periods.length === 0 && r.names.length === 0;
  if (bare && r.course && /(?:^| )(?:only|just|those|that)(?= |$)/.test(plain)) return true;
  if (!bare || plain.split(' ').length > 3 || r.nothing || r.occurrence || r.arrival || r.growth || r.verb)
    return false;
  // "Avg price?", "best product", "which products", "more than 2000".
  return r.metrics.length > 0 || r.direction !== null || r.threshold !== null || (r.lists && r.subjects.length > 0);
}

/** The question before, turned; null when the words ask for something else. */
export function shortTurn(previous: Query, pieces: Pieces, plain: string): Outcome | null {
  const { reading: r } = pieces;
  const before = earlier.exec(plain);
  if (before && previous.kind !== 'growth' && previous.kind !== 'why' && previous.period && !previous.period.parts) {
    return { ...previous, period: earlierThan(previous.period, before[1] ?? '') } as Query;
  }
  if (previous.kind === 'first_or_last') {
    const which = other.exec(plain)?.[1];
    return which ? { ...previous, which: which as 'first' } : null;
  }
  if (previous.kind === 'growth') return r.course ? { ...previous, only: r.course, ranking: null } : null;
  if (previous.kind === 'share') {
    const [metric] = r.metrics;
    const same = r.each.length === 0 && r.names.length === 0 && r.periods.length === 0;
    return same && (metric === 'units' || metric === 'sales') ? { ...previous, metric } : null;
  }
  return previous.kind === 'aggregate' ? turned(previous, pieces, plain) : null;
}

function turned(previous: Aggregate, { reading: r }: Pieces, plain: string): Outcome | null {
  const [metric = 'sales'] = previous.metrics;
  const split = previous.by.length === 1 ? (previous.by[0] ?? null) : null;
  const found = extreme.exec(plain)?.[1];
  if (found && split) {
    const direction = /worst|lowest|weakest|smallest/.test(found) ? 'bottom' : 'top';
    return { ...previous, chart: null, ranking: { direction, n: 1, per: null } };
  }
  if (inShares.test(plain) && (r.share || r.percent)) {
    if (!split || (metric !== 'sales' && metric !== 'units')) return null;
    const { filters, period } = previous;
    return { kind: 'share', metric, of: null, by: split, filters, period, chart: r.chart };
  }
  const said = alone.exec(plain)?.[1];
  if (said === 'sum') return { ...previous, by: [], ranking: null, threshold: null };
  if (said && /^(?:average|avg|mean)$/.test(said)) {
    if (!previous.by.some(isTime)) return null;
    return { ...previous, by: previous.by.filter((each) => !isTime(each)), perMonth: true, chart: null };
  }
  if (said) return { ...previous, running: true };
  const [subject] = r.subjects;
  const bare = r.each.length === 0 && r.periods.length === 0 && r.names.length === 0;
  if (!subject || !bare || r.subjects.length > 1 || plain.split(' ').length > 3) return null;
  // "How many resellers?" "And products?"
  if (isCount(metric) && !r.direction) return { ...previous, metrics: [`${subject.dimension}s` as Metric] };
  // "Best product", "which products": of the same selection.
  if (!r.direction && !r.lists) return null;
  const by: Dimension[] = [subject.dimension];
  const n = r.n ?? (subject.plural ? null : 1);
  const ranking = r.direction ? { direction: r.direction, n, per: null } : null;
  return { ...previous, by, ranking, metrics: r.metrics.length > 0 ? r.metrics : previous.metrics, chart: r.chart };
}

function isCount(metric: Metric): boolean {
  return metric === 'products' || metric === 'resellers' || metric === 'stores' || metric === 'brands';
}

function earlierThan(range: MonthRange, unit: string): MonthRange {
  const months = unit === 'year' ? 12 * Math.ceil(lengthOf(range) / 12) : lengthOf(range);
  return rangeOf(addMonths(range.from, -months), addMonths(range.to, -months));
}
