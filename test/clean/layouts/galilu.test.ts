// A growing workbook a year: months as columns, pieces only, the year in A1, a total row and a total column.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect, detectAs } from '#src/clean/detect.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { headOf, sheet, vendors } from '../workbook.ts';
import { mess, moved } from './mess.ts';
import { blank, type Fact, holds, months, offBy, productNames, read, runs } from './read.ts';

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
    asText: fc.boolean(),
  })
  .chain((base) =>
    fc.record({
      base: fc.constant(base),
      cells: fc.array(fc.array(cell, { minLength: 12, maxLength: 12 }), { minLength: 14, maxLength: 14 }),
    }),
  );

const pieces = (value: Cell): number => (typeof value === 'number' ? value : 0);

/** The same figure as people type it; dashes are how some show nothing. */
function typed(value: Cell, i: number): Cell {
  if (typeof value !== 'number') return ['-', '\u2013', value][i % 3] ?? null;
  return [value, String(value), ` ${value} `, value < 0 ? `\u2212${-value}` : value][i % 4]!;
}

/** `product ranking_YEAR`, and the facts in it. */
function ranking(
  year: number,
  until: number,
  names: string[],
  cells: Cell[][],
  padding = '',
  ownName = `product ranking_${year}`,
  asText = false,
) {
  const facts: Fact[] = [];
  const body = names.map((name, i): Cell[] => {
    const own = cells[i]!.slice(0, until);
    for (const [m, value] of own.entries()) {
      if (pieces(value) !== 0) facts.push({ product: name, year, month: m + 1, quantity: pieces(value), amount: null });
    }
    const shown = asText ? own.map((value, m) => typed(value, i + m)) : own;
    return [name + padding, ...shown, own.reduce<number>((sum, value) => sum + pieces(value), 0)];
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
    fc.property(report, mess, ({ base: { year, until, names, padding, asText }, cells }, how) => {
      const made = ranking(year, until, names, cells, padding, undefined, asText);
      fc.pre(made.facts.length > 0);
      const sheets = [...decoys(year), moved(made.sheet, how, 1)];
      const result = holds(`Bibbi_sellout_Galilu_${year}.xlsx`, sheets, 'galilu', made.facts);
      expect(result.checks.length).toBeGreaterThan(0);
    }),
    runs,
  );
});

const stores = ['Elektrownia (WAW)', 'Forum GDA', 'Gdańsk', 'www'];

/** The same pieces by store, as far as `until`: a store's row with its sums, its products, the next store; a return among them. */
function split(year: number, until: number, names: string[], cells: Cell[][]) {
  const head: Cell[] = [year, ...months.slice(0, until), 'Total'];
  const line = (name: string, own: number[]): Cell[] => [
    name,
    ...own.map((value) => (value === 0 ? null : value)),
    own.reduce((a, b) => a + b, 0),
  ];
  const columns = Array.from({ length: until }, (_, m) => m);
  const at = (store: number, i: number, m: number) => {
    const moved = i === 0 && m === 0 ? [-1, 1][store] : 0;
    return ((i + m) % stores.length === store ? pieces(cells[i]![m]!) : 0) + (moved ?? 0);
  };
  const blocks = stores.flatMap((store, s) => {
    const lines = names.map((name, i) => ({ name, own: columns.map((m) => at(s, i, m)) }));
    const sums = columns.map((m) => lines.reduce((sum, { own }) => sum + own[m]!, 0));
    const sold = lines.filter(({ own }) => own.some((value) => value !== 0));
    return [line(store, sums), ...sold.map(({ name, own }) => line(name, own))];
  });
  const totals = columns.map((m) => names.reduce((sum, _, i) => sum + pieces(cells[i]![m]!), 0));
  return sheet(`Split_by_store_${year}`, [head, ...blocks, line('Total', totals)]);
}

const old = sheet('product ranking_2023-24', [
  [],
  [null, 2023, null, null, 2024],
  ['Product', 'nov', 'dec', 'TOTAL 2023', 'jan', 'march', 'TOTAL '],
  ['Fig', 3, 4, 7, 5, '\u00a0', 5],
  ['Rose'],
]);

test('of several years the newest is read; the split by store is never added, but its totals are compared as far as they go', () => {
  fc.assert(
    fc.property(report, fc.integer({ min: 1, max: 12 }), ({ base: { names, until }, cells }, stopped) => {
      const made = ranking(2025, until, names, cells);
      fc.pre(made.facts.length > 0);
      const last = Math.min(stopped, until);
      const sheets = [...decoys(2025), made.sheet, old, split(2025, last, names, cells)];
      const { checks } = holds('BIbbi_sellout_Galilu_2025__5_.xlsx', sheets, 'galilu', made.facts);
      const compared = checks.filter(({ what }) => what.startsWith('Split_by_store_2025'));
      expect(compared.length).toBeLessThanOrEqual(last);
      const sold = (m: number) => names.reduce((sum, _, i) => sum + pieces(cells[i]![m]!), 0) !== 0;
      for (let m = 0; m < last; m += 1)
        if (sold(m)) expect(compared.some(({ what }) => what.endsWith(months[m]!))).toBe(true);
    }),
    runs,
  );
});

