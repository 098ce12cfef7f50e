import { beforeEach, expect, test } from 'vitest';
import type { QuarantinedRow } from '#src/clean/types.ts';
import { testDatabase } from '#test/support/database.ts';
import { batchOf, openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';
import { asSuperuser } from '#test/support/two-clients.ts';

const database = await testDatabase();
const { batches } = storesOf(database);
const ann = await person(database);
let count = 0;
const upload = () => openUpload(database, ann, `report ${++count}.xlsx`);

beforeEach(() =>
  asSuperuser(database, async (client) => {
    await client.query(
      'TRUNCATE app.sales_data, app.processed_data, app.upload_scopes, app.quarantined_rows, app.transform_logs',
    );
  }),
);

/** What counts: month -> sum of amounts. */
async function inForce(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ month: string; amount: number }>(
    "SELECT to_char(sales_date, 'YYYY-MM') AS month, sum(sales_amount_local)::float8 AS amount FROM app.sales_data GROUP BY 1 ORDER BY 1",
  );
  return Object.fromEntries(rows.map((row) => [row.month, row.amount]));
}

test('loads a batch, and saving the same upload again changes nothing', async () => {
  const id = await upload();
  const rows = [saleOf('2025-01', 2, 20.5), saleOf('2025-01', 1, 10), saleOf('2025-02', 3, 30)];
  const first = await batches.save(batchOf(id, rows));
  const second = await batches.save(batchOf(id, rows));
  expect(first.map((scope) => [scope.period.month, scope.state, scope.rows, scope.amount])).toEqual([
    [1, 'loaded', 2, 30.5],
    [2, 'loaded', 1, 30],
  ]);
  expect(second).toEqual(first);
  expect(await inForce()).toEqual({ '2025-01': 30.5, '2025-02': 30 });
});

test('a growing workbook adds only the months that are not loaded yet', async () => {
  const january = saleOf('2025-01', 2, 20);
  await batches.save(batchOf(await upload(), [january]));
  const scopes = await batches.save(batchOf(await upload(), [january, saleOf('2025-02', 3, 30)]));
  expect(scopes.map((scope) => scope.state)).toEqual(['unchanged', 'loaded']);
  expect(await inForce()).toEqual({ '2025-01': 20, '2025-02': 30 });
});

test('the order in which the months of a growing workbook arrive does not matter', async () => {
  const january = saleOf('2025-01', 2, 20);
  const february = saleOf('2025-02', 3, 30);
  await batches.save(batchOf(await upload(), [january, february]));
  const scopes = await batches.save(batchOf(await upload(), [january]));
  expect(scopes.map((scope) => scope.state)).toEqual(['unchanged']);
  expect(await inForce()).toEqual({ '2025-01': 20, '2025-02': 30 });
});

test('equal rows in another order are the same month; one repeat more is not', async () => {
  const a = saleOf('2025-01', 1, 10);
  const b = saleOf('2025-01', 2, 20, { store: 'North' });
  await batches.save(batchOf(await upload(), [a, b, a]));
  expect((await batches.save(batchOf(await upload(), [b, a, a])))[0]?.state).toBe('unchanged');
  expect((await batches.save(batchOf(await upload(), [b, a, a, a])))[0]?.state).toBe('differs');
});

test('a month that differs is held, shown beside what is loaded, replaced on request and restored by an undo', async () => {
  const old = await upload();
  await batches.save(batchOf(old, [saleOf('2025-01', 2, 20)]));
  const id = await upload();
  const held = await batches.save(batchOf(id, [saleOf('2025-01', 5, 55)]));
  expect(held[0]).toMatchObject({ state: 'differs', amount: 55, before: { uploadId: old, amount: 20, quantity: 2 } });
  expect(await inForce()).toEqual({ '2025-01': 20 });

  const replaced = await batches.save(batchOf(id, [saleOf('2025-01', 5, 55)], { onDifference: 'replace' }));
  expect(replaced[0]).toMatchObject({ state: 'loaded', before: { uploadId: old, amount: 20 } });
  expect(await inForce()).toEqual({ '2025-01': 55 });

  await batches.undo(id, ann);
  expect(await inForce()).toEqual({ '2025-01': 20 });
  await batches.undo(old, ann);
  expect(await inForce()).toEqual({});
  expect(await batches.undo(old, ann)).toEqual([]);
});

test('an upload that was replaced can be undone too, and does not come back', async () => {
  const old = await upload();
  await batches.save(batchOf(old, [saleOf('2025-01', 2, 20)]));
  const id = await upload();
  await batches.save(batchOf(id, [saleOf('2025-01', 5, 55), saleOf('2025-02', 1, 7)], { onDifference: 'replace' }));
  expect((await batches.undo(old, ann)).map((scope) => scope.state)).toEqual(['undone']);
  expect(await inForce()).toEqual({ '2025-01': 55, '2025-02': 7 });
  await batches.undo(id, ann);
  expect(await inForce()).toEqual({});
});

