// A pair of columns for each shop under its country, three rows of headings, an empty first row and column; shops come and go.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { eanOf, sheet } from '../workbook.ts';
import { amountCell, mess, moved, type Writing, writing } from './mess.ts';
import { cents, type Fact, holds, offBy, read, runs } from './read.ts';

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
  money: writing,
  writing: fc.record({
    // A shop's name stands over both of its columns, or over the first.
    twice: fc.boolean(),
    ean: fc.constantFrom('text', 'number', 'float'),
    sheet: fc.constantFrom('2025 MM', '2025_MM', '2025-MM', '2025 MM '),
    // Where nobody has left anything out.
    above: fc.constantFrom(1, 1, 0, 3),
  }),
});

interface Made {
  month: number;
  there: typeof shops;
  products: number[];
  cells: ({ quantity: number; amount: number } | null)[][];
  money: Writing;
  writing: { twice: boolean; ean: string; sheet: string; above: number };
}

function workbook({ month, there, products, cells, money: how, writing: as }: Made) {
  const facts: Fact[] = [];
  const two = (n: number) => String(n).padStart(2, '0');
  let country: string | null = null;
  const over: Cell[] = [null, `2025 ${names[month - 1]}`, null];
  const own: Cell[] = [null, null, null];
  for (const shop of there) {
    if (shop.country === null) over.push(shop.name, null);
    else over.push(shop.country === country ? null : shop.country, null);
    country = shop.country;
    own.push(...(shop.country === null ? [null, null] : [shop.name, as.twice ? shop.name : null]));
  }
  over.push('Total', null);
  own.push(null, null);
  const measures: Cell[] = [null, null, null, ...[...there, null].flatMap(() => ['Qty', 'Sum Eur'])];
  const sums = there.map(() => ({ quantity: 0, amount: 0 }));
  // Numbers are unrounded, as the report has them; text shows cents.
  const money = (amount: number): Cell => amountCell(amount, how, '€');
  const body = products.map((n, p): Cell[] => {
    const code = { text: eanOf(n), number: Number(eanOf(n)), float: `${eanOf(n)}.0` }[as.ean]!;
    const row: Cell[] = [null, code, `NOVA. Swimming Lane EDP ${n} ml`];
    const total = { quantity: 0, amount: 0 };
    for (const [s, shop] of there.entries()) {
      const given = cells[p]![s] ?? null;
      const cell = given && how.how !== 'number' ? { ...given, amount: cents(given.amount) } : given;
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
  const above: Cell[][] = Array.from({ length: as.above }, (_, i) => (i === 2 ? [null, 'Sell out report'] : []));
  return {
    facts,
    sheet: sheet(as.sheet.replace('MM', two(month)), [...above, over, own, measures, ...body, totals]),
    two: two(month),
    first: above.length + 4,
  };
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
      mess,
      (made, name, how) => {
        const { facts, sheet: table, two } = workbook(made);
        fc.pre(facts.length > 0);
        const result = holds(name.replace('MM', two), [moved(table, how, 4)], 'cdlc', facts);
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
  money: { how: 'number', mark: ' ', minus: 0, behind: false, left: '', right: '' },
  writing: { twice: true, ean: 'text', sheet: '2025 MM', above: 1 },
};

test('a month that the name, the sheet and the heading do not agree on is asked about', () => {
  const { sheet: table } = workbook(plain);
  expect(read('BIBBI_Sell_Out_2025 05.xlsx', [table], 'cdlc').stop?.code).toBe('UPLOAD_PERIOD_CONFLICT');
  const renamed = { ...table, name: '2025 03' };
  expect(read('BIBBI_Sell_Out_2025 04.xlsx', [renamed], 'cdlc').stop?.code).toBe('UPLOAD_PERIOD_CONFLICT');
  const other = workbook({ ...plain, month: 6 }).sheet;
  const named = { ...other, name: '2025 04' };
  expect(read('BIBBI_Sell_Out_2025 04.xlsx', [named], 'cdlc').stop?.code).toBe('UPLOAD_PERIOD_CONFLICT');
  // Where two of them say nothing the third is enough.
  const bare = { ...table, name: 'Sheet1' };
  expect(read('CDLC sell out.xlsx', [bare], 'cdlc').period).toEqual({
    from: { year: 2025, month: 4 },
    to: { year: 2025, month: 4 },
  });
});

test('one changed figure anywhere in the body shows in the totals of its shop and of all', () => {
  fc.assert(
    fc.property(report, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (given, r, c, more) => {
      const { sheet: table, facts, first, two } = workbook(given);
      fc.pre(facts.length > 0);
      const { cells } = table.rows.find(({ row }) => row === first + (r % given.products.length))!;
      const column = 3 + 2 * (c % given.there.length);
      cells[column] = ((cells[column] as number | null) ?? 0) + more;
      const wrong = offBy(read(`BIBBI_Sell_Out_2025 ${two}.xlsx`, [table], 'cdlc'), more);
      expect(wrong.some((what) => what.includes(given.there[c % given.there.length]!.name))).toBe(true);
      expect(wrong.some((what) => /, Total \/ Qty$/.test(what))).toBe(true);
    }),
    runs,
  );
});
