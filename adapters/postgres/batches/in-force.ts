// Rows of processed_data, or on their way there -> sales_data: the facts that count.

import type pg from 'pg';
import { rowColumns } from './row-columns.ts';

/**
 * Rows of `source` with the brand and the name that the product list has for their EAN: a product that two resellers call by
 * different names is one product in every answer. The file's own name stays in processed_data.
 * @param source a relation `r` with the columns of processed_data
 * @param own what to call a product that the list does not know
 */
export function intoSales(source: string, own = 'r.functional_name'): string {
  const columns = rowColumns.join(', ');
  const named = rowColumns.map((column) =>
    column === 'functional_name' ? `coalesce(l.functional_name, l.name, ${own})` : `r.${column}`,
  );
  return `INSERT INTO app.sales_data (client_id, upload_id, scope_id, year, month, brand, ${columns})
    SELECT r.client_id, r.upload_id, r.scope_id, date_part('year', r.sales_date)::int, date_part('month', r.sales_date)::int, l.brand, ${named.join(', ')}
    FROM ${source} LEFT JOIN app.products l ON l.client_id = r.client_id AND l.ean = r.product_ean`;
}

/** Puts the rows of these scopes in force. */
export async function putInForce(client: pg.PoolClient, uploadIds: string[], scopeIds: string[]): Promise<void> {
  if (scopeIds.length === 0) return;
  // Nobody has counted the rows of this transaction yet: for a handful of rows the planner would look up each product by itself.
  await client.query('SET LOCAL enable_nestloop = off');
  await client.query(`${intoSales('app.processed_data r')} WHERE r.upload_id = ANY ($1) AND r.scope_id = ANY ($2)`, [
    uploadIds,
    scopeIds,
  ]);
  await client.query('SET LOCAL enable_nestloop = on');
}