test('a month that another file holds too stays when the first of them is undone', async () => {
  const first = await upload();
  const second = await upload();
  await batches.save(batchOf(first, [saleOf('2025-01', 2, 20)]));
  await batches.save(batchOf(second, [saleOf('2025-01', 2, 20), saleOf('2025-02', 3, 30)]));
  await batches.undo(first, ann);
  expect(await inForce()).toEqual({ '2025-01': 20, '2025-02': 30 });
  await batches.undo(second, ann);
  expect(await inForce()).toEqual({});
});

test('undoing in another order than loading brings back the newest version that was not undone', async () => {
  const [a, b, c] = [await upload(), await upload(), await upload()];
  await batches.save(batchOf(a, [saleOf('2025-01', 1, 10)]));
  await batches.save(batchOf(b, [saleOf('2025-01', 2, 20), saleOf('2025-02', 2, 22)], { onDifference: 'replace' }));
  await batches.save(batchOf(c, [saleOf('2025-01', 3, 30)], { onDifference: 'replace' }));
  await batches.undo(b, ann);
  expect(await inForce()).toEqual({ '2025-01': 30 });
  await batches.undo(c, ann);
  expect(await inForce()).toEqual({ '2025-01': 10 });
});

test('saving an upload again under another vendor gives back what it had replaced under the first', async () => {
  const [a, b] = [await upload(), await upload()];
  await batches.save(batchOf(a, [saleOf('2025-01', 1, 10)]));
  await batches.save(batchOf(b, [saleOf('2025-01', 2, 20)], { onDifference: 'replace' }));
  await batches.save(batchOf(b, [saleOf('2025-01', 2, 20, { reseller: 'Other' })], { vendor: 'other' }));
  expect(await inForce()).toEqual({ '2025-01': 30 });
});

test('amounts of several currencies in one month have no sum', async () => {
  const zloty = saleOf('2025-01', 1, 100, { currency: 'PLN', amountBase: 23, fxRate: 0.23, fxSource: 'test' });
  const [scope] = await batches.save(batchOf(await upload(), [saleOf('2025-01', 1, 10), zloty]));
  expect([scope?.rows, scope?.amount]).toEqual([2, null]);
});

test('a product that two resellers call by different names is one product in every answer', async () => {
  const ean = '7350000000024';
  await batches.save(
    batchOf(await upload(), [saleOf('2025-01', 1, 10, { productEan: ean, functionalName: 'ROSE100' })]),
  );
  const other = saleOf('2025-02', 1, 10, { productEan: ean, functionalName: 'Rose 100 ml', reseller: 'Second shop' });
  await batches.save(batchOf(await upload(), [other]));
  const { rows } = await database.pool.query(
    'SELECT DISTINCT functional_name FROM app.sales_data WHERE product_ean = $1',
    [ean],
  );
  expect(rows).toEqual([{ functional_name: 'ROSE100' }]);
});

test('two saves of the same month at once count it once', async () => {
  const ids = [await upload(), await upload(), await upload()];
  const outcomes = await Promise.all(ids.map((id) => batches.save(batchOf(id, [saleOf('2025-03', 4, 40)]))));
  expect(outcomes.map(([scope]) => scope?.state).sort()).toEqual(['loaded', 'unchanged', 'unchanged']);
  expect(await inForce()).toEqual({ '2025-03': 40 });
});

test('where a report owns a store’s month, another store’s is not touched', async () => {
  const north = saleOf('2025-01', 1, 10, { store: 'North' });
  const south = saleOf('2025-01', 2, 20, { store: 'South' });
  await batches.save(batchOf(await upload(), [north], { scopeByStore: true }));
  const scopes = await batches.save(batchOf(await upload(), [south], { scopeByStore: true }));
  expect(scopes.map((scope) => [scope.store, scope.state])).toEqual([['South', 'loaded']]);
  expect(await inForce()).toEqual({ '2025-01': 30 });
});

test('a save that breaks in the middle leaves nothing behind', async () => {
  const id = await upload();
  const impossible = saleOf('2025-02', 1, 10, { salesDate: 'not a date' });
  await expect(batches.save(batchOf(id, [saleOf('2025-01', 1, 10), impossible]))).rejects.toThrow();
  for (const table of ['sales_data', 'processed_data', 'upload_scopes', 'transform_logs']) {
    const { rows } = await database.pool.query(`SELECT FROM app.${table} WHERE upload_id = $1`, [id]);
    expect(rows.length, table).toBe(0);
  }
});

