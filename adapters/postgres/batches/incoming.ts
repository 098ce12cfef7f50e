// Chunks of a batch -> processed_data, held-back rows and the transform log, while the file is still being read. Row-level
// security does not allow COPY into these tables, so each chunk passes through a temporary one. Nothing counts yet: a scope
// begins as superseded, and which of them come into force is decided when all rows are in.

import type pg from 'pg';
import type { ConvertedRow, Fix, QuarantinedRow } from '#src/clean/types.ts';
import type { Batch, BatchChunk } from '#src/ports.ts';
import { addStaged, createStaged, type StagedColumn, type StagedTable } from './staged-table.ts';

const facts: StagedColumn<ConvertedRow>[] = [
  { name: 'source_sheet', type: 'text', of: (row) => row.sheet },
  { name: 'source_row', type: 'int', of: (row) => row.row },
  { name: 'reseller', type: 'text', of: (row) => row.reseller },
  { name: 'store', type: 'text', of: (row) => row.store },
  { name: 'channel', type: 'text', of: (row) => row.channel },
  { name: 'product_ean', type: 'text', of: (row) => row.productEan },
  { name: 'functional_name', type: 'text', of: (row) => row.functionalName },
  { name: 'raw_product', type: 'text', of: (row) => row.rawProduct },
  { name: 'sales_date', type: 'date', of: (row) => row.salesDate },
  { name: 'quantity', type: 'numeric', of: (row) => row.quantity },
  { name: 'sales_amount_local', type: 'numeric', of: (row) => row.amountLocal },
  { name: 'currency', type: 'text', of: (row) => row.currency },
  { name: 'sales_amount_base', type: 'numeric', of: (row) => row.amountBase },
  { name: 'fx_rate', type: 'numeric', of: (row) => row.fxRate },
  { name: 'fx_source', type: 'text', of: (row) => row.fxSource },
  { name: 'amount_basis', type: 'text', of: (row) => row.amountBasis },
  { name: 'week_ending', type: 'date', of: (row) => row.weekEnding },
  { name: 'amount_estimated', type: 'boolean', of: (row) => (row.amountEstimated ? 't' : 'f') },
];

/** The columns of a row as the file gave it, in `processed_data` as in `sales_data`. */
export const rowColumns = facts.map(({ name }) => name);

const heldRows: StagedTable<QuarantinedRow> = {
  staged: 'held',
  into: 'app.quarantined_rows',
  columns: [
    { name: 'source_sheet', type: 'text', of: ({ sheet }) => sheet },
    { name: 'source_row', type: 'int', of: ({ row }) => row },
    { name: 'reason_code', type: 'text', of: ({ reasonCode }) => reasonCode },
    { name: 'reason', type: 'text', of: ({ reason }) => reason },
    // JSON that Postgres can hold: it refuses the escape of a zero character.
    { name: 'raw', type: 'jsonb', of: ({ raw }) => JSON.stringify(raw).replaceAll('\\u0000', '') },
    { name: 'cells', type: 'jsonb', of: ({ cells }) => JSON.stringify(cells).replaceAll('\\u0000', '') },
    { name: 'bad_column', type: 'int', of: ({ column }) => column },
  ],
};

const repairs: StagedTable<Fix> = {
  staged: 'repaired',
  into: 'app.transform_logs',
  columns: [
    { name: 'sheet', type: 'text', of: ({ sheet }) => sheet },
    { name: 'row', type: 'int', of: ({ row }) => row },
    { name: 'column_name', type: 'text', of: ({ column }) => column },
    { name: 'cell', type: 'text', of: ({ cell }) => cell },
    { name: 'original', type: 'text', of: ({ original }) => original },
    { name: 'cleaned', type: 'text', of: ({ cleaned }) => cleaned },
    { name: 'rule', type: 'text', of: ({ rule }) => rule },
  ],
};

function factRows(scopes: Scopes): StagedTable<ConvertedRow> {
  return {
    staged: 'incoming',
    into: 'app.processed_data',
    columns: [
      { name: 'scope_id', type: 'bigint', of: (row) => scopes.idOf(row) },
      { name: 'product_in_file', type: 'text', of: (row) => row.productInFile },
      ...facts,
    ],
  };
}

/** A product as the file names it, once for each EAN. */
interface Named {
  functionalName: string | null;
  rawProduct: string | null;
}

/** Reads the batch to its end; the caller's transaction is rolled back when that throws. */
export async function takeIn(client: pg.PoolClient, clientId: string, batch: Batch): Promise<void> {
  const scopes = new Scopes(client, clientId, batch);
  const rows = factRows(scopes);
  for (const table of [rows, heldRows, repairs]) await createStaged(client, table);
  const owner = { clientId, uploadId: batch.uploadId };
  const products = new Map<string, Named>();
  for await (const chunk of ahead(batch.chunks)) {
    await scopes.meet(chunk.rows);
    await addStaged(client, rows, owner, chunk.rows);
    await addStaged(client, heldRows, owner, chunk.quarantined);
    await addStaged(client, repairs, owner, chunk.fixes);
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

/** The upload's scopes by reseller, store and month (or week), made when the first of their rows comes. */
class Scopes {
  #client: pg.PoolClient;
  #clientId: string;
  #batch: Batch;
  #ids = new Map<string, string>();
  #last: { of: ConvertedRow | null; id: string } = { of: null, id: '' };

  constructor(client: pg.PoolClient, clientId: string, batch: Batch) {
    this.#client = client;
    this.#clientId = clientId;
    this.#batch = batch;
  }

  idOf(row: ConvertedRow): string {
    const { of, id } = this.#last;
    // Rows of one scope mostly follow each other.
    if (of?.month === row.month && of.year === row.year && of.reseller === row.reseller && of.store === row.store)
      return id;
    this.#last = { of: row, id: this.#ids.get(this.#keyOf(row)) as string };
    return this.#last.id;
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
