// A folder with sales.csv and products.csv -> a throw-away database that questions can be asked of, as if the files named in
// it had been uploaded by one person. Refuses a folder without sales.csv; never meant for the client's own database.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type pg from 'pg';
import { AppError } from '#src/errors.ts';
import type { Principal } from '#src/ports.ts';

type Line = Record<string, string>;

/** Empty cells are nulls. `by` owns the uploads, in the space that `by` is in. */
export async function loadDataset(
  { pool }: { pool: pg.Pool },
  clientId: string,
  folder: string,
  by: Pick<Principal, 'userId' | 'spaceId'>,
): Promise<void> {
  const sales = await readTable(folder, 'sales.csv');
  if (sales === null) throw new AppError('CONFIG_DATABASE', { reason: `${join(folder, 'sales.csv')} does not exist` });
  const products = (await readTable(folder, 'products.csv')) ?? [];
  const uploads = new Map(
    [...new Set(sales.map((line) => line.upload_filename || 'sales.csv'))].map((name) => [name, randomUUID()]),
  );
  await storeProducts(pool, clientId, products);
  await storeUploads(pool, clientId, by, uploads, sales);
  const cells = (column: string) => sales.map((line) => line[column] || null);
  await pool.query(
    `INSERT INTO app.sales_data (client_id, upload_id, reseller, store, product_ean, functional_name, brand, month, year,
       sales_date, quantity, sales_amount_local, currency, sales_amount_base)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[],
       $10::date[], $11::numeric[], $12::numeric[], $13::text[], $14::numeric[])`,
    [
      clientId,
      sales.map((line) => uploads.get(line.upload_filename || 'sales.csv')),
      ...['reseller', 'store', 'product_ean', 'functional_name', 'brand', 'month', 'year'].map(cells),
      ...['sales_date', 'quantity', 'sales_amount_local', 'currency', 'sales_amount_base'].map(cells),
    ],
  );
}

async function storeProducts(pool: pg.Pool, clientId: string, products: Line[]): Promise<void> {
  await pool.query(
    `INSERT INTO app.products (id, client_id, ean, functional_name, name, brand, confirmed)
     SELECT gen_random_uuid(), $1, ean, coalesce(functional, name), name, brand, true
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS t (ean, functional, name, brand) ON CONFLICT DO NOTHING`,
    [
      clientId,
      ...['ean', 'functional_name', 'name', 'brand'].map((column) => products.map((line) => line[column] || null)),
    ],
  );
}

async function storeUploads(
  pool: pg.Pool,
  clientId: string,
  by: Pick<Principal, 'userId' | 'spaceId'>,
  uploads: Map<string, string>,
  sales: Line[],
): Promise<void> {
  const counts = Map.groupBy(sales, (line) => line.upload_filename || 'sales.csv');
  const names = [...uploads.keys()];
  const spaceId = by.spaceId || null;
  await pool.query(
    `INSERT INTO app.uploads (id, client_id, user_id, space_id, file_name, hash, status, rows_processed, rows_cleaned, completed_at)
     SELECT id, $1, $2, $3, name, hash, 'completed', rows, rows, now()
     FROM unnest($4::uuid[], $5::text[], $6::text[], $7::int[]) AS t (id, name, hash, rows)`,
    [
      clientId,
      by.userId,
      spaceId,
      [...uploads.values()],
      names,
      names.map((name) => createHash('sha256').update(name).digest('hex')),
      names.map((name) => counts.get(name)?.length ?? 0),
    ],
  );
  if (spaceId === null) return;
  await pool.query('INSERT INTO app.space_uploads (client_id, space_id, upload_id) SELECT $1, $2, unnest($3::uuid[])', [
    clientId,
    spaceId,
    [...uploads.values()],
  ]);
}

/** null when there is no such file. */
async function readTable(folder: string, name: string): Promise<Line[] | null> {
  const path = join(folder, name);
  if (!existsSync(path)) return null;
  return parse(await readFile(path, 'utf8'), {
    columns: true,
    skip_empty_lines: true,
    bom: true,
    trim: true,
  }) as Line[];
}
