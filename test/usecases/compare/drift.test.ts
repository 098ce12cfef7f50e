import { expect, test } from 'vitest';
import type { Receipt } from '#src/ports.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);

const usual = ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'DESCRIPTION', 'SKU'];
const line = [2025, 1, 'Retail', 'Shop North', '4006381333931', 2, 41.5, 'Soap 100 g', 'SOAP100'];

/** A month of the report with these headings over the usual values; columns beyond them hold `x`. */
async function send(month: number, headings: string[]): Promise<Receipt> {
  const columns = headings.map((header, i) => ({ header, key: String(i) }));
  const rows = [2, 3, 4].map((quantity) =>
    Object.fromEntries(headings.map((_, i) => [String(i), i === 1 ? month : i === 5 ? quantity : (line[i] ?? 'x')])),
  );
  const bytes = await ports.workbooks.write([{ name: 'SELL OUT BY EAN', columns, rows }]);
  const { upload } = await app.receive({ name: `Monthly report ${month}.xlsx`, bytes, principal: ann, reply: null });
  const receipt = (await ports.uploads.find(upload.id))?.receipt;
  if (!receipt) throw new Error('expected a receipt');
  return receipt;
}

const drift = (receipt: Receipt) =>
  receipt.issues
    .filter(({ rule }) => rule.startsWith('heading-'))
    .map(({ rule, severity, hint }) => [rule, severity, hint]);

test('headings that stay are not mentioned; new, missing and renamed ones are, with the file before', async () => {
  const first = await send(1, usual);
  expect([first.status, first.vendor, drift(first)]).toEqual(['completed', 'boxnox', []]);
  expect(drift(await send(2, usual))).toEqual([]);

  const added = await send(3, [...usual, 'PROMO']);
  expect(drift(added)).toEqual([['heading-new', 'info', '1 heading is new since "Monthly report 2.xlsx": "PROMO".']]);

  const missing = await send(4, usual.slice(0, -1));
  expect(drift(missing)).toEqual([
    ['heading-missing', 'warning', '2 headings are missing since "Monthly report 3.xlsx": "SKU", "PROMO".'],
  ]);

  const renamed = await send(
    5,
    usual.slice(0, -1).map((heading) => (heading === 'DESCRIPTION' ? 'PRODUCT TEXT' : heading)),
  );
  expect(drift(renamed)).toEqual([
    ['heading-renamed', 'warning', 'The heading "DESCRIPTION" is now "PRODUCT TEXT", since "Monthly report 4.xlsx".'],
  ]);
});

test('an undone file is not what the next one is compared with', async () => {
  const undone = await send(6, [...usual, 'ODD']);
  await ports.batches.undo(undone.uploadId, ann);
  expect(drift(await send(7, [...usual.slice(0, 7), 'PRODUCT TEXT'])).map(([rule]) => rule)).toEqual([]);
});
