// A pair of columns for each shop under its country, three rows of headings, an empty first row and column; shops come and go.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { eanOf, sheet } from '../workbook.ts';
import { type Fact, holds, read, runs } from './read.ts';

const shops = [
  { country: null, name: 'E-shop' },
  { country: 'Lithuania', name: 'Vilnius Panorama' },
  { country: 'Lithuania', name: 'Vilnius Akropolis' },
  { country: 'Lithuania', name: 'Kaunas Akropolis' },
  { country: 'Latvia', name: 'LV Riga Spice CdlC' },
  { country: 'Latvia', name: 'LV Riga Alfa' },
];
const names = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const figures = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 3,
    arbitrary: fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      amount: fc.double({ min: 20, max: 900, noNaN: true }),
    }),
  },
  fc.constant({ quantity: -1, amount: -245.0008 }),
);
const report = fc.record({
  month: fc.integer({ min: 1, max: 9 }),
  there: fc.subarray(shops, { minLength: 1 }),
  products: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 14 }),
  cells: fc.array(fc.array(figures, { minLength: 6, maxLength: 6 }), { minLength: 14, maxLength: 14 }),
  asText: fc.boolean(),
});

interface Made {
  month: number;
  there: typeof shops;
  products: number[];
  cells: ({ quantity: number; amount: number } | null)[][];
  asText: boolean;
}

function workbook({ month, there, products, cells, asText }: Made) {
  const facts: Fact[] = [];
  const two = (n: number) => String(n).padStart(2, '0');
  let country: string | null = null;
  const over: Cell[] = [null, `2025 ${names[month - 1]}`, null];
  const own: Cell[] = [null, null, null];
  for (const shop of there) {
    if (shop.country === null) over.push(shop.name, null);
    else over.push(shop.country === country ? null : shop.country, null);
    country = shop.country;
    own.push(...(shop.country === null ? [null, null] : [shop.name, shop.name]));
  }
  over.push('Total', null);
  own.push(null, null);
  const measures: Cell[] = [null, null, null, ...[...there, null].flatMap(() => ['Qty', 'Sum Eur'])];
  const sums = there.map(() => ({ quantity: 0, amount: 0 }));
  const money = (amount: number): Cell => (asText ? String(amount).replace('.', ',') : amount);
  const body = products.map((n, p): Cell[] => {
    const row: Cell[] = [null, eanOf(n), `NOVA. Swimming Lane EDP ${n} ml`];
    const total = { quantity: 0, amount: 0 };
    for (const [s, shop] of there.entries()) {
      const cell = cells[p]![s] ?? null;
      row.push(cell?.quantity ?? null, cell ? money(cell.amount) : null);
      if (!cell) continue;
      facts.push({
        product: eanOf(n),
        year: 2025,
        month,
        quantity: cell.quantity,
        amount: cell.amount,
        store: shop.name,
      });
      for (const sum of [total, sums[s]!]) {
        sum.quantity += cell.quantity;
        sum.amount += cell.amount;
      }
    }
    return [...row, total.quantity, money(total.amount)];
  });
  const all = sums.reduce((a, b) => ({ quantity: a.quantity + b.quantity, amount: a.amount + b.amount }));
  const totals: Cell[] = [
    null,
    'Total',
    null,
    ...[...sums, all].flatMap(({ quantity, amount }) => [quantity, money(amount)]),
  ];
  return { facts, sheet: sheet(`2025 ${two(month)}`, [[], over, own, measures, ...body, totals]), two: two(month) };
}

test('every shop that is there is read, and the totals only checked', () => {
  fc.assert(
    fc.property(
      report,
      fc.constantFrom(
        'BIBBI_Sell_Out_2025 MM.xlsx',
        'BIBBI_Sell_Out_2025_MM.xlsx',
        'CDLC BIBBI_Sell_Out_2025 MM.xlsx',
        'Bibbi_Sell_Out_2025_MM.xlsx',
        'BIBBI Sell Out 2025 MM.xlsx',
      ),
      (made, name) => {
        const { facts, sheet: table, two } = workbook(made);
        fc.pre(facts.length > 0);
        const result = holds(name.replace('MM', two), [table], 'cdlc', facts);
        expect(result.checks.length).toBeGreaterThan(0);
      },
    ),
    runs,
  );
});

const plain: Made = {
  month: 4,
  there: shops.slice(0, 3),
  products: [1, 2],
  cells: Array.from({ length: 2 }, () => Array.from({ length: 6 }, () => ({ quantity: 2, amount: 490.0016 }))),
  asText: false,
};

test('a month that the name, the sheet and the heading do not agree on is asked about', () => {
  const { sheet: table } = workbook(plain);
  expect(read('BIBBI_Sell_Out_2025 05.xlsx', [table], 'cdlc').stop?.code).toBe('UPLOAD_PERIOD_CONFLICT');
});

test('a figure that the totals do not know shows, with both', () => {
  const { sheet: table } = workbook(plain);
  table.rows.find(({ row }) => row === 5)!.cells[3] = 7;
  const result = read('BIBBI_Sell_Out_2025 04.xlsx', [table], 'cdlc');
  expect(result.checks.filter(({ agrees }) => !agrees)).toContainEqual(
    expect.objectContaining({ stated: 4, found: 9 }),
  );
});
