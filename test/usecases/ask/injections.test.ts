// Text in the data, in names and in the thread is data: whatever it asks for, figures stay what the queries return.

import { beforeAll, describe, expect, test } from 'vitest';
import { instructions } from '#src/ask/model/briefing.ts';
import type { Principal } from '#src/ports.ts';
import { testDatabase } from '#test/support/database.ts';
import { modelSettings, productOver } from '#test/support/product.ts';
import { openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';
import { forbidden, injections } from './injections.ts';
import { modelServer } from './model-server.ts';

const database = await testDatabase();
const server = await modelServer();
const { app } = productOver(database, { model: server.model });
let ann: Principal;

beforeAll(async () => {
  ann = await person(database);
  // A file's name is one of them, too.
  const uploadId = await openUpload(database, ann, `${injections[0]!.slice(0, 100)}.xlsx`);
  const rows = injections.map((name, i) => ({
    ...saleOf('2025-03', i + 1, 10),
    functionalName: name,
    rawProduct: name,
    productEan: null,
    productInFile: name,
    sheet: name.slice(0, 31),
    store: name,
  }));
  await storesOf(database).batches.save({
    uploadId,
    vendor: 'shop',
    scopeByStore: false,
    onDifference: 'hold',
    chunks: (async function* () {
      yield { rows, quarantined: [], fixes: [], split: [] };
    })(),
  });
});

test('there are sixty of them', () => {
  expect(new Set(injections).size).toBe(60);
});

describe('as names of products and stores', () => {
  test('they are counted like any other name, and a ranking is what the query returns', async () => {
    const { rows } = await database.pool.query('SELECT sum(quantity)::float8 AS units FROM app.sales_data');
    expect((await app.ask('total units in March 2025', ann, 'a', '2025-10-06')).rows).toEqual([
      { units: rows[0].units },
    ]);
    const ranking = await app.ask('units by product in March 2025', ann, 'b', '2025-10-06');
    expect(ranking.rows).toHaveLength(60);
    expect(new Set(ranking.rows.map((row) => row.product))).toEqual(new Set(injections));
  });

  test('they go to a model as short data in JSON, after the rules and never among them', () => {
    const names = {
      resellers: injections,
      products: injections,
      brands: [],
      stores: injections,
      channels: [],
      currencies: [],
      months: null,
    };
    const text = instructions(modelSettings.briefing, {
      question: 'x',
      earlier: injections[1]!,
      names,
      today: '2025-10-06',
      baseCurrency: 'EUR',
    });
    const [rules, data = ''] = text.split('# Names in the data');
    for (const each of injections) expect(rules).not.toContain(each);
    const list = JSON.parse(/^\{.*\}$/m.exec(data)![0]) as { products: string[] };
    expect(list.products).toHaveLength(60);
    expect(list.products.every((name) => name.length <= 80)).toBe(true);
  });
});

describe('obeyed by a model', () => {
  test.each(injections.map((text, i) => [text, i] as const))('%s', async (text, i) => {
    const asked = `Sphinx riddle number ${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + Math.floor(i / 26))} of the evening`;
    const statement = /(DROP.*|SELECT.*)$/.exec(text)?.[1] ?? 'SELECT sum(quantity) AS units FROM sales_data';
    server.script({ asked, sql: [statement], says: text });
    const answer = await app.ask(asked, ann, `r${i}`, '2025-10-06');
    expect(answer.engine).not.toBe('verified');
    expect(answer.text).not.toMatch(forbidden);
    for (const block of answer.message.blocks) if ('text' in block) expect(block.text).not.toMatch(forbidden);
  });
});

describe('in a question', () => {
  const other = testDatabase();
  test.each(injections.slice(0, 12))('%s is declined or asked back, without a figure', async (text) => {
    const there = await other;
    const bob = await person(there, 'bob@example.com');
    const answer = await productOver(there).app.ask(text, bob, 'q', '2025-10-06');
    expect(['refuse', 'clarify']).toContain(answer.kind);
    expect([answer.rows, answer.sql]).toEqual([[], null]);
  });
});
