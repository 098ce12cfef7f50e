// A report that states its pieces by store too, from its bytes to the answers: the pieces are never added, stand in the place of their
// rows where a question is about stores, and go and come with the file.

import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { makeWorkbooks } from '#adapters/excel/index.ts';
import { guard } from '#src/ask/guard/guard.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { Principal, Receipt, WorkbookSheet } from '#src/ports.ts';
import { receiptMessage } from '#src/usecases/receipt-message.ts';
import { undoUpload } from '#src/usecases/undo-upload.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const principal = await person(database);
const other = await person(database, 'ben@example.com');

type Line = [string, ...number[]];

function table(name: string, months: string[], lines: Line[]): WorkbookSheet {
  const columns = ['2025', ...months, 'Total'].map((header) => ({ header, key: header }));
  const rows = lines.map(([label, ...own]) =>
    Object.fromEntries([
      ['2025', label],
      ...months.map((month, i) => [month, own[i]!]),
      ['Total', own.reduce((a, b) => a + b, 0)],
    ]),
  );
  return { name, columns, rows };
}

const ranking: Line[] = [
  ['Quiet Harbour EDP 100 ml ', 5, 4, 7],
  ['North Pier EDP 30 ml', 3, 2, 1],
  ['Total', 8, 6, 8],
];
const blocks: Line[] = [
  ['Kraków', 4, 5],
  ['Quiet Harbour EDP 100ML', 2, 3],
  ['North Pier EDP 30 ml', 2, 2],
  ['www', 4, 1],
  ['Quiet Harbour EDP 100ML', 3, 1],
  ['North Pier EDP 30 ml', 1, 0],
  ['Total', 8, 6],
];

const months = ['Jan', 'Feb', 'Mar'];

async function send(name: string, lines: Line[], split: Line[] | null, replace = false): Promise<Receipt> {
  const until = (split?.[0]?.length ?? 1) - 1;
  const sheets = [
    table('product ranking_2025', months.slice(0, lines[0]!.length - 1), lines),
    ...(split ? [table('Split_by_store_2025', months.slice(0, until), split)] : []),
  ];
  const bytes = await makeWorkbooks().write(sheets);
  const { upload } = await app.receive({ name, bytes, principal, reply: null, replace });
  return (await ports.uploads.find(upload.id))!.receipt!;
}

/** What a statement of the analyst's gives. */
async function sumsOf(as: Principal, sql: string) {
  const verdict = await guard(sql);
  if (!verdict.ok) throw new Error(verdict.refusal.help);
  return (await ports.analyst.run(verdict.statement, as)).rows;
}

const ask = async (question: string, as = principal) => (await app.ask(question, as, 'a', '2025-05-02')).rows;

test('pieces by store answer for stores and nothing else, as long as their file is in force', async () => {
  const receipt = await send('Galilu_2025.xlsx', ranking, blocks);
  expect(receipt.rows).toMatchObject({ loaded: 6, quarantined: 0 });
  expect(plainText(receiptMessage(receipt), { width: 400 })).toContain(
    'Kept by store too, from sheet "Split_by_store_2025": 2 stores, Jan, Feb; by product only: Mar.',
  );
  expect(await ask('units by month at Galilu in 2025')).toEqual([
    { month: '2025-01', units: 8 },
    { month: '2025-02', units: 6 },
    { month: '2025-03', units: 8 },
  ]);
  expect(await ask('units by store in February 2025')).toEqual([
    { store: 'Kraków', units: 5 },
    { store: 'www', units: 1 },
  ]);
  expect(await ask('units by store and month in 2025')).toEqual([
    { store: 'Kraków', month: '2025-01', units: 4 },
    { store: 'Kraków', month: '2025-02', units: 5 },
    { store: 'www', month: '2025-01', units: 4 },
    { store: 'www', month: '2025-02', units: 1 },
    { store: null, month: '2025-03', units: 8 },
  ]);
  expect(await ask('top product per store in January 2025 by units')).toMatchObject([
    { store: 'Kraków', units: 2 },
    { store: 'www', product: 'Quiet Harbour EDP 100 ml', units: 3 },
  ]);
  expect(await ask('what share of the units of Galilu in February 2025 came from www')).toEqual([
    { units: 1, share_pct: 16.6667 },
  ]);
  expect(await ask('how many stores sold something in January 2025')).toEqual([{ stores: 2 }]);
  const krakow = await app.ask('units in Kraków by product in 2025', principal, 'b', '2025-05-02');
  expect(krakow.rows).toEqual([
    { product: 'Quiet Harbour EDP 100 ml', units: 5 },
    { product: 'North Pier EDP 30 ml', units: 4 },
  ]);
  expect(krakow.evidence).toMatchObject({ uploads: 1 });

  await undoUpload(ports, receipt.uploadId, principal);
  expect((await app.ask('units in Kraków in 2025', principal, 'c', '2025-05-02')).kind).toBe('clarify');
});

