// Questions about when something was sold. A month counts when its units, net of returns, are above zero.

import type { FirstOrLast, SilentMonths } from '../query.ts';
import { literal, where } from './selection.ts';

export function firstOrLastSql({ which, filters, period }: FirstOrLast): string {
  const pick = which === 'first' ? 'min' : 'max';
  return `SELECT to_char(${pick}(m.day), 'YYYY-MM') AS month FROM (${soldMonths('min(sales_date) AS day', where(filters, period))}) m`;
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
