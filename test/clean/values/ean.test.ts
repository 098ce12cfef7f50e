import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEan, readEan } from '#src/clean/values/ean.ts';
import { eanOf } from '../workbook.ts';

const number = (value: number, raw: string) => ({ kind: 'number' as const, value, raw, format: '0' });

describe('an EAN in any of the ways a cell may hold it', () => {
  test.each([
    ['7359990010005', null],
    [7359990010005, null],
    [number(7359990010005, '7359990010005'), null],
    [number(7359990010005, '7359990010005.0'), 'ean-float'],
    [number(7359990010005, '7.359990010005E12'), 'ean-float'],
    ['7359990010005  ', 'trimmed'],
    ['\u00a07359990010005', 'trimmed'],
    ["'7359990010005", 'ean-separators'],
    ['7 359990 010005', 'ean-separators'],
    ['7-359990-010005', 'ean-separators'],
    ['7350000000000.0'.replace('7350000000000', '7359990010005'), 'ean-float'],
    ['7.359990010005E+12', 'ean-scientific'],
    ['07359990010005', 'ean-14'],
  ] as const)('%j', (cell, rule) => {
    expect(readEan(cell)).toEqual({ ok: true, ean: '7359990010005', rule });
  });

  test.each([
    ['0 735999 001041', '0735999001041', 'ean-separators'],
    ['735999001041', '0735999001041', 'ean-leading-zero'],
    [735999001041, '0735999001041', 'ean-leading-zero'],
  ] as const)('%j has its leading zero', (cell, ean, rule) => {
    expect(readEan(cell)).toEqual({ ok: true, ean, rule });
  });
});

describe('refuses what is no certain EAN', () => {
  test.each([
    [null, 'missing'],
    ['', 'missing'],
    ['\u00a0', 'missing'],
    ['n/a', 'missing'],
    ['None', 'missing'],
    ['-', 'missing'],
    [{ kind: 'missing', value: null, raw: '' }, 'missing'],
    ['7,35999E+12', 'precision'],
    ['7.35999E+12', 'precision'],
    [7359990000000, 'precision'],
    ['7359990010037', 'check-digit'],
    ['7000000004393', 'check-digit'],
    ['0000000000000', 'check-digit'],
    ['TESTER', 'not-an-ean'],
    ['PRDT35', 'not-an-ean'],
    ['12345678', 'not-an-ean'],
    [1.5, 'not-an-ean'],
    [-7359990010005, 'not-an-ean'],
    [true, 'not-an-ean'],
    [{ kind: 'error', value: '#N/A', raw: '#N/A' }, 'not-an-ean'],
    [{ kind: 'date', value: '2025-01-01', raw: '45658' }, 'not-an-ean'],
  ] as const)('%j: %s', (cell, problem) => {
    expect(readEan(cell)).toEqual({ ok: false, problem });
  });
});

test('one wrong digit is always seen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (n, at, by) => {
        const ean = eanOf(n);
        expect(isEan(ean)).toBe(true);
        const digit = (Number(ean[at]) + by) % 10;
        expect(isEan(`${ean.slice(0, at)}${digit}${ean.slice(at + 1)}`)).toBe(false);
      },
    ),
  );
});
