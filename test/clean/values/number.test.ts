import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalOf, readNumber } from '#src/clean/values/number.ts';

const NBSP = '\u00a0';
const NARROW = '\u202f';
const THIN = '\u2009';

describe('reads what the text says, whatever the style', () => {
  test.each([
    ['202,48', 'comma', 202.48, 'decimal-comma'],
    ['  5 147,83 ', 'comma', 5147.83, 'decimal-comma'],
    [`   13${NBSP}107,60 `, 'comma', 13107.6, 'decimal-comma'],
    [`2${NARROW}482,20`, 'comma', 2482.2, 'decimal-comma'],
    [`1${THIN}234,5`, 'comma', 1234.5, 'decimal-comma'],
    [`£1${NBSP}777,50`, 'comma', 1777.5, 'decimal-comma'],
    [`€1${NBSP}960,00`, 'comma', 1960, 'decimal-comma'],
    ['1.234,56', 'auto', 1234.56, 'decimal-comma'],
    ['1,234.56', 'auto', 1234.56, 'thousands-mark'],
    ['1.234.567,8', 'auto', 1234567.8, 'decimal-comma'],
    ['1,234,567', 'auto', 1234567, 'thousands-mark'],
    ['1’413.45', 'auto', 1413.45, 'thousands-mark'],
    ["1'413", 'auto', 1413, 'thousands-mark'],
    ['€ 9.900', 'comma', 9900, 'thousands-mark'],
    ['9,900', 'point', 9900, 'thousands-mark'],
    ['2,000', 'comma', 2, 'decimal-comma'],
    ['95.15', 'comma', 95.15, 'number-as-text'],
    ['0,125', 'auto', 0.125, 'decimal-comma'],
    ['1234.567', 'auto', 1234.567, 'number-as-text'],
    ['€ 116', 'comma', 116, 'currency-sign'],
    ['−€ 172', 'comma', -172, 'minus-sign'],
    [`–84,87${NBSP}€`, 'comma', -84.87, 'minus-sign'],
    ['–R\u00a02\u00a0048,20', 'comma', -2048.2, 'minus-sign'],
    ['R 13 554,00', 'comma', 13554, 'decimal-comma'],
    ['R13 554,00', 'comma', 13554, 'decimal-comma'],
    ['-R 99,00', 'comma', -99, 'decimal-comma'],
    ['EUR 12,50', 'comma', 12.5, 'decimal-comma'],
    ['12.50 SEK', 'point', 12.5, 'currency-sign'],
    ['(49.24)', 'comma', -49.24, 'negative-in-brackets'],
    ['(£22.50)', 'point', -22.5, 'negative-in-brackets'],
    ['€ (22,50)', 'comma', -22.5, 'negative-in-brackets'],
    ['85.75-', 'auto', -85.75, 'trailing-minus'],
    ['12,-', 'comma', 12, 'decimal-comma'],
    ['€ 1.234,-', 'comma', 1234, 'decimal-comma'],
    ["'10,00", 'comma', 10, 'decimal-comma'],
    ['-', 'comma', 0, 'accounting-dash'],
    ['€ -', 'comma', 0, 'accounting-dash'],
    ['–', 'comma', 0, 'accounting-dash'],
    ['01', 'comma', 1, 'number-as-text'],
    ['2,0', 'comma', 2, 'decimal-comma'],
    ['661.5070000000001', 'point', 661.5070000000001, 'number-as-text'],
  ] as const)('%j with decimal %s is %d', (text, decimal, value, rule) => {
    expect(readNumber(text, decimal)).toMatchObject({ ok: true, value, rule });
  });
});

describe('refuses what is not certainly a number', () => {
  test.each([
    ['n/a', 'words'],
    ['(n/a)', 'words'],
    ['ONE', 'words'],
    ['#N/A', 'words'],
    ['12 34', 'words'],
    ['1.23.4', 'words'],
    ['1,2,3', 'words'],
    ['--5', 'words'],
    ['(-5)', 'words'],
    ['5e3', 'words'],
    ['1.5E+03', 'words'],
    ['5 pcs', 'words'],
    ['10 x 2', 'words'],
    ['€', 'words'],
    ['.', 'words'],
    ['12345678901234567890', 'words'],
    ['−18,1%', 'percent'],
    ['', 'empty'],
    ['   ', 'empty'],
    [NBSP, 'empty'],
    ['\u200b', 'empty'],
  ] as const)('%j is %s', (text, problem) => {
    expect(readNumber(text, 'comma')).toEqual({ ok: false, problem });
  });

  test('one mark and three digits are two numbers until the vendor or the column says which', () => {
    expect(readNumber('1.234', 'auto')).toEqual({ ok: false, problem: 'ambiguous' });
    expect(readNumber('1,234', 'auto')).toEqual({ ok: false, problem: 'ambiguous' });
    expect(readNumber('1.234', 'comma')).toMatchObject({ value: 1234 });
    expect(readNumber('1.234', 'point')).toMatchObject({ value: 1.234 });
  });
});

test('says which currency stands beside the figure', () => {
  expect(readNumber('£ 10', 'point')).toMatchObject({ currency: 'GBP' });
  expect(readNumber('10,00 zł', 'comma')).toMatchObject({ currency: 'PLN' });
  expect(readNumber('10,00', 'comma')).toMatchObject({ currency: null });
});

test('tells from an unambiguous text which decimal mark its column uses', () => {
  expect(decimalOf('438,75')).toBe('comma');
  expect(decimalOf('1.234,5')).toBe('comma');
  expect(decimalOf('1,234.5')).toBe('point');
  expect(decimalOf('1.234.567')).toBe('comma');
  expect(decimalOf('1.234')).toBeNull();
  expect(decimalOf('12')).toBeNull();
});

test('any amount in cents comes back from every style it can be written in', () => {
  const marks = [' ', NBSP, NARROW, THIN, '.', '’', "'", ''];
  const negatives: ((s: string) => string)[] = [
    (s) => `-${s}`,
    (s) => `−${s}`,
    (s) => `–${s}`,
    (s) => `(${s})`,
    (s) => `${s}-`,
  ];
  const signs: ((s: string) => string)[] = [(s) => s, (s) => `€ ${s}`, (s) => `${s}${NBSP}€`, (s) => `EUR ${s}`];
  fc.assert(
    fc.property(
      fc.integer({ min: -99_999_999, max: 99_999_999 }),
      fc.constantFrom(...marks),
      fc.constantFrom(...negatives),
      fc.constantFrom(...signs),
      (cents, mark, negative, sign) => {
        const whole = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, mark);
        const text = sign(`${whole},${String(Math.abs(cents) % 100).padStart(2, '0')}`);
        const read = readNumber(cents < 0 ? negative(text) : text, 'comma');
        expect(read).toMatchObject({ ok: true, value: cents / 100 });
      },
    ),
  );
});

test('never throws and never gives a value that is no number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('comma', 'point', 'auto' as const), (text, decimal) => {
      const read = readNumber(text, decimal as 'comma');
      if (read.ok) expect(Number.isFinite(read.value)).toBe(true);
    }),
  );
});
