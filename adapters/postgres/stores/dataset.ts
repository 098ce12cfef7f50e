// Two CSV files with a known answer to every question -> rows as if their workbooks had been uploaded, in a throw-away
// database. Refuses files and columns that are missing and numbers that are none; nothing is stored then.

import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type pg from 'pg';
import { AppError } from '#src/errors.ts';
import { type CopyValue, copyRows } from '../batches/copy.ts';
import { transaction } from './transaction.ts';

const salesColumns = [
  'reseller',
  'store',
  'product_ean',
  'functional_name',
  'brand',
  'month',
  'year',
  'sales_date',
  'quantity',
  'sales_amount_local',
  'currency',
  'sales_amount_base',
  'upload_filename',
] as const;
const productColumns = ['ean', 'name', 'brand'] as const;
const required = new Set<string>([
  'reseller',
  'month',
  'year',
  'sales_date',
  'quantity',
  'currency',
  'upload_filename',
]);
const numeric = new Set<string>(['month', 'year', 'quantity', 'sales_amount_local', 'sales_amount_base']);

/** @param folder has `sales.csv` and `products.csv` */
export async function loadDataset(
  { pool }: { pool: pg.Pool; clientId?: string },
  clientId: string,
  folder: string,
  owner: { userId: string; spaceId: string },
): Promise<{ rows: number; products: number }> {
  const [sales, products] = await Promise.all([
    read(folder, 'sales.csv', salesColumns),
    read(folder, 'products.csv', productColumns),
  ]);
  await transaction(pool, async (client) => {
    await client.query(
      `INSERT INTO app.products (id, client_id, ean, functional_name, name, brand, confirmed)
       SELECT gen_random_uuid(), $1, p.ean, p.name, p.name, p.brand, true
       FROM unnest($2::text[], $3::text[], $4::text[]) AS p (ean, name, brand)
       ON CONFLICT DO NOTHING`,
      [clientId, column(products, 0), column(products, 1), column(products, 2)],
    );
    const files = [...new Set(column(sales, salesColumns.indexOf('upload_filename')) as string[])];
    const ids = new Map(files.map((file) => [file, randomUUID()]));
    await addUploads(client, clientId, owner, ids);
    await addSales(client, clientId, sales, ids);
  }).catch(explained);
  return { rows: sales.length, products: products.length };
}

/** A file -> its rows with `columns` in this order; an empty cell is null. */
async function read(folder: string, name: string, columns: readonly string[]): Promise<CopyValue[][]> {
  const text = await readFile(join(folder, name), 'utf8').catch((cause: unknown) => {
    throw new AppError('DATA_INVALID', { reason: `${name} cannot be read in that folder` }, { cause });
  });
  const [header = [], ...lines] = records(name, text);
  const at = columns.map((column) => header.indexOf(column));
  const missing = columns.filter((_, index) => at[index] === -1);
  if (missing.length > 0) invalid(`${name} has no column ${missing.join(', ')}`);
  return lines.map((line, index) =>
    columns.map((column, place) => cell(line[at[place] ?? -1] ?? '', column, name, index)),
  );
}

function records(name: string, text: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true });
  } catch (cause) {
    throw new AppError(
      'DATA_INVALID',
      { reason: `${name} is not a CSV file with as many cells in each line` },
      { cause },
    );
  }
}

function cell(text: string, column: string, name: string, index: number): CopyValue {
  const place = `${name}, row ${index + 2}`;
  if (text === '') return required.has(column) ? invalid(`${place}: ${column} is empty`) : null;
  if (numeric.has(column) && !/^-?\d+(\.\d+)?$/.test(text)) invalid(`${place}: ${column} is not a number`);
  if (column === 'sales_date' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) invalid(`${place}: ${column} is not a date`);
  return text;
}

function invalid(reason: string): never {
  throw new AppError('DATA_INVALID', { reason });
}

/** Data errors and broken constraints of the tables are the files' fault; anything else is ours. */
function explained(error: unknown): never {
  const code = String((error as { code?: unknown }).code ?? '');
  if (!/^2[23]/.test(code)) throw error;
  const reason =
    'a value in sales.csv or products.csv is none that the tables can hold (an EAN has 13 digits, a currency 3 letters, a month fits its date)';
  throw new AppError('DATA_INVALID', { reason }, { cause: error });
}

function column(rows: CopyValue[][], index: number): CopyValue[] {
  return rows.map((row) => row[index] ?? null);
}

async function addUploads(
  client: pg.PoolClient,
  clientId: string,
  owner: { userId: string; spaceId: string },
  ids: Map<string, string>,
): Promise<void> {
  const names = [...ids.keys()];
  const hashes = names.map((file) => createHash('sha256').update(file).digest('hex'));
  await client.query(
    `INSERT INTO app.uploads (id, client_id, user_id, space_id, file_name, hash, status, completed_at)
     SELECT u.id, $1, $2, $3, u.file_name, u.hash, 'completed', now()
     FROM unnest($4::uuid[], $5::text[], $6::text[]) AS u (id, file_name, hash)`,
    [clientId, owner.userId, owner.spaceId, [...ids.values()], names, hashes],
  );
  await client.query(
    `INSERT INTO app.space_uploads (space_id, upload_id, client_id) SELECT $1, id, $2 FROM unnest($3::uuid[]) AS u (id)`,
    [owner.spaceId, clientId, [...ids.values()]],
  );
}

async function addSales(
  client: pg.PoolClient,
  clientId: string,
  sales: CopyValue[][],
  ids: Map<string, string>,
): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE dataset (reseller text, store text, product_ean text, functional_name text, brand text, month int, year int,
       sales_date date, quantity numeric, sales_amount_local numeric, currency text, sales_amount_base numeric, upload_id uuid)
     ON COMMIT DROP`,
  );
  const stored = salesColumns.slice(0, -1);
  await copyRows(client, 'dataset', [...stored, 'upload_id'], withIds(sales, ids));
  await client.query(
    `INSERT INTO app.sales_data (client_id, ${stored.join(', ')}, upload_id) SELECT $1, ${stored.join(', ')}, upload_id FROM dataset`,
    [clientId],
  );
  await client.query(
    `UPDATE app.uploads u SET rows_processed = d.n, rows_cleaned = d.n
     FROM (SELECT upload_id, count(*)::int AS n FROM dataset GROUP BY 1) d WHERE u.id = d.upload_id AND u.client_id = $1`,
    [clientId],
  );
}

function* withIds(sales: CopyValue[][], ids: Map<string, string>): Generator<CopyValue[]> {
  for (const row of sales) yield [...row.slice(0, -1), ids.get(String(row.at(-1))) ?? null];
}
