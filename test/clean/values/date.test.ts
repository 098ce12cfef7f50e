import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysIn, readDate, readIso, readMonthYear, readSerial } from '#src/clean/values/date.ts';
import { monthOf } from '#src/clean/values/months.ts';
import { periodsInName } from '#src/clean/values/names.ts';

describe('text dates', () => {
  test.each([
    ['1/28/2024', 'mdy', [2024, 1, 28]],
    ['2/1/2025', 'mdy', [2025, 2, 1]],
    ['2/1/2025', 'dmy', [2025, 1, 2]],
    ['28/1/2024', 'auto', [2024, 1, 28]],
    ['1/28/24', 'auto', [2024, 1, 28]],
    ['01.03.2025', 'mdy', [2025, 3, 1]],
    ['2024-12-06', 'mdy', [2024, 12, 6]],
    ['2024-12-06T10:00:00', 'auto', [2024, 12, 6]],
    ['20241206', 'auto', [2024, 12, 6]],
    ['6 December 2024', 'auto', [2024, 12, 6]],
    ['6-Dec-24', 'auto', [2024, 12, 6]],
    ['Dec 6, 2024', 'auto', [2024, 12, 6]],
    ['6. März 2025', 'auto', [2025, 3, 6]],
    ['6 août 2025', 'auto', [2025, 8, 6]],
    ['29/02/2024', 'dmy', [2024, 2, 29]],
  ] as const)('%j read as %s', (text, order, [year, month, day]) => {
    expect(readDate(text, order)).toMatchObject({ ok: true, day: { year, month, day } });
  });

  test.each(['31/02/2025', '29/02/2025', '2025-13-01', 'tomorrow', '5', '1/2', '0/0/2025'])('%j is no date', (text) => {
    expect(readDate(text, 'dmy')).toMatchObject({ ok: false, problem: 'not-a-date' });
  });

  test('3/4/2025 is two dates until somebody says which', () => {
    expect(readDate('3/4/2025', 'auto')).toEqual({ ok: false, problem: 'ambiguous' });
    expect(readDate('4/4/2025', 'auto')).toMatchObject({ ok: true });
  });
});

test('Excel day numbers are the days that Excel shows', () => {
  expect(readSerial(45292)).toEqual({ year: 2024, month: 1, day: 1 });
  expect(readSerial(45351)).toEqual({ year: 2024, month: 2, day: 29 });
  expect(readSerial(45747.5)).toEqual({ year: 2025, month: 3, day: 31 });
  expect(readSerial(20250412)).toEqual({ year: 2025, month: 4, day: 12 });
  expect(readSerial(7)).toBeNull();
  expect(readSerial(Number.NaN)).toBeNull();
  expect(readSerial(Number.POSITIVE_INFINITY)).toBeNull();
  fc.assert(
    fc.property(fc.integer({ min: 36526, max: 73050 }), (serial) => {
      const day = readSerial(serial)!;
      expect(new Date(Date.UTC(day.year, day.month - 1, day.day)).getTime()).toBe(
        Date.UTC(1899, 11, 30) + serial * 86_400_000,
      );
      expect(day.day).toBeLessThanOrEqual(daysIn(day.year, day.month));
    }),
  );
});

test('a date cell is read from its ISO text', () => {
  expect(readIso('2025-02-03T00:00:00')).toEqual({ year: 2025, month: 2, day: 3 });
  expect(readIso('2025-02-30')).toBeNull();
});

test.each([
  ['2025-03', 2025, 3],
  ['03/2025', 2025, 3],
  ['202503', 2025, 3],
  ['2025 04', 2025, 4],
  ['March 2025', 2025, 3],
  ['2025 April', 2025, 4],
  ['Mar-25', 2025, 3],
  ["march'25", 2025, 3],
  ['березня-25', 2025, 3],
])('%j is a month of a year', (text, year, month) => {
  expect(readMonthYear(text)).toEqual({ year, month });
});

test('month names of several languages, short and long, and nothing else', () => {
  const named: Record<string, number> = {
    jan: 1,
    'sep ': 9,
    sept: 9,
    March: 3,
    märz: 3,
    février: 2,
    'déc.': 12,
    enero: 1,
    maart: 3,
    październik: 10,
    липня: 7,
    травень: 5,
    Ağustos: 0,
    sa: 0,
    out: 0,
    set: 0,
    total: 0,
  };
  for (const [word, month] of Object.entries(named)) expect(monthOf(word), word).toBe(month === 0 ? null : month);
});

describe('the months that a file name names', () => {
  test.each([
    ['BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx', ['2025-4']],
    ['BOXNOX - BIBBI Monthly Sales Report APR2025 (1).xlsx', ['2025-4']],
    ['Skins SA BIBBI CY 2025 February.xlsx', ['2025-2']],
    ['SKINS SA bibbi cy 2024 DECEMBER.xlsx', ['2024-12']],
    ['Skins SA BIBBI April 2025.xlsx', ['2025-4']],
    ['Skins_SA_BIBBI_Sell_Out_2025.xlsx', []],
    ['BIBBIPARFU_ReportPeriod02-2025.xlsx', ['2025-2']],
    ['BIBBIPARFU_ReportPeriod06-2025__1_.xlsx', ['2025-6']],
    ['Demo_ReportPeriod01-2025 .xlsx', ['2025-1']],
    ['TaskifAI Demo 11-2024.xlsx', ['2024-11']],
    ['BIBBI_Sell_Out_2025 04.xlsx', ['2025-4']],
    ['BIBBI_Sell_Out_2025_05.xlsx', ['2025-5']],
    ["bibbi sales march'25 (4).xlsx", ['2025-3']],
    ['Continuity Supplier Size Report 27-07-2025.xlsx', []],
    ['report 2025-04-30.xlsx', []],
    ['sales export H1.xlsx', []],
    ['Demo 02-2025 and 03-2025.xlsx', ['2025-2', '2025-3']],
    ['Discovery Set 2025.xlsx', []],
  ])('%s', (name, expected) => {
    expect(periodsInName(name).map((p) => `${p.year}-${p.month}`)).toEqual(expected);
  });
});
