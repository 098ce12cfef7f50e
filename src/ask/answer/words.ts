// Parts of sentences: what a question was about, in words.

import { formatMonth } from '../../message/format.ts';
import { cleanLine } from '../../message/text.ts';
import type { Filter, Metric, MonthRange, Query } from '../query.ts';

export const metricWords: Record<Metric, string> = {
  sales: 'sales',
  sales_local: 'sales in local currency',
  units: 'units',
  avg_price: 'average price',
  products: 'products',
  resellers: 'resellers',
  stores: 'stores',
  brands: 'brands',
  records: 'records',
  returns: 'units returned',
};

/** ` of Night Serum at Harrow House, without Kioku`; empty without filters. */
export function filterWords(filters: Filter[]): string {
  const prepositions = { product: 'of', brand: 'of', reseller: 'at', store: 'in', channel: 'through' } as const;
  const order = ['product', 'brand', 'reseller', 'store', 'channel'];
  const sorted = [...filters].sort((a, b) => order.indexOf(a.dimension) - order.indexOf(b.dimension));
  return sorted
    .map((filter) => {
      const names = listWords(filter.names);
      return filter.exclude ? `, without ${names}` : ` ${prepositions[filter.dimension]} ${names}`;
    })
    .join('');
}

/** ` in 2024`, ` in Jul 2025`, or ` over all time`. */
export function periodWords(period: MonthRange | null): string {
  return period === null ? ' over all time' : ` in ${period.label}`;
}

export function periodOf(query: Query): MonthRange | null {
  return query.kind === 'growth' || query.kind === 'why' ? query.current : query.period;
}

/** `A`, `A and B`, `A, B and 3 more`. */
export function listWords(given: string[], most = 4): string {
  const names = given.map(cleanLine);
  if (names.length > most) return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `April 2023`-like words for a month as the data hold it. */
export function monthWords(month: string): string {
  return formatMonth(month);
}
