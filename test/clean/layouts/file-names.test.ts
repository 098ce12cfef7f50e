// The names under which such reports arrive, damaged as they are on the way: each leads to its vendor and its period, or to a
// question, and never to another vendor. What is in the file decides before its name does.

import { expect, test } from 'vitest';
import { detect } from '#src/clean/detect.ts';
import type { Cell, Sheet } from '#src/clean/sheet.ts';
import { clean, eanOf, headOf, SKINS_NL, SKINS_SA, sheet, TODAY, vendors } from '../workbook.ts';

const nl = (brand: string, code: string) =>
  sheet('SalesPerSKU', [
    SKINS_NL,
    SKINS_NL.map(
      (heading): Cell => ({ Brand: brand, EANCode: code, SalesAmount: 202, SalesQuantity: 1 })[String(heading)] ?? null,
    ),
  ]);

/** The smallest report of each layout; none of them says its month where its name has to. */
const reports: Record<string, (Sheet & { hidden: boolean })[]> = {
  galilu: [
    sheet('YoY', [['x']]),
    sheet('product ranking_2025', [
      [2025, 'Jan', 'Feb', 'Total'],
      ['Fig EDP 30ML', 1, 2, 3],
      ['Total', 1, 2, 3],
    ]),
    sheet('Split_by_store_2025', [
      [2025, 'Jan', 'Total'],
      ['www', 1, 1],
    ]),
  ],
  boxnox: [
    sheet('Portada', [['x']]),
    sheet('SELL OUT BY EAN', [
      ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'SKU'],
      [2025, 1, 'Retail', 'Serrano', eanOf(1), 1, 202.48, 'NBSO100'],
    ]),
  ],
  skins_sa: [
    sheet('NOVA', [
      SKINS_SA,
      SKINS_SA.map(
        (heading): Cell =>
          ({ Branch: 'GATEWAY', StockCode: eanOf(1), OrderQty: 1, ExVatNetsales: 100, MONTH: 2, YEAR: 2025 })[
            String(heading).trim()
          ] ?? null,
      ),
    ]),
  ],
  skins_nl: [
    sheet('Info', [
      ['Brand', 'BrandName', 'Month'],
      ['NOVA', 'NOVA X', 2],
    ]),
    nl('BIBBIPARFU', eanOf(1)),
  ],
  taskifai: [
    sheet('Info', [
      ['Brand', 'BrandName', 'Month'],
      ['DEMO', 'DEMO X', 2],
    ]),
    nl('TaskifAI', 'PRDT35'),
  ],
  cdlc: [
    sheet('2025 04', [
      [],
      [null, '2025 April', null, 'E-shop', null, 'Total', null],
      [],
      [null, null, null, 'Qty', 'Sum Eur', 'Qty', 'Sum Eur'],
      [null, eanOf(1), 'Swim Lane', 1, 245, 1, 245],
    ]),
  ],
  aromateque: [
    sheet('TDSheet', [
      [null, 'Store', { kind: 'date', value: '2025-01-01', raw: '45658' }, 'total'],
      [null, 'Dnipro', 2, 2],
      [],
      [null, null, { kind: 'date', value: '2025-01-01', raw: '45658' }, 'total', 'Total in euro'],
      ['Quiet Harbour 100 ML', 'NBQH100', 2, 2, 490],
    ]),
  ],
  liberty: [
    sheet('Sales By Size', [
      [...Array<Cell>(7).fill(null), 'Flagship', null, 'All Sales Channels', null],
      [...Array<Cell>(7).fill(null), 'Actual', null, 'Actual', null],
      [
        'Item ID | Colour',
        'Item',
        'Supplier Reference',
        'Size',
        'Style',
        'Retail Price',
        'Brand',
        'Sales Qty Un',
        'Sales Inc VAT £ ',
        'Sales Qty Un',
        'Sales Inc VAT £ ',
      ],
      ['000834429 | 98-NO COLOUR', 'QUIET HARBOUR', 'NBQH100(NO COLOUR'],
      [null, null, null, 'ONE', '(n/a)', 95, null, 1, 95, 1, 95],
    ]),
  ],
};

function outcome(
  name: string,
  sheets: (Sheet & { hidden: boolean })[],
): { vendor: string | null; period: string | null; asks: string | null } {
  const head = headOf(name, sheets);
  const found = detect(head, vendors);
  if (!found.vendor) return { vendor: null, period: null, asks: 'vendor' };
  const { rows } = sheets.find((each) => each.name === found.sheet)!;
  const {
    stop,
    rows: clean_,
    period,
  } = clean({ head, vendor: found.vendor, sheet: found.sheet!, rows, products: [], today: TODAY });
  const week = clean_[0]?.weekEnding;
  const month = period && `${period.from.year}-${String(period.from.month).padStart(2, '0')}`;
  return { vendor: found.vendor.id, period: stop ? null : (week ?? month), asks: stop?.code ?? null };
}

