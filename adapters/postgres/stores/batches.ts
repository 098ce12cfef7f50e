// A clean batch -> rows in force, in one transaction: all of it or nothing. A month that is loaded already is compared, left
// alone when equal, and replaced only when a person said so; what was replaced stays, and comes back with an undo.

import type pg from 'pg';
import type { Fix, QuarantinedRow } from '#src/clean/types.ts';
import type { Batch, Batches, ScopeOutcome, StoredRow } from '#src/ports.ts';
import { type CopyValue, copyRows } from './copy.ts';
import { makeScopes, scopeOutcomes } from './scopes.ts';
import { transaction } from './transaction.ts';
import { leaveForce, lockVendors, undoUpload } from './undo.ts';

const rowColumns = [
  'source_sheet',
  'source_row',
  'reseller',
  'store',
  'channel',
  'product_ean',
  'functional_name',
  'raw_product',
  'sales_date',
  'quantity',
  'sales_amount_local',
  'currency',
  'sales_amount_base',
  'fx_rate',
  'fx_source',
  'amount_basis',
];
const factColumns = rowColumns.join(', ');
const pageSize = 5000;

/** @param pool the product's login, pinned to `clientId` */
export function makeBatches({ pool, clientId }: { pool: pg.Pool; clientId: string }): Batches {
  return {
    save: (batch) => transaction(pool, (client) => save(client, clientId, batch)),
    undo: (uploadId) => transaction(pool, (client) => undoUpload(client, clientId, uploadId)),
    rows: (uploadId) => storedRows(pool, uploadId),
    async quarantined(uploadId) {
      const { rows } = await pool.query<QuarantinedRow>(
        `SELECT source_sheet AS sheet, source_row AS row, reason_code AS "reasonCode", reason, raw
         FROM app.quarantined_rows WHERE upload_id = $1 AND state = 'held' ORDER BY id`,
        [uploadId],
      );
      return rows;
    },
    fixes: (uploadId) => loggedFixes(pool, uploadId),
  };
}

async function save(client: pg.PoolClient, clientId: string, batch: Batch): Promise<ScopeOutcome[]> {
  await lockVendors(client, clientId, batch.uploadId, batch.vendor);
  await forgetEarlier(client, clientId, batch.uploadId);
  await copyIncoming(client, batch);
  await makeScopes(client, clientId, batch);
  await registerProducts(client, clientId);
  const scoped = `SELECT $1::uuid AS client_id, $2::uuid AS upload_id, s.id AS scope_id, s.state, ${factColumns.replaceAll(/\w+/g, 'i.$&')}
    FROM incoming i JOIN app.upload_scopes s ON s.upload_id = $2 AND s.state IN ('loaded', 'unchanged', 'differs')
      AND (s.reseller, s.store, s.period) = (i.reseller, i.store_key, i.period)`;
  const values = [clientId, batch.uploadId];
  await client.query(
    `INSERT INTO app.processed_data (client_id, upload_id, scope_id, ${factColumns})
     SELECT client_id, upload_id, scope_id, ${factColumns} FROM (${scoped}) r`,
    values,
  );
  await putInForce(client, `SELECT * FROM (${scoped}) r WHERE state = 'loaded'`, values);
  await copyQuarantined(client, clientId, batch);
  await copyFixes(client, clientId, batch);
  return scopeOutcomes(client, batch.uploadId);
}

/**
 * Puts rows in force, with the brand and the name that the product list has for their EAN: a product that two resellers call by
 * different names is one product in every answer. The file's own name stays in processed_data.
 * @param rows a SELECT of rows with their client_id, upload_id and scope_id
 */
export async function putInForce(client: pg.PoolClient, rows: string, values: unknown[]): Promise<void> {
  await client.query(
    `INSERT INTO app.sales_data (client_id, upload_id, scope_id, year, month, brand, ${factColumns})
     SELECT r.client_id, r.upload_id, r.scope_id, extract(year FROM r.sales_date), extract(month FROM r.sales_date), l.brand,
            ${factColumns.replaceAll(/\w+/g, 'r.$&').replace('r.functional_name', 'coalesce(l.functional_name, l.name, r.functional_name)')}
     FROM (${rows}) r LEFT JOIN app.products l ON l.client_id = r.client_id AND l.ean = r.product_ean`,
    values,
  );
}

/** Takes back what an earlier save of the same upload did, so that a retry starts from where the first try did. */
async function forgetEarlier(client: pg.PoolClient, clientId: string, uploadId: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM app.upload_scopes WHERE upload_id = $1 LIMIT 1', [uploadId]);
  if (rowCount === 1) {
    await leaveForce(client, clientId, uploadId);
    await client.query('DELETE FROM app.processed_data WHERE upload_id = $1', [uploadId]);
    await client.query(
      'UPDATE app.upload_scopes SET replaced_scope_id = NULL WHERE replaced_scope_id IN (SELECT id FROM app.upload_scopes WHERE upload_id = $1)',
      [uploadId],
    );
    await client.query('DELETE FROM app.upload_scopes WHERE upload_id = $1', [uploadId]);
  }
  // A batch of which every row was held back left these, and no scope.
  await client.query('DELETE FROM app.quarantined_rows WHERE upload_id = $1', [uploadId]);
  await client.query('DELETE FROM app.transform_logs WHERE upload_id = $1', [uploadId]);
}

