// A workbook whose other sheet states the same figures, from its bytes to its receipt: what that sheet states is compared as
// far down as it goes, shows with both figures where it differs, and is never added.

import { expect, test } from 'vitest';
import { makeWorkbooks } from '#adapters/excel/index.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { WorkbookSheet } from '#src/ports.ts';
import { receiptMessage } from '#src/usecases/receipt-message.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const principal = await person(database);

const names = Array.from({ length: 30 }, (_, i) => `Quiet Harbour ${i} EDP 100 ml`);
const stores = ['Elektrownia (WAW)', 'www'];

function table(name: string, months: string[], lines: [string, number[]][]): WorkbookSheet {
  const columns = ['2025', ...months, 'Total'].map((header) => ({ header, key: header }));
  const rows = lines.map(([label, own]) =>
    Object.fromEntries([
      ['2025', label],
      ...months.map((month, i) => [month, own[i]!]),
      ['Total', own.reduce((a, b) => a + b, 0)],
    ]),
  );
  return { name, columns, rows };
}

test('the split by store, which stops a month earlier, is compared for the months that it states', async () => {
  const ranking = table(
    'product ranking_2025',
    ['Jan', 'Feb'],
    [...names.map((name): [string, number[]] => [name, [4, 2]]), ['Total', [120, 60]]],
  );
  // More rows than are looked at to recognise a file: its totals stand far down.
  const blocks = stores.flatMap((store): [string, number[]][] => [
    [store, [60]],
    ...names.map((name): [string, number[]] => [name, [2]]),
  ]);
  const split = table('Split_by_store_2025', ['Jan'], [...blocks, ['Total', [121]]]);
  const bytes = await makeWorkbooks().write([split, ranking]);
  const name = 'BIbbi_sellout_Galilu_2025.xlsx';
  const { upload } = await app.receive({ name, bytes, principal, reply: null });
  const receipt = (await ports.uploads.find(upload.id))?.receipt;
  expect(receipt).toMatchObject({
    vendor: 'galilu',
    sheet: 'product ranking_2025',
    rows: { loaded: 60, quarantined: 0 },
  });
  expect(receipt?.checks.filter(({ agrees }) => !agrees)).toEqual([
    expect.objectContaining({ what: 'Split_by_store_2025 row 64, Jan', stated: 121, found: 120 }),
  ]);
  expect(plainText(receiptMessage(receipt!), { width: 400 })).toContain(
    'Split_by_store_2025 row 64, Jan: the file says 121, its rows add up to 120.',
  );
});
