// Chunks of a batch -> processed_data, held-back rows and the transform log, while the file is still being read. Row-level
// security does not allow COPY into these tables, so each chunk passes through a temporary one. Nothing counts yet: a scope
// begins as superseded, and which of them come into force is decided when all rows are in.

import type pg from 'pg';
import type { ConvertedRow, Fix, QuarantinedRow, SplitRow } from '#src/clean/types.ts';
import type { Batch, BatchChunk } from '#src/ports.ts';
import { intoSales } from './in-force.ts';
import { facts } from './row-columns.ts';
import { insertInto, Lane, type StagedColumn, type StagedTable, Staging } from './staged-table.ts';
import { keepSplit } from './store-split.ts';

const heldColumns: StagedColumn<QuarantinedRow>[] = [
  { name: 'source_sheet', type: 'text', of: ({ sheet }) => sheet },
  { name: 'source_row', type: 'int', of: ({ row }) => row },
  { name: 'reason_code', type: 'text', of: ({ reasonCode }) => reasonCode },
  { name: 'reason', type: 'text', of: ({ reason }) => reason },
  // JSON that Postgres can hold: it refuses the escape of a zero character.
  { name: 'raw', type: 'jsonb', of: ({ raw }) => JSON.stringify(raw).replaceAll('\\u0000', '') },
  { name: 'cells', type: 'jsonb', of: ({ cells }) => JSON.stringify(cells).replaceAll('\\u0000', '') },
  { name: 'bad_column', type: 'int', of: ({ column }) => column },
];
const heldRows: StagedTable<QuarantinedRow> = {
  staged: 'held',
  columns: heldColumns,
  inserts: [insertInto('app.quarantined_rows', heldColumns)],
};

const fixColumns: StagedColumn<Fix>[] = [
  { name: 'sheet', type: 'text', of: ({ sheet }) => sheet },
  { name: 'row', type: 'int', of: ({ row }) => row },
  { name: 'column_name', type: 'text', of: ({ column }) => column },
  { name: 'cell', type: 'text', of: ({ cell }) => cell },
  { name: 'original', type: 'text', of: ({ original }) => original },
  { name: 'cleaned', type: 'text', of: ({ cleaned }) => cleaned },
  { name: 'rule', type: 'text', of: ({ rule }) => rule },
];
const repairs: StagedTable<Fix> = {
  staged: 'repaired',
  columns: fixColumns,
  inserts: [insertInto('app.transform_logs', fixColumns)],
};

function factRows(scopes: Scopes, products: Products): StagedTable<ConvertedRow> {
  const kept: StagedColumn<ConvertedRow>[] = [
    { name: 'scope_id', type: 'bigint', of: (row) => scopes.idOf(row) },
    { name: 'product_in_file', type: 'text', of: (row) => row.productInFile },
    ...facts,
  ];
  return {
    staged: 'incoming',
    columns: [
      ...kept,
      { name: 'is_new', type: 'boolean', of: (row) => (scopes.isNew(row) ? 't' : 'f') },
      { name: 'own_name', type: 'text', of: (row) => products.nameOf(row) },
    ],
    inserts: [
      insertInto('app.processed_data', kept),
      (source) => `INSERT INTO scope_sums
        SELECT r.scope_id, count(*), sum(r.quantity), sum(r.sales_amount_local), min(r.currency), max(r.currency)
        FROM ${source} GROUP BY 1`,
      // While the rest of the file is still being read: nobody sees it before the end, and if another file took the same month
      // in the meantime, it is taken out again.
      (source) => `${intoSales(source, 'coalesce(r.own_name, r.functional_name)')} WHERE r.is_new`,
    ],
  };
}

/** A product as the file names it, once for each EAN. */
interface Named {
  functionalName: string | null;
  rawProduct: string | null;
}

/**
 * Reads the batch to its end; the caller's transaction is rolled back when that throws. Returns the ids of the scopes whose rows
 * are in sales_data already, because nothing was in force for them when they came.
 */
