// The client's product list and the names under which stored rows go. What is learnt of a product reaches the rows that are
// stored already, in one transaction with it.

import type pg from 'pg';
import type { ListedProduct, NameInFiles } from '#src/clean/products/listed.ts';
import type { Catalogue, Principal } from '#src/ports.ts';
import { transaction } from '../stores/transaction.ts';
import { learn } from './learn.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeCatalogue({ pool, clientId }: { pool: pg.Pool; clientId: string }): Catalogue {
  return {
    async products() {
      const { rows } = await pool.query<ListedProduct>(
        `SELECT p.id, p.ean, p.functional_name AS "functionalName", p.name, p.brand, p.list_price::float8 AS "listPrice", p.confirmed,
                coalesce(a.aliases, '[]') AS aliases
         FROM app.products p
         LEFT JOIN (SELECT product_id, json_agg(json_build_object('vendor', vendor, 'text', raw_text) ORDER BY vendor, raw_text) AS aliases
                    FROM app.product_aliases WHERE client_id = $1 GROUP BY 1) a ON a.product_id = p.id
         WHERE p.client_id = $1 ORDER BY coalesce(p.functional_name, p.name), p.ean`,
        [clientId],
      );
      return rows;
    },
    names: (by) => namesInFiles(pool, clientId, by),
    learn: (changes, names, rule, by) =>
      transaction(pool, (client) => learn(client, clientId, { changes, names, rule, by })),
  };
}

/** Which uploads a person may see: what the read-only login would let them see. */
const visible = `($2::uuid IS NULL OR u.user_id = $2 AND $3 <> 'space' OR $3 <> 'own' AND EXISTS (
  SELECT FROM app.space_uploads h WHERE h.upload_id = u.id AND CASE $3 WHEN 'space' THEN h.space_id = $4::uuid
    ELSE h.space_id IN (SELECT m.space_id FROM app.space_members m WHERE m.user_id = $2) END))`;

async function namesInFiles(pool: pg.Pool, clientId: string, by: Principal | null): Promise<NameInFiles[]> {
  const all = by === null || by.mode === 'client';
  const { rows } = await pool.query<NameInFiles>(
    `SELECT s.vendor, p.raw_product AS "rawProduct", coalesce(p.product_in_file, p.functional_name) AS "productInFile",
            p.product_ean AS ean, p.functional_name AS "functionalName",
            (count(*) FILTER (WHERE s.state = 'loaded'))::int AS rows,
            coalesce(sum(p.quantity) FILTER (WHERE s.state = 'loaded'), 0)::float8 AS quantity,
            CASE WHEN min(p.currency) = max(p.currency) THEN round(sum(p.sales_amount_local) FILTER (WHERE s.state = 'loaded'), 2)::float8 END AS amount,
            min(p.currency) AS currency, to_char(min(p.sales_date), 'YYYY-MM') AS "from", to_char(max(p.sales_date), 'YYYY-MM') AS "to",
            (count(DISTINCT p.upload_id) FILTER (WHERE s.state = 'loaded'))::int AS uploads
     FROM app.processed_data p
     JOIN app.upload_scopes s ON s.id = p.scope_id
     JOIN app.uploads u ON u.id = p.upload_id
     WHERE p.client_id = $1 AND (p.product_ean IS NULL OR p.product_in_file IS NOT NULL) AND ${visible}
     GROUP BY 1, 2, 3, 4, 5`,
    [clientId, all ? null : by.userId, all ? 'client' : by.mode, all || by.spaceId === '' ? null : by.spaceId],
  );
  return rows;
}
