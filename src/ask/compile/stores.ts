// Questions about stores: rows that have no store give way to their pieces by store, where a report states those. Nothing is counted
// twice, since of an upload's month there are either rows or pieces.

import type { Query } from '../query.ts';

/** Whether rows are told apart by store, so that those without one must give way to their pieces. */
export function isAboutStores(query: Query): boolean {
  const by = 'by' in query ? [query.by].flat() : [];
  const metrics = 'metrics' in query ? query.metrics : [];
  return (
    query.filters.some(({ dimension }) => dimension === 'store') ||
    by.includes('store') ||
    metrics.includes('stores') ||
    ('dimension' in query && query.dimension === 'store')
  );
}

const inSplit = 'FROM store_split t WHERE t.upload_id = s.upload_id AND t.year = s.year AND t.month = s.month';
const same =
  's.reseller, {store} AS store, s.channel, s.product_ean, s.functional_name, s.raw_product, s.brand, s.year, s.month, s.sales_date, {quantity} AS quantity, {local} AS sales_amount_local, s.currency, {base} AS sales_amount_base, s.amount_estimated, s.upload_id';
const whole = filled({
  store: 's.store',
  quantity: 's.quantity',
  local: 's.sales_amount_local',
  base: 's.sales_amount_base',
});
const piece = filled({
  store: 't.store',
  quantity: 't.quantity',
  local: 's.sales_amount_local * t.quantity / nullif(s.quantity, 0)',
  base: 's.sales_amount_base * t.quantity / nullif(s.quantity, 0)',
});
const joined = 's.upload_id = t.upload_id AND s.year = t.year AND s.month = t.month AND s.raw_product = t.raw_product';
const bothParts = `by_store AS (SELECT ${whole} FROM sales_data s WHERE NOT EXISTS (SELECT ${inSplit}) UNION ALL SELECT ${piece} FROM store_split t JOIN sales_data s ON ${joined})`;

function filled(places: Record<string, string>): string {
  return same.replace(/\{(\w+)\}/g, (_, place: string) => places[place] ?? '');
}

/** The same statement over rows and pieces; what stands in quotes is somebody's name. */
export function byStore(sql: string): string {
  const over = sql
    .split(/('(?:[^']|'')*')/)
    .map((part, at) => (at % 2 === 0 ? part.replaceAll('sales_data', 'by_store') : part))
    .join('');
  if (over === sql) return sql;
  return over.startsWith('WITH ') ? `WITH ${bothParts}, ${over.slice(5)}` : `WITH ${bothParts} ${over}`;
}
