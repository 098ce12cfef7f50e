// Figures, split by dimensions -> SQL in two steps: `g` adds up, unrounded, one row a group; around it groups are compared,
// ranked and rounded.

import type { Aggregate, Dimension, Metric, MonthRange } from '../query.ts';
import { changeSql } from './change.ts';
import { groups } from './groups.ts';
import { isTime, literal, monthNumber, monthsOf, monthText } from './selection.ts';

const rounding: Partial<Record<Metric, number>> = { sales: 2, sales_local: 2, avg_price: 4 };
const additive: Metric[] = ['sales', 'sales_local', 'units', 'records', 'returns'];
const comparisons = { above: '>', below: '<', at_least: '>=', at_most: '<=' } as const;
const shownOfRanking = 10;

/** @param months first and last month of the data, for averages a month over all time */
export function aggregateSql(query: Aggregate, months: { from: string; to: string } | null): string {
  const { metrics, ranking, threshold } = query;
  if (query.change) return changeSql(query);
  const [first = 'sales'] = metrics;
  const by = dimensionsOf(query);
  const money = metrics.includes('sales_local') ? ['currency'] : [];
  const averaged = query.perMonth && first !== 'avg_price';
  const value = averaged ? `g.${first} / ${monthCount(by, query.period ?? months)}` : `g.${first}`;

  const output = by.map((dimension) => `g.${dimension}`);
  for (const metric of metrics) {
    const isAverage = averaged && metric === first;
    const digits = isAverage && metric !== 'sales' ? 4 : rounding[metric];
    const raw = isAverage ? value : `g.${metric}`;
    output.push(
      `${digits === undefined ? raw : `round(${raw}, ${digits})`} AS ${isAverage ? `avg_monthly_${metric}` : metric}`,
    );
    if (metric === 'sales_local') output.push('g.currency');
  }
  if (query.moving) output.push(`${movingAverage(first, query.moving, by)} AS moving_average`);
  if (query.running && additive.includes(first)) output.push(`${runningSum(first, by, money)} AS running`);

  const kept: string[] = [];
  for (const bound of threshold ? [threshold, threshold.also] : [])
    if (bound) kept.push(`${value} ${comparisons[bound.compare]} (${decimal(bound.value)})`);
  const inner = groups({ by, metrics, filters: query.filters, period: movedBack(query) });
  if (!ranking || by.length === 0) {
    const all = `${inner} SELECT ${output.join(', ')} FROM g${conditions(kept)}${orderOf(by, value, money)}`;
    return query.moving && query.period
      ? `SELECT c.* FROM (${all}) c WHERE c.month >= ${literal(query.period.from)}`
      : all;
  }

  kept.push(`${value} IS NOT NULL`);
  // a rest without a name is no candidate
  kept.push(...by.filter((dimension) => !isTime(dimension)).map((dimension) => `g.${dimension} IS NOT NULL`));
  if (first === 'returns') kept.push('g.returns > 0');
  else if (ranking.direction === 'bottom' || ranking.n === 1 || ranking.nth !== undefined) kept.push('g.net_units > 0');
  const ties = by.filter((dimension) => dimension !== ranking.per).map((dimension) => `g.${dimension}`);
  const order = [`${value} ${ranking.direction === 'top' ? 'DESC' : 'ASC'}`, ...ties].join(', ');
  const n = ranking.nth ?? ranking.n ?? shownOfRanking;
  const skipped = ranking.nth === undefined ? 0 : ranking.nth - 1;
  // amounts of different currencies do not compare
  const apart = [...money, ...(ranking.per ? [ranking.per] : [])].map((column) => `g.${column}`);
  if (apart.length === 0) {
    return `${inner} SELECT ${output.join(', ')} FROM g${conditions(kept)} ORDER BY ${order} LIMIT ${n - skipped}${skipped === 0 ? '' : ` OFFSET ${skipped}`}`;
  }
  const place = `row_number() OVER (PARTITION BY ${apart.join(', ')} ORDER BY ${order})`;
  const ranked = `SELECT ${output.join(', ')}, ${place} AS place FROM g${conditions(kept)}`;
  const names = output.map((column) => column.split(/ AS |\./).at(-1));
  const sorted = [...apart.map((column) => column.replace('g.', 'r.')), 'r.place'].join(', ');
  return `${inner} SELECT ${names.map((name) => `r.${name}`).join(', ')} FROM (${ranked}) r WHERE r.place <= ${n}${skipped === 0 ? '' : ` AND r.place > ${skipped}`} ORDER BY ${sorted}`;
}

