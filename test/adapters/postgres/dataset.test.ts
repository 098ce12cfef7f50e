// CSV files as a data set: what is loaded, and what is refused without storing anything.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDataset } from '#adapters/postgres/stores/dataset.ts';
import { testDatabase, unguarded } from '../../support/database.ts';
import { people, plantTwoClients, principal, spaces } from '../../support/two-clients.ts';

const database = await testDatabase();
const owner = { userId: people.alice, spaceId: spaces.sales };
const header =
  'reseller,store,product_ean,functional_name,brand,month,year,sales_date,quantity,sales_amount_local,currency,sales_amount_base,upload_filename';
const products = "ean,name,brand\n4006000881102,O'Neil's \\ 100%,Lumen\n";
const good = `A & B,,4006000881102,O'Neil's \\ 100%,Lumen,4,2023,2023-04-01,-2.5,-10,GBP,,a.xlsx`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dataset-'));
  await plantTwoClients(database);
});
afterAll(() => rm(folder, { recursive: true }));

async function load(sales: string, catalogue = products): Promise<{ rows: number; products: number }> {
  await writeFile(join(folder, 'sales.csv'), sales);
  await writeFile(join(folder, 'products.csv'), catalogue);
  return loadDataset(database, database.clientId, folder, owner);
}

test.each([
  [
    'a column is missing',
    `${header.replace('quantity,', '')}\n${good.replace(',-2.5', '')}`,
    'sales.csv has no column quantity',
  ],
  ['a number is none', `${header}\n${good.replace('-2.5', 'many')}`, 'sales.csv, row 2: quantity is not a number'],
  ['a date is none', `${header}\n${good.replace('2023-04-01', 'April')}`, 'row 2: sales_date is not a date'],
  ['a name is empty', `${header}\n${good.replace('A & B', '')}`, 'row 2: reseller is empty'],
  ['lines are uneven', `${header}\n${good},more`, 'not a CSV file'],
  ['a month does not fit its date', `${header}\n${good.replace(',4,2023', ',5,2023')}`, 'a month fits its date'],
])('is refused when %s', async (_, sales, sentence) => {
  const failure = await load(sales).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'DATA_INVALID', message: expect.stringContaining(sentence) });
  const { rows } = await database.pool.query("SELECT FROM app.uploads WHERE file_name = 'a.xlsx'");
  expect(rows).toHaveLength(0);
});

test('is refused when a file is missing', async () => {
  const nowhere = loadDataset(database, database.clientId, join(folder, 'nowhere'), owner);
  await expect(nowhere).rejects.toMatchObject({ code: 'DATA_INVALID' });
});

test('is there for those in the space, with names, nulls and returns as they were', async () => {
  expect(await load(`\ufeff${header}\n${good}\n`)).toEqual({ rows: 1, products: 1 });
  const sql =
    "SELECT s.*, u.rows_processed FROM (SELECT upload_id, reseller, store, functional_name, quantity, sales_amount_base FROM sales_data WHERE reseller = 'A & B') s JOIN uploads u ON u.id = s.upload_id";
  const { rows } = await database.analyst.run(unguarded(sql), principal(database, 'ana', 'space', 'sales'));
  expect(rows).toMatchObject([
    {
      store: null,
      functional_name: "O'Neil's \\ 100%",
      quantity: -2.5,
      sales_amount_base: null,
      rows_processed: 1,
    },
  ]);
  const other = await database.analyst.run(unguarded(sql), principal(database, 'ana', 'space', 'board'));
  expect(other.rows).toHaveLength(0);
});
