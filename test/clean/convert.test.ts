import { describe, expect, test } from 'vitest';
import { makeConversion } from '#src/clean/convert.ts';
import type { CleanRow, MonthlyRate } from '#src/clean/types.ts';

const row = (over: Partial<CleanRow> = {}): CleanRow => ({
  sheet: 'S',
  row: 2,
  productEan: null,
  functionalName: 'A',
  rawProduct: null,
  productInFile: null,
  year: 2025,
  month: 4,
  salesDate: '2025-04-01',
  weekEnding: null,
  quantity: 1,
  amountLocal: 100,
  amountEstimated: false,
  currency: 'GBP',
  amountBasis: 'net',
  reseller: 'R',
  store: null,
  channel: null,
  ...over,
});
const rate = (year: number, month: number, value: number, currency = 'GBP'): MonthlyRate => ({
  currency,
  year,
  month,
  rate: value,
  source: `bank ${year}-${month}`,
});

function convert(rows: CleanRow[], rates: MonthlyRate[], base: string) {
  const conversion = makeConversion(base);
  conversion.learn(conversion.unknown(rows), rates);
  return { rows: conversion.rows(rows), issues: conversion.issues() };
}

test('uses the rate of the row’s own month', () => {
  const { rows, issues } = convert([row()], [rate(2025, 3, 2), rate(2025, 4, 1.17), rate(2025, 5, 3)], 'EUR');
  expect(rows[0]).toMatchObject({ fxRate: 1.17, fxSource: 'bank 2025-4' });
  expect(rows[0]!.amountBase).toBeCloseTo(117);
  expect(issues).toEqual([]);
});

test('the base currency needs no rate', () => {
  expect(convert([row({ currency: 'EUR' })], [], 'EUR').rows[0]).toMatchObject({
    amountBase: 100,
    fxRate: 1,
    fxSource: null,
  });
});

test('an earlier month’s rate is used when it is not older than 45 days, and is marked', () => {
  const { rows, issues } = convert([row(), row()], [rate(2025, 3, 1.2)], 'EUR');
  expect(rows[0]).toMatchObject({ amountBase: 120, fxSource: 'bank 2025-3, used for 2025-04' });
  expect(issues).toMatchObject([{ severity: 'info', rule: 'fx-rate-earlier' }]);
});

describe('the base amount stays empty, and that is said', () => {
  test.each([
    ['the newest rate is two months old', [rate(2025, 2, 1.2)]],
    ['only later months have one', [rate(2025, 5, 1.2)]],
    ['there is none', []],
    ['it is of another currency', [rate(2025, 4, 1.2, 'SEK')]],
    ['it is no rate', [rate(2025, 4, 0), rate(2025, 4, Number.NaN)]],
  ])('when %s', (_, rates) => {
    const { rows, issues } = convert([row(), row({ month: 4 })], rates, 'EUR');
    expect(rows[0]).toMatchObject({ amountBase: null, fxRate: null, fxSource: null });
    expect(issues).toMatchObject([{ severity: 'warning', rule: 'fx-rate-missing', value: 'GBP 2025-04' }]);
    expect(issues[0]!.hint).toContain('2 rows');
  });
});

test('an unknown amount stays unknown though its rate is known', () => {
  expect(convert([row({ amountLocal: null })], [rate(2025, 4, 1.2)], 'EUR').rows[0]).toMatchObject({
    amountBase: null,
    fxRate: 1.2,
  });
});

test('across the year and for February', () => {
  expect(convert([row({ year: 2025, month: 1 })], [rate(2024, 12, 2)], 'EUR').rows[0]!.amountBase).toBe(200);
  expect(convert([row({ year: 2025, month: 3 })], [rate(2025, 2, 2)], 'EUR').rows[0]!.amountBase).toBe(200);
});
