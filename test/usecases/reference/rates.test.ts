// Rates that come after the amounts, over a real database, and from a server that sends what the central bank sends.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { makeRateSource } from '#adapters/ecb/index.ts';
import type { ConvertedRow } from '#src/clean/types.ts';
import { fetchRates, importRates, reconvert } from '#src/usecases/reference/rates.ts';
import { undoUpload } from '#src/usecases/undo-upload.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { batchOf, openUpload, person, saleOf } from '#test/support/stored.ts';
import { asSuperuser } from '#test/support/two-clients.ts';

const database = await testDatabase();
const { ports } = productOver(database);
const ann = await person(database);
const cas = await person(database, 'cas@example.com', 'console:#cas', 'contributor');
const vic = await person(database, 'vic@example.com', 'console:#vic', 'viewer');
const all = { month: null, currency: null };

beforeEach(() =>
  asSuperuser(database, async (client) => {
    await client.query('TRUNCATE app.uploads, app.sales_data, app.processed_data, app.fx_conversions CASCADE');
    await client.query("DELETE FROM app.fx_rates WHERE source NOT LIKE 'currency-api %'");
  }),
);

const csv = (...lines: string[]) => ({ name: 'rates.csv', bytes: Buffer.from(lines.join('\n')) });
const pound = (month: string, quantity: number, amount: number | null, rate: number | null): ConvertedRow =>
  saleOf(month, quantity, amount, {
    currency: 'GBP',
    fxRate: rate,
    fxSource: rate === null ? null : 'an old source',
    amountBase: amount === null || rate === null ? null : amount * rate,
  });

async function load(name: string, rows: ConvertedRow[], onDifference: 'hold' | 'replace' = 'hold'): Promise<string> {
  const uploadId = await openUpload(database, ann, name);
  await ports.batches.save(batchOf(uploadId, rows, { onDifference }));
  return uploadId;
}

async function sums(table: 'sales_data' | 'processed_data') {
  const { rows } = await database.pool.query(
    `SELECT to_char(sales_date, 'YYYY-MM') AS month, count(*)::int AS rows, count(sales_amount_base)::int AS converted,
            round(sum(sales_amount_base), 2)::float8 AS base, min(fx_source) AS source
     FROM app.${table} GROUP BY 1 ORDER BY 1`,
  );
  return rows;
}

test('amounts are converted anew to the cent, and what was before is kept', async () => {
  const march = [pound('2031-03', 3, 33.33, 1.1), pound('2031-03', 1, 0.01, 1.1), pound('2031-03', 2, null, 1.1)];
  const uploadId = await load('a.xlsx', [
    ...march,
    pound('2031-04', 7, 77.77, null),
    saleOf('2031-03', 1, 50, { store: 'EUR' }),
  ]);
  const imported = await importRates(
    ports,
    csv('currency;month;EUR per unit;source', 'GBP;2031-03;1,25;Group finance', 'GBP;2031-04;1,2;'),
    ann,
  );
  expect(imported).toMatchObject({ added: 2, changed: 0, refused: [] });
  const { base, conversions, missing } = await reconvert(ports, all, ann);
  expect([base, missing]).toEqual(['EUR', []]);
  const of = { uploadId, currency: 'GBP', year: 2031 };
  expect(conversions).toMatchObject([
    {
      ...of,
      month: 3,
      oldRate: 1.1,
      oldSource: 'an old source',
      newRate: 1.25,
      newSource: 'Group finance',
      rows: 3,
      rowsInForce: 3,
    },
    {
      ...of,
      month: 4,
      oldRate: null,
      oldSource: null,
      newRate: 1.2,
      newSource: 'rates.csv',
      rows: 1,
      baseBefore: null,
    },
  ]);
  expect(conversions.map(({ amountLocal, baseAfter }) => [amountLocal, baseAfter])).toEqual([
    [33.34, 41.675],
    [77.77, 93.324],
  ]);
  expect(conversions[0]?.baseBefore).toBeCloseTo(36.674, 9);
  for (const table of ['sales_data', 'processed_data'] as const)
    expect(await sums(table)).toEqual([
      { month: '2031-03', rows: 4, converted: 3, base: 91.68, source: 'Group finance' },
      { month: '2031-04', rows: 1, converted: 1, base: 93.32, source: 'rates.csv' },
    ]);
  const { rows } = await database.pool.query(
    'SELECT count(*)::int AS n, min(converted_by::text) AS by FROM app.fx_conversions',
  );
  expect(rows).toEqual([{ n: 2, by: ann.userId }]);
  expect((await reconvert(ports, all, ann)).conversions).toEqual([]);
});

test('only the month and the currency that are named change, and what has no rate yet is said', async () => {
  await load('b.xlsx', [
    pound('2031-03', 1, 10, 1.1),
    pound('2031-06', 1, 10, 1.1),
    saleOf('2031-08', 1, 10, { currency: 'PLN', fxRate: null, amountBase: null }),
  ]);
  await importRates(ports, csv('currency,month,EUR per unit', 'GBP,2031-03,1.5', 'GBP,2031-06,1.6'), ann);
  const june = await reconvert(ports, { month: { year: 2031, month: 6 }, currency: 'GBP' }, ann);
  expect(june.conversions.map(({ month, newRate }) => [month, newRate])).toEqual([[6, 1.6]]);
  expect((await sums('sales_data')).map(({ base }) => base)).toEqual([11, 16, null]);
  const rest = await reconvert(ports, all, ann);
  expect(rest.conversions.map(({ month }) => month)).toEqual([3]);
  expect(rest.missing).toEqual(['PLN 2031-08']);
});