const february = 'units by store in February 2025';
const split: Line[] = blocks;
/** Two pieces more at www, and one less in Kraków. */
const corrected: Line[] = [
  ['Kraków', 4, 4],
  ['Quiet Harbour EDP 100ML', 2, 2],
  ['North Pier EDP 30 ml', 2, 2],
  ['www', 4, 3],
  ['Quiet Harbour EDP 100ML', 3, 3],
  ['North Pier EDP 30 ml', 1, 0],
  ['Total', 8, 7],
];
const moreInFebruary: Line[] = [
  ['Quiet Harbour EDP 100 ml ', 5, 5, 7],
  ['North Pier EDP 30 ml', 3, 2, 1],
  ['Total', 8, 7, 8],
];
const atStores = (krakow: number, www: number) => [
  { store: 'Kraków', units: krakow },
  { store: 'www', units: www },
];

afterEach(async () => {
  const { rows } = await database.pool.query<{ id: string }>("SELECT id FROM app.uploads WHERE status <> 'undone'");
  for (const { id } of rows) await undoUpload(ports, id, principal);
});

test('a replacement brings its own pieces, and undoing it brings back those before', async () => {
  await send('Galilu_2025 A.xlsx', ranking, split);
  const held = await send('Galilu_2025 B.xlsx', moreInFebruary, corrected);
  expect(held.status).toBe('needs_decision');
  // What waits for a decision is not in force, its pieces neither.
  expect(await ask(february)).toEqual(atStores(5, 1));
  const replaced = await send('Galilu_2025 B.xlsx', moreInFebruary, corrected, true);
  expect(await ask(february)).toEqual([
    { store: 'Kraków', units: 4 },
    { store: 'www', units: 3 },
  ]);
  await undoUpload(ports, replaced.uploadId, principal);
  expect(await ask(february)).toEqual(atStores(5, 1));
});

test('pieces that come after their rows stand for them, until their file is undone or the rows are replaced', async () => {
  const first = await send('Galilu_2025 A.xlsx', ranking, null);
  expect(first.issues.filter(({ rule }) => rule === 'split-kept')).toEqual([]);
  expect(await ask(february)).toEqual([{ store: null, units: 6 }]);
  const later = await send('Galilu_2025 B.xlsx', ranking, split);
  expect(later.status).toBe('duplicate');
  expect(plainText(receiptMessage(later), { width: 400 })).toContain(
    'No row was changed and nothing is counted twice.',
  );
  expect(await ask(february)).toEqual(atStores(5, 1));
  expect(await ask('units by month at Galilu in 2025')).toMatchObject([{ units: 8 }, { units: 6 }, { units: 8 }]);
  await undoUpload(ports, later.uploadId, principal);
  expect(await ask(february)).toEqual([{ store: null, units: 6 }]);
  const again = await send('Galilu_2025 C.xlsx', ranking, split);
  expect(await ask(february)).toEqual(atStores(5, 1));
  // The rows of February are others now: what came to the old ones stands for none of them, and for January still.
  const third = await send('Galilu_2025 D.xlsx', moreInFebruary, null, true);
  expect(third.status).toBe('completed');
  expect(await ask(february)).toEqual([{ store: null, units: 7 }]);
  expect(await ask('units by store in January 2025')).toEqual(atStores(4, 4));
  // The file whose rows they stood for goes; the one that said the same comes back with its own.
  await undoUpload(ports, first.uploadId, principal);
  expect(await ask('units by store in January 2025')).toEqual(atStores(4, 4));
  await undoUpload(ports, third.uploadId, principal);
  expect(await ask(february)).toEqual(atStores(5, 1));
  expect(again.status).toBe('duplicate');
});

