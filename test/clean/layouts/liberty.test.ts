// A week's report: three rows of headings, a product in rows for its name, its sizes and its total, YTD beside what is wanted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { sheet } from '../workbook.ts';
import { mess, moved } from './mess.ts';
import { cents, type Fact, holds, offBy, read, runs } from './read.ts';

const units = 'Sales Qty Un';
const money = 'Sales Inc VAT £ ';
const headings: Cell[][] = [
  [
    ...Array<Cell>(12).fill(null),
    'Flagship',
    null,
    null,
    null,
    'Internet',
    null,
    null,
    null,
    'All Sales Channels',
    null,
    null,
    null,
    'All Warehouse',
    null,
  ],
  [
    ...Array<Cell>(12).fill(null),
    'Actual',
    null,
    'YTD',
    null,
    'Actual',
    null,
    'YTD',
    null,
    'Actual',
    null,
    'YTD',
    null,
    'Actual',
    null,
    'Actual',
    null,
  ],
  [
    'Retail Group',
    'Brand',
    'Colour Phase',
    'Product Group',
    'Item ID | Colour',
    'Item',
    'Supplier Reference',
    'Size',
    'Style',
    'Cost Price ',
    'Original Price',
    'Retail Price ',
    ...Array.from({ length: 6 }, () => [units, money]).flat(),
    'Stock Qty Un',
    'Stock Current',
    'Commit Unit',
    'Commit Val',
  ],
];

const pair = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ quantity: fc.integer({ min: 1, max: 12 }), pence: fc.integer({ min: 100, max: 300_000 }) }),
  },
  fc.constant({ quantity: 0, pence: 0 }),
  // One at a discount, one returned at the full price; a pure return; a gift.
  fc.constantFrom(
    { quantity: 0, pence: -2250 },
    { quantity: -1, pence: -27_572 },
    { quantity: 1, pence: 0 },
    { quantity: 0, pence: 1100 },
  ),
);
const product = fc.record({
  sizes: fc.array(fc.record({ flagship: pair, internet: pair }), { minLength: 1, maxLength: 3 }),
  group: fc.constantFrom('CANDLES', 'FRAGRANCE'),
});
type Pair = { quantity: number; pence: number };

/** The report, and what a careful person would take from it. `written` turns an amount into a cell. */
function workbook(
  products: { sizes: { flagship: Pair; internet: Pair }[]; group: string }[],
  period: { year: number; month: number },
  written: (pounds: number) => Cell,
) {
  const facts: Fact[] = [];
  const rows: Cell[][] = [...headings];
  const grand = { flagship: { quantity: 0, pence: 0 }, internet: { quantity: 0, pence: 0 } };
  const figures = (flagship: Pair, internet: Pair): Cell[] => {
    const both = { quantity: flagship.quantity + internet.quantity, pence: flagship.pence + internet.pence };
    return [flagship, internet, both].flatMap(({ quantity, pence }) => [
      quantity,
      written(pence / 100),
      quantity + 40,
      written(pence / 100 + 9000),
    ]);
  };
  const stock: Cell[] = [5, 400, 0, 0];
  const none = (count: number): Cell[] => Array<Cell>(count).fill('');
  for (const [i, { sizes, group }] of products.entries()) {
    const id = `${834_429 + i}`.padStart(9, '0');
    const code = `NB${String.fromCharCode(65 + (i % 26))}Q${100 + i}`;
    const first: Cell[] = i === 0 ? ['407LG FRAGRANCE', 'NOVA', 'CURRENT', group] : [null, null, null, group];
    rows.push([...first, `${id} | 98-NO COLOUR`, `QUIET HARBOUR ${i} EAU DE PARFUM`, `${code}(NO COLOUR`, ...none(21)]);
    const sum = { flagship: { quantity: 0, pence: 0 }, internet: { quantity: 0, pence: 0 } };
    for (const [s, size] of sizes.entries()) {
      const label = sizes.length === 1 ? 'ONE' : ['S', 'M', 'L'][s]!;
      rows.push([
        ...Array<Cell>(7).fill(null),
        label,
        '(n/a)',
        38,
        100,
        100,
        ...figures(size.flagship, size.internet),
        ...stock,
      ]);
      for (const [store, key] of [
        ['Flagship', 'flagship'],
        ['Internet', 'internet'],
      ] as const) {
        const { quantity, pence } = size[key];
        sum[key].quantity += quantity;
        sum[key].pence += pence;
        grand[key].quantity += quantity;
        grand[key].pence += pence;
        if (quantity !== 0 || pence !== 0)
          facts.push({ product: code, ...period, quantity, amount: cents(pence / 100), store });
      }
    }
    rows.push([
      ...Array<Cell>(5).fill(null),
      `${id} | 98-NO COLOUR Total`,
      ...none(6),
      ...figures(sum.flagship, sum.internet),
      ...stock,
    ]);
  }
  const closing = (label: string, at: number): Cell[] => [
    ...Array<Cell>(at).fill(null),
    label,
    ...Array<Cell>(11 - at).fill(null),
    ...figures(grand.flagship, grand.internet),
    ...stock,
  ];
  rows.push(closing('407LG FRAGRANCE Total', 1), closing('Grand Total', 0));
  return { facts, sheet: sheet('Sales By Size', rows), grand };
}

