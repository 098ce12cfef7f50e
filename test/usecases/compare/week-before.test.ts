// Weekly reports that say what they come to since their year began: what that grew by since the week before is what the week itself
// says, or the receipt says that something lies between the two.

import { expect, test } from 'vitest';
import { makeWorkbooks } from '#adapters/excel/index.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { plainText } from '#src/message/plain-text.ts';
import { receiptMessage } from '#src/usecases/receipt-message.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { workbookOf } from '#test/support/workbook-file.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const principal = await person(database);

const pair = ['Sales Qty Un', 'Sales Inc VAT £ '];
const none = (count: number): Cell[] => Array<Cell>(count).fill('');
const headings: Cell[][] = [
  [...none(12), 'Flagship', ...none(3), 'Internet', ...none(3), 'All Sales Channels', ...none(3), 'All Warehouse', ''],
  [...none(12), ...Array.from({ length: 3 }, () => ['Actual', '', 'YTD', '']).flat(), 'Actual', ''],
  [
    ...[
      'Retail Group',
      'Brand',
      'Colour Phase',
      'Product Group',
      'Item ID | Colour',
      'Item',
      'Supplier Reference',
      'Size',
      'Style',
    ],
    ...[
      'Cost Price ',
      'Original Price',
      'Retail Price ',
      ...Array.from({ length: 6 }, () => pair).flat(),
      'Stock Qty Un',
      'Stock Current',
    ],
  ],
];

interface Sold {
  units: number;
  toDate: number;
}

/** One product at £10, in two shops. */
async function send(week: string, flagship: Sold, internet: Sold) {
  const both = { units: flagship.units + internet.units, toDate: flagship.toDate + internet.toDate };
  const figures = [flagship, internet, both].flatMap(({ units, toDate }) => [units, units * 10, toDate, toDate * 10]);
  const rows: Cell[][] = [
    ...headings.slice(1),
    [
      '407LG',
      'BIBBI',
      '',
      'FRAGRANCE',
      '000834429 | 98-NO COLOUR',
      'WOLF MOTHER 100ML',
      'BBWM100(NO COLOUR',
      ...none(19),
    ],
    [...none(7), 'ONE', '(n/a)', 3, 10, 10, ...figures, 5, 50],
    [...none(5), '000834429 | 98-NO COLOUR Total', ...none(6), ...figures, 5, 50],
    ['Grand Total', ...none(11), ...figures, 5, 50],
  ];
  const bytes = await workbookOf(makeWorkbooks(), 'Sales By Size', headings[0]!, rows);
  const name = `Continuity Supplier Size Report ${week}.xlsx`;
  const { upload } = await app.receive({ name, bytes, principal, reply: null });
  return (await ports.uploads.find(upload.id))!.receipt!;
}

test('a first report has nothing to be compared with', async () => {
  const receipt = await send('15_06_2025', { units: 3, toDate: 30 }, { units: 1, toDate: 20 });
  expect(receipt).toMatchObject({ vendor: 'liberty', status: 'completed', rows: { loaded: 2 } });
  expect(receipt.running).toEqual({
    toDate: { quantity: 50, amount: 500 },
    week: { quantity: 4, amount: 40 },
    stores: [
      { store: 'Flagship', toDate: { quantity: 30, amount: 300 }, week: { quantity: 3, amount: 30 } },
      { store: 'Internet', toDate: { quantity: 20, amount: 200 }, week: { quantity: 1, amount: 10 } },
    ],
  });
  expect(receipt.checks.filter(({ what }) => what.includes('to date'))).toEqual([]);
});

test('the next week agrees with what the sums grew by', async () => {
  const receipt = await send('22_06_2025', { units: 5, toDate: 35 }, { units: -1, toDate: 19 });
  const since = 'since "Continuity Supplier Size Report 15_06_2025.xlsx"';
  expect(receipt.checks.filter(({ what }) => what.includes('to date'))).toMatchObject([
    { what: `Units to date of Flagship ${since}`, stated: 5, found: 5, agrees: true },
    { what: `Amount to date of Flagship ${since}`, stated: 50, found: 50, agrees: true },
    { what: `Units to date of Internet ${since}`, stated: -1, found: -1, agrees: true },
    { what: `Amount to date of Internet ${since}`, stated: -10, found: -10, agrees: true },
  ]);
});

test('a week that does not account for all of it is said, with both figures', async () => {
  const receipt = await send('29_06_2025', { units: 2, toDate: 44 }, { units: 0, toDate: 19 });
  const text = plainText(receiptMessage(receipt), { width: 400 });
  expect(text).toContain(
    'Units to date of Flagship since "Continuity Supplier Size Report 22_06_2025.xlsx": the file says 9, its rows add up to 2.',
  );
  expect(text).toContain('a week may be missing between it and the report before, or earlier weeks were corrected.');
  expect(receipt.issues.filter(({ rule }) => rule === 'total-differs')).toHaveLength(2);
});

test('nothing is said of a week of which the one before is not there, or where the year began anew', async () => {
  const later = await send('13_07_2025', { units: 2, toDate: 60 }, { units: 0, toDate: 20 });
  const anew = await send('20_07_2025', { units: 1, toDate: 1 }, { units: 1, toDate: 1 });
  for (const { checks } of [later, anew]) expect(checks.filter(({ what }) => what.includes('to date'))).toEqual([]);
});
