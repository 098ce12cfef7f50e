// Chunks of a batch -> processed_data, held-back rows and the transform log, while the file is still being read. Row-level
// security does not allow COPY into these tables, so each chunk passes through a temporary one. Nothing counts yet: a scope
// begins as superseded, and which of them come into force is decided when all rows are in.

import type pg from 'pg';
import type { ConvertedRow, Fix, QuarantinedRow } from '#src/clean/types.ts';
import type { Batch, BatchChunk } from '#src/ports.ts';
import { type CopyValue, copyRows } from './copy.ts';

/** The columns of a row as the file gave it, in `processed_data` as in `sales_data`. */
export const rowColumns = [
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
  'week_ending',
  'amount_estimated',
];

const tables = {
  row: {
    staged: 'incoming',
    into: 'app.processed_data',
    columns: ['scope_id', 'product_in_file', ...rowColumns],
    types: `scope_id bigint, product_in_file text, source_sheet text, source_row int, reseller text, store text, channel text, product_ean text,
      functional_name text, raw_product text, sales_date date, quantity numeric, sales_amount_local numeric, currency text,
      sales_amount_base numeric, fx_rate numeric, fx_source text, amount_basis text, week_ending date, amount_estimated boolean`,
  },
  held: {
    staged: 'held',
    into: 'app.quarantined_rows',
    columns: ['source_sheet', 'source_row', 'reason_code', 'reason', 'raw'],
    types: 'source_sheet text, source_row int, reason_code text, reason text, raw jsonb',
  },
  fix: {
    staged: 'repaired',
    into: 'app.transform_logs',
    columns: ['sheet', 'row', 'column_name', 'cell', 'original', 'cleaned', 'rule'],
    types: 'sheet text, row int, column_name text, cell text, original text, cleaned text, rule text',
  },
};
type Table = (typeof tables)[keyof typeof tables];

/** A product as the file names it, once for each EAN. */
interface Named {
  functionalName: string | null;
  rawProduct: string | null;
}

/** Reads the batch to its end; the caller's transaction is rolled back when that throws. */
export async function takeIn(client: pg.PoolClient, clientId: string, batch: Batch): Promise<void> {
  for (const { staged, types } of Object.values(tables)) {
    await client.query(`CREATE TEMP TABLE ${staged} (${types}) ON COMMIT DROP`);
  }
  const scopes = new Scopes(client, clientId, batch);
  const products = new Map<string, Named>();
  for await (const chunk of ahead(batch.chunks)) {
    await scopes.meet(chunk.rows);
    const { uploadId } = batch;
    await store(client, tables.row, clientId, uploadId, rowValues(chunk.rows, scopes));
    await store(client, tables.held, clientId, uploadId, chunk.quarantined.map(heldValues));
    await store(client, tables.fix, clientId, uploadId, chunk.fixes.map(fixValues));
    for (const { productEan, functionalName, rawProduct } of chunk.rows) {
      if (productEan !== null && !products.has(productEan)) products.set(productEan, { functionalName, rawProduct });
    }
  }
  await registerProducts(client, clientId, products);
}

