// A report that states its pieces by store too, from its bytes to the answers: the pieces are never added, stand in the place of their
// rows where a question is about stores, and go and come with the file.

import { expect, test } from 'vitest';
import { makeWorkbooks } from '#adapters/excel/index.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { WorkbookSheet } from '#src/ports.ts';
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

async function send(name: string, lines: Line[], split: Line[]) {
  const sheets = [
    table('product ranking_2025', ['Jan', 'Feb', 'Mar'], lines),
    table('Split_by_store_2025', ['Jan', 'Feb'], split),
  ];
  const bytes = await makeWorkbooks().write(sheets);
  const { upload } = await app.receive({ name, bytes, principal, reply: null });
  return (await ports.uploads.find(upload.id))!.receipt!;
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
  const krakow = await app.ask('units in Kraków by product in 2025', principal, 'b', '2025-05-02');
  expect(krakow.rows).toEqual([
    { product: 'Quiet Harbour EDP 100 ml', units: 5 },
    { product: 'North Pier EDP 30 ml', units: 4 },
  ]);
  expect(krakow.evidence).toMatchObject({ uploads: 1 });

  await undoUpload(ports, receipt.uploadId, principal);
  expect((await app.ask('units in Kraków in 2025', principal, 'c', '2025-05-02')).kind).toBe('clarify');
});

test('nobody else sees them', async () => {
  await send('Galilu_2025 again.xlsx', ranking, blocks);
  expect(await ask('units by store in February 2025')).toHaveLength(2);
  expect(await ask('units by store in February 2025', { ...other, mode: 'own' as const })).toEqual([]);
});
