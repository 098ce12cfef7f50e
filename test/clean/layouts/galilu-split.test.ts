// The store split beside a ranking, in all the ways people fill it in: each store's sums over its products, nothing but names and
// sums to tell them apart, returns, blanks of every kind, months that are missing yet.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell, Sheet } from '#src/clean/sheet.ts';
import type { KnownProduct } from '#src/clean/types.ts';
import { clean, headOf, sheet, TODAY, vendors } from '../workbook.ts';
import { blank, months, read, runs } from './read.ts';

const stores = ['Elektrownia (WAW)', 'Forum GDA', 'Gdańsk', 'Kraków', 'Wilcza (WAW)', 'www'];
const names = [
  'Boy of Tune EDP 100 ml',
  'Boy of Tune EDP 30 ml',
  'Rainbow Fig EDP 30ML',
  'Soap Orchard świeca zapachowa 310 g',
];

interface World {
  until: number;
  stopped: number;
  /** By store, product and month. */
  sold: number[][][];
  empty: Cell;
  padding: string;
  /** How the split writes what the ranking writes with a blank before the unit. */
  joined: boolean;
  minus: boolean;
  /** Whether the split lists products of which a store sold nothing. */
  all: boolean;
}

const world: fc.Arbitrary<World> = fc.record({
  until: fc.integer({ min: 1, max: 12 }),
  stopped: fc.integer({ min: 1, max: 12 }),
  sold: fc.array(
    fc.array(
      fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: -1, max: 9 })), {
        minLength: 12,
        maxLength: 12,
      }),
      { minLength: names.length, maxLength: names.length },
    ),
    { minLength: 1, maxLength: stores.length },
  ),
  empty: blank,
  padding: fc.constantFrom('', ' ', '\u00a0', '  '),
  joined: fc.boolean(),
  minus: fc.boolean(),
  all: fc.boolean(),
});

const added = (list: number[]) => list.reduce((a, b) => a + b, 0);

function line(name: string, figures: number[], { empty, minus }: World): Cell[] {
  const cell = (n: number): Cell => (n === 0 ? empty : n < 0 && minus ? `\u2212${-n}` : n);
  return [name, ...figures.map(cell), added(figures)];
}

function rankingOf(w: World): Sheet {
  const columns = months.slice(0, w.until);
  const rows = names.map((_name, p) => columns.map((_, m) => added(w.sold.map((own) => own[p]![m]!))));
  return sheet('product ranking_2025', [
    [2025, ...columns, 'Total'],
    ...rows.map((figures, p) => line(names[p]!, figures, w)),
    line(
      'Total',
      columns.map((_, m) => added(rows.map((own) => own[m]!))),
      w,
    ),
  ]);
}

function splitOf(w: World): Sheet {
  const columns = months.slice(0, Math.min(w.stopped, w.until));
  const blocks = w.sold.flatMap((own, s) => {
    const products = own.map((figures) => figures.slice(0, columns.length));
    const listed = products.flatMap((figures, p): Cell[][] => {
      const name = (w.joined ? names[p]!.replace(/ ml$/, 'ML') : names[p]!) + w.padding;
      return w.all || figures.some((n) => n !== 0) ? [line(name, figures, w)] : [];
    });
    return [
      line(
        stores[s]! + w.padding,
        columns.map((_, m) => added(products.map((each) => each[m]!))),
        w,
      ),
      ...listed,
    ];
  });
  const totals = columns.map((_, m) => added(w.sold.flatMap((own) => own.map((each) => each[m]!))));
  return sheet('Split_by_store_2025', [[2025, ...columns, 'Total'], ...blocks, line('Total', totals, w)]);
}

/** Whether the pieces of some product cancel out in a month: the ranking has no row of it. */
const cancels = ({ sold }: World, m: number) =>
  names.some((_, p) => added(sold.map((own) => own[p]![m]!)) === 0 && sold.some((own) => own[p]![m] !== 0));

