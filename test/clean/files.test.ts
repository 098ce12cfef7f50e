import { describe, expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { BOXNOX, boxnoxRow, clean, cleanFile, eanOf, headOf, SKINS_NL, sheet, TODAY, vendor } from './workbook.ts';

const boxnox = (...rows: Cell[][]) => cleanFile('BOXNOX APR2025.xlsx', [sheet('SELL OUT BY EAN', [BOXNOX, ...rows])]);
const nlRow = (quantity: Cell, amount: Cell, over: { ean?: Cell; article?: Cell } = {}): Cell[] => [
  'BIBBIPARFU',
  over.article ?? '131362 - Tester Rose EDP 100ml',
  over.ean ?? eanOf(1),
  amount,
  142,
  null,
  quantity,
  2,
  null,
];
const nl = (fileName: string, rows: Cell[][], others: Parameters<typeof headOf>[1] = []) =>
  cleanFile(fileName, [...others, sheet('SalesPerSKU', [SKINS_NL, ...rows])]);

describe('the period of a file', () => {
  test('comes from the file name', () => {
    const result = nl('BIBBIPARFU_ReportPeriod06-2025__1_.xlsx', [nlRow(1, 10)]);
    expect(result.rows[0]).toMatchObject({ year: 2025, month: 6, salesDate: '2025-06-01' });
    expect(result.period).toEqual({ from: { year: 2025, month: 6 }, to: { year: 2025, month: 6 } });
  });

  test('else from the Info sheet', () => {
    const info = sheet('Info', [
      ['Report', 'Sales per SKU'],
      ['Report period', '11-2024'],
    ]);
    expect(nl('BIBBIPARFU.xlsx', [nlRow(1, 10)], [info]).rows[0]).toMatchObject({ year: 2024, month: 11 });
  });

  test('is asked for when nothing says it', () => {
    const result = nl('BIBBIPARFU report.xlsx', [nlRow(1, 10)]);
    expect(result).toMatchObject({
      stop: { code: 'UPLOAD_NO_PERIOD', params: { file: 'BIBBIPARFU report.xlsx' } },
      rows: [],
    });
  });

  test('is asked for when two places disagree', () => {
    const info = sheet('Info', [['Report period', '11-2024']]);
    const result = nl('BIBBIPARFU_ReportPeriod02-2025.xlsx', [nlRow(1, 10)], [info]);
    expect(result.stop).toMatchObject({
      code: 'UPLOAD_PERIOD_CONFLICT',
      params: { reason: expect.stringMatching(/02\/2025.*11\/2024/) },
    });
    expect(nl('BIBBIPARFU 02-2025 03-2025.xlsx', [nlRow(1, 10)]).stop?.code).toBe('UPLOAD_PERIOD_CONFLICT');
  });

  test('is refused when it cannot be', () => {
    expect(nl('BIBBIPARFU_ReportPeriod12-2026.xlsx', [nlRow(1, 10)]).stop?.code).toBe('UPLOAD_PERIOD_IMPOSSIBLE');
  });

  test('a month alone on the Info sheet that differs is a warning', () => {
    const info = sheet('Info', [
      ['Brand', 'BrandName', 'Month', 'Information'],
      ['B', 'B', 2, ''],
    ]);
    const result = nl('BIBBIPARFU_ReportPeriod05-2025.xlsx', [nlRow(1, 10)], [info]);
    expect(result.rows[0]!.month).toBe(5);
    expect(result.issues).toContainEqual(
      expect.objectContaining({ rule: 'period-month-differs', severity: 'warning' }),
    );
  });

  test('is each row’s own in a growing workbook; a file name that says another newest month is noted', () => {
    const result = boxnox(boxnoxRow({ MONTH: 1 }), boxnoxRow({ MONTH: 2 }));
    expect(result.period).toEqual({ from: { year: 2025, month: 1 }, to: { year: 2025, month: 2 } });
    expect(result.issues).toContainEqual(expect.objectContaining({ rule: 'file-name-period' }));
    expect(boxnox(boxnoxRow()).issues.some((i) => i.rule === 'file-name-period')).toBe(false);
  });
});

describe('the product', () => {
  const products = [{ ean: eanOf(1), functionalName: 'ROSE100', brand: null, aliases: [] }];

  test('gets its name from the product list, else from what the file says', () => {
    const file = [sheet('SalesPerSKU', [SKINS_NL, nlRow(1, 10), nlRow(1, 10, { ean: eanOf(2) })])];
    const result = cleanFile('BIBBIPARFU_ReportPeriod02-2025.xlsx', file, products);
    expect(result.rows.map((r) => r.functionalName)).toEqual(['ROSE100', 'Tester Rose EDP 100ml']);
    expect(result.rows.map((r) => r.rawProduct)).toEqual(Array(2).fill('131362 - Tester Rose EDP 100ml'));
  });

  test('a short code instead of an EAN is the client’s own code, and rows of one code stay apart', () => {
    const row = (ean: Cell): Cell[] => ['TaskifAI', 'Article 1', ean, 12, 0, null, 3, 1, null];
    const file = [
      sheet('SalesPerSKU', [SKINS_NL, row('PRDT35'), row('PRDT35'), row(eanOf(1)), row('7359990010037'), row(null)]),
    ];
    const result = cleanFile('Demo_ReportPeriod01-2025 .xlsx', file, products);
    expect(result.rows.map((r) => [r.productEan, r.functionalName, r.rawProduct])).toEqual([
      [null, 'PRDT35', 'Article 1'],
      [null, 'PRDT35', 'Article 1'],
      [eanOf(1), 'ROSE100', 'Article 1'],
    ]);
    expect(result.quarantined.map((q) => q.reasonCode)).toEqual(['invalid_ean', 'missing_ean']);
  });
});

describe('the currency', () => {
  test('that a file states decides over what its vendor usually sends, and is said', () => {
    const info = sheet('Info', [['Currency', 'GBP']]);
    const result = nl('BIBBIPARFU_ReportPeriod02-2025.xlsx', [nlRow(1, 10)], [info]);
    expect(result.rows[0]!.currency).toBe('GBP');
    expect(result.issues).toContainEqual(expect.objectContaining({ rule: 'currency-stated' }));
  });

  test('stands on each row of a generic file', () => {
    const rows: Cell[][] = [
      ['Period', 'Product', 'Units', 'Amount', 'Currency'],
      ['2025-03', 'Rose', 1, 10, 'SEK'],
      ['2025-03', 'Rose', 1, 10, 'eur'],
      ['2025-03', 'Rose', 1, 10, 'XYZ'],
      ['2025-03', 'Rose', 1, 10, null],
    ];
    const result = cleanFile('export.xlsx', [sheet('S', rows)]);
    expect(result.rows.map((r) => r.currency)).toEqual(['SEK', 'EUR']);
    expect(result.quarantined.map((q) => q.reasonCode)).toEqual(['invalid_currency', 'invalid_currency']);
  });
});

describe('number and date styles that a generic file does not state', () => {
  const headings = ['Date', 'EAN', 'Qty', 'Amount', 'Currency'];
  const run = (rows: [Cell, Cell][]) =>
    cleanFile('export.xlsx', [sheet('S', [headings, ...rows.map(([d, a]): Cell[] => [d, eanOf(1), 1, a, 'EUR'])])]);

  test('are settled by the cells that leave no doubt', () => {
    const result = run([
      ['3/4/2025', '1.234'],
      ['25/4/2025', '12,50'],
    ]);
    expect(result.rows.map((r) => [r.salesDate, r.amountLocal])).toEqual([
      ['2025-04-03', 1234],
      ['2025-04-25', 12.5],
    ]);
  });

  test('hold back a few rows in doubt when no cell settles them', () => {
    const clear = Array.from({ length: 38 }, (): [Cell, Cell] => ['2025-04-03', 10]);
    const result = run([['3/4/2025', 10], ['2025-04-03', '1.234'], ...clear]);
    expect(result.quarantined.map((q) => q.reasonCode)).toEqual(['ambiguous_date', 'ambiguous_number']);
    expect(result.rows).toHaveLength(38);
  });
});

describe('a file that cannot be loaded at all', () => {
  test('headings and no rows', () => {
    expect(boxnox().stop).toEqual({ code: 'UPLOAD_NO_ROWS', params: { file: 'BOXNOX APR2025.xlsx' } });
  });

  test('every row wrong, with the most frequent reason', () => {
    const result = boxnox(boxnoxRow({ EAN: null }), boxnoxRow({ EAN: 'X' }), boxnoxRow({ EAN: null }));
    expect(result.stop).toEqual({
      code: 'UPLOAD_ALL_BAD',
      params: { file: 'BOXNOX APR2025.xlsx', count: '3', reason: 'the row has no EAN' },
    });
  });

  test('no table', () => {
    const s = sheet('S', [
      ['a', 'b'],
      [1, 2],
    ]);
    const result = clean({
      head: headOf('x.xlsx', [s]),
      vendor: vendor('boxnox'),
      sheet: 'S',
      rows: s.rows,
      products: [],
      today: TODAY,
    });
    expect(result.stop?.code).toBe('UPLOAD_NO_TABLE');
  });

  test('a needed column is missing, and is named', () => {
    const s = sheet('S', [BOXNOX.filter((h) => h !== 'EAN'), [2025, 4]]);
    const result = clean({
      head: headOf('x.xlsx', [s]),
      vendor: vendor('boxnox'),
      sheet: 'S',
      rows: s.rows,
      products: [],
      today: TODAY,
    });
    expect(result.stop?.code).toBe('UPLOAD_NO_TABLE');
    expect(result.issues).toContainEqual(expect.objectContaining({ rule: 'column-missing', value: 'EAN' }));
  });
});

test('another sheet with such a table is not read, and that is said', () => {
  const result = cleanFile('Boxnox.xlsx', [
    sheet('SELL OUT BY EAN', [BOXNOX, boxnoxRow()]),
    sheet('Old', [BOXNOX, boxnoxRow()]),
  ]);
  expect(result.counts.loaded).toBe(1);
  expect(result.issues).toContainEqual(expect.objectContaining({ rule: 'other-table', sheet: 'Old' }));
});

test('the summary counts every fix, held-back row and left-out row once', () => {
  const result = boxnox(boxnoxRow(), boxnoxRow({ EAN: null }), ['Total', null, null, null, null, 1, '10,50']);
  expect(result).toMatchObject({
    fixesByRule: [{ rule: 'decimal-comma', count: 1 }],
    quarantinedByReason: [{ reason: 'missing_ean', count: 1 }],
    ignoredByReason: [{ reason: 'totals row', count: 1 }],
  });
});