/** A summary of the same figures by size or by product group, under the same three rows of headings. */
function summary(name: string, by: string, made: ReturnType<typeof workbook>, shown = made.grand) {
  const stub: Cell[] = ['Retail Group', 'Brand', by];
  const from = 12;
  const top = headings.slice(0, 2).map((row): Cell[] => [null, null, null, ...row.slice(from)]);
  const figures = made.sheet.rows.at(-1)!.cells.slice(from);
  const wrong = [...figures];
  wrong[0] = shown.flagship.quantity;
  return sheet(name, [
    ...top,
    [...stub, ...headings[2]!.slice(from)],
    ['407LG FRAGRANCE', 'NOVA', 'ONE', ...figures],
    [null, 'NOVA Total', null, ...figures],
    ['Grand Total', null, null, ...wrong],
  ]);
}

/** Year to date only, and no totals: says nothing about this week. */
const yearToDate = sheet('Size Analysis', [
  [null, null, null, 'YTD'],
  ['Retail Group', 'Size', 'Style', units],
  ['407LG FRAGRANCE', 'ONE', '(n/a)', 76],
  ['Grand Total', null, null, 76],
]);
const others = [
  yearToDate,
  sheet('Product Group Analysis', [
    ['Product Group', units],
    ['CANDLES', 3],
  ]),
];
const sundays: [name: string, week: string, period: { year: number; month: number }][] = [
  // The week belongs to the month that holds most of its days: that of its Thursday.
  ['Continuity Supplier Size Report 01_06_2025.xlsx', '2025-06-01', { year: 2025, month: 5 }],
  ['Continuity Supplier Size Report 08-09-2024.xlsx', '2024-09-08', { year: 2024, month: 9 }],
  ['Continuity Supplier Size Report 19_5_2024.xlsx', '2024-05-19', { year: 2024, month: 5 }],
  ['Continuity_Supplier_Size_Report_6_07_2025.xlsx', '2025-07-06', { year: 2025, month: 7 }],
  ['Continuity Supplier Size Report 04-05-2025.xlsm', '2025-05-04', { year: 2025, month: 5 }],
  ['Continuity Supplier Size Report 29_06_2025 (2).xlsx', '2025-06-29', { year: 2025, month: 6 }],
];

describe.each([
  ['numbers', (pounds: number): Cell => pounds],
  [
    'the text that they show',
    (pounds: number): Cell => {
      const [whole = '', pence] = Math.abs(pounds).toFixed(2).split('.');
      const shown = `£${whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')},${pence}`;
      return pounds < 0 ? `(${shown})` : shown;
    },
  ],
])('with figures as %s', (_, written) => {
  test('each size in each store is read once, and the grand total agrees', () => {
    fc.assert(
      fc.property(
        fc.array(product, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...sundays),
        mess,
        (products, [name, week, period], how) => {
          const made = workbook(products, period, written);
          fc.pre(made.facts.length > 0);
          const summaries = [
            summary('Size Analysis', 'Size', made),
            summary('Product Group Analysis', 'Product Group', made),
          ];
          const result = holds(name, [moved(made.sheet, how, 4), ...summaries], 'liberty', made.facts);
          for (const { name: other } of summaries)
            expect(result.checks.filter(({ what }) => what.startsWith(other)).length).toBeGreaterThan(0);
          expect(new Set(result.rows.map(({ weekEnding }) => weekEnding))).toEqual(new Set([week]));
          expect(
            result.checks.some(
              ({ what, stated }) =>
                what.includes('All Sales Channels') &&
                stated === made.grand.flagship.quantity + made.grand.internet.quantity,
            ),
          ).toBe(true);
        },
      ),
      runs,
    );
  });
});