/** Whether a store comes to nothing in every month although it sold: its line could be a product's of the store before. */
const isOpen = (own: number[][], last: number) =>
  Array.from({ length: last }, (_, m) => added(own.map((each) => each[m]!))).every((sum) => sum === 0) &&
  own.some((figures) => figures.slice(0, last).some((n) => n !== 0));

test('every piece by store is kept for the months that the split has, and no other', () => {
  fc.assert(
    fc.property(world, (w) => {
      const last = Math.min(w.stopped, w.until);
      const kept = Array.from({ length: last }, (_, m) => m).filter((m) => !cancels(w, m));
      const wanted = kept.flatMap((m) =>
        w.sold.flatMap((own, s) =>
          own.flatMap((figures, p) =>
            figures[m] === 0
              ? []
              : [{ rawProduct: names[p]!, store: stores[s]!, year: 2025, month: m + 1, quantity: figures[m]! }],
          ),
        ),
      );
      fc.pre(wanted.length > 0 && !w.sold.some((own) => isOpen(own, last)));
      const { split, splitFixes, issues, rows, fixesByRule, fixes } = read(
        'Galilu_2025.xlsx',
        [rankingOf(w), splitOf(w)],
        'galilu',
      );
      const key = (each: object) => JSON.stringify(each, Object.keys(each).sort());
      expect(split.map(key).sort()).toEqual(wanted.map(key).sort());
      // Nothing is added to what counts.
      expect(rows.every(({ store }) => store === null)).toBe(true);
      // A cell that is stored as it does not stand is in the log, and in the receipt's count.
      expect(fixesByRule.reduce((sum, { count }) => sum + count, 0)).toBe(fixes.length + splitFixes.length);
      if (w.padding !== '') expect(splitFixes.some(({ rule }) => rule === 'trimmed')).toBe(true);
      for (const { original, cleaned } of splitFixes) expect(original).not.toBe(cleaned);
      const said = issues.filter(({ rule }) => rule === 'split-kept');
      expect(said).toHaveLength(1);
      const notKept = issues.filter(({ rule }) => rule === 'split-not-kept');
      expect(notKept).toHaveLength(
        last - Array.from({ length: last }, (_, m) => m).filter((m) => !cancels(w, m)).length,
      );
    }),
    runs,
  );
});

const plain: World = {
  until: 3,
  stopped: 2,
  sold: [],
  empty: null,
  padding: '',
  joined: false,
  minus: false,
  all: false,
};

function table(rows: Cell[][], columns = ['Jan', 'Feb']): Sheet {
  const total: Cell[] = ['Total', ...columns.map((_, m) => added(rows.map((row) => Number(row[m + 1] ?? 0)))), null];
  return sheet('product ranking_2025', [[2025, ...columns, 'Total'], ...rows, total]);
}

function split(rows: Cell[][], columns = ['Jan', 'Feb']): Sheet {
  return sheet('Split_by_store_2025', [[2025, ...columns, 'Total'], ...rows, ['Total']]);
}

test('a store with one product, whose sum is the product’s, is told from it by its place', () => {
  const { split: kept } = read(
    'Galilu_2025.xlsx',
    [
      table([
        ['Fig', 5, 2],
        ['Rose', 1, 0],
      ]),
      split([
        ['Kraków', 5, 2],
        ['Fig', 5, 2],
        ['www', 1],
        ['Rose', 1],
      ]),
    ],
    'galilu',
  );
  expect(kept.map(({ store, rawProduct, month, quantity }) => [store, rawProduct, month, quantity])).toEqual([
    ['Kraków', 'Fig', 1, 5],
    ['www', 'Rose', 1, 1],
    ['Kraków', 'Fig', 2, 2],
  ]);
});

