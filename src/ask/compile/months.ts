// Questions about when something was sold. A month counts when its units, net of returns, are above zero.

import type { Arrivals, FirstOrLast, SilentMonths } from '../query.ts';
import { columnOf, literal, where } from './selection.ts';

export function firstOrLastSql({ which, filters, period }: FirstOrLast): string {
  const pick = which === 'first' ? 'min' : 'max';
  return `SELECT to_char(${pick}(m.day), 'YYYY-MM') AS month FROM (${soldMonths('min(sales_date) AS day', where(filters, period))}) m`;
}

/** Who began in a period, and who had ended before it: by the first and the last month of each name, over all time. */
export function arrivalsSql({ which, dimension, filters, period }: Arrivals): string {
  const column = columnOf(dimension);
  const sold = `SELECT ${column} AS ${dimension}, min(sales_date) AS day, sum(sales_amount_base) AS sales FROM sales_data${where(filters, null, [`${column} IS NOT NULL`])} GROUP BY ${column}, year, month HAVING sum(quantity) > 0`;
  const lives = `SELECT m.${dimension}, to_char(min(m.day), 'YYYY-MM') AS first_month, to_char(max(m.day), 'YYYY-MM') AS last_month, round(sum(m.sales), 2) AS sales FROM (${sold}) m GROUP BY 1`;
  const [shown, condition] =
    which === 'new'
      ? ['first_month', `n.first_month >= ${literal(period.from)} AND n.first_month <= ${literal(period.to)}`]
      : ['last_month', `n.last_month < ${literal(period.from)}`];
  return `SELECT n.${dimension}, n.${shown}, n.sales FROM (${lives}) n WHERE ${condition} ORDER BY 2, 1`;
}

/** Months outside the data are not silent: nobody has reported on them. */
export function silentMonthsSql(
  { filters, period }: SilentMonths,
  months: { from: string; to: string } | null,
): string {
  const asked = period ?? months;
  if (!asked || !months) return `SELECT to_char(sales_date, 'YYYY-MM') AS month FROM sales_data WHERE false`;
  const from = later(asked.from, months.from);
  const to = asked.to === later(asked.to, months.to) ? months.to : asked.to;
  const series = `generate_series(date ${literal(`${from}-01`)}, date ${literal(`${to}-01`)}, interval '1 month')`;
  return `SELECT to_char(d, 'YYYY-MM') AS month FROM ${series} d WHERE to_char(d, 'YYYY-MM') NOT IN (${soldMonths(`to_char(min(sales_date), 'YYYY-MM')`, where(filters, period))}) ORDER BY 1`;
}

/** Grouped by the two numbers, which is cheaper than by a text made for each row. */
function soldMonths(output: string, chosen: string): string {
  return `SELECT ${output} FROM sales_data${chosen} GROUP BY year, month HAVING sum(quantity) > 0`;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
