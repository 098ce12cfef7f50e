// Questions about stores: rows that have no store give way to their pieces by store, where a report states those. Nothing is counted
// twice, since a row stands in `sales_by_store` either whole or in pieces.

import type { Query } from '../query.ts';

/** Whether rows are told apart by store, so that those without one must give way to their pieces. */
export function isAboutStores(query: Query): boolean {
  const by = 'by' in query ? [query.by].flat() : [];
  const metrics = 'metrics' in query ? query.metrics : [];
  return (
    query.filters.some(({ dimension }) => dimension === 'store') ||
    by.includes('store') ||
    ('of' in query && query.of?.dimension === 'store') ||
    (query.kind === 'aggregate' && query.ranking?.per === 'store') ||
    metrics.includes('stores') ||
    ('dimension' in query && query.dimension === 'store')
  );
}

/** The same statement over rows and pieces; what stands in quotes is somebody's name. */
export function byStore(sql: string): string {
  return sql
    .split(/('(?:[^']|'')*')/)
    .map((part, at) => (at % 2 === 0 ? part.replaceAll('sales_data', 'sales_by_store') : part))
    .join('');
}