/** The next chunk is made while this one is being stored. */
async function* ahead(chunks: AsyncIterable<BatchChunk>): AsyncGenerator<BatchChunk> {
  const iterator = chunks[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = iterator.next();
      // Whoever stores this chunk may fail first; the next one's error is then nobody's.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function store(
  client: pg.PoolClient,
  table: Table,
  clientId: string,
  uploadId: string,
  values: CopyValue[][],
): Promise<void> {
  if (values.length === 0) return;
  const columns = table.columns.join(', ');
  await copyRows(client, table.staged, table.columns, values);
  await client.query(
    `INSERT INTO ${table.into} (client_id, upload_id, ${columns}) SELECT $1, $2, ${columns} FROM ${table.staged}`,
    [clientId, uploadId],
  );
  await client.query(`TRUNCATE ${table.staged}`);
}

/** The upload's scopes by reseller, store and month (or week), made when the first of their rows comes. */
class Scopes {
  #client: pg.PoolClient;
  #clientId: string;
  #batch: Batch;
  #ids = new Map<string, string>();

  constructor(client: pg.PoolClient, clientId: string, batch: Batch) {
    this.#client = client;
    this.#clientId = clientId;
    this.#batch = batch;
  }

  idOf(row: ConvertedRow): string {
    return this.#ids.get(this.#keyOf(row)) as string;
  }

  async meet(rows: ConvertedRow[]): Promise<void> {
    const found = new Map<string, ConvertedRow>();
    for (const row of rows) {
      const key = this.#keyOf(row);
      if (!this.#ids.has(key)) found.set(key, row);
    }
    if (found.size === 0) return;
    const values = [...found.values()];
    const { rows: ids } = await this.#client.query<{ id: string }>(
      `WITH made AS (
         INSERT INTO app.upload_scopes (client_id, upload_id, vendor, reseller, store, period, week_ending, state, rows, quantity, currency)
         SELECT $1, $2, $3, reseller, store, period, week_ending, 'superseded', 1, 0, currency
         FROM unnest($4::text[], $5::text[], $6::date[], $7::date[], $8::text[])
           WITH ORDINALITY AS f (reseller, store, period, week_ending, currency, place)
         ORDER BY place RETURNING id)
       SELECT id FROM made ORDER BY id`,
      [
        this.#clientId,
        this.#batch.uploadId,
        this.#batch.vendor,
        values.map((row) => row.reseller),
        values.map((row) => this.#storeOf(row)),
        values.map((row) => `${row.year}-${row.month}-01`),
        values.map((row) => row.weekEnding),
        values.map((row) => row.currency),
      ],
    );
    for (const [place, key] of [...found.keys()].entries()) this.#ids.set(key, ids[place]!.id);
  }

  #keyOf(row: ConvertedRow): string {
    return `${row.year * 12 + row.month}\t${row.weekEnding ?? ''}\t${row.reseller}\t${this.#storeOf(row)}`;
  }

  #storeOf(row: ConvertedRow): string {
    return this.#batch.scopeByStore ? (row.store ?? '') : '';
  }
}

function rowValues(rows: ConvertedRow[], scopes: Scopes): CopyValue[][] {
  return rows.map((row) => [
    scopes.idOf(row),
    row.productInFile,
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
    row.weekEnding,
    row.amountEstimated ? 't' : 'f',
  ]);
}

/** JSON that Postgres can hold: it refuses the escape of a zero character. */
function heldValues({ sheet, row, reasonCode, reason, raw }: QuarantinedRow): CopyValue[] {
  return [sheet, row, reasonCode, reason, JSON.stringify(raw).replaceAll('\\u0000', '')];
}

function fixValues({ sheet, row, column, cell, original, cleaned, rule }: Fix): CopyValue[] {
  return [sheet, row, column, cell, original, cleaned, rule];
}

/** An EAN that nobody knows yet is kept as an unconfirmed product, under the file's own name for it. */
async function registerProducts(client: pg.PoolClient, clientId: string, products: Map<string, Named>): Promise<void> {
  if (products.size === 0) return;
  const named = [...products.values()];
  const texts = (of: (each: Named) => string | null) => named.map((each) => of(each)?.replaceAll('\0', '') ?? null);
  await client.query(
    `INSERT INTO app.products (id, client_id, ean, functional_name, name)
     SELECT gen_random_uuid(), $1::uuid, f.ean, f.functional_name, f.name
     FROM unnest($2::text[], $3::text[], $4::text[]) AS f (ean, functional_name, name)
     WHERE NOT EXISTS (SELECT FROM app.products l WHERE l.client_id = $1 AND l.ean = f.ean)
     ON CONFLICT DO NOTHING`,
    [clientId, [...products.keys()], texts((each) => each.functionalName), texts((each) => each.rawProduct)],
  );
}