test.each([
  'Continuity Supplier Size Report 5_52024.xlsx',
  'Continuity Supplier Size Report (4).xlsm',
  'Continuity Supplier Size Report.xlsx',
])('%s: the week is asked for', (name) => {
  const made = workbook(
    [{ sizes: [{ flagship: { quantity: 1, pence: 9500 }, internet: { quantity: 0, pence: 0 } }], group: 'CANDLES' }],
    { year: 2025, month: 6 },
    (pounds) => pounds,
  );
  expect(read(name, [made.sheet, ...others], 'liberty').stop?.code).toBe('UPLOAD_NO_PERIOD');
});

test('one changed figure anywhere in the body shows in the totals of its store, and in the other sheets', () => {
  fc.assert(
    fc.property(
      fc.array(product, { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(12, 13, 16, 17),
      (products, at, more, column) => {
        const made = workbook(products, { year: 2025, month: 6 }, (pounds) => pounds);
        fc.pre(made.facts.length > 0);
        const sizes = made.sheet.rows.filter(({ cells }) => typeof cells[7] === 'string' && cells[7] !== '').slice(1);
        const { cells } = sizes[at % sizes.length]!;
        cells[column] = (cells[column] as number) + more;
        const sheets = [made.sheet, summary('Size Analysis', 'Size', made)];
        const wrong = offBy(read('Continuity Supplier Size Report 29_06_2025.xlsx', sheets, 'liberty'), more);
        expect(wrong.some((what) => what.startsWith('Sales By Size'))).toBe(true);
        const shown = made.grand[column < 14 ? 'flagship' : 'internet'][column % 4 === 0 ? 'quantity' : 'pence'];
        // A column of nothing but 0 may not be filled in yet.
        if (shown !== 0) expect(wrong.some((what) => what.startsWith('Size Analysis row 6'))).toBe(true);
      },
    ),
    runs,
  );
});

test('a summary that differs shows with both figures, and one of the year to date is not compared', () => {
  const sale = { flagship: { quantity: 2, pence: 19_000 }, internet: { quantity: 1, pence: 9500 } };
  const made = workbook([{ sizes: [sale], group: 'CANDLES' }], { year: 2025, month: 6 }, (pounds) => pounds);
  const shown = { ...made.grand, flagship: { quantity: 3, pence: 19_000 } };
  const name = 'Continuity Supplier Size Report 29_06_2025.xlsx';
  const sheets = [made.sheet, yearToDate, summary('Product Group Analysis', 'Product Group', made, shown)];
  expect(read(name, sheets, 'liberty').checks.filter(({ agrees }) => !agrees)).toEqual([
    expect.objectContaining({
      what: 'Product Group Analysis row 6, Flagship / Actual / Sales Qty Un',
      stated: 3,
      found: 2,
    }),
  ]);
});

test.each([';', ',', '\t'])('the sheet as a text file, separated by %j, gives the same', async (separator) => {
  const shown = (pounds: number) => {
    const [whole = '', pence] = Math.abs(pounds).toFixed(2).split('.');
    const text = `£${whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')},${pence}`;
    return pounds < 0 ? `(${text})` : text;
  };
  const sizes = [{ flagship: { quantity: 3, pence: 177_750 }, internet: { quantity: -1, pence: -27_572 } }];
  const made = workbook(
    [
      { sizes, group: 'CANDLES' },
      { sizes, group: 'FRAGRANCE' },
    ],
    { year: 2025, month: 6 },
    shown,
  );
  const width = headings[2]!.length;
  const quoted = (text: string) => (text.includes(separator) ? `"${text}"` : text);
  const lines = made.sheet.rows.map(({ cells }) =>
    Array.from({ length: width }, (_, column) => quoted(String(cells[column] ?? ''))).join(separator),
  );
  const name = 'Continuity Supplier Size Report 29_06_2025.csv';
  const file = await makeSheets().open({ name, bytes: new TextEncoder().encode(lines.join('\r\n')) });
  const rows = [];
  for await (const some of file.rows(file.sheets[0]!.name)) rows.push(...some);
  await file.close();
  const result = holds(name, [{ name: file.sheets[0]!.name, rows }], 'liberty', made.facts);
  expect(result.rows.map(({ weekEnding }) => weekEnding)).toEqual(made.facts.map(() => '2025-06-29'));
});