/** A running total needs a time, and the best of each needs the each. */
function dimensionsOf({ by, ranking, running, moving }: Aggregate): Dimension[] {
  const all = ranking?.per && !by.includes(ranking.per) ? [ranking.per, ...by] : [...by];
  if ((running && !all.some(isTime)) || (moving && !all.includes('month'))) all.push('month');
  return [...new Set(all)];
}

/** Plain digits: no figure here is beyond 10^15 or finer than a millionth. */
function decimal(value: number): string {
  return Math.min(Math.max(value, -1e15), 1e15)
    .toFixed(6)
    .replace(/\.?0+$/, '');
}

function conditions(kept: string[]): string {
  return kept.length === 0 ? '' : ` WHERE ${kept.join(' AND ')}`;
}

/** Courses of time by time; tables by their first name, then the largest figure first. */
function orderOf(by: Dimension[], value: string, money: string[]): string {
  const [first, ...rest] = by.map((dimension) => `g.${dimension}`);
  const currency = money.map((column) => `g.${column}`);
  if (first === undefined) return currency.length === 0 ? '' : ` ORDER BY ${currency.join(', ')}`;
  const largest = `${value} DESC NULLS LAST`;
  if (by.some(isTime)) return ` ORDER BY ${[first, ...rest, ...currency].join(', ')}`;
  return ` ORDER BY ${(rest.length === 0 ? [...currency, largest, first] : [...currency, first, largest, ...rest]).join(', ')}`;
}

function runningSum(metric: Metric, by: Dimension[], money: string[]): string {
  const apart = [...by.filter((dimension) => !isTime(dimension)), ...money].map((column) => `g.${column}`);
  const partition = apart.length === 0 ? '' : `PARTITION BY ${apart.join(', ')} `;
  const time = by.filter(isTime).map((dimension) => `g.${dimension}`);
  const sum = `sum(g.${metric}) OVER (${partition}ORDER BY ${time.join(', ')})`;
  return rounding[metric] === undefined ? sum : `round(${sum}, ${rounding[metric]})`;
}

/** The months before the period are read too, so that its first one has an average. */
function movedBack({ moving, period }: Aggregate): MonthRange | null {
  if (!moving || !period) return period;
  const from = monthText(monthNumber(period.from) - moving + 1);
  return { from, to: period.to, label: period.label };
}

/** Over months of the calendar: one without sales counts as none. Nothing until so many months have gone by. */
function movingAverage(metric: Metric, months: number, by: Dimension[]): string {
  const apart = by.filter((dimension) => dimension !== 'month').map((dimension) => `g.${dimension}`);
  const partition = apart.length === 0 ? '' : `PARTITION BY ${apart.join(', ')} `;
  const month = '(left(g.month, 4)::int * 12 + right(g.month, 2)::int)';
  const sum = `sum(g.${metric}) OVER (${partition}ORDER BY ${month} RANGE BETWEEN ${months - 1} PRECEDING AND CURRENT ROW)`;
  const first = `min(${month}) OVER (${partition.trim()})`;
  return `CASE WHEN ${month} >= ${first} + ${months - 1} THEN round(${sum} / ${months}, 2) END`;
}

/** Calendar months to divide by; of the part of the range that falls into each year or quarter when these are columns. */
function monthCount(by: Dimension[], range: { from: string; to: string } | null): string {
  if (by.includes('month')) return '1';
  const months = range ? monthsOf(range) : [];
  if (months.length === 0) return 'NULL::numeric';
  const grain = by.includes('quarter') ? 'quarter' : by.includes('year') ? 'year' : null;
  if (grain === null) return String(months.length);
  const counts = new Map<string, number>();
  for (const month of months) {
    const year = month.slice(0, 4);
    const key = grain === 'year' ? year : `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // whole years and quarters are the rule; only others need naming
  const usual = grain === 'year' ? 12 : 3;
  const odd = [...counts].filter(([, count]) => count !== usual).map(([key, count]) => ` WHEN '${key}' THEN ${count}`);
  return odd.length === 0 ? String(usual) : `CASE g.${grain}${odd.join('')} ELSE ${usual} END`;
}