test('the database itself refuses a second scope in force, and rows of no upload', async () => {
  const id = await upload();
  await batches.save(batchOf(id, [saleOf('2025-01', 1, 10)]));
  const other = await upload();
  await expect(
    database.pool.query(
      `INSERT INTO app.upload_scopes (client_id, upload_id, vendor, reseller, period, state, rows, quantity, currency)
       VALUES ($1, $2, 'shop', 'Shop', '2025-01-01', 'loaded', 1, 1, 'EUR')`,
      [database.clientId, other],
    ),
  ).rejects.toThrow(/upload_scopes_in_force/);
  await expect(
    database.pool.query(
      `INSERT INTO app.sales_data (client_id, upload_id, reseller, year, month, sales_date, quantity, currency)
       VALUES ($1, gen_random_uuid(), 'Shop', 2025, 1, '2025-01-01', 1, 'EUR')`,
      [database.clientId],
    ),
  ).rejects.toThrow(/belongs to no upload/);
});

test('keeps every row, fix and held-back row with its place, whatever text it holds', async () => {
  const hostile = 'tab\there\nnew line \\ back\u0000slash \\N "quotes" ; DROP TABLE x;--';
  const id = await upload();
  const fix = {
    sheet: 'Sales',
    row: 2,
    column: 'AMOUNT',
    cell: 'G2',
    original: '1,5',
    cleaned: '1.5',
    rule: 'decimal-comma',
  };
  const held = (text: string): QuarantinedRow => {
    const cells = [{ column: 1, heading: 'NAME', text }];
    const raw = { EAN: '', NAME: text };
    return { sheet: 'Sales', row: 3, reasonCode: 'missing_ean', reason: 'no EAN', raw, cells, column: 0 };
  };
  await batches.save(
    batchOf(id, [saleOf('2025-01', 1, 1.5, { rawProduct: hostile })], { fixes: [fix], quarantined: [held(hostile)] }),
  );
  const rows = [];
  for await (const row of batches.rows(id)) rows.push(row);
  expect(rows).toEqual([
    { ...saleOf('2025-01', 1, 1.5, { rawProduct: hostile.replace('\u0000', '') }), uploadId: id, inForce: true },
  ]);
  const fixes = [];
  for await (const each of batches.fixes(id)) fixes.push(each);
  expect(fixes).toEqual([fix]);
  expect(await batches.quarantined(id)).toEqual([held(hostile.replace('\u0000', ''))]);
});

test('when the file cannot be read to its end, nothing of it is stored', async () => {
  const id = await upload();
  const batch = batchOf(id, []);
  async function* broken() {
    yield { rows: [saleOf('2025-01', 1, 10)], quarantined: [], fixes: [], split: [] };
    throw new Error('the file ends here');
  }
  await expect(batches.save({ ...batch, chunks: broken() })).rejects.toThrow('the file ends here');
  const { rows } = await database.pool.query('SELECT FROM app.processed_data UNION ALL SELECT FROM app.upload_scopes');
  expect(rows).toEqual([]);
  expect((await batches.save(batchOf(id, [saleOf('2025-01', 1, 10)])))[0]?.state).toBe('loaded');
});

test('an EAN that nobody knows is registered as an unconfirmed product under the file’s own name', async () => {
  await batches.save(
    batchOf(await upload(), [saleOf('2025-01', 1, 10, { productEan: '7350000000017', rawProduct: 'New Soap' })]),
  );
  const { rows } = await database.pool.query('SELECT name, confirmed FROM app.products WHERE ean = $1', [
    '7350000000017',
  ]);
  expect(rows).toEqual([{ name: 'New Soap', confirmed: false }]);
});

test('weeks and the whole month of a reseller, or two vendors that report it, never count both without a word', async () => {
  const week = (sunday: string, amount: number) => saleOf('2025-06', 1, amount, { weekEnding: sunday });
  const [first, second, whole, other] = [await upload(), await upload(), await upload(), await upload()];
  await batches.save(batchOf(first, [week('2025-06-08', 10)]));
  expect((await batches.save(batchOf(second, [week('2025-06-15', 20)])))[0]?.state).toBe('loaded');
  const month = [saleOf('2025-06', 5, 55)];
  const [held] = await batches.save(batchOf(whole, month));
  expect(held).toMatchObject({ state: 'differs', before: { uploadId: first, rows: 2, amount: 30 } });
  expect(await inForce()).toEqual({ '2025-06': 30 });

  await batches.save(batchOf(whole, month, { onDifference: 'replace' }));
  expect(await inForce()).toEqual({ '2025-06': 55 });
  const [rival] = await batches.save(batchOf(other, month, { vendor: 'other' }));
  expect(rival).toMatchObject({ state: 'differs', before: { uploadId: whole } });
  await batches.save(batchOf(other, [saleOf('2025-06', 7, 77)], { vendor: 'other', onDifference: 'replace' }));
  expect(await inForce()).toEqual({ '2025-06': 77 });

  await batches.undo(other, ann);
  expect(await inForce()).toEqual({ '2025-06': 55 });
  const back = await batches.undo(whole, ann);
  expect(back.map(({ state, week: sunday }) => [state, sunday])).toEqual([
    ['undone', null],
    ['loaded', '2025-06-15'],
    ['loaded', '2025-06-08'],
  ]);
  expect(await inForce()).toEqual({ '2025-06': 30 });
});
