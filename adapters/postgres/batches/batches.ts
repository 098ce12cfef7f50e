// A clean batch -> rows in force, in one transaction: all of it or nothing. A month that is loaded already is compared, left
// alone when equal, and replaced only when a person said so; what was replaced stays, and comes back with an undo.

import type pg from 'pg';
import type { Fix, QuarantinedRow } from '#src/clean/types.ts';
import type { Batch, Batches, ScopeOutcome, StoredRow } from '#src/ports.ts';
import type { Surroundings } from '../compare/beside.ts';
import type { Visibility } from '../compare/visible.ts';
import { transaction } from '../stores/transaction.ts';
import { takeIn } from './incoming.ts';
import { decideScopes, scopeOutcomes, scopesInForce } from './scopes.ts';
import { settleSplits } from './store-split.ts';
import { leaveForce, lockScopes, undoUpload } from './undo.ts';

const pageSize = 5000;

/** @param pool the product's login, pinned to `clientId` */
export function makeBatches({ pool, clientId, visibility }: Surroundings): Batches {
  return {
    save: (batch) => transaction(pool, (client) => save(client, clientId, batch, visibility)),
    undo: (uploadId) => transaction(pool, (client) => undoUpload(client, clientId, uploadId, visibility)),
    rows: (uploadId) => storedRows(pool, uploadId),
    async quarantined(uploadId) {
      const { rows } = await pool.query<QuarantinedRow>(
        `SELECT source_sheet AS sheet, source_row AS row, reason_code AS "reasonCode", reason, raw, cells, bad_column AS column
         FROM app.quarantined_rows WHERE upload_id = $1 AND state = 'held' ORDER BY id`,
        [uploadId],
      );
      return rows;
    },
    fixes: (uploadId) => loggedFixes(pool, uploadId),
  };
}

async function save(
  client: pg.PoolClient,
  clientId: string,
  batch: Batch,
  visibility: Visibility,
): Promise<ScopeOutcome[]> {
  const inForce = await forgetEarlier(client, clientId, batch);
  const counted = await takeIn(client, clientId, batch);
  // Only now, so that a long file does not keep other files waiting.
  await lockScopes(client, clientId, batch.uploadId, batch.vendor);
  await decideScopes(client, clientId, batch, counted, inForce);
  await settleSplits(client, clientId);
  return scopeOutcomes(client, batch.uploadId, visibility);
}

/**
 * Takes back what an earlier save of the same upload did, so that a retry starts from where the first try did. Returns the keys
 * of the scopes that were in force: they stay in force when their rows are corrected.
 */
async function forgetEarlier(
  client: pg.PoolClient,
  clientId: string,
  { uploadId, vendor }: Batch,
): Promise<Set<string>> {
  const inForce = new Set<string>();
  const { rowCount } = await client.query('SELECT FROM app.upload_scopes WHERE upload_id = $1 LIMIT 1', [uploadId]);
  if (rowCount === 1) {
    await lockScopes(client, clientId, uploadId, vendor);
    for (const key of await scopesInForce(client, uploadId)) inForce.add(key);
    await leaveForce(client, clientId, uploadId);
    await client.query('DELETE FROM app.processed_data WHERE upload_id = $1', [uploadId]);
    await client.query(
      'UPDATE app.upload_scopes SET replaced_scope_id = NULL WHERE replaced_scope_id IN (SELECT id FROM app.upload_scopes WHERE upload_id = $1)',
      [uploadId],
    );
    await client.query('DELETE FROM app.store_split WHERE upload_id = $1', [uploadId]);
    await client.query('DELETE FROM app.upload_scopes WHERE upload_id = $1', [uploadId]);
  }
  // A batch of which every row was held back left these, and no scope.
  await client.query('DELETE FROM app.quarantined_rows WHERE upload_id = $1', [uploadId]);
  await client.query('DELETE FROM app.transform_logs WHERE upload_id = $1', [uploadId]);
  return inForce;
}

/** A StoredRow and its id, of `processed_data p` and `upload_scopes s`. */
export const storedColumns = `p.id, p.upload_id AS "uploadId", p.source_sheet AS sheet, p.source_row AS row, p.product_ean AS "productEan",
  p.functional_name AS "functionalName", p.raw_product AS "rawProduct", p.product_in_file AS "productInFile", extract(year FROM p.sales_date)::int AS year,
  extract(month FROM p.sales_date)::int AS month, to_char(p.sales_date, 'YYYY-MM-DD') AS "salesDate", p.quantity::float8 AS quantity,
  p.sales_amount_local::float8 AS "amountLocal", p.currency, p.sales_amount_base::float8 AS "amountBase", p.fx_rate::float8 AS "fxRate",
  p.fx_source AS "fxSource", p.amount_basis AS "amountBasis", to_char(p.week_ending, 'YYYY-MM-DD') AS "weekEnding",
  p.amount_estimated AS "amountEstimated", p.reseller, p.store, p.channel, s.state = 'loaded' AS "inForce"`;

async function* storedRows(pool: pg.Pool, uploadId: string): AsyncGenerator<StoredRow> {
  yield* pages<StoredRow>(
    pool,
    `SELECT ${storedColumns} FROM app.processed_data p JOIN app.upload_scopes s ON s.id = p.scope_id
     WHERE p.upload_id = $1 AND p.id > $2 ORDER BY p.id LIMIT ${pageSize}`,
    uploadId,
  );
}

async function* loggedFixes(pool: pg.Pool, uploadId: string): AsyncGenerator<Fix> {
  yield* pages<Fix>(
    pool,
    `SELECT id, sheet, row, column_name AS column, cell, original, cleaned, rule
     FROM app.transform_logs WHERE upload_id = $1 AND id > $2 ORDER BY id LIMIT ${pageSize}`,
    uploadId,
  );
}

/** Reads by pages, so that a large upload is never in memory at once. */
async function* pages<T>(pool: pg.Pool, sql: string, uploadId: string): AsyncGenerator<T> {
  for (let last = '0'; ; ) {
    const { rows } = await pool.query<T & { id: string }>(sql, [uploadId, last]);
    for (const { id, ...row } of rows) {
      yield row as T;
      last = id;
    }
    if (rows.length < pageSize) return;
  }
}
