import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConvertedRow } from '#src/clean/types.ts';
import { testDatabase } from '#test/support/database.ts';
import { batchOf, openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';

const database = await testDatabase();
const { batches, history } = storesOf(database);
const ann = await person(database);
let run = 0;

/** Loads the first as what is in force, then the second beside it, and returns how they differ. */
async function compared(before: ConvertedRow[], after: ConvertedRow[]) {
  const reseller = `Shop ${run++}`;
  const of = (rows: ConvertedRow[]) => rows.map((row) => ({ ...row, reseller }));
  await batches.save(batchOf(await openUpload(database, ann, `${reseller} before.xlsx`), of(before)));
  const uploadId = await openUpload(database, ann, `${reseller} after.xlsx`);
  await batches.save(batchOf(uploadId, of(after)));
  return history.differences(uploadId);
}

const sale = (product: string, quantity: number, amount: number | null, more: Partial<ConvertedRow> = {}) =>
  saleOf('2025-03', quantity, amount, { productEan: null, functionalName: product, rawProduct: product, ...more });

test('a month that differs says which rows are new, missing and changed, and what that comes to', async () => {
  const [difference, ...none] = await compared(
    [sale('A', 5, 50), sale('B', 2, 30), sale('C', 1, 9.5), sale('C', 1, 9.5)],
    [sale('A', 5, 50), sale('B', 3, 45), sale('C', 1, 9.5), sale('D', 10, 100)],
  );
  expect(none).toEqual([]);
  expect(difference).toMatchObject({
    ...{ period: { year: 2025, month: 3 }, store: null, week: null, currency: 'EUR', added: 1, gone: 1, changed: 1 },
    quantity: { before: 9, after: 19, difference: 10 },
    amount: { before: 99, after: 204.5, difference: 105.5 },
  });
  expect(difference?.products).toEqual([
    {
      product: 'D',
      quantity: { before: 0, after: 10, difference: 10 },
      amount: { before: 0, after: 100, difference: 100 },
    },
    {
      product: 'B',
      quantity: { before: 2, after: 3, difference: 1 },
      amount: { before: 30, after: 45, difference: 15 },
    },
    {
      product: 'C',
      quantity: { before: 2, after: 1, difference: -1 },
      amount: { before: 19, after: 9.5, difference: -9.5 },
    },
  ]);
});

test('where a side has no amounts, the products that differ most are those with most units between them', async () => {
  const [difference] = await compared(
    [sale('A', 5, null), sale('B', 2, null)],
    [sale('A', 6, null), sale('B', 9, null)],
  );
  expect(difference?.amount).toBeNull();
  expect(difference?.products.map(({ product, quantity }) => [product, quantity.difference])).toEqual([
    ['B', 7],
    ['A', 1],
  ]);
});

test('amounts in two currencies are not subtracted from each other', async () => {
  const [difference] = await compared([sale('A', 5, 50)], [sale('A', 5, 50, { currency: 'PLN' })]);
  expect(difference).toMatchObject({ added: 0, gone: 0, changed: 1, amount: null });
});

test('a month that is new or equal has no difference', async () => {
  expect(await compared([sale('A', 5, 50)], [sale('A', 5, 50), saleOf('2025-04', 1, 1)])).toEqual([]);
});

const anyRow = fc.record({
  product: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
  store: fc.constantFrom(null, 'north'),
  day: fc.constantFrom('2025-03-01', '2025-03-02'),
  quantity: fc.integer({ min: -2, max: 3 }),
  cents: fc.integer({ min: -300, max: 300 }),
});

test('on random changes the counts, sums and products are what counting by hand gives', async () => {
  const month = fc.array(anyRow, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(month, month, async (before, after) => {
      const made = (rows: typeof before) =>
        rows.map((row) => sale(row.product, row.quantity, row.cents / 100, { store: row.store, salesDate: row.day }));
      const [found] = await compared(made(before), made(after));
      expect(found ? { ...found } : null).toEqual(byHand(before, after, found?.reseller ?? ''));
    }),
    { numRuns: 60 },
  );
}, 120_000);

type Row = { product: string; store: string | null; day: string; quantity: number; cents: number };

function byHand(before: Row[], after: Row[], reseller: string) {
  const left = [...before];
  const fresh = after.filter((row) => {
    const at = left.findIndex((each) => JSON.stringify(each) === JSON.stringify(row));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  if (fresh.length === 0 && left.length === 0) return null;
  const places = new Set([...fresh, ...left].map(placeOf));
  const counts = { added: 0, gone: 0, changed: 0 };
  for (const place of places) {
    const more = fresh.filter((row) => placeOf(row) === place).length;
    const less = left.filter((row) => placeOf(row) === place).length;
    counts.added += Math.max(more - less, 0);
    counts.gone += Math.max(less - more, 0);
    counts.changed += Math.min(more, less);
  }
  const products = [...new Set([...before, ...after].map(({ product }) => product))]
    .map((product) => ({
      product,
      ...sums(
        before.filter((row) => row.product === product),
        after.filter((row) => row.product === product),
      ),
    }))
    .filter(({ quantity, amount }) => quantity.difference !== 0 || amount.difference !== 0)
    .sort(
      (a, b) =>
        Math.abs(b.amount.difference) - Math.abs(a.amount.difference) ||
        Math.abs(b.quantity.difference) - Math.abs(a.quantity.difference) ||
        (a.product < b.product ? -1 : 1),
    )
    .slice(0, 3);
  const where = { reseller, store: null, period: { year: 2025, month: 3 }, week: null, currency: 'EUR' };
  return { ...where, ...counts, ...sums(before, after), products };
}

const placeOf = ({ product, store, day }: Row) => `${product}|${store}|${day}`;

function sums(before: Row[], after: Row[]) {
  const of = (rows: Row[], figure: (row: Row) => number) => rows.reduce((sum, row) => sum + figure(row), 0);
  const change = (figure: (row: Row) => number, by: number) => ({
    before: of(before, figure) / by,
    after: of(after, figure) / by,
    difference: (of(after, figure) - of(before, figure)) / by,
  });
  return { quantity: change(({ quantity }) => quantity, 1), amount: change(({ cents }) => cents, 100) };
}