test('the split by store is kept as far as it goes, and comes to the ranking in every product and month', () => {
  fc.assert(
    fc.property(report, fc.integer({ min: 1, max: 12 }), ({ base: { names, until }, cells }, stopped) => {
      const made = ranking(2025, until, names, cells);
      fc.pre(made.facts.length > 0);
      const last = Math.min(stopped, until);
      const given = split(2025, last, names, cells);
      const { split: kept, rows, issues } = holds('Galilu_2025.xlsx', [made.sheet, given], 'galilu', made.facts);
      const sum = (of: { month: number; quantity: number; rawProduct: string | null }[], month: number, name: string) =>
        of
          .filter((each) => each.month === month && each.rawProduct === name)
          .reduce((all, { quantity }) => all + quantity, 0);
      for (const { month, rawProduct, store } of kept) {
        expect(month).toBeLessThanOrEqual(last);
        expect(stores).toContain(store);
        expect(sum(kept, month, rawProduct)).toBe(sum(rows, month, rawProduct));
      }
      const left = issues.filter(({ rule }) => rule === 'split-not-kept').length;
      const months = new Set(kept.map(({ month }) => month));
      // A month without any piece has nothing to keep, and nothing that differs.
      const sold = new Set(rows.filter(({ month }) => month <= last).map(({ month }) => month));
      if (left === 0)
        for (const month of sold)
          if (rows.some((row) => row.month === month && row.quantity !== 0)) expect(months).toContain(month);
    }),
    runs,
  );
});

test('a split that does not come to the ranking is not kept, and says where', () => {
  const cells = Array.from({ length: 14 }, () => Array<Cell>(12).fill(3));
  const { sheet: made } = ranking(2025, 4, ['Fig', 'Rose'], cells);
  const whole = read('Galilu_2025.xlsx', [made, split(2025, 3, ['Fig', 'Rose'], cells)], 'galilu');
  expect(new Set(whole.split.map(({ month }) => month))).toEqual(new Set([1, 2, 3]));
  expect(whole.issues.filter(({ rule }) => rule === 'split-kept')).toMatchObject([
    {
      hint: 'Kept by store too, from sheet "Split_by_store_2025": 4 stores, Jan, Feb, Mar; by product only: Apr.',
    },
  ]);
  const other = Array.from({ length: 14 }, () => Array<Cell>(12).fill(3));
  other[1]![1] = 4;
  const february = read('Galilu_2025.xlsx', [made, split(2025, 3, ['Fig', 'Rose'], other)], 'galilu');
  expect(new Set(february.split.map(({ month }) => month))).toEqual(new Set([1, 3]));
  expect(february.issues.filter(({ rule }) => rule === 'split-not-kept')).toMatchObject([
    {
      hint: 'The split by store of Feb on sheet "Split_by_store_2025" is not kept: Rose is 3 in the table and 4 by store.',
    },
  ]);
  const broken = split(2025, 3, ['Fig', 'Rose'], cells);
  broken.rows[1]!.cells[2] = 9;
  const none = read('Galilu_2025.xlsx', [made, broken], 'galilu');
  expect(none.split).toEqual([]);
  expect(
    none.issues.some(({ hint }) => hint.includes('row 2 says 9 for Elektrownia (WAW) in Feb, the rows below come to')),
  ).toBe(true);
});

test('a split of another year is not compared, and one that differs shows with both figures', () => {
  const cells = Array.from({ length: 14 }, () => Array<Cell>(12).fill(3));
  const { sheet: made } = ranking(2025, 4, ['Fig', 'Rose'], cells);
  const before = split(2024, 4, ['Fig'], cells);
  const wrong = split(2025, 2, ['Fig', 'Rose'], cells);
  wrong.rows.at(-1)!.cells[2] = 7;
  const { checks } = read('Galilu_2025.xlsx', [made, before, wrong], 'galilu');
  expect(checks.filter(({ what }) => what.startsWith('Split_by_store_2024'))).toEqual([]);
  expect(checks.filter(({ agrees }) => !agrees)).toEqual([
    expect.objectContaining({ what: `Split_by_store_2025 row ${wrong.rows.at(-1)!.row}, Feb`, stated: 7, found: 6 }),
  ]);
});