test('the rows that are listed of an upload are the same with a split and without', async () => {
  const listed = async ({ uploadId }: Receipt) => {
    const rows = [];
    for await (const { uploadId: _, ...row } of ports.batches.rows(uploadId)) rows.push(row);
    return rows;
  };
  const without = await send('Galilu_2025 E.xlsx', ranking, null);
  const plain = await listed(without);
  await undoUpload(ports, without.uploadId, principal);
  const both = await send('Galilu_2025 F.xlsx', ranking, split);
  expect(await listed(both)).toEqual(plain);
  expect(both.rows).toEqual(without.rows);
  expect(both.totals).toEqual(without.totals);
});

test('cells of which something else is kept are in the log of the upload', async () => {
  const { uploadId, fixes } = await send('Galilu_2025 G.xlsx', ranking, split);
  const logged = [];
  for await (const fix of ports.batches.fixes(uploadId)) logged.push(fix);
  expect(logged).toHaveLength(fixes);
  expect(logged).toContainEqual({
    sheet: 'Split_by_store_2025',
    row: 3,
    column: '2025',
    cell: 'A3',
    original: 'Quiet Harbour EDP 100ML',
    cleaned: 'Quiet Harbour EDP 100 ml ',
    rule: 'name-in-table',
  });
});

test('nobody else sees them', async () => {
  await send('Galilu_2025 again.xlsx', ranking, blocks);
  expect(await ask('units by store in February 2025')).toHaveLength(2);
  expect(await ask('units by store in February 2025', { ...other, mode: 'own' as const })).toEqual([]);
  const elsewhere = await person(database, 'ann@example.com', 'console:#elsewhere');
  const here: Principal = { ...principal, mode: 'space' };
  expect(elsewhere.spaceId).not.toBe(here.spaceId);
  expect(await ask('units by store in February 2025', here)).toHaveLength(2);
  expect(await ask('units by store in February 2025', { ...elsewhere, mode: 'space' })).toEqual([]);
  const rows = await sumsOf({ ...elsewhere, mode: 'space' }, 'SELECT store FROM store_split');
  expect(rows).toEqual([]);
});

test('whatever is sold where, rows and pieces come to the same in every month and product, units and money', async () => {
  const amount = fc.integer({ min: -1, max: 6 });
  const sold = fc.array(fc.tuple(amount, amount, amount, amount), { minLength: 1, maxLength: 5 });
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(sold, fc.integer({ min: 1, max: 2 }), async (stores, until) => {
      const sum = (of: number[]) => of.reduce((a, b) => a + b, 0);
      // By store: the first product in two months, then the second.
      const products = [0, 2].map((p) => [0, 1].map((m) => sum(stores.map((own) => own[p + m]!))));
      fc.pre(products.some((own) => own[0] !== 0) && products.some((own) => own[1] !== 0));
      const names = ['Quiet Harbour EDP 100 ml', 'North Pier EDP 30 ml'];
      const lines = products.map((own, p): Line => [names[p]!, ...own]);
      const pieces = stores.flatMap((own, s): Line[] => {
        const each = [own.slice(0, until), own.slice(2, 2 + until)];
        return [
          [`Store\u00a0${s}`, ...each[0]!.map((n, m) => n + each[1]![m]!)],
          ...each.map((figures, p): Line => [`${names[p]}\u00a0`, ...figures]),
        ];
      });
      sent += 1;
      const { uploadId, status } = await send(`Galilu_2025 (${sent}).xlsx`, lines, pieces);
      expect(status).toBe('completed');
      const by = 'year, month, functional_name, sum(quantity) AS units, sum(sales_amount_base) AS money';
      const [rows, taken] = await Promise.all(
        ['sales_data', 'sales_by_store'].map((relation) =>
          sumsOf(principal, `SELECT ${by} FROM ${relation} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
        ),
      );
      expect(taken).toEqual(rows);
      await undoUpload(ports, uploadId, principal);
    }),
    { numRuns: 12, seed: 2025 },
  );
});
