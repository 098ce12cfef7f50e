import { expect, test } from 'vitest';
import type { SeenColumn } from '#src/clean/compare/beside.ts';
import { headingFindings } from '#src/clean/compare/headings.ts';

const numbers = (heading: string, position: number, typical = 10): SeenColumn => ({
  ...{ heading, position, typical },
  holds: 'numbers',
});
const fileName = 'before.xlsx';
const rulesOf = (before: SeenColumn[], now: SeenColumn[]) =>
  headingFindings({ fileName, columns: before }, now).map(({ rule }) => rule);
const stays = [numbers('A', 0), numbers('B', 1)];

test('a heading at the same place over similar values is renamed, over others it is another column', () => {
  const before = [...stays, numbers('Amount', 2, 10)];
  expect(rulesOf(before, [...stays, numbers('Turnover', 2, 30)])).toEqual(['heading-renamed']);
  expect(rulesOf(before, [...stays, numbers('Turnover', 2, 31)])).toEqual(['heading-missing', 'heading-new']);
  expect(rulesOf(before, [...stays, numbers('Turnover', 3, 10)])).toEqual(['heading-missing', 'heading-new']);
  expect(rulesOf(before, [...stays, { ...numbers('Turnover', 2), holds: 'text' }])).toEqual([
    'heading-missing',
    'heading-new',
  ]);
});

test('months and years in headings come and go without being said', () => {
  expect(
    rulesOf([...stays, numbers('Jan 2025', 2)], [...stays, numbers('Jan 2025', 2), numbers('Feb 2025', 3)]),
  ).toEqual([]);
  expect(rulesOf([...stays, numbers('Sales 2024', 2)], [...stays, numbers('Sales 2025', 2)])).toEqual([]);
  expect(rulesOf([...stays, numbers('2024', 2)], [...stays, numbers("march'25", 2)])).toEqual([]);
});

test('another currency in a heading is said', () => {
  expect(rulesOf([...stays, numbers('Sales £', 2)], [...stays, numbers('Sales €', 2)])).toEqual(['heading-renamed']);
});

test('a column that moves is no news, and one of two equal headings that goes is', () => {
  expect(rulesOf([numbers('A', 0), numbers('B', 1)], [numbers('B', 0), numbers('A', 1)])).toEqual([]);
  expect(rulesOf([...stays, numbers('A', 2)], stays)).toEqual(['heading-missing']);
});

test('when fewer than half of the headings are left, that is said once', () => {
  const before = ['A', 'B', 'C', 'D'].map((name, i) => numbers(name, i));
  expect(rulesOf(before, [numbers('A', 0), numbers('B', 1), numbers('X', 5)])).toEqual([
    'heading-missing',
    'heading-new',
  ]);
  const [only, ...none] = headingFindings({ fileName, columns: before }, [numbers('A', 0), numbers('X', 5)]);
  expect(none).toEqual([]);
  expect(only?.hint).toContain('Only 1 of 4 headings of "before.xlsx"');
});
