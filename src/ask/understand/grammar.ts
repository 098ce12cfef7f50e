// What a question asks for, in pieces -> the typed question. Fills in what is not said only where there is one fair reading.

import type { Dimension, Filter, Metric, MonthRange, NameDimension, Query } from '../query.ts';
import { growthOf } from './growth.ts';
import { filtersOf, isTime, type Outcome, type Pieces, periodOf, unsettled, vague } from './pieces.ts';
import type { Reading } from './reading.ts';

export function toQuery(pieces: Pieces): Outcome {
  const r = pieces.reading;
  const subject = r.subjects[0]?.dimension;
  const filters = filtersOf(pieces);
  const span = periodOf(pieces);
  const common = { filters, period: span?.period ?? null, chart: r.chart };
  if (r.nothing) {
    const dimension =
      r.subjects.find((each) => !isTime(each.dimension))?.dimension ?? r.each.find((each) => !isTime(each)) ?? r.counts;
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
  // "Nordlys compared to last year" compares what there is of this one.
  const alone = r.versus && r.against !== null && r.periods.length === 1;
  if (r.growth || alone || (r.versus && r.periods.length === 2)) return growthOf(pieces, filters);
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
    // "How many resellers had more than 100k": those that had it.
    if (r.threshold && !r.direction && !r.average && common.period !== undefined)
      return { ...base, by: [r.counts, ...r.each] };
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
  if (r.running) return { ...base, by: [...r.each.filter((each) => !isTime(each)), 'month'] };
  if (r.moving !== null) {
    if (r.direction || r.threshold || !['sales', 'units'].includes(metrics[0] ?? '')) return unsettled();
    return { ...base, by: [...r.each.filter((each) => !isTime(each)), 'month'], moving: r.moving };
  }
  const nameSubject = subjects.filter((each) => !isTime(each));
  const listed = (nameSubject[0] ?? r.each.find((each) => !isTime(each))) as NameDimension | undefined;
  // "What did each brand sell" asks for figures, "which brands do we carry" for names.
  const figures = r.verb && nameSubject.length === 0;
  if (r.lists && listed && !figures && r.metrics.length === 0 && !r.direction && !r.threshold)
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
  if (by.length === 0 && (r.chart === 'line' || r.chart === 'area')) by.push('month');
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
  if (r.perMonth && subjects.every(isTime)) return unsettled();
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
  const of = kept.find((filter) => filter.dimension === dimension) ?? kept[0];
  // "A's share against B's": of both together.
  if (of && r.versus && of.names.length > 1 && !by)
    return { kind: 'share', ...common, metric, of: null, by: of.dimension };
  // "MIRA's share by quarter" is a part of each; "the share of each brand at Kioku" has nothing to be a part of.
  const within = of && by && r.each.length > 0 && of.dimension !== by && (r.shareFirst !== null || isTime(by));
  if (by && !within && (r.each.length > 0 || kept.length === 0))
    return { kind: 'share', ...common, metric, of: null, by };
  if (!of) return unsettled();
  const filters = common.filters.filter((filter) => filter !== of);
  return { kind: 'share', ...common, filters, metric, of, by: within ? by : null };
}