export async function takeIn(client: pg.PoolClient, clientId: string, batch: Batch): Promise<Set<string>> {
  const lane = new Lane(client);
  const scopes = new Scopes(lane, clientId, batch);
  const products = new Products();
  const owner = { clientId, uploadId: batch.uploadId };
  const rows = new Staging(lane, factRows(scopes, products), owner);
  const held = new Staging(lane, heldRows, owner);
  const fixes = new Staging(lane, repairs, owner);
  const split: SplitRow[] = [];
  // What each scope comes to, while the rows are at hand.
  await client.query(
    `CREATE TEMP TABLE scope_sums (scope_id bigint, rows bigint, quantity numeric, amount numeric, first_currency text,
       last_currency text) ON COMMIT DROP`,
  );
  try {
    for await (const chunk of ahead(batch.chunks)) {
      await scopes.meet(chunk.rows);
      for (const row of chunk.rows) products.meet(row);
      await rows.add(chunk.rows);
      await held.add(chunk.quarantined);
      await fixes.add(chunk.fixes);
      split.push(...chunk.split);
    }
    for (const each of [rows, held, fixes]) await each.end();
  } finally {
    await lane.settled();
  }
  await keepSplit(client, clientId, batch.uploadId, split);
  // Last, and in one order for everybody: two files that wait for each other's new products would wait for ever.
  await products.register(client, clientId);
  return scopes.newOnes();
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
  #lane: Lane;
  #clientId: string;
  #batch: Batch;
  #met = new Map<string, { id: string; isNew: boolean }>();
  #last: { of: ConvertedRow | null; id: string; isNew: boolean } = { of: null, id: '', isNew: false };

  constructor(lane: Lane, clientId: string, batch: Batch) {
    this.#lane = lane;
    this.#clientId = clientId;
    this.#batch = batch;
  }

  idOf(row: ConvertedRow): string {
    return this.#of(row).id;
  }

  /** Nothing was in force for it when its first row came. */
  isNew(row: ConvertedRow): boolean {
    return this.#of(row).isNew;
  }

  newOnes(): Set<string> {
    return new Set([...this.#met.values()].filter(({ isNew }) => isNew).map(({ id }) => id));
  }

  #of(row: ConvertedRow): { id: string; isNew: boolean } {
    const { of } = this.#last;
    // Rows of one scope mostly follow each other.
    if (
      of?.month === row.month &&
      of.year === row.year &&
      of.reseller === row.reseller &&
      (of.store === row.store || !this.#batch.scopeByStore)
    ) {
      return this.#last;
    }
    this.#last = { of: row, ...this.#met.get(this.#keyOf(row))! };
    return this.#last;
  }

  async meet(rows: ConvertedRow[]): Promise<void> {
    const found = new Map<string, ConvertedRow>();
    for (const row of rows) {
      const key = this.#keyOf(row);
      if (!this.#met.has(key)) found.set(key, row);
    }
    if (found.size === 0) return;
    const values = [...found.values()];
    const { rows: made } = await this.#lane.run((client) =>
      client.query<{ id: string; isNew: boolean }>(
        `WITH made AS (
         INSERT INTO app.upload_scopes (client_id, upload_id, vendor, reseller, store, period, week_ending, state, rows, quantity, currency)
         SELECT $1, $2, $3, reseller, store, period, week_ending, 'superseded', 1, 0, currency
         FROM unnest($4::text[], $5::text[], $6::date[], $7::date[], $8::text[])
           WITH ORDINALITY AS f (reseller, store, period, week_ending, currency, place)
         ORDER BY place RETURNING *)
       SELECT id, NOT EXISTS (SELECT FROM app.upload_scopes f
                WHERE f.client_id = m.client_id AND f.vendor = m.vendor AND f.state = 'loaded'
                  AND (f.reseller, f.store, f.period) = (m.reseller, m.store, m.period)
                  AND f.week_ending IS NOT DISTINCT FROM m.week_ending) AS "isNew"
       FROM made m ORDER BY id`,
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
      ),
    );
    for (const [place, key] of [...found.keys()].entries()) this.#met.set(key, made[place]!);
  }

  #keyOf(row: ConvertedRow): string {
    return `${row.year * 12 + row.month}\t${row.weekEnding ?? ''}\t${row.reseller}\t${this.#storeOf(row)}`;
  }

  #storeOf(row: ConvertedRow): string {
    return this.#batch.scopeByStore ? (row.store ?? '') : '';
  }
}

/** The products of a file, each under the name that it has in the first row that names it. */
class Products {
  #named = new Map<string, Named>();

  meet({ productEan, functionalName, rawProduct }: ConvertedRow): void {
    if (productEan !== null && !this.#named.has(productEan))
      this.#named.set(productEan, { functionalName, rawProduct });
  }

  /**
   * What the product list will call it, unless it has a name for it already; null where that is what the row calls it, so that
   * hardly any row has to send it.
   */
  nameOf(row: ConvertedRow): string | null {
    if (row.productEan === null) return null;
    const named = this.#named.get(row.productEan)!;
    const name = named.functionalName ?? named.rawProduct;
    return name === row.functionalName ? null : name;
  }

  /** An EAN that nobody knows yet is kept as an unconfirmed product, under the file's own name for it. */
  async register(client: pg.PoolClient, clientId: string): Promise<void> {
    if (this.#named.size === 0) return;
    const named = [...this.#named.values()];
    const texts = (of: (each: Named) => string | null) => named.map((each) => of(each)?.replaceAll('\0', '') ?? null);
    await client.query(
      `INSERT INTO app.products (id, client_id, ean, functional_name, name)
       SELECT gen_random_uuid(), $1::uuid, f.ean, f.functional_name, f.name
       FROM unnest($2::text[], $3::text[], $4::text[]) AS f (ean, functional_name, name)
       WHERE NOT EXISTS (SELECT FROM app.products l WHERE l.client_id = $1 AND l.ean = f.ean)
       ORDER BY f.ean ON CONFLICT DO NOTHING`,
      [clientId, [...this.#named.keys()], texts((each) => each.functionalName), texts((each) => each.rawProduct)],
    );
  }
}
