// Which months are missing of whom -> one statement over what was reported, not over the rows themselves. Before a reseller's first
// month nothing is missing, and after the latest month of all nobody has reported yet.

import type { MissingReports } from '../query.ts';
import { filterSql, literal, periodSql } from './selection.ts';

export function missingReportsSql(
  { filters, period }: MissingReports,
  months: { from: string; to: string } | null,
): string {
  const who = filters.filter(({ dimension }) => dimension === 'reseller' || dimension === 'store');
  const where = who.length === 0 ? '' : ` WHERE ${who.map((filter) => filterSql(filter)).join(' AND ')}`;
  if (!months) return 'SELECT reseller, period AS month FROM sales_coverage WHERE false';
  const calendar = `generate_series(date ${literal(`${months.from}-01`)}, date ${literal(`${months.to}-01`)}, interval '1 month')`;
  const asked = period ? ` AND ${periodSql(period, 'd')}` : '';
  return `WITH c AS (SELECT DISTINCT reseller, period FROM sales_coverage${where}), f AS (SELECT c.reseller, min(c.period) AS first FROM c GROUP BY 1) SELECT f.reseller, to_char(d, 'YYYY-MM') AS month FROM f CROSS JOIN ${calendar} d WHERE d > f.first AND NOT EXISTS (SELECT FROM c WHERE c.reseller = f.reseller AND c.period = d)${asked} ORDER BY 1, 2`;
}
