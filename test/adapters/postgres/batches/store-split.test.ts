// Pieces of rows by store, beside the rows of their upload: which of them are in force, and what they are worth.

import { expect, test } from 'vitest';
import type { SplitRow } from '#src/clean/types.ts';
import { testDatabase } from '#test/support/database.ts';
import { batchOf, openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';
import { asSuperuser } from '#test/support/two-clients.ts';

const database = await testDatabase();
const { batches } = storesOf(database);
const ann = await person(database);
let count = 0;
const upload = () => openUpload(database, ann, `report ${++count}.xlsx`);

const piece = (month: string, store: string, quantity: number, rawProduct = 'Soap 100 g'): SplitRow => ({
  rawProduct,
  store,
  year: Number(month.slice(0, 4)),
  month: Number(month.slice(5)),
  quantity,
});

/** Rows and pieces of a month: store, quantity, amount. */
async function byStore(month: string) {
  const { rows } = await asSuperuser(database, (client) =>
    client.query<{ store: string | null; quantity: number; amount: number | null }>(
      `SELECT store, sum(quantity)::float8 AS quantity, round(sum(sales_amount_local), 2)::float8 AS amount FROM app.sales_by_store
       WHERE to_char(sales_date, 'YYYY-MM') = $1 GROUP BY 1 ORDER BY 1`,
      [month],
    ),
  );
  return rows.map(({ store, quantity, amount }) => [store, quantity, amount]);
}

test('a row’s money is shared out by its pieces, and what is not known stays unknown', async () => {
  const tea = { rawProduct: 'Tea', functionalName: 'TEA', productEan: null, productInFile: 'Tea' };
  const rows = [saleOf('2025-01', 4, 10), saleOf('2025-01', 3, null, tea)];
  const split = [piece('2025-01', 'A', 5), piece('2025-01', 'B', -1), piece('2025-01', 'B', 3, 'Tea')];
  await batches.save(batchOf(await upload(), rows, { split }));
  expect(await byStore('2025-01')).toEqual([
    ['A', 5, 12.5],
    ['B', 2, -2.5],
  ]);
});

test('a row without pieces stays whole beside those that have some', async () => {
  const rows = [saleOf('2025-02', 4, 10), saleOf('2025-02', 3, 6, { rawProduct: 'Tea' })];
  await batches.save(batchOf(await upload(), rows, { split: [piece('2025-02', 'A', 4)] }));
  expect(await byStore('2025-02')).toEqual([
    ['A', 4, 10],
    [null, 3, 6],
  ]);
});

test('saving an upload again takes its new pieces in the place of the old ones', async () => {
  const id = await upload();
  const rows = [saleOf('2025-03', 4, 10)];
  await batches.save(batchOf(id, rows, { split: [piece('2025-03', 'A', 4)] }));
  await batches.save(batchOf(id, rows, { split: [piece('2025-03', 'A', 1), piece('2025-03', 'B', 3)] }));
  expect(await byStore('2025-03')).toEqual([
    ['A', 1, 2.5],
    ['B', 3, 7.5],
  ]);
  await batches.save(batchOf(id, rows));
  expect(await byStore('2025-03')).toEqual([[null, 4, 10]]);
});

test('pieces of an upload that said the same stand for rows that have none, the newest first, and never for other rows', async () => {
  const rows = [saleOf('2025-04', 4, 10)];
  const first = await upload();
  await batches.save(batchOf(first, rows));
  await batches.save(batchOf(await upload(), rows, { split: [piece('2025-04', 'Old', 4)] }));
  const newest = await upload();
  await batches.save(batchOf(newest, rows, { split: [piece('2025-04', 'New', 4)] }));
  expect(await byStore('2025-04')).toEqual([['New', 4, 10]]);
  await batches.undo(newest, ann);
  expect(await byStore('2025-04')).toEqual([['Old', 4, 10]]);
  const other = await upload();
  await batches.save(batchOf(other, [saleOf('2025-04', 5, 11)], { onDifference: 'replace' }));
  expect(await byStore('2025-04')).toEqual([[null, 5, 11]]);
  await batches.undo(other, ann);
  expect(await byStore('2025-04')).toEqual([['Old', 4, 10]]);
});
