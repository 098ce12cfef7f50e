// Filters, periods and dimensions -> pieces of SQL. Every name that came from the data or from a person is a quoted literal.

import type { Dimension, Filter, MonthRange, NameDimension } from '../query.ts';

const columns: Record<NameDimension, string> = {
  reseller: 'reseller',
  product: 'functional_name',
  brand: 'brand',
  store: 'store',
  channel: 'channel',
};

const times = {
  month: `to_char(sales_date, 'YYYY-MM')`,
  quarter: `to_char(sales_date, 'YYYY-"Q"Q')`,
  year: `to_char(sales_date, 'YYYY')`,
} as const;

export function isTime(dimension: Dimension): dimension is keyof typeof times {
  return dimension in times;
}

/** The column of sales_data that holds a kind of name. */
export function columnOf(dimension: NameDimension): string {
  return columns[dimension];
}

/** What a dimension is made of; text for time too, so that sorting by it is sorting by time. */
export function expressionOf(dimension: Dimension): string {
  return isTime(dimension) ? times[dimension] : columns[dimension];
}

/** Backslashes and percent signs mean themselves in a plain literal; zero bytes cannot stand in any. */
export function literal(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}

/** One condition; a row without a name is not one of the excluded names. `column`: where the names stand, if not in sales_data. */
export function filterSql({ dimension, names, exclude }: Filter, column: string = columns[dimension]): string {
  if (names.length === 0) return exclude ? 'true' : 'false';
  const list = names.map(literal).join(', ');
  if (!exclude) return `${column} IN (${list})`;
  const differs = `${column} NOT IN (${list})`;
  return dimension === 'reseller' ? differs : `(${column} IS NULL OR ${differs})`;
}

/** `2025-09` -> 24308, to count with. */
export function monthNumber(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return year * 12 + number - 1;
}

/** The inverse of `monthNumber`. */
export function monthText(number: number): string {
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** All months of a range, both ends included, without those of its holes. */
export function monthsOf(range: { from: string; to: string; parts?: { from: string; to: string }[] }): string[] {
  if (range.parts) return range.parts.flatMap((part) => monthsOf(part));
  const [from, to] = [monthNumber(range.from), monthNumber(range.to)];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => monthText(from + step));
}

/** `column`: any day of the month, if not the one in sales_data. */
export function periodSql(
  range: { from: string; to: string; parts?: { from: string; to: string }[] },
  column = 'sales_date',
): string {
  if (range.parts) return `(${range.parts.map((part) => periodSql(part, column)).join(' OR ')})`;
  const after = monthText(monthNumber(range.to) + 1);
  return `${column} >= ${literal(`${range.from}-01`)} AND ${column} < ${literal(`${after}-01`)}`;
}

/** ` WHERE ...`, or nothing. */
export function where(filters: Filter[], period: MonthRange | null, more: string[] = []): string {
  const all = [...filters.map((filter) => filterSql(filter)), ...(period ? [periodSql(period)] : []), ...more];
  return all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
}

/** `1, 2, 3` for GROUP BY. */
export function positions(count: number): string {
  return Array.from({ length: count }, (_, index) => index + 1).join(', ');
}