test('one changed figure anywhere in the body shows in the totals, and in the split', () => {
  fc.assert(
    fc.property(
      report,
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      ({ base: { names, until }, cells }, r, c, more) => {
        const made = ranking(2025, until, names, cells);
        const row = made.sheet.rows[1 + (r % names.length)]!;
        const column = 1 + (c % until);
        row.cells[column] = pieces(row.cells[column]!) + more;
        const wrong = offBy(read('Galilu_2025.xlsx', [made.sheet, split(2025, until, names, cells)], 'galilu'), more);
        expect(wrong.some((what) => what.endsWith(`, ${months[column - 1]}`))).toBe(true);
      },
    ),
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

const writings = ['jan', 'feb', 'march', 'apr', 'may', 'june', 'july', 'aug', 'sept', 'october', 'nov', 'december'];

test('of two years on one sheet each month is of its own, and the subtotal between them is no month', () => {
  fc.assert(
    fc.property(report, fc.integer({ min: 9, max: 12 }), ({ base: { names, until }, cells }, from) => {
      const before = 12 - from + 1;
      const facts: Fact[] = [];
      const sum = (values: Cell[]) => values.reduce<number>((all, value) => all + pieces(value), 0);
      const rows = names.map((name, i): Cell[] => {
        const own = [cells[i]!.slice(12 - before), cells[(i + 1) % 14]!.slice(0, until)] as const;
        for (const [part, months_] of own.entries())
          for (const [m, value] of months_.entries()) {
            const quantity = pieces(value);
            const month = part === 0 ? from + m : m + 1;
            if (quantity !== 0) facts.push({ product: name, year: 2023 + part, month, quantity, amount: null });
          }
        return [name, ...own[0], sum(own[0]), ...own[1], sum(own[1])];
      });
      fc.pre(facts.length > 0);
      const head: Cell[] = [
        'Product',
        ...writings.slice(from - 1),
        'TOTAL 2023',
        ...writings.slice(0, until),
        'TOTAL ',
      ];
      const over: Cell[] = [null, 2023, ...Array<Cell>(head.length - 3).fill(null), 2024];
      const made = sheet('product ranking_2023-24', [[], over, head, ...rows, ['Fig of no figures']]);
      // The same month stands in two columns.
      holds('BIbbi_sellout_Galilu_2024.xlsx', [...decoys(2024), made], 'galilu', facts, false);
    }),
    runs,
  );
});

test('months that begin anew without a word about their years are asked about, and a person says the newest', () => {
  const rows: Cell[][] = [
    [2025, 'Nov', 'Dec', 'Jan', 'Total'],
    ['Fig', 1, 2, 3, 6],
  ];
  const sheets = [sheet('product ranking_2025', rows)];
  expect(read('Galilu_2025.xlsx', sheets, 'galilu').stop?.code).toBe('UPLOAD_PERIOD_CONFLICT');
  const said = read('Galilu_2025.xlsx', sheets, 'galilu', { year: 2025, month: 1, day: null });
  expect(said.rows.map(({ year, month, quantity }) => [year, month, quantity])).toEqual([
    [2024, 11, 1],
    [2024, 12, 2],
    [2025, 1, 3],
  ]);
});

test('a file without a ranking is asked about: no other of its sheets is ever read in its place', () => {
  const cells = Array.from({ length: 14 }, () => Array<Cell>(12).fill(3));
  const sheets = [...decoys(2025), split(2025, 3, ['Fig', 'Rose'], cells)];
  expect(detect(headOf('BIbbi_sellout_Galilu_2025.xlsx', sheets), vendors).vendor).toBeNull();
});

test('a ranking under another sheet name is read on a person’s word, if no other sheet could be meant', () => {
  const cells = Array.from({ length: 14 }, () => Array<Cell>(12).fill(3));
  const { sheet: made } = ranking(2025, 3, ['Fig', 'Rose'], cells);
  const renamed = { ...made, name: 'Sheet1' };
  const galilu = vendors.find(({ id }) => id === 'galilu')!;
  const split3 = split(2025, 3, ['Fig', 'Rose'], cells);
  const alone = headOf('sellout.xlsx', [split3, renamed]);
  expect(detect(alone, vendors).vendor).toBeNull();
  expect(detectAs(alone, galilu)).toMatchObject({ outcome: 'recognised', sheet: 'Sheet1' });
  const two = headOf('sellout.xlsx', [split3, renamed, { ...made, name: 'Sheet2' }]);
  expect(detectAs(two, galilu).outcome).toBe('unsure');
  expect(detectAs(headOf('sellout.xlsx', [split3]), galilu).outcome).toBe('unsure');
});