test('a product without any figures is no store, and a store that sold nothing is none that is counted', () => {
  const { split: kept, issues } = read(
    'Galilu_2025.xlsx',
    [
      table([
        ['Fig', 5, 2],
        ['Rose', 1, 3],
        ['Discontinued', null, 0],
      ]),
      split([
        ['Kraków', 6, 2],
        ['Fig', 5, 2],
        ['Discontinued', null, null],
        ['Rose', 1, null],
        ['Gdańsk', null, null],
        ['www', null, 3],
        ['Rose', null, 3],
      ]),
    ],
    'galilu',
  );
  expect(kept).toHaveLength(4);
  expect(issues.find(({ rule }) => rule === 'split-kept')?.hint).toBe(
    'Kept by store too, from sheet "Split_by_store_2025": 2 stores, Jan, Feb.',
  );
});

test('a name without figures before pieces that cancel out may be a store or a product, so nothing is kept', () => {
  const { split: kept, issues } = read(
    'Galilu_2025.xlsx',
    [
      table([
        ['Fig', 3, 5],
        ['Rose', 1, 0],
        ['Iris', -1, 0],
      ]),
      split([
        ['Kraków', 3, 5],
        ['Fig', 3, 5],
        ['Gdynia', 0, 0],
        ['Rose', 1, 0],
        ['Iris', -1, 0],
      ]),
    ],
    'galilu',
  );
  expect(kept).toEqual([]);
  expect(issues.find(({ rule }) => rule === 'split-not-kept')?.hint).toBe(
    'The split by store on sheet "Split_by_store_2025" is not kept: its stores and its products cannot be told apart.',
  );
});

test('a product that only the split names spoils the months in which it was sold, and no other', () => {
  const { split: kept, issues } = read(
    'Galilu_2025.xlsx',
    [
      table([
        ['Fig', 5, 2],
        ['Rose', 1, 3],
      ]),
      split([
        ['Kraków', 6, 5],
        ['Fig', 5, 2],
        ['Roze', null, 3],
        ['Rose', 1, null],
      ]),
    ],
    'galilu',
  );
  expect(new Set(kept.map(({ month }) => month))).toEqual(new Set([1]));
  expect(issues.filter(({ rule }) => rule === 'split-not-kept').map(({ hint }) => hint)).toEqual([
    'The split by store of Feb on sheet "Split_by_store_2025" is not kept: Roze is 0 in the table and 3 by store.',
  ]);
});

test('what the product list knows by another name is the same product', () => {
  const products: KnownProduct[] = [
    {
      ean: '4006381333931',
      functionalName: 'FIG100',
      aliases: [
        { vendor: 'galilu', text: 'Fig EDP' },
        { vendor: 'galilu', text: 'Figa' },
      ],
    } as KnownProduct,
  ];
  const sheets = [
    table([['Fig EDP', 5, 2]]),
    split([
      ['Kraków', 5, 2],
      ['Figa', 5, 2],
    ]),
  ];
  const head = headOf('Galilu_2025.xlsx', sheets);
  const vendor = vendors.find(({ id }) => id === 'galilu')!;
  const { split: kept, splitFixes } = clean({
    head,
    vendor,
    sheet: sheets[0]!.name,
    rows: sheets[0]!.rows,
    others: sheets,
    products,
    today: TODAY,
  });
  expect(kept).toMatchObject([{ rawProduct: 'Fig EDP' }, { rawProduct: 'Fig EDP' }]);
  expect(splitFixes).toMatchObject([{ cell: 'A3', original: 'Figa', cleaned: 'Fig EDP', rule: 'name-in-table' }]);
});

test('pieces that cancel out leave nothing to be taken apart, and the month is by product only', () => {
  const w = {
    ...plain,
    sold: [
      [
        [1, 2],
        [4, 0],
        [0, 0],
        [0, 0],
      ],
      [
        [-1, 1],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
  };
  const { split: kept, issues } = read(
    'Galilu_2025.xlsx',
    [rankingOf({ ...w, until: 2 }), splitOf({ ...w, until: 2 })],
    'galilu',
  );
  expect(new Set(kept.map(({ month }) => month))).toEqual(new Set([2]));
  expect(issues.filter(({ rule }) => rule === 'split-not-kept')).toHaveLength(1);
  expect(issues.find(({ rule }) => rule === 'split-kept')?.hint).toContain('2 stores, Feb; by product only: Jan.');
});
