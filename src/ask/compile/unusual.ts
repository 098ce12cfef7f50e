// Which months of which reseller are far from what is usual for it -> one statement. Usual is the median of all its months, and
// far is measured by how far its months mostly are from that (MAD), so that the odd month itself does not move the measure. A
// month that is like the same month of another year is a season, not an oddity.

import type { Unusual } from '../query.ts';
import { groups } from './groups.ts';
import { literal, monthsOf } from './selection.ts';

/** Robust standard deviations, as in Iglewicz and Hoaglin (1993): 3.5 and more. */
const far = 3.5;
/** Below it nobody knows what is usual. */
const leastMonths = 8;
/** What is ordinary at the least, as a share of the usual: a series that hardly moves would make an event of every wobble. */
const leastSpread = 0.1;
/** How near the same month of another year must be for a season. */
const alike = 1.6;
const shown = 20;

export function unusualSql({ metric, filters, period }: Unusual): string {
  const inner = groups({ by: ['reseller', 'month'], metrics: [metric], filters, period: null });
  const usual = `u AS (SELECT g.reseller, percentile_cont(0.5) WITHIN GROUP (ORDER BY g.${metric}) AS usual FROM g WHERE g.${metric} IS NOT NULL GROUP BY 1 HAVING count(*) >= ${leastMonths})`;
  const spread = `s AS (SELECT u.reseller, greatest(percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(g.${metric} - u.usual)) / 0.6745, ${leastSpread} * abs(max(u.usual)), 1) AS spread FROM g JOIN u ON u.reseller = g.reseller GROUP BY 1)`;
  const months = period ? ` AND g.month IN (${monthsOf(period).map(literal).join(', ')})` : '';
  const season = `NOT EXISTS (SELECT FROM g y WHERE y.reseller = g.reseller AND y.month <> g.month AND right(y.month, 2) = right(g.month, 2) AND y.${metric} BETWEEN least(g.${metric} / ${alike}, g.${metric} * ${alike}) AND greatest(g.${metric} / ${alike}, g.${metric} * ${alike}))`;
  const columns = `g.reseller, g.month, round(g.${metric}, 2) AS ${metric}, round(u.usual::numeric, 2) AS usual, round((100 * (g.${metric} - u.usual) / nullif(abs(u.usual), 0))::numeric, 1) AS deviation_pct`;
  return `${inner}, ${usual}, ${spread} SELECT ${columns} FROM g JOIN u ON u.reseller = g.reseller JOIN s ON s.reseller = g.reseller WHERE abs(g.${metric} - u.usual) >= ${far} * s.spread AND ${season}${months} ORDER BY abs(g.${metric} - u.usual) / s.spread DESC, g.month DESC, g.reseller LIMIT ${shown}`;
}
