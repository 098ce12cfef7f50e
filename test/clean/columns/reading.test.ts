import { expect, test } from 'vitest';
import type { Cell } from '../../../src/clean/sheet.ts';
import type { GivenReading } from '../../../src/clean/types.ts';
import { clean, eanOf, headOf, sheet, TODAY, vendor } from '../workbook.ts';

/** A table that nobody has described, with the given date, quantity and amount cells. */
function read(rows: [Cell, Cell, Cell][], reading: GivenReading | null = null) {
  const table = rows.map(([date, quantity, amount], i): Cell[] => [date, eanOf(i + 1), quantity, amount, 'EUR']);
  const one = sheet('Sales', [['Date', 'EAN', 'Quantity', 'Amount', 'Currency'], ...table]);
  return clean({
    head: headOf('sales.xlsx', [one]),
    vendor: vendor('generic'),
    sheet: 'Sales',
    rows: one.rows,
    products: [],
    today: TODAY,
    reading,
  });
}
const amounts = (result: ReturnType<typeof read>) => result.rows.map(({ amountLocal }) => amountLocal);

test('a column whose every figure has two readings is asked about, with both', () => {
  const { stop, rows } = read([
    ['2025-03-31', '1', '1.234'],
    ['2025-03-31', '2', '2.500'],
  ]);
  expect(rows).toEqual([]);
  expect(stop).toEqual({
    code: 'UPLOAD_NUMBERS_AMBIGUOUS',
    params: { file: 'sales.xlsx', column: 'Amount', cell: 'D2', text: '1.234', either: '1234', or: '1.234' },
  });
});

test('what a person says about the mark settles it, either way', () => {
  const rows: [Cell, Cell, Cell][] = [
    ['2025-03-31', '1', '1.234'],
    ['2025-03-31', '2', '2.500'],
  ];
  expect(amounts(read(rows, { decimal: 'comma', dates: null }))).toEqual([1234, 2500]);
  expect(amounts(read(rows, { decimal: 'point', dates: null }))).toEqual([1.234, 2.5]);
});

test('one cell that has a single reading settles its column', () => {
  const result = read([
    ['2025-03-31', '1', '1.234'],
    ['2025-03-31', '2', '10,50'],
  ]);
  expect(amounts(result)).toEqual([1234, 10.5]);
});

test('a figure of another column settles nothing: every column is written in its own way', () => {
  const { stop } = read([['2025-03-31', '2,000', '1.500,25']]);
  expect(stop?.params).toMatchObject({ column: 'Quantity', text: '2,000', either: '2', or: '2000' });
});

test('pieces are whole: a reading that breaks one does not fit', () => {
  const result = read([
    ['2025-03-31', '1.234', '10,50'],
    ['2025-03-31', '2.000', '11,50'],
  ]);
  expect(result.rows.map(({ quantity }) => quantity)).toEqual([1234, 2000]);
});

test('where cells contradict each other, only those with two readings are held back', () => {
  const result = read([
    ['2025-03-31', '1', '1.234'],
    ['2025-03-31', '2', '10,50'],
    ['2025-03-31', '3', '10.25'],
  ]);
  expect(amounts(result)).toEqual([10.5, 10.25]);
  expect(result.quarantined).toMatchObject([{ row: 2, raw: { Amount: '1.234' } }]);
});

test('figures of number cells are never asked about', () => {
  expect(amounts(read([['2025-03-31', 1, 1.234]]))).toEqual([1.234]);
});

test('dates that could be two days are asked about, and what a person says holds', () => {
  const rows: [Cell, Cell, Cell][] = [
    ['03/04/2025', 1, 10],
    ['05/06/2025', 1, 11],
  ];
  expect(read(rows).stop).toEqual({
    code: 'UPLOAD_DATES_AMBIGUOUS',
    params: {
      file: 'sales.xlsx',
      column: 'Date',
      cell: 'A2',
      text: '03/04/2025',
      either: '2025-04-03',
      or: '2025-03-04',
    },
  });
  const days = (dates: 'dmy' | 'mdy') => read(rows, { decimal: null, dates }).rows.map(({ salesDate }) => salesDate);
  expect(days('dmy')).toEqual(['2025-04-03', '2025-06-05']);
  expect(days('mdy')).toEqual(['2025-03-04', '2025-05-06']);
});

test('a date above the twelfth settles the order, and so does one that would lie in the future', () => {
  const days = (rows: [Cell, Cell, Cell][]) => read(rows).rows.map(({ salesDate }) => salesDate);
  expect(
    days([
      ['03/04/2025', 1, 10],
      ['31/03/2025', 1, 11],
    ]),
  ).toEqual(['2025-04-03', '2025-03-31']);
  // Today is 2026-11-23: the twelfth month has not come.
  expect(
    days([
      ['03/04/2026', 1, 10],
      ['05/12/2026', 1, 11],
    ]),
  ).toEqual(['2026-03-04', '2026-05-12']);
});
