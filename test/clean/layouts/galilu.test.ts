// A growing workbook a year: months as columns, pieces only, the year in A1, a total row and a total column.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { sheet } from '../workbook.ts';
import { blank, type Fact, holds, months, productNames, read, runs } from './read.ts';

const cell = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 60 }).filter((n) => n !== 0) },
  fc.constant(0),
  blank,
);
const report = fc
  .record({
    year: fc.integer({ min: 2023, max: 2025 }),
    until: fc.integer({ min: 1, max: 12 }),
    names: productNames(1, 14),
    padding: fc.constantFrom('', ' ', '  ', '\u00a0'),
    short: fc.boolean(),
  })
  .chain((base) =>
    fc.record({
      base: fc.constant(base),
      cells: fc.array(fc.array(cell, { minLength: 12, maxLength: 12 }), { minLength: 14, maxLength: 14 }),
    }),
  );

const pieces = (value: Cell): number => (typeof value === 'number' ? value : 0);

/** `product ranking_YEAR`, and the facts in it. */
function ranking(
  year: number,
  until: number,
  names: string[],
  cells: Cell[][],
  padding = '',
  ownName = `product ranking_${year}`,
) {
  const facts: Fact[] = [];
  const body = names.map((name, i): Cell[] => {
    const own = cells[i]!.slice(0, until);
    for (const [m, value] of own.entries()) {
      if (pieces(value) !== 0) facts.push({ product: name, year, month: m + 1, quantity: pieces(value), amount: null });
    }
    return [name + padding, ...own, own.reduce<number>((sum, value) => sum + pieces(value), 0)];
  });
  const sums = months
    .slice(0, until)
    .map((_, m) => cells.slice(0, names.length).reduce((sum, row) => sum + pieces(row[m]!), 0));
  const all = sums.reduce((sum, value) => sum + value, 0);
  const rows: Cell[][] = [[year, ...months.slice(0, until), 'Total'], ...body, ['Total', ...sums, all]];
  return { sheet: sheet(ownName, rows), facts, all };
}

const decoys = (year: number) => [
  sheet('YoY', [[], [], [], [null, 'value', 'volume'], [null, year, 12345]]),
  sheet('monthly sellout', [
    [],
    [],
    [null, 'value (PLN)'],
    [],
    [null, year, 'jan', 'feb', 'sept', 'Total', 'share'],
    [null, 'Wilcza (WAW)', 1200.5, 900, 800, 2900.5, 0.6],
    [null, 'Total', 1200.5, 900, 800, 2900.5, 1],
  ]),
];

test('every month of the ranking is read, and its totals agree', () => {
  fc.assert(
    fc.property(report, ({ base: { year, until, names, padding }, cells }) => {
      const made = ranking(year, until, names, cells, padding);
      fc.pre(made.facts.length > 0);
      const result = holds(`Bibbi_sellout_Galilu_${year}.xlsx`, [...decoys(year), made.sheet], 'galilu', made.facts);
      expect(result.checks.length).toBeGreaterThan(0);
    }),
    runs,
  );
});

test('of several years the newest is read, and the split by store is never added', () => {
  fc.assert(
    fc.property(report, fc.integer({ min: 1, max: 3 }), ({ base: { names, until }, cells }, stopped) => {
      const made = ranking(2025, until, names, cells);
      fc.pre(made.facts.length > 0);
      const old = sheet('product ranking_2023-24', [
        [],
        [null, 2023, null, null, null, null, 2024],
        ['Product', 'nov', 'dec', 'TOTAL 2023', 'jan', 'march', 'TOTAL '],
        ['Fig', 3, 4, 7, 5, '\u00a0', 5],
        ['Rose'],
      ]);
      const split = ranking(
        2025,
        Math.min(stopped, until),
        ['Elektrownia (WAW)', ...names.slice(0, 3), 'www'],
        [cells[0]!, ...cells],
        '',
        'Split_by_store_2025',
      );
      const sheets = [...decoys(2025), made.sheet, old, split.sheet];
      holds('BIbbi_sellout_Galilu_2025__5_.xlsx', sheets, 'galilu', made.facts);
    }),
    runs,
  );
});

test('a figure that was changed in the body but not in the totals shows, with both', () => {
  const cells = Array.from({ length: 14 }, () => Array<Cell>(12).fill(3));
  const { sheet: made } = ranking(2025, 4, ['Fig', 'Rose'], cells);
  made.rows[1]!.cells[2] = 5;
  const result = read('Galilu_2025.xlsx', [made], 'galilu');
  expect(result.checks.filter(({ agrees }) => !agrees)).toEqual([
    expect.objectContaining({ what: 'product ranking_2025 row 4, Feb', stated: 6, found: 8 }),
    expect.objectContaining({ stated: 24, found: 26 }),
    expect.objectContaining({ stated: 24, found: 26 }),
  ]);
});
