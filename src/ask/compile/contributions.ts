// A change from one range to another -> what each reseller and each product has to do with it: one statement, the parts of each
// kind adding up to the whole change.

import type { Why } from '../query.ts';
import { periodSql, where } from './selection.ts';

/** How many of each kind are named; the others are one row. */
const named = 6;

export function contributionsSql({ metric, current, previous, filters }: Why): string {
  const value = metric === 'units' ? 'quantity' : 'sales_amount_base';
  const either = [`(${periodSql(current)} OR ${periodSql(previous)})`];
  const cells = `SELECT reseller, functional_name AS product, coalesce(sum(${value}) FILTER (WHERE ${periodSql(current)}), 0) AS now, coalesce(sum(${value}) FILTER (WHERE ${periodSql(previous)}), 0) AS before FROM sales_data${where(filters, null, either)} GROUP BY 1, 2`;
  const of = (part: 'reseller' | 'product') =>
    `SELECT '${part}' AS part, coalesce(c.${part}, 'unknown') AS name, sum(c.before) AS before, sum(c.now) AS now FROM c GROUP BY 2`;
  const ranked =
    'SELECT p.part, p.name, p.before, p.now, row_number() OVER (PARTITION BY p.part ORDER BY abs(p.now - p.before) DESC, p.name) AS place FROM p';
  const shown = `SELECT r.part, CASE WHEN r.place <= ${named} THEN r.name ELSE 'others' END AS name, min(r.place) AS place, sum(r.before) AS before, sum(r.now) AS now FROM r GROUP BY 1, 2`;
  const whole = 'sum(s.now - s.before) OVER (PARTITION BY s.part)';
  return `WITH c AS (${cells}), p AS (${of('reseller')} UNION ALL ${of('product')}), r AS (${ranked}), s AS (${shown}) SELECT s.part, s.name, round(s.before, 2) AS previous, round(s.now, 2) AS current, round(s.now - s.before, 2) AS change, round((s.now - s.before) / nullif(${whole}, 0) * 100, 4) AS share_pct FROM s ORDER BY s.part DESC, s.place`;
}
