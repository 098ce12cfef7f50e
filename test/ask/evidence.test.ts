// What an answer rests on, read from a real database.

import { expect, test } from 'vitest';
import { type Evidence, evidenceSql, shapeEvidence } from '#src/ask/evidence.ts';
import type { Query } from '#src/ask/query.ts';
import { testDatabase } from '../support/database.ts';
import { range, withEvalData } from './compile/ask-eval.ts';
import { growth, only, total } from './compile/eval-questions.ts';

const database = await testDatabase();
const run = withEvalData(database);
const evidence = async (query: Query): Promise<Evidence> => shapeEvidence((await run(evidenceSql(query))).rows);

test('all data: every reseller with its first and last month and what it did not report', async () => {
  const found = await evidence(total());
  expect(found.coverage).toHaveLength(8);
  const of = (reseller: string) => found.coverage.find((one) => one.reseller === reseller);
  expect(of('Harrow House')).toEqual({ reseller: 'Harrow House', from: '2023-04', to: '2025-09', missing: [] });
  expect(of('Prairie West')).toMatchObject({ from: '2024-06', missing: [] });
  expect(of('Casa Fiora')?.missing.length).toBeGreaterThan(0);
  expect(found.uploads).toBeGreaterThan(100);
  expect(found.lastUpload).toMatch(/^\d{4}-\d{2}-\d{2}T/);
  expect(found.withoutBase).toBe(0);
});

test('only uploads and resellers of the question count', async () => {
  const filters = [only('reseller', 'Kioku')];
  expect(await evidence(total({ filters, period: range('2025-08', '2025-09') }))).toMatchObject({
    uploads: 2,
    coverage: [{ reseller: 'Kioku', from: '2025-08', to: '2025-09', missing: [] }],
  });
});

test('a product that was not sold in a month is no missing report', async () => {
  const { coverage } = await evidence(total({ filters: [only('product', 'Winter Candle')] }));
  expect(coverage.length).toBeGreaterThan(0);
  expect(coverage.filter((one) => one.reseller !== 'Casa Fiora').flatMap((one) => one.missing)).toEqual([]);
});

test('months that nobody reported on yet are not missing, nor are months between two ranges', async () => {
  const filters = [only('reseller', 'Kioku')];
  const { coverage } = await evidence(
    growth({ filters, current: range('2025-08', '2025-12'), previous: range('2024-08', '2024-12') }),
  );
  expect(coverage).toEqual([{ reseller: 'Kioku', from: '2024-08', to: '2025-09', missing: [] }]);
});

test('no rows give no evidence', async () => {
  const nothing = { uploads: 0, lastUpload: null, coverage: [], withoutBase: 0, estimated: 0 };
  expect(await evidence(total({ period: range('2018-01', '2018-12') }))).toEqual(nothing);
});

test('rows without an amount in the base currency are counted, and leave the average price alone', async () => {
  const asked = total({ metrics: ['avg_price'], filters: [only('reseller', 'Nordlys')], period: range('2025-01') });
  const before = await run(evidenceSql(asked));
  expect(before.rows[0]?.without_base).toBe(0);
  await database.pool.query(
    "UPDATE app.sales_data SET sales_amount_base = NULL WHERE reseller = 'Nordlys' AND sales_date = '2025-01-01'",
  );
  const { withoutBase } = await evidence(asked);
  expect(withoutBase).toBeGreaterThan(0);
});

test('a report that is missing at the end is told from the latest month of all', async () => {
  await database.pool.query("DELETE FROM app.sales_data WHERE reseller = 'Kioku' AND sales_date >= '2025-08-01'");
  const { coverage } = await evidence(total({ filters: [only('reseller', 'Kioku')] }));
  expect(coverage).toMatchObject([{ reseller: 'Kioku', to: '2025-07', missing: ['2025-08', '2025-09'] }]);
});
