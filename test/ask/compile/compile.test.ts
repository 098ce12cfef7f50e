// Typed questions against a real database, compared with answers that are known to be right.

import { expect, test } from 'vitest';
import type { Value } from '#src/message/message.ts';
import { testDatabase } from '../../support/database.ts';
import { goldOf, range, sqlOf, withEvalData, year } from './ask-eval.ts';
import { evalQuestions, growth, only, total, without } from './eval-questions.ts';

const database = await testDatabase();
const run = withEvalData(database);
const ask = async (query: Parameters<typeof sqlOf>[0]): Promise<Record<string, Value>[]> =>
  (await run(sqlOf(query))).rows;
const common = { filters: [], period: null, chart: null };

test.each(evalQuestions)('%s is answered as it should be', async (id, query, ordered) => {
  const { cols, rows } = goldOf(id);
  const found = (await ask(query)).map((row) =>
    cols.map(({ name }) => row[name === 'local' ? 'sales_local' : name] ?? null),
  );
  const line = (row: unknown[]): string => JSON.stringify(row);
  const sorted = (lines: string[]): string[] => (ordered ? lines : lines.toSorted());
  expect(sorted(found.map(line))).toEqual(sorted(rows.map(line)));
});

test('columns are the dimensions and then the figures, under plain names', async () => {
  const { columns } = await run(
    sqlOf(total({ by: ['month', 'brand'], metrics: ['units', 'sales', 'avg_price', 'records'] })),
  );
  expect(columns).toEqual(['month', 'brand', 'units', 'sales', 'avg_price', 'records']);
});

test('amounts in the currency of the reports are kept apart by currency, in rankings too', async () => {
  const rows = await ask(
    total({
      metrics: ['sales_local'],
      by: ['reseller'],
      period: year(2024),
      ranking: { direction: 'top', n: 1, per: null },
    }),
  );
  expect(Object.keys(rows[0] ?? {})).toEqual(['reseller', 'sales_local', 'currency']);
  expect(new Set(rows.map((row) => row.currency)).size).toBe(rows.length);
  expect(rows.length).toBe(7);
});

test('a count is of names with units above zero in the group, alone and beside other figures', async () => {
  const period = year(2024);
  const listed = await ask({ ...common, kind: 'list', dimension: 'product', period });
  const rows = await ask(
    total({ metrics: ['products', 'resellers', 'sales', 'units', 'avg_price', 'records'], period }),
  );
  const plain = await ask(total({ metrics: ['sales', 'units', 'avg_price', 'records'], period }));
  expect(rows).toEqual([{ products: listed.length, resellers: 8, ...plain[0] }]);
  const by = await ask(
    total({ metrics: ['products'], by: ['reseller'], filters: [only('reseller', 'Kioku')], period }),
  );
  const filters = [only('reseller', 'Kioku')];
  expect(by).toEqual([
    {
      reseller: 'Kioku',
      products: (await ask({ ...common, kind: 'list', dimension: 'product', filters, period })).length,
    },
  ]);
});

test('a sum over no rows is NULL and a count is 0', async () => {
  const period = year(2018);
  const metrics = ['sales', 'units', 'avg_price', 'records', 'products'] as const;
  const rows = await ask(total({ metrics: [...metrics], period }));
  expect(rows).toEqual([{ sales: null, units: null, avg_price: null, records: 0, products: 0 }]);
  expect(await ask(growth({ current: period, previous: year(2017) }))).toEqual([
    { current: null, previous: null, growth_pct: null },
  ]);
});

test('an average month divides by calendar months, of the part of a year that was asked for', async () => {
  const [all] = await ask(total({ period: year(2024) }));
  const average = (Number(all?.sales) / 12).toFixed(2);
  expect(await ask(total({ period: year(2024), perMonth: true }))).toEqual([{ avg_monthly_sales: Number(average) }]);
  const years = await ask(total({ by: ['year'], perMonth: true }));
  const sums = await ask(total({ by: ['year'] }));
  expect(years.map((row) => row.year)).toEqual(['2023', '2024', '2025']);
  expect(years.map((row) => row.avg_monthly_sales)).toEqual(
    [9, 12, 9].map((count, index) => Number((Number(sums[index]?.sales) / count).toFixed(2))),
  );
});

