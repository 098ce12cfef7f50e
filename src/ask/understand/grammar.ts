// What a question asks for, in pieces -> the typed question. Fills in what is not said only where there is one fair reading.

import { addMonths, apart, lengthOf, less, rangeOf } from '../calendar/months.ts';
import type { SaidPeriod } from '../calendar/periods.ts';
import type { Dimension, Filter, Growth, Metric, MonthRange, NameDimension, Query } from '../query.ts';
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
const isTime = (dimension: Dimension) => timeDimensions.has(dimension);

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

export function toQuery(pieces: Pieces): Outcome {
  const r = pieces.reading;
  const subject = r.subjects[0]?.dimension;
  const filters = filtersOf(pieces);
  const span = periodOf(pieces);
  const common = { filters, period: span?.period ?? null, chart: r.chart };
  if (r.nothing) {
    const dimension =
      r.subjects.find((each) => !isTime(each.dimension))?.dimension ?? r.each.find((each) => !isTime(each));
    if (subject === 'month' || (!dimension && filters.length > 0)) return { kind: 'silent_months', ...common };
    if (dimension && dimension !== 'channel' && !isTime(dimension))
      return { kind: 'unsold', dimension: dimension as 'product', ...common };
    return unsettled();
  }
  if (r.arrival) {
    const dimension = [...r.subjects.map((each) => each.dimension), ...r.each].find((each) => !isTime(each));
    if (!dimension || dimension === 'channel' || r.metrics.length > 1 || r.direction || r.threshold) return unsettled();
    const period = span?.period ?? null;
    if (!period) return unsettled('Since when, or in which period?');
    return { kind: 'arrivals', which: r.arrival, dimension: dimension as 'product', filters, period, chart: r.chart };
  }
  if (r.occurrence) return { kind: 'first_or_last', which: r.occurrence, ...common };
  if (r.growth || (r.versus && r.periods.length === 2)) return growthOf(pieces, filters);
  if (!span) return unsettled('I can compare two periods, or take periods that follow each other; these do neither.');
  if (r.share || (r.percent && (filters.length > 0 || r.each.length > 0))) return shareOf(pieces, common);
  if (r.percent) return unsettled();
  return aggregateOf(pieces, common, span.by);
}

function aggregateOf(
  pieces: Pieces,
  common: { filters: Filter[]; period: MonthRange | null; chart: Reading['chart'] },
  side: Dimension | null,
): Outcome {
  const r = pieces.reading;
  const metrics: Metric[] = r.metrics.length > 0 ? r.metrics : ['sales'];
  const base = {
    kind: 'aggregate' as const,
    ...common,
    metrics,
    by: [] as Dimension[],
    ranking: null,
    threshold: r.threshold,
    running: r.running,
    perMonth: r.perMonth,
  };
  const subjects = [...new Set(r.subjects.map((each) => each.dimension))].filter((each) => !r.each.includes(each));
  if (r.counts) {
    if (r.threshold || r.direction || r.average) return unsettled();
    const metric = `${r.counts}s` as Metric;
    if (metric === 'products' || metric === 'resellers' || metric === 'stores' || metric === 'brands')
      return { ...base, metrics: [metric], by: [...r.each, ...subjects].filter((each) => each !== r.counts) };
    if (r.counts === 'channel') return { kind: 'list', dimension: r.counts, ...common };
    return unsettled();
  }
  if (r.average && !r.metrics.includes('avg_price')) {
    if (r.each.includes('month') || r.subjects.some((each) => each.dimension === 'month'))
      return { ...base, perMonth: true, by: r.each.filter((each) => each !== 'month') };
    return {
      kind: 'clarify',
      text: 'Which average do you mean?',
      options: [
        {
          label: 'Average price per piece',
          question: pieces.question.replace(/average|avg|mean/i, 'average price per piece of'),
        },
        { label: 'Average per month', question: pieces.question.replace(/average|avg|mean/i, 'average monthly') },
      ],
    };
  }
  if (r.running) return { ...base, by: ['month'] };
  if (r.moving !== null) {
    if (r.direction || r.threshold || !['sales', 'units'].includes(metrics[0] ?? '')) return unsettled();
    return { ...base, by: [...r.each.filter((each) => !isTime(each)), 'month'], moving: r.moving };
  }
  const nameSubject = subjects.filter((each) => !isTime(each));
  const listed = (nameSubject[0] ?? r.each.find((each) => !isTime(each))) as NameDimension | undefined;
  if (r.lists && listed && r.metrics.length === 0 && !r.direction && !r.threshold)
    return { kind: 'list', dimension: listed, ...common };
  if (r.direction && !(side && r.each.length === 0 && subjects.every(isTime))) return rankingOf(r, base, subjects);
  const by: Dimension[] = [...r.each, ...subjects];
  if (side && !by.includes(side)) by.push(side);
  const together = /\b(?:combined|together|altogether|in total|sum)\b/i.test(pieces.question);
  if ((by.length === 0 && !together) || (r.versus && by.every(isTime)))
    for (const filter of common.filters)
      if (
        !filter.exclude &&
        pieces.reading.names.filter((at) => pieces.names[at]?.dimension === filter.dimension && !r.excluded.has(at))
          .length > 1
      )
        by.unshift(filter.dimension);
  if (r.threshold && by.length === 0) return unsettled();
  if (
    !r.threshold &&
    r.metrics.length === 0 &&
    r.each.length === 0 &&
    common.filters.length === 0 &&
    common.period === null
  )
    return vague(by[0]);
  return { ...base, by };
}