test.each([
  ['BIbbi_sellout_Galilu_2025.xlsx', 'galilu', '2025-01'],
  ['BIbbi_sellout_Galilu_2025__5_.xlsx', 'galilu', '2025-01'],
  ['Bibbi_sellout_Galilu_2025_multi.xlsx', 'galilu', '2025-01'],
  ['BIbbi_sellout_Galilu_2025_09.xlsx', 'galilu', '2025-01'],
  ['BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx', 'boxnox', '2025-01'],
  ['BOXNOX - BIBBI Monthly Sales Report APR2025 (1).xlsx', 'boxnox', '2025-01'],
  ['BOXNOX - BIBBI Monthly Sales Report JAN2025.xlsx', 'boxnox', '2025-01'],
  ['Skins SA BIBBI CY 2025 February.xlsx', 'skins_sa', '2025-02'],
  ['Skins SA BIBBI April 2025.xlsx', 'skins_sa', '2025-02'],
  ['Skins_SA_BIBBI_Sell_Out_2025.xlsx', 'skins_sa', '2025-02'],
  ['BIBBIPARFU_ReportPeriod02-2025.xlsx', 'skins_nl', '2025-02'],
  ['BIBBIPARFU_ReportPeriod08-2025 (1).xlsx', 'skins_nl', '2025-08'],
  ['BIBBI_Sell_Out_2025 04.xlsx', 'cdlc', '2025-04'],
  ['CDLC BIBBI_Sell_Out_2025 04.xlsx', 'cdlc', '2025-04'],
  ['BIBBI_Sell_Out_2025_04.xlsx', 'cdlc', '2025-04'],
  ['Bibbi_Sell_Out_2025_04.xlsx', 'cdlc', '2025-04'],
  ['BIBBI Sell Out 2025 04.xlsx', 'cdlc', '2025-04'],
  ['Continuity Supplier Size Report 01_06_2025.xlsx', 'liberty', '2025-06-01'],
  ['Continuity Supplier Size Report 08-09-2024.xlsx', 'liberty', '2024-09-08'],
  ['Continuity Supplier Size Report 19_5_2024.xlsx', 'liberty', '2024-05-19'],
  ['Continuity_Supplier_Size_Report_6_07_2025.xlsx', 'liberty', '2025-07-06'],
  ['Demo_ReportPeriod02-2025.xlsx', 'taskifai', '2025-02'],
  ['Demo_ReportPeriod01-2025 .xlsx', 'taskifai', '2025-01'],
  ['Demo_ReportPeriod12-2024 .xlsx', 'taskifai', '2024-12'],
  ['ReportPeriod12-2024.xlsx', 'taskifai', '2024-12'],
  ["bibbi sales march'25.xlsx", 'aromateque', '2025-01'],
  ["bibbi sales march'25 (4).xlsx", 'aromateque', '2025-01'],
  ["bibbi sales april'25.xlsx", 'aromateque', '2025-01'],
])('%s is %s, %s', (name, vendor, period) => {
  expect(outcome(name, reports[vendor]!)).toEqual({ vendor, period, asks: null });
});

test.each([
  ['Continuity Supplier Size Report 5_52024.xlsx', 'liberty', 'UPLOAD_NO_PERIOD'],
  ['Continuity Supplier Size Report (4).xlsm', 'liberty', 'UPLOAD_NO_PERIOD'],
  // No Sunday: the week that ends there is no week of this report.
  ['Continuity Supplier Size Report 11-04-2025.xlsx', 'liberty', 'UPLOAD_PERIOD_CONFLICT'],
  ['BIBBI_Sell_Out_2025 03.xlsx', 'cdlc', 'UPLOAD_PERIOD_CONFLICT'],
  ['BIBBIPARFU_ReportPeriod.xlsx', 'skins_nl', 'UPLOAD_NO_PERIOD'],
  ['Demo.xlsx', 'taskifai', 'UPLOAD_NO_PERIOD'],
])('%s asks: %s, %s', (name, vendor, asks) => {
  expect(outcome(name, reports[vendor]!)).toEqual({ vendor, period: null, asks });
});

const words: Record<string, string> = {
  galilu: 'Galilu 2025',
  boxnox: 'BOXNOX APR2025',
  skins_sa: 'Skins SA April 2025',
  skins_nl: 'Skins NL 04-2025',
  taskifai: 'Demo 04-2025',
  cdlc: 'CDLC 2025 04',
  aromateque: "aromateque sales april'25",
  liberty: 'Continuity Supplier Size 06_04_2025',
};

test.each(Object.keys(reports))('a report of %s under another vendor’s name is never taken for theirs', (vendor) => {
  for (const [other, name] of Object.entries(words)) {
    const found = outcome(`${name}.xlsx`, reports[vendor]!);
    expect([vendor, null], `as ${name}`).toContain(found.vendor);
    if (other === vendor) expect(found.vendor).toBe(vendor);
  }
});
