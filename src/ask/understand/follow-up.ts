// A question that only makes sense after another one -> that one, changed: another period, other names, another split.

import type { Filter, Growth, NameDimension, Query } from '../query.ts';
import { comparedWith } from './growth.ts';
import { filtersOf, type Outcome, type Pieces, periodOf, unsettled } from './pieces.ts';
import { isShortTurn, shortTurn } from './short-turns.ts';

const onlyTotal = /^(?:and |what is |whats |what was |show |the |in |just |only )*total$/;

const sorting = /^(?:and |now )?(?:please )?(?:sort|order|rank)(?:ed)?(?: (?:it|that|this|them))? by /;

/** Whether the words lean on what was asked before. `plain` is the question in plain spelling. */
export function leansOnPrevious(plain: string, pieces: Pieces): boolean {
  const r = pieces.reading;
  if (/^(?:and )?(?:what|how) about /.test(plain)) return true;
  if (onlyTotal.test(plain)) return true;
  if (sorting.test(plain)) return true;
  if (isShortTurn(plain, r)) return true;
  if (
    /^(?:and |but )?(?:how does (?:that|this|it) )?(?:compare[ds]?|vs|versus|against|year|yoy|mom|growth)(?= |$)/.test(
      plain,
    ) &&
    r.names.length === 0
  )
    return r.against !== null || r.shift !== null;
  if (r.growth || r.share || r.nothing || r.occurrence || r.counts || r.lists)
    return /(?:^| )(?:same|instead)(?= |$)/.test(plain);
  if (
    /(?:^| )(?:instead|same|make (?:that|it|this)|split (?:that|it|this|them)|break (?:that|it|this|them)|what about|how about|only|just|(?:that|it|this|them) (?:by|per|as|for|without|in))(?= |$)/.test(
      plain,
    )
  )
    return true;
  if (
    /^(?:and|but|now|also|or|without|except|excluding|as|by|per|for|in) /.test(plain) &&
    !(r.metrics.length > 0 && (r.periods.length > 0 || r.each.length > 0 || r.direction))
  )
    return true;
  if (/^(?:change|switch|turn|convert) (?:it |that |this |them )?(?:in)?to /.test(plain)) return true;
  const parts = [
    r.metrics.length > 0,
    r.each.length > 0 || r.subjects.length > 0,
    r.periods.length > 0,
    r.names.length > 0,
    r.chart !== null,
    r.direction !== null,
  ];
  return parts.filter(Boolean).length === 1 && plain.split(' ').length <= 4 && !r.verb && r.metrics.length === 0;
}

export function edit(previous: Query, pieces: Pieces, plain: string): Outcome {
  const r = pieces.reading;
  const turned = shortTurn(previous, pieces, plain);
  if (turned) return turned;
  const span = periodOf(pieces);
  if (!span) return unsettled();
  const filters = [...previous.filters];
  let of = previous.kind === 'share' ? previous.of : null;
  for (const filter of filtersOf(pieces)) {
    // "And Hush?" asks for the share of another one.
    if (of && filter.dimension === of.dimension && !filter.exclude) {
      of = filter;
      continue;
    }
    const at = filters.findIndex(
      (each) => each.dimension === filter.dimension && (each.exclude === filter.exclude || !filter.exclude),
    );
    if (at < 0) filters.push(filter);
    else if (filter.exclude)
      filters[at] = { ...filter, names: [...new Set([...(filters[at]?.names ?? []), ...filter.names])] };
    else filters[at] = filter;
  }
  const chart = r.chart ?? previous.chart;
  const by = [...new Set([...r.each, ...r.subjects.map((each) => each.dimension)])];
  if (previous.kind === 'why') {
    return by.length === 0 && r.metrics.length === 0 && r.periods.length === 0 ? { ...previous, filters } : unsettled();
  }
  if (previous.kind === 'growth') {
    if (span.period || by.some((each) => each === 'month' || each === 'quarter' || each === 'year'))
      return unsettled('Which two periods should I compare?');
    const metric = r.metrics[0] ?? previous.metric;
    if (metric !== 'sales' && metric !== 'units' && metric !== 'avg_price') return unsettled();
    return { ...previous, metric, filters, chart, ...(by.length > 0 ? { by: by as typeof previous.by } : {}) };
  }
  const period = span.period ?? previous.period;
  if (previous.kind !== 'aggregate') {
    if (previous.kind === 'forecast') {
      return by.length === 0 && r.metrics.length === 0 && r.periods.length === 0
        ? { ...previous, filters }
        : unsettled();
    }
    if (previous.kind === 'arrivals') {
      return period && by.length === 0 && r.metrics.length === 0
        ? { ...previous, filters, period, chart }
        : unsettled();
    }
    if (by.length === 0 && r.metrics.length === 0)
      return previous.kind === 'share'
        ? { ...previous, filters, period, chart, of }
        : { ...previous, filters, period, chart };
    if (previous.kind === 'share' && by.length === 1)
      return { ...previous, filters, period, chart, of: null, by: by[0] ?? null };
    return {
      kind: 'aggregate',
      filters,
      period,
      chart,
      metrics: r.metrics.length > 0 ? r.metrics : ['sales'],
      by,
      ranking: null,
      threshold: null,
      running: false,
      perMonth: false,
    };
  }
  if (r.growth || r.against !== null) return compared(previous, pieces, filters);
  const adds = /(?:split|break) (?:that|it|this|them)|(?:^| )(?:also|further|additionally)(?= |$)/.test(plain);
  const split =
    onlyTotal.test(plain) && !previous.ranking && !previous.threshold
      ? []
      : by.length === 0
        ? previous.by
        : adds
          ? [...new Set([...previous.by, ...by])]
          : by;
  const ranking = r.direction
    ? { direction: r.direction, n: r.n ?? previous.ranking?.n ?? null, per: previous.ranking?.per ?? null }
    : by.length > 0
      ? null
      : previous.ranking;
  return {
    ...previous,
    filters,
    period,
    chart,
    by: split,
    ranking,
    metrics: r.metrics.length > 0 ? r.metrics : previous.metrics,
    threshold: r.threshold ?? (by.length > 0 || r.metrics.length > 0 ? null : previous.threshold),
    running: r.running || (previous.running && by.length === 0),
  };
}

/** "Compared to last year?": the figures that were asked for, set against those of another range. */
function compared(previous: Extract<Query, { kind: 'aggregate' }>, pieces: Pieces, filters: Filter[]): Outcome {
  const metric = previous.metrics[0] ?? 'sales';
  const by = previous.by.filter((each) => each !== 'month' && each !== 'quarter' && each !== 'year') as NameDimension[];
  const ranges = previous.period && comparedWith(previous.period, pieces);
  if (!ranges || previous.period?.parts) return unsettled('Which two periods should I compare?');
  if (metric !== 'sales' && metric !== 'units' && metric !== 'avg_price') return unsettled();
  const kind = { kind: 'growth' as const, metric: metric as Growth['metric'], ...ranges };
  return { ...kind, filters, chart: pieces.reading.chart, by, ranking: null };
}