function rankingOf(r: Reading, base: Extract<Query, { kind: 'aggregate' }>, subjects: Dimension[]): Outcome {
  const direction = r.direction ?? 'top';
  if (subjects.length === 0 && r.each.length === 0) {
    // "Is Lumen better than Hush?"
    const sides = base.filters.find((each) => !each.exclude && each.names.length > 1);
    return sides && r.n === null ? { ...base, by: [sides.dimension] } : vague(undefined);
  }
  const nth = r.nth === null ? {} : { nth: r.nth };
  if (r.nested) return unsettled('This asks for two things at once; please ask for one ranking at a time.');
  const single = !r.wholeRanking && r.subjects.length > 0 && r.subjects.every((each) => !each.plural);
  if (subjects.length === 0) return { ...base, by: r.each, ranking: { direction, n: r.n, per: null, ...nth } };
  const per = r.each[0] ?? null;
  const by = per ? [per, subjects[0] as Dimension] : subjects.slice(0, 1);
  if (subjects.length > 1 && !per) by.push(...subjects.slice(1));
  return { ...base, by, ranking: { direction, n: r.nth === null ? (r.n ?? (single ? 1 : null)) : null, per, ...nth } };
}

function shareOf(
  pieces: Pieces,
  common: { filters: Filter[]; period: MonthRange | null; chart: Reading['chart'] },
): Outcome {
  const r = pieces.reading;
  if (r.metrics.some((each) => each !== 'sales' && each !== 'units')) return unsettled();
  const metric = r.metrics.includes('units') ? 'units' : 'sales';
  const by = r.each[0] ?? r.subjects[0]?.dimension ?? null;
  if (r.threshold || r.running || (r.direction && !by)) return unsettled();
  // "The largest share": the table of shares, largest first, says it.
  if (r.direction && by) return { kind: 'share', ...common, metric, of: null, by };
  const kept = common.filters.filter((filter) => !filter.exclude);
  const said = r.shareFirst !== null ? pieces.names[r.shareFirst]?.dimension : undefined;
  const last = pieces.names[r.names.at(-1) ?? -1]?.dimension;
  const dimension = said ?? (/^(?:what|which|how) /i.test(pieces.question) ? last : kept[0]?.dimension);
  if (by && (r.each.length > 0 || kept.length === 0)) return { kind: 'share', ...common, metric, of: null, by };
  const of = kept.find((filter) => filter.dimension === dimension) ?? kept[0];
  if (!of) return unsettled();
  return { kind: 'share', ...common, filters: common.filters.filter((filter) => filter !== of), metric, of, by: null };
}

function growthOf(pieces: Pieces, filters: Filter[]): Outcome {
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
    else if (lengthOf(current) === 12 && late.running && lengthOf(previous) === 12) previous = shifted(current, -12);
  } else if (ranges.length === 1 && r.against !== null && isPastYear(ranges[0]?.range, pieces.soFar)) {
    // "Compared to last year" alone: what there is of this year, with the same months of that one.
    current = pieces.soFar as MonthRange;
    previous = shifted(current, -12 * (Number(current.from.slice(0, 4)) - Number(ranges[0]?.range.from.slice(0, 4))));
  } else if (
    ranges.length === 1 &&
    r.shift === 'before' &&
    by.length === 0 &&
    lengthOf(ranges[0]?.range as MonthRange) > 1
  ) {
    return courseOf(pieces, filters, ['month'], metric);
  } else if (ranges.length === 1 || r.shift) {
    const one = ranges[0]?.range ?? (r.shift === 'year' ? pieces.soFar : pieces.lastMonth);
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
  if (previous.from === current.from) previous = shifted(current, alike ? -lengthOf(current) : -12);
  const ranking =
    r.direction && by.length > 0
      ? { direction: r.direction, n: r.n ?? (r.subjects.some((each) => !each.plural) ? 1 : null) }
      : null;
  return { kind: 'growth', filters, chart: r.chart, metric, current, previous, by: by as NameDimension[], ranking };
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

function isPastYear(range: MonthRange | undefined, soFar: MonthRange | null): boolean {
  return range !== undefined && soFar !== null && lengthOf(range) === 12 && range.to < soFar.from;
}

function shifted(range: MonthRange, months: number): MonthRange {
  return rangeOf(addMonths(range.from, months), addMonths(range.to, months));
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
