import { describe, expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { BOXNOX, boxnoxRow, cleanFile, eanOf, type headOf, SKINS_NL, SKINS_SA, sheet } from './workbook.ts';

const boxnox = (...rows: Cell[][]) => cleanFile('BOXNOX APR2025.xlsx', [sheet('SELL OUT BY EAN', [BOXNOX, ...rows])]);
const sa = (...rows: Cell[][]) => cleanFile('Skins SA 2025.xlsx', [sheet('BIBBI', [SKINS_SA, ...rows])]);
const saRow = (over: Partial<Record<string, Cell>> = {}): Cell[] => {
  const base: Record<string, Cell> = {
    Branch: 'SKINS GATEWAY',
    OrderDate: '1/28/2024',
    StockCode: eanOf(1),
    OrderQty: 1,
    StockDescription: 'Rose 100ml',
    NetSalesValue: 5920,
    ' ExVatNetsales': '   5 147,83 ',
    MONTH: 1,
    YEAR: 2024,
    STATUS: 'ACTIVE',
  };
  return SKINS_SA.map((h) => (h in over ? over[h]! : base[h]!));
};
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

describe('a row that is right', () => {
  test('keeps what the file says and notes every cell that is stored otherwise', () => {
    const result = boxnox(
      boxnoxRow({
        EAN: "'7359990010005",
        QTY: '2,0',
        AMOUNT: '–1.084,87 €',
        SKU: ' nbqh100 ',
        POS: ' Lisboa',
        MONTH: '04',
      }),
    );
    expect(result.rows).toEqual([
      {
        sheet: 'SELL OUT BY EAN',
        row: 2,
        productEan: '7359990010005',
        functionalName: 'NBQH100',
        rawProduct: 'ROSE',
        productInFile: null,
        year: 2025,
        month: 4,
        salesDate: '2025-04-01',
        weekEnding: null,
        amountEstimated: false,
        quantity: 2,
        amountLocal: -1084.87,
        currency: 'EUR',
        amountBasis: 'net',
        reseller: 'Boxnox',
        store: 'Lisboa',
        channel: 'Retail',
      },
    ]);
    const fixes = Object.fromEntries(result.fixes.map((f) => [f.cell, [f.column, f.original, f.cleaned, f.rule]]));
    expect(fixes).toMatchObject({
      B2: ['MONTH', '04', '4', 'number-as-text'],
      D2: ['POS', ' Lisboa', 'Lisboa', 'trimmed'],
      E2: ['EAN', "'7359990010005", '7359990010005', 'ean-separators'],
      F2: ['QTY', '2,0', '2', 'decimal-comma'],
      G2: ['AMOUNT', '–1.084,87 €', '-1084.87', 'minus-sign'],
      I2: ['SKU', ' nbqh100 ', 'NBQH100', 'upper-case'],
    });
  });

  test('needs no fix when its cells are numbers, whatever they show', () => {
    const shown = (value: number): Cell => ({ kind: 'number', value, raw: String(value), format: '"€ "#,##0' });
    const result = boxnox(boxnoxRow({ EAN: 7359990010005, QTY: shown(3), AMOUNT: shown(115.5) }));
    expect(result.rows[0]).toMatchObject({ productEan: '7359990010005', quantity: 3, amountLocal: 115.5 });
    expect(result.fixes).toEqual([]);
  });

  test('a formula counts by its cached result, and one without a result is empty', () => {
    const missing: Cell = { kind: 'missing', value: null, raw: '' };
    const result = boxnox(boxnoxRow({ AMOUNT: missing }), boxnoxRow({ QTY: missing }));
    expect(result.rows).toHaveLength(1);
    expect(result.rows[0]!.amountLocal).toBeNull();
    expect(result.quarantined[0]).toMatchObject({ row: 3, reasonCode: 'missing_quantity' });
  });
});

describe('odd rows that are real', () => {
  test('corrections, give-aways and equal lines are all kept', () => {
    const result = boxnox(
      boxnoxRow({ QTY: 0, AMOUNT: '-202,48' }),
      boxnoxRow({ QTY: 0, AMOUNT: 0 }),
      boxnoxRow({ QTY: -1, AMOUNT: -10 }),
      boxnoxRow(),
      boxnoxRow(),
    );
    expect(result.counts).toMatchObject({ read: 5, loaded: 5, merged: 0 });
    expect(result.issues).toContainEqual(expect.objectContaining({ rule: 'exact-repeats' }));
  });

  test('a sale line that comes again is another ticket', () => {
    const result = sa(...Array.from({ length: 6 }, () => saRow()));
    expect(result.counts).toMatchObject({ loaded: 6, merged: 0 });
  });

  test('a quantity and an amount of different signs are kept and flagged', () => {
    const result = sa(saRow({ ' ExVatNetsales': -5147.83 }), saRow());
    expect(result.rows[0]).toMatchObject({ quantity: 1, amountLocal: -5147.83 });
    expect(result.issues.filter((i) => i.rule === 'sign-conflict')).toMatchObject([{ row: 2, severity: 'warning' }]);
  });

  test('gifts at no price are sales; rows with only last year’s figures are none', () => {
    const result = nl('BIBBIPARFU_ReportPeriod02-2025.xlsx', [
      nlRow(815, 0),
      nlRow(null, null),
      nlRow(null, ''),
      nlRow(-2, -63),
    ]);
    expect(result.rows.map((r) => r.quantity)).toEqual([815, -2]);
    expect(result.ignored.map((i) => i.reason)).toEqual(Array(2).fill('no sales this period (only last year)'));
  });

  test('an amount without a quantity is not last year’s: it is held back', () => {
    const result = nl('BIBBIPARFU_ReportPeriod02-2025.xlsx', [nlRow(null, 100), nlRow(1, 1)]);
    expect(result.quarantined).toMatchObject([{ row: 2, reasonCode: 'missing_quantity' }]);
  });
});

describe('a row that is wrong is held back with its reason, alone', () => {
  test.each([
    ['missing_ean', { EAN: null, DESCRIPTION: 'GIFT CARD', SKU: null }],
    ['ean_precision_lost', { EAN: '7,35999E+12' }],
    ['invalid_ean', { EAN: 'TESTER' }],
    ['invalid_ean', { EAN: '7359990010037' }],
    ['invalid_ean', { EAN: { kind: 'error', value: '#N/A', raw: '#N/A' } }],
    ['missing_quantity', { QTY: null }],
    ['invalid_quantity', { QTY: '#N/A' }],
    ['invalid_quantity', { QTY: { kind: 'error', value: '#DIV/0!', raw: '#DIV/0!' } }],
    ['invalid_quantity', { QTY: 1.5 }],
    ['invalid_quantity', { QTY: '1,5' }],
    ['invalid_quantity', { QTY: true }],
    ['invalid_quantity', { QTY: '5%' }],
    ['invalid_amount', { AMOUNT: 'n/a' }],
    ['invalid_amount', { AMOUNT: { kind: 'date', value: '2025-01-01', raw: '45658' } }],
    ['currency_mismatch', { AMOUNT: '£ 10,00' }],
    ['invalid_month', { MONTH: 13 }],
    ['invalid_month', { MONTH: 0 }],
    ['invalid_month', { MONTH: 'Smarch' }],
    ['invalid_year', { YEAR: '25x' }],
    ['invalid_year', { YEAR: 1999 }],
    ['missing_period', { MONTH: null }],
    ['future_period', { YEAR: 2027 }],
    ['future_period', { YEAR: 2026, MONTH: 12 }],
    ['text_too_long', { DESCRIPTION: 'x'.repeat(5000) }],
  ] as [string, Partial<Record<string, Cell>>][])('%s: %j', (code, over) => {
    const result = boxnox(boxnoxRow(), boxnoxRow(over), boxnoxRow());
    expect(result.stop).toBeUndefined();
    expect(result.quarantined).toMatchObject([{ row: 3, sheet: 'SELL OUT BY EAN', reasonCode: code }]);
    expect(result.quarantined[0]!.raw).toHaveProperty('POS', 'Lisboa');
    expect(result.counts).toEqual({ read: 3, loaded: 2, merged: 0, quarantined: 1, ignored: 0 });
    expect(result.fixes.every((f) => f.row !== 3)).toBe(true);
  });

  test('a month that has begun is not in the future', () => {
    expect(boxnox(boxnoxRow({ YEAR: 2026, MONTH: 11 })).counts.loaded).toBe(1);
  });
});

describe('dates and months of a line', () => {
  test('US dates, ISO texts, real dates and day numbers give the same day', () => {
    const real: Cell = { kind: 'date', value: '2024-01-28', raw: '45319', format: 'm/d/yyyy' };
    const result = sa(...[real, '1/28/2024', '2024-01-28', 45319].map((OrderDate) => saRow({ OrderDate })));
    expect(result.rows.map((r) => r.salesDate)).toEqual(Array(4).fill('2024-01-28'));
    expect(result.fixes.filter((f) => f.column === 'OrderDate').map((f) => [f.row, f.cleaned, f.rule])).toEqual([
      [3, '2024-01-28', 'date-month-first'],
      [5, '2024-01-28', 'date-serial'],
    ]);
  });

  test('a date that contradicts its month column is held back, unless the month says which way round it is meant', () => {
    const result = sa(
      saRow({ OrderDate: '2/1/2024', MONTH: 1 }),
      saRow({ OrderDate: '3/28/2024', MONTH: 1 }),
      saRow({ OrderDate: null }),
      saRow({ MONTH: null, YEAR: null }),
      saRow({ MONTH: null, YEAR: null, OrderDate: 'soon' }),
    );
    expect(result.rows.map((r) => [r.row, r.salesDate])).toEqual([
      [2, '2024-01-02'],
      [4, '2024-01-01'],
      [5, '2024-01-28'],
    ]);
    expect(result.quarantined.map((q) => [q.row, q.reasonCode])).toEqual([
      [3, 'period_conflict'],
      [6, 'invalid_date'],
    ]);
  });
});

describe('rows that are no sales', () => {
  test('totals, subtotals, notes, blanks and repeated headings are left out with a reason, and never stored', () => {
    const result = sa(
      saRow(),
      saRow(),
      ['SKINS GATEWAY Total', null, null, 2, null, 11840, '10 295,66'],
      SKINS_SA,
      saRow({ Branch: 'ON' }),
      ['ON Total', null, null, 9, null, 1, 'R 99 999,00'],
      ['\u00a0', ' ', null],
      ['Grand Total', null, null, 3, null, null, 15443.49],
      [null, null, null, 3, null, null, 15443.49],
      ['Report generated 03/02/2025, figures without VAT'],
    );
    expect(result.counts).toEqual({ read: 10, loaded: 3, merged: 0, quarantined: 0, ignored: 7 });
    expect(result.ignored.map((i) => [i.row, i.reason])).toEqual([
      [4, 'subtotal row'],
      [5, 'headings repeated'],
      [7, 'subtotal row'],
      [8, 'blank row'],
      [9, 'totals row'],
      [10, 'totals row'],
      [11, 'note, no sale'],
    ]);
    expect(result.checks.map((c) => [c.what, c.stated, c.found, c.agrees])).toEqual([
      ['BIBBI row 4, OrderQty', 2, 2, true],
      ['BIBBI row 4, ExVatNetsales', 10295.66, 10295.66, true],
      ['BIBBI row 7, OrderQty', 9, 1, false],
      ['BIBBI row 7, ExVatNetsales', 99999, 5147.83, false],
      ['BIBBI row 9, OrderQty', 3, 3, true],
      ['BIBBI row 9, ExVatNetsales', 15443.49, 15443.49, true],
      ['BIBBI row 10, OrderQty', 3, 3, true],
      ['BIBBI row 10, ExVatNetsales', 15443.49, 15443.49, true],
    ]);
    expect(result.issues.filter((i) => i.rule === 'total-differs')).toHaveLength(2);
  });

  test.each([
    'Total',
    'TOTAL:',
    'Totals',
    'Grand Total',
    'Sub-total',
    'Gesamt',
    'Gesamtsumme',
    'Summe',
    'Totaal',
    'Total général',
    'Suma',
    'Razem',
    'Totale',
    'Итого',
  ])('%s is a total wherever it stands', (word) => {
    for (const column of ['YEAR', 'CHANNEL', 'POS', 'EAN', 'DESCRIPTION']) {
      const total = BOXNOX.map((h): Cell => (h === column ? word : h === 'QTY' ? 2 : h === 'AMOUNT' ? 21 : null));
      const result = boxnox(boxnoxRow(), boxnoxRow(), total);
      expect(result.ignored, column).toMatchObject([{ row: 4, reason: 'totals row' }]);
      expect(result.checks.every((c) => c.agrees)).toBe(true);
    }
  });

  test('a product named "Total ..." is a product', () => {
    const result = boxnox(
      boxnoxRow({ DESCRIPTION: 'Total Eclipse EDP 100ml' }),
      boxnoxRow({ DESCRIPTION: 'Total', SKU: 'TOTAL' }),
    );
    expect(result.counts.loaded).toBe(2);
  });

  test('a product without EAN is held back even when it is named like a total', () => {
    const article = '131400 - Grand Total EDP';
    const result = nl('BIBBIPARFU_ReportPeriod02-2025.xlsx', [nlRow(1, 10), nlRow(3, 30, { ean: '', article })]);
    expect(result.quarantined).toMatchObject([{ row: 3, reasonCode: 'missing_ean' }]);
  });

  test('bare figures that are no sum of anything are held back, not dropped', () => {
    const result = boxnox(boxnoxRow(), boxnoxRow(), [null, null, null, null, null, 7, 99]);
    expect(result.quarantined).toMatchObject([{ row: 4, reasonCode: 'missing_ean' }]);
  });
});
