import { expect, test } from 'vitest';
import { chartAlt } from '#src/message/alt.ts';
import { chartOf, describeColumns } from '#src/message/rows.ts';

const spec = (columns: string[], rows: Record<string, string | number>[], wish: Parameters<typeof chartOf>[2] = null) =>
  chartOf(describeColumns(columns, rows, 'EUR'), rows, wish, 'Title');

test('a few years stand side by side, many make a course', () => {
  const years = (count: number) => Array.from({ length: count }, (_, i) => ({ year: 2010 + i, sales: 100 + i }));
  expect(spec(['year', 'sales'], years(3))?.type).toBe('bar');
  expect(spec(['year', 'sales'], years(9))?.type).toBe('line');
});

test('where each value goes with few of the other, every row is a bar of its own', () => {
  const rows = ['A', 'B', 'C', 'D'].map((reseller, i) => ({ reseller, product: `P${i}`, sales: 10 - i }));
  expect(spec(['reseller', 'product', 'sales'], rows)).toMatchObject({
    type: 'horizontalBar',
    labels: ['A: P0', 'B: P1', 'C: P2', 'D: P3'],
    series: [{ values: [10, 9, 8, 7] }],
  });
});

test.each(['stackedBar', 'area', 'line'] as const)('a grid over time is drawn as %s when asked for', (wish) => {
  const rows = ['2025-01', '2025-02', '2025-03'].flatMap((month) => [
    { month, brand: 'X', sales: 1 },
    { month, brand: 'Y', sales: 2 },
  ]);
  expect(spec(['month', 'brand', 'sales'], rows, wish)?.type).toBe(wish);
});

test('a pie of something below zero is drawn as bars', () => {
  const rows = [
    { brand: 'X', sales: 5 },
    { brand: 'Y', sales: -2 },
  ];
  expect(spec(['brand', 'sales'], rows, 'pie')?.type).toBe('bar');
});

test('a second figure of a course has an axis of its own where its unit differs, and only there', () => {
  const rows = ['2025-01', '2025-02', '2025-03'].map((month, at) => ({ month, sales: 100 + at, units: 7 - at }));
  const drawn = spec(['month', 'sales', 'units'], rows);
  expect(drawn).toMatchObject({
    type: 'line',
    unit: 'Sales (EUR)',
    series: [{ name: 'Sales', values: [100, 101, 102] }],
    beside: { name: 'Units', values: [7, 6, 5], unit: 'Units', format: 'integer' },
  });
  expect(chartAlt(drawn!)).toContain('Units: Jan 2025 7; Feb 2025 6; Mar 2025 5.');
  expect(
    spec(
      ['month', 'units', 'returns'],
      rows.map((row) => ({ ...row, returns: 1 })),
    ),
  ).not.toHaveProperty('beside');
  expect(
    spec(
      ['reseller', 'sales', 'units'],
      [
        { reseller: 'A', sales: 1, units: 2 },
        { reseller: 'B', sales: 1, units: 2 },
      ],
    ),
  ).not.toHaveProperty('beside');
});