async function copyIncoming(client: pg.PoolClient, batch: Batch): Promise<void> {
  const store = batch.scopeByStore ? "coalesce(store, '')" : "''";
  await client.query(
    `CREATE TEMP TABLE incoming (line int GENERATED ALWAYS AS IDENTITY, source_sheet text, source_row int, reseller text, store text,
       channel text, product_ean text, functional_name text, raw_product text, sales_date date, quantity numeric,
       sales_amount_local numeric, currency text, sales_amount_base numeric, fx_rate numeric, fx_source text, amount_basis text,
       store_key text GENERATED ALWAYS AS (${store}) STORED,
       period date GENERATED ALWAYS AS (make_date(extract(year FROM sales_date)::int, extract(month FROM sales_date)::int, 1)) STORED) ON COMMIT DROP`,
  );
  await copyRows(client, 'incoming', rowColumns, incomingValues(batch));
  // Nobody else will: without it the joins below are planned for an empty table.
  await client.query('ANALYZE incoming (reseller, store_key, period, product_ean)');
}

function* incomingValues(batch: Batch): Generator<CopyValue[]> {
  for (const row of batch.rows) {
    yield [
      row.sheet,
      row.row,
      row.reseller,
      row.store,
      row.channel,
      row.productEan,
      row.functionalName,
      row.rawProduct,
      row.salesDate,
      row.quantity,
      row.amountLocal,
      row.currency,
      row.amountBase,
      row.fxRate,
      row.fxSource,
      row.amountBasis,
    ];
  }
}

/** An EAN that nobody knows yet is kept as an unconfirmed product, under the file's own name for it. */
async function registerProducts(client: pg.PoolClient, clientId: string): Promise<void> {
  await client.query(
    `INSERT INTO app.products (id, client_id, ean, functional_name, name)
     SELECT DISTINCT ON (product_ean) gen_random_uuid(), $1::uuid, product_ean, functional_name, raw_product
     FROM incoming i WHERE product_ean IS NOT NULL
       AND NOT EXISTS (SELECT FROM app.products l WHERE l.client_id = $1 AND l.ean = i.product_ean)
     ORDER BY product_ean, line ON CONFLICT DO NOTHING`,
    [clientId],
  );
}

async function copyQuarantined(client: pg.PoolClient, clientId: string, batch: Batch): Promise<void> {
  if (batch.quarantined.length === 0) return;
  const columns = ['source_sheet', 'source_row', 'reason_code', 'reason', 'raw'];
  await client.query(
    `CREATE TEMP TABLE held (line int GENERATED ALWAYS AS IDENTITY, source_sheet text, source_row int, reason_code text, reason text, raw jsonb) ON COMMIT DROP`,
  );
  const values = batch.quarantined.map((row) => [row.sheet, row.row, row.reasonCode, row.reason, json(row.raw)]);
  await copyRows(client, 'held', columns, values);
  await client.query(
    `INSERT INTO app.quarantined_rows (client_id, upload_id, ${columns.join(', ')})
     SELECT $1, $2, ${columns.join(', ')} FROM held`,
    [clientId, batch.uploadId],
  );
}

/** JSON that Postgres can hold: it refuses the escape of a zero character. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('\\u0000', '');
}

async function copyFixes(client: pg.PoolClient, clientId: string, batch: Batch): Promise<void> {
  if (batch.fixes.length === 0) return;
  const columns = ['sheet', 'row', 'column_name', 'cell', 'original', 'cleaned', 'rule'];
  await client.query(
    `CREATE TEMP TABLE repaired (line int GENERATED ALWAYS AS IDENTITY, sheet text, row int, column_name text, cell text, original text, cleaned text, rule text) ON COMMIT DROP`,
  );
  await copyRows(client, 'repaired', columns, fixValues(batch.fixes));
  await client.query(
    `INSERT INTO app.transform_logs (client_id, upload_id, ${columns.join(', ')})
     SELECT $1, $2, ${columns.join(', ')} FROM repaired`,
    [clientId, batch.uploadId],
  );
}

function* fixValues(fixes: Fix[]): Generator<CopyValue[]> {
  for (const fix of fixes) yield [fix.sheet, fix.row, fix.column, fix.cell, fix.original, fix.cleaned, fix.rule];
}

async function* storedRows(pool: pg.Pool, uploadId: string): AsyncGenerator<StoredRow> {
  const columns = `p.id, p.upload_id AS "uploadId", p.source_sheet AS sheet, p.source_row AS row, p.product_ean AS "productEan",
    p.functional_name AS "functionalName", p.raw_product AS "rawProduct", extract(year FROM p.sales_date)::int AS year,
    extract(month FROM p.sales_date)::int AS month, to_char(p.sales_date, 'YYYY-MM-DD') AS "salesDate", p.quantity::float8 AS quantity,
    p.sales_amount_local::float8 AS "amountLocal", p.currency, p.sales_amount_base::float8 AS "amountBase", p.fx_rate::float8 AS "fxRate",
    p.fx_source AS "fxSource", p.amount_basis AS "amountBasis", p.reseller, p.store, p.channel, s.state = 'loaded' AS "inForce"`;
  yield* pages<StoredRow>(
    pool,
    `SELECT ${columns} FROM app.processed_data p JOIN app.upload_scopes s ON s.id = p.scope_id
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
