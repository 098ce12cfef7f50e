// Questions about names themselves: which there are, and which of them sold nothing.

import type { Filter, NameDimension, NameList, Unsold } from '../query.ts';
import { columnOf, filterSql, where } from './selection.ts';

/** Filters that describe a name itself, not its sales: a product's brand, a store's reseller. */
const describing: Record<NameDimension, NameDimension[]> = {
  product: ['product', 'brand'],
  brand: ['brand'],
  reseller: ['reseller'],
  store: ['store', 'reseller'],
  channel: ['channel', 'reseller'],
};

const inCatalogue: Partial<Record<NameDimension, string>> = {
  product: 'coalesce(functional_name, name)',
  brand: 'brand',
};

/** With a period or a filter on sales, only names with units above zero: "which products did A sell in May". */
export function listSql({ dimension, filters, period }: NameList): string {
  const own = filters.filter((filter) => describing[dimension].includes(filter.dimension));
  if (period === null && own.length === filters.length) {
    return `${knownSql(dimension, filters, true)} ORDER BY 1`;
  }
  const column = columnOf(dimension);
  const chosen = where(filters, period, [`${column} IS NOT NULL`]);
  return `SELECT ${column} AS ${dimension} FROM sales_data${chosen} GROUP BY 1 HAVING sum(quantity) > 0 ORDER BY 1`;
}

/** Of all time, a name in the product list counts as known too; of a period, only what has ever been in a report. */
export function unsoldSql({ dimension, filters, period }: Unsold): string {
  const own = filters.filter((filter) => describing[dimension].includes(filter.dimension));
  const column = columnOf(dimension);
  const chosen = where(filters, period, [`${column} IS NOT NULL`]);
  const sold = `SELECT ${column} FROM sales_data${chosen} GROUP BY 1 HAVING sum(quantity) > 0`;
  return `SELECT k.${dimension} FROM (${knownSql(dimension, own, period === null)}) k WHERE k.${dimension} NOT IN (${sold}) ORDER BY 1`;
}

function knownSql(dimension: NameDimension, filters: Filter[], withCatalogue: boolean): string {
  const column = columnOf(dimension);
  const reported = `SELECT ${column} AS ${dimension} FROM sales_data${where(filters, null, [`${column} IS NOT NULL`])}`;
  const listed = inCatalogue[dimension];
  if (!withCatalogue || listed === undefined) return `${reported} GROUP BY 1`;
  const conditions = filters.map((filter) => filterSql(filter, inCatalogue[filter.dimension]));
  // A product that was only met in a file is known from the rows of that file, to those who may see them.
  const all = ['confirmed', `${listed} IS NOT NULL`, ...conditions].join(' AND ');
  return `${reported} UNION SELECT ${listed} FROM products WHERE ${all}`;
}
