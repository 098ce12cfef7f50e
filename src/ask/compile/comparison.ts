// Growth and shares -> SQL. Percentages are rounded to four decimals; without anything to compare with they are NULL.

import type { Growth, Share } from '../query.ts';
import { expressionOf, filterSql, isTime, periodSql, positions, where } from './selection.ts';

const amounts = { sales: 'sales_amount_base', units: 'quantity' } as const;

export function growthSql({ metric, current, previous, by, filters, ranking, only }: Growth): string {
  const [now, before] = [periodSql(current), periodSql(previous)];
  const keys = by.map((dimension) => `${expressionOf(dimension)} AS ${dimension}`);
  const grouped = by.length === 0 ? '' : ` GROUP BY ${positions(by.length)}`;
  const figures = [
    `${within(metric, now)} AS now_value`,
    `${within(metric, before)} AS before_value`,
    `count(*) FILTER (WHERE ${now}) AS now_rows`,
  ];
  const either = where(filters, null, [`(${now} OR ${before})`]);
  const g = `SELECT ${[...keys, ...figures].join(', ')} FROM sales_data${either}${grouped}`;
  // A name without rows sold nothing, if others of its kind reported; a range that nobody reported on is unknown.
  const value =
    by.length === 0 || metric === 'avg_price'
      ? 'g.now_value'
      : 'CASE WHEN g.now_rows = 0 AND sum(g.now_rows) OVER () > 0 THEN 0 ELSE g.now_value END';
  const names = by.map((dimension) => `g.${dimension}`);
  const c = `SELECT ${[...names, `${value} AS now_value`, 'g.before_value'].join(', ')} FROM g`;

  const percent = 'CASE WHEN c.before_value > 0 THEN 100.0 * (c.now_value - c.before_value) / c.before_value END';
  const digits = metric === 'avg_price' ? 4 : 2;
  const columns = by.map((dimension) => `c.${dimension}`);
  const p = `SELECT ${[...columns, 'c.now_value', 'c.before_value', `${percent} AS growth`].join(', ')} FROM c`;
  const shown = (column: string): string => (metric === 'units' ? `p.${column}` : `round(p.${column}, ${digits})`);
  const output = [
    ...by.map((dimension) => `p.${dimension}`),
    `${shown('now_value')} AS current`,
    `${shown('before_value')} AS previous`,
    'round(p.growth, 4) AS growth_pct',
  ].join(', ');
  const all = `WITH g AS (${g}), c AS (${c}), p AS (${p}) SELECT ${output} FROM p`;
  if (by.length === 0) return all;
  const ties = by.map((dimension) => `p.${dimension}`).join(', ');
  const kept = only ? ` WHERE p.now_value ${only === 'up' ? '>' : '<'} p.before_value` : '';
  if (!ranking) return `${all}${kept} ORDER BY p.growth ${only === 'down' ? 'ASC' : 'DESC NULLS LAST'}, ${ties}`;
  const known = ['p.growth IS NOT NULL', ...by.map((dimension) => `p.${dimension} IS NOT NULL`)].join(' AND ');
  const direction = ranking.direction === 'top' ? 'DESC' : 'ASC';
  return `${all} WHERE ${known} ORDER BY p.growth ${direction}, ${ties} LIMIT ${ranking.n ?? 10}`;
}

function within(metric: Growth['metric'], period: string): string {
  if (metric !== 'avg_price') return `sum(${amounts[metric]}) FILTER (WHERE ${period})`;
  const priced = `sum(quantity) FILTER (WHERE ${period} AND sales_amount_base IS NOT NULL)`;
  return `sum(sales_amount_base) FILTER (WHERE ${period}) / nullif(${priced}, 0)`;
}

/** With `of` and `by` together: the share of these names within each value. */
export function shareSql({ metric, of, by, filters, period }: Share): string {
  const sum = `sum(${amounts[metric]})`;
  const part = of ? `${sum} FILTER (WHERE ${filterSql(of)})` : sum;
  const key = by ? `${expressionOf(by)} AS ${by}, ` : '';
  const from = `FROM sales_data${where(filters, period)}${by ? ' GROUP BY 1' : ''}`;
  const g = `SELECT ${key}${part} AS part, ${sum} AS whole ${from}`;
  const whole = of || !by ? 'g.whole' : 'sum(g.whole) OVER ()';
  const shown = metric === 'sales' ? 'round(g.part, 2)' : 'g.part';
  const percent = `round(100.0 * g.part / nullif(${whole}, 0), 4)`;
  const all = `WITH g AS (${g}) SELECT ${by ? `g.${by}, ` : ''}${shown} AS ${metric}, ${percent} AS share_pct FROM g`;
  if (!by) return all;
  return isTime(by) ? `${all} ORDER BY g.${by}` : `${all} ORDER BY g.part DESC NULLS LAST, g.${by}`;
}
