// Two tables on one sheet: shops above, products below, each with months as columns; money only for all months together.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { sheet } from '../workbook.ts';
import { mess, moved } from './mess.ts';
import { type Fact, holds, read, runs } from './read.ts';

const genitive = [
  'січня',
  'лютого',
  'березня',
  'квітня',
  'травня',
  'червня',
  'липня',
  'серпня',
  'вересня',
  'жовтня',
  'листопада',
  'грудня',
];
const prices = [245, 120, 45, 110];

const report = fc.record({
  months: fc.integer({ min: 1, max: 9 }),
  products: fc.integer({ min: 1, max: 12 }),
  cells: fc.array(
    fc.array(fc.constantFrom<number | null>(null, null, 1, 2, 4, 15, -1), { minLength: 9, maxLength: 9 }),
    {
      minLength: 12,
      maxLength: 12,
    },
  ),
  headings: fc.constantFrom('date', 'dots', 'words'),
  asText: fc.boolean(),
  labelled: fc.boolean(),
  // Whether the table of shops stands above, as it does, or under the products; and whether a row is free between them.
  under: fc.constantFrom(false, false, true),
  apart: fc.constantFrom(true, true, false),
});

function workbook({
  months,
  products,
  cells,
  headings,
  asText,
  labelled,
  under,
  apart,
}: typeof report extends fc.Arbitrary<infer T> ? T : never) {
  const two = (n: number) => String(n).padStart(2, '0');
  const dates = Array.from({ length: months }, (_, m): Cell => {
    if (headings === 'date')
      return { kind: 'date', value: `2025-${two(m + 1)}-01`, raw: String(45658 + 31 * m), format: 'dd.mm.yyyy' };
    return headings === 'dots' ? `01.${two(m + 1)}.2025` : `${genitive[m]}-25`;
  });
  const pieces = (value: number | null): Cell => (value === null ? null : asText ? `${value},000` : value);
  const euros = (value: number): Cell =>
    asText ? `€${String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0')},00` : value;
  const facts: Fact[] = [];
  const sums = Array<number>(months).fill(0);
  let money = 0;
  const body = Array.from({ length: products }, (_, p): Cell[] => {
    const own = cells[p]!.slice(0, months);
    const total = own.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const price = prices[p % prices.length]!;
    money += total * price;
    for (const [m, value] of own.entries()) {
      sums[m]! += value ?? 0;
      // Where returns cancel the sales of all months there is no price to be had from the file.
      if (value !== null)
        facts.push({
          product: `NBQH${100 + p}`,
          year: 2025,
          month: m + 1,
          quantity: value,
          amount: total === 0 ? null : value * price,
        });
    }
    return [
      `NOVA PARFUM Quiet Harbour ${p} EAU DE PARFUM 100 ML${' '.repeat(100)}`,
      `NBQH${100 + p}`,
      ...own.map(pieces),
      pieces(total),
      euros(total * price),
    ];
  });
  const all = sums.reduce((a, b) => a + b, 0);
  const stores = ['Blockbuster Mall', 'Dnipro', 'Online'];
  const shops: Cell[][] = [
    [null, 'Store', ...dates, 'total'],
    ...stores.map((store, s): Cell[] => [
      null,
      store,
      ...sums.map((sum) => pieces(s === 0 ? sum : 0)),
      pieces(s === 0 ? all : 0),
    ]),
    [null, 'total', ...sums.map(pieces), pieces(all)],
  ];
  const table: Cell[][] = [
    [null, null, ...dates, 'total', 'Total in euro'],
    ...body,
    [labelled ? 'total' : null, null, ...sums.map(pieces), pieces(all), euros(money)],
  ];
  const between: Cell[][] = apart ? [[]] : [];
  const rows = under ? [...table, ...between, ...shops] : [...shops, ...between, ...table];
  return {
    facts,
    all,
    sheet: sheet('TDSheet', rows),
    totals: rows.indexOf(table.at(-1)!) + 1,
    shops: rows.indexOf(shops.at(-1)!) + 1,
  };
}

test('pieces of every product and month are read, money by share, and nothing of the table of shops', () => {
  fc.assert(
    fc.property(
      report,
      fc.constantFrom(
        "bibbi sales march'25.xlsx",
        "bibbi sales march'25 (4).xlsx",
        "bibbi sales april'25.xlsx",
        'export.xlsx',
      ),
      (made, name) => {
        const { facts, sheet: table, all, shops } = workbook(made);
        fc.pre(facts.length > 0);
        const result = holds(name, [table], 'aromateque', facts);
        // The table of shops states the same pieces of every month in which any were sold.
        const sold = new Set(facts.map(({ month }) => month));
        const compared = result.checks.filter(({ what }) => what.startsWith(`TDSheet row ${shops},`));
        expect(compared.length).toBeLessThanOrEqual(made.months);
        if (all !== 0 && sold.size === 1) expect(compared).toHaveLength(1);
        expect(result.rows.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(all);
        expect(result.rows.every(({ amountEstimated, amountLocal }) => amountEstimated || amountLocal === null)).toBe(
          true,
        );
      },
    ),
    runs,
  );
});

test('a figure that the totals row does not know shows, with both', () => {
  const cells = Array.from({ length: 12 }, () => Array<number | null>(9).fill(2));
  const { sheet: table } = workbook({
    months: 2,
    products: 2,
    cells,
    headings: 'date',
    asText: false,
    labelled: false,
    under: false,
    apart: true,
  });
  table.rows.at(-2)!.cells[2] = 5;
  const result = read("bibbi sales april'25.xlsx", [table], 'aromateque');
  expect(result.checks.filter(({ agrees }) => !agrees)).toContainEqual(
    expect.objectContaining({ stated: 4, found: 7 }),
  );
});

test('with titles above, free rows between and a footnote it is read the same', () => {
  fc.assert(
    fc.property(report, mess, (made, how) => {
      const { facts, sheet: table } = workbook(made);
      fc.pre(facts.length > 0);
      holds("bibbi sales march'25.xlsx", [moved(table, how, 1)], 'aromateque', facts);
    }),
    runs,
  );
});

test('one changed figure anywhere among the products shows in both tables', () => {
  fc.assert(
    fc.property(report, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (made, r, c, more) => {
      const { sheet: table, facts, totals } = workbook({ ...made, asText: false });
      // Of one product, bare figures that differ from it may be anything.
      fc.pre(facts.length > 0 && (made.products > 1 || made.labelled));
      const row = table.rows.find((each) => each.row === totals - 1 - (r % made.products))!;
      const column = 2 + (c % made.months);
      row.cells[column] = ((row.cells[column] as number | null) ?? 0) + more;
      const result = read("bibbi sales april'25.xlsx", [table], 'aromateque');
      const wrong = result.checks.filter(({ agrees, found, stated }) => !agrees && found - stated === more);
      expect(wrong.some(({ what }) => what.startsWith(`TDSheet row ${totals},`))).toBe(true);
      expect(result.checks.filter(({ agrees }) => !agrees).every(({ found, stated }) => found !== stated)).toBe(true);
    }),
    runs,
  );
});
