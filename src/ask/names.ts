// What is in the data, read under the asker's own rights: the names that a question may use, and the months there are.

import type { Value } from '../message/message.ts';

export interface Names {
  /** In alphabetical order. */
  resellers: string[];
  products: string[];
  brands: string[];
  stores: string[];
  channels: string[];
  /** Currencies of the reports, ISO 4217, with the resellers that report in them. */
  currencies: { currency: string; resellers: string[] }[];
  /** First and last month with rows, `YYYY-MM`; null when there are no rows at all. */
  months: { from: string; to: string } | null;
}

/** One statement; at most 500 rows come back from it, so each row holds all names of a kind as a JSON text. */
export const namesSql = `
SELECT 'resellers' AS kind, json_agg(name ORDER BY name)::text AS names FROM (SELECT DISTINCT reseller AS name FROM sales_coverage) r
UNION ALL SELECT 'products', json_agg(name ORDER BY name)::text FROM (SELECT functional_name AS name FROM sales_names WHERE functional_name IS NOT NULL UNION SELECT coalesce(functional_name, name) FROM products WHERE confirmed AND coalesce(functional_name, name) IS NOT NULL) p
UNION ALL SELECT 'brands', json_agg(name ORDER BY name)::text FROM (SELECT DISTINCT brand AS name FROM sales_names WHERE brand IS NOT NULL) b
UNION ALL SELECT 'stores', json_agg(name ORDER BY name)::text FROM (SELECT store AS name FROM sales_coverage WHERE store IS NOT NULL UNION SELECT t.store FROM store_split t WHERE EXISTS (SELECT FROM sales_coverage c WHERE c.upload_id = t.stands_for AND c.period = make_date(t.year, t.month, 1))) s
UNION ALL SELECT 'channels', json_agg(name ORDER BY name)::text FROM (SELECT DISTINCT channel AS name FROM sales_coverage WHERE channel IS NOT NULL) c
UNION ALL SELECT 'currencies', json_agg(json_build_object('currency', currency, 'reseller', reseller))::text FROM (SELECT DISTINCT currency, reseller FROM sales_coverage) u
UNION ALL SELECT 'months', json_build_object('from', to_char(min(period), 'YYYY-MM'), 'to', to_char(max(period), 'YYYY-MM'))::text FROM sales_coverage`;

/** The rows of `namesSql` -> Names. */
export function shapeNames(rows: Record<string, Value>[]): Names {
  const parsed = new Map(rows.map((row) => [row.kind, typeof row.names === 'string' ? JSON.parse(row.names) : null]));
  const list = (kind: string): string[] => parsed.get(kind) ?? [];
  const pairs: { currency: string; reseller: string }[] = parsed.get('currencies') ?? [];
  const months: { from: string | null; to: string | null } | null = parsed.get('months') ?? null;
  return {
    resellers: list('resellers'),
    products: list('products'),
    brands: list('brands'),
    stores: list('stores'),
    channels: list('channels'),
    currencies: [...new Set(pairs.map((pair) => pair.currency))].sort().map((currency) => ({
      currency,
      resellers: pairs.filter((pair) => pair.currency === currency).map((pair) => pair.reseller),
    })),
    months: months?.from && months.to ? { from: months.from, to: months.to } : null,
  };
}