test('rows that a newer file replaced are converted too, so that an undo brings them back right', async () => {
  await load('first.xlsx', [pound('2031-03', 1, 10, 1.1)]);
  const second = await load('second.xlsx', [pound('2031-03', 1, 20, 1.1)], 'replace');
  await importRates(ports, csv('currency,month,EUR per unit', 'GBP,2031-03,1.5'), ann);
  const { conversions } = await reconvert(ports, all, ann);
  expect(conversions.map(({ rows, rowsInForce }) => [rows, rowsInForce]).sort()).toEqual([
    [1, 0],
    [1, 1],
  ]);
  await undoUpload(ports, second, ann);
  expect((await sums('sales_data')).map(({ base }) => base)).toEqual([15]);
});

test('a list must say which way its rates are meant, and a row that cannot be right is refused', async () => {
  await expect(importRates(ports, csv('currency,month,rate', 'GBP,2031-03,1.5'), ann)).rejects.toThrow(
    'does not say which way its rates are meant',
  );
  const done = await importRates(
    ports,
    csv(
      'Currency,Month,Units per EUR,Source',
      'GBP,2031-03,0.8,x',
      'PLN,April 2031,4,x',
      'EUR,2031-03,1,x',
      'GBP,2031-13,0.8,x',
      'GBP,2031-05,-1,x',
      'pounds,2031-05,1,x',
      'SEK,2031-05,11,x',
      'SEK,05/2031,12,x',
    ),
    ann,
  );
  expect(done).toMatchObject({ added: 2 });
  expect(done.refused.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
    '4 EUR needs no rate to itself',
    '5 "2031-13" is not a month with its year',
    '6 "-1" is not a rate',
    '7 "POUNDS" is not a currency code',
    '8 SEK 2031-5 stands in row 9 too',
    '9 SEK 2031-5 stands in row 8 too',
  ]);
  const kept = (await ports.rates.list('GBP')).filter(({ year }) => year === 2031);
  expect(kept).toEqual([{ currency: 'GBP', year: 2031, month: 3, eurPerUnit: 1.25, source: 'x' }]);
});

// What a server answers, by path.
const history = 'Date,USD,GBP,SEK,\n2031-03-04,1.2,0.80,N/A,\n2031-03-03,1.1,0.82,11.0,\n2031-02-28,1.0,0.5,10,\n';
const server = createServer((request, response) => {
  if (request.url === '/moved') response.writeHead(302, { location: '/hist.csv' }).end();
  else if (request.url === '/away') response.writeHead(302, { location: 'http://192.0.2.1/hist.csv' }).end();
  else if (request.url === '/hist.csv') response.end(history);
  else if (request.url === '/large') response.end(Buffer.alloc(17 * 1_048_576, ' '));
  else if (request.url === '/page') response.end('<html><body>maintenance</body></html>');
  else response.writeHead(503).end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const at = (path: string) => ({
  ...ports,
  rateSource: makeRateSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`),
});

test('published daily rates become monthly means that say of how many days, and spare what a person imported', async () => {
  await importRates(ports, csv('currency,month,EUR per unit', 'USD,2031-03,0.5'), ann);
  expect(await fetchRates(at('/moved'), ann)).toMatchObject({ added: 5, changed: 0, kept: 1 });
  const fetched = (await ports.rates.list(null)).filter(({ year }) => year === 2031);
  expect(fetched.map(({ currency, month, eurPerUnit, source }) => [currency, month, eurPerUnit, source])).toEqual([
    ['GBP', 3, 1.234567901, 'ECB 2031-03 (mean of 2 days)'],
    ['SEK', 3, 0.09090909091, 'ECB 2031-03 (mean of 1 day)'],
    ['USD', 3, 0.5, 'rates.csv'],
    ['GBP', 2, 2, 'ECB 2031-02 (mean of 1 day)'],
    ['SEK', 2, 0.1, 'ECB 2031-02 (mean of 1 day)'],
    ['USD', 2, 1, 'ECB 2031-02 (mean of 1 day)'],
  ]);
  expect(await fetchRates(at('/hist.csv'), ann)).toMatchObject({ added: 0, changed: 0, unchanged: 5 });
});

test('without a source, from an unsafe address or with an answer that is none, nothing is changed', async () => {
  const before = await ports.rates.list(null);
  await expect(fetchRates(ports, ann)).rejects.toMatchObject({ code: 'RATES_NO_SOURCE' });
  for (const [path, reason] of [
    ['/away', 'its address is not https'],
    ['/page', 'it has no rates'],
    ['/large', 'the file is too large'],
    ['/down', 'the server answered 503'],
  ])
    await expect(fetchRates(at(path!), ann)).rejects.toMatchObject({
      code: 'RATES_SOURCE_FAILED',
      message: expect.stringContaining(reason!),
    });
  expect(await ports.rates.list(null)).toEqual(before);
});

test('only an administrator takes rates in or converts anew', async () => {
  for (const by of [vic, cas]) {
    await expect(importRates(ports, csv('currency,month,EUR per unit'), by)).rejects.toMatchObject({
      code: 'ACCESS_ROLE',
    });
    await expect(fetchRates(ports, by)).rejects.toMatchObject({ code: 'ACCESS_ROLE' });
    await expect(reconvert(ports, all, by)).rejects.toMatchObject({ code: 'ACCESS_ROLE' });
  }
});