test('shares of all values add up to a hundred, and those of one name can be split by time', async () => {
  const shares = await ask({ ...common, kind: 'share', metric: 'units', of: null, by: 'brand', period: year(2024) });
  expect(Object.keys(shares[0] ?? {})).toEqual(['brand', 'units', 'share_pct']);
  expect(shares.reduce((sum, row) => sum + Number(row.share_pct), 0)).toBeCloseTo(100, 2);
  const of = only('brand', 'Hush');
  const months = await ask({ ...common, kind: 'share', metric: 'sales', of, by: 'month', period: year(2024) });
  expect(months).toHaveLength(12);
  expect(months[0]).toMatchObject({ month: '2024-01' });
});

test('growth by name is null where there was nothing before, and such names are not ranked', async () => {
  const ranges = { current: range('2024-07', '2024-09'), previous: range('2023-07', '2023-09') };
  const rows = await ask(growth({ ...ranges, by: ['reseller'] }));
  const late = rows.find((row) => row.reseller === 'Prairie West');
  expect(late).toMatchObject({ previous: null, growth_pct: null });
  const ranked = await ask(growth({ ...ranges, by: ['reseller'], ranking: { direction: 'top', n: null } }));
  expect(ranked).toEqual(rows.filter((row) => row.growth_pct !== null));
  const least = await ask(growth({ ...ranges, by: ['reseller'], ranking: { direction: 'bottom', n: 1 } }));
  expect(least[0]).toEqual(ranked.at(-1));
});

test('never sold means known by the product list and without units in all time', async () => {
  const never = await ask({ ...common, kind: 'unsold', dimension: 'product' });
  expect(never).toHaveLength(2);
  const one = String(never[0]?.product);
  expect(await ask({ ...common, kind: 'unsold', dimension: 'product', filters: [without('product', one)] })).toEqual(
    never.slice(1),
  );
  expect(await ask({ ...common, kind: 'unsold', dimension: 'product', filters: [only('product', one)] })).toEqual(
    never.slice(0, 1),
  );
  const all = await ask({ ...common, kind: 'list', dimension: 'product' });
  expect(all).toHaveLength(36);
  const filters = [only('brand', 'Lumen')];
  const lumen = await ask({ ...common, kind: 'list', dimension: 'product', filters });
  expect(lumen.length).toBeGreaterThan(5);
  expect(lumen.length).toBeLessThan(36);
});

test('resellers without sales of a product are found among all resellers', async () => {
  const filters = [only('product', 'Night Serum')];
  const period = range('2024-05');
  const unsold = await ask({ ...common, kind: 'unsold', dimension: 'reseller', filters, period });
  const sold = await ask({ ...common, kind: 'list', dimension: 'reseller', filters, period });
  expect(unsold.length + sold.length).toBe(8);
});

test('months after the data are not silent', async () => {
  const filters = [only('reseller', 'Casa Fiora')];
  const rows = await ask({ ...common, kind: 'silent_months', filters, period: range('2025-01', '2025-12') });
  expect(rows).toEqual([{ month: '2025-02' }]);
});

test('says what data there are and which files they came from, the latest first', async () => {
  expect(await ask({ ...common, kind: 'about', what: 'data' })).toEqual([
    expect.objectContaining({ months: 30, resellers: 8, brands: 3, first_month: '2023-04', last_month: '2025-09' }),
  ]);
  const files = await run(sqlOf({ ...common, kind: 'about', what: 'uploads' }));
  expect(files.columns).toEqual(['file_name', 'vendor', 'status', 'rows', 'uploaded']);
  const one = { ...common, kind: 'about', what: 'uploads', period: range('2023-04') } as const;
  const filters = [only('reseller', 'Harrow House')];
  expect(await ask({ ...one, filters })).toMatchObject([{ file_name: 'HarrowHouse_04_2023.xlsx' }]);
});

test('running totals of several names run apart', async () => {
  const rows = await ask(total({ by: ['brand', 'quarter'], metrics: ['units'], period: year(2024), running: true }));
  const hush = rows.filter((row) => row.brand === 'Hush');
  expect(hush).toHaveLength(4);
  expect(hush.at(-1)?.running).toBe(hush.reduce((sum, row) => sum + Number(row.units), 0));
});

test.each(["x' OR '1'='1", "\\'", "\\' OR true --", '--', "'; DROP TABLE app.sales_data; --", '100%', '$$', "E'\\''"])(
  'a name is only ever a name: %s',
  async (name) => {
    expect(await ask(total({ metrics: ['units'], filters: [only('product', name)] }))).toEqual([{ units: null }]);
    const all = await ask(total({ metrics: ['units'] }));
    expect(await ask(total({ metrics: ['units'], filters: [without('product', name)] }))).toEqual(all);
    expect(await ask({ ...common, kind: 'share', metric: 'units', of: only('brand', name), by: null })).toMatchObject([
      { share_pct: null },
    ]);
  },
);
