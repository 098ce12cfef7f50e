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
const cdlc = (year: number, month: number) => {
  const name = `${year} ${String(month).padStart(2, '0')}`;
  const english = new Date(Date.UTC(year, month - 1, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' });
  return sheet(name, [
    [],
    [null, `${year} ${english}`, null, 'E-shop', null, 'Total', null],
    [],
    [null, null, null, 'Qty', 'Sum Eur', 'Qty', 'Sum Eur'],
    [null, eanOf(1), 'Swim Lane', 1, 245, 1, 245],
  ]);
};

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
  cdlc: [cdlc(2025, 4)],
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

// The month of a growing workbook stands in its rows, whatever its name says.
const growing: [vendor: string, period: string, names: string[]][] = [
  [
    'galilu',
    '2025-01',
    [
      'BIbbi_sellout_Galilu_2025.xlsx',
      'BIbbi_sellout_Galilu_2025__5_.xlsx',
      'BIbbi_sellout_Galilu_2025 (5).xlsx',
      'BIbbi_sellout_Galilu_2025_multi.xlsx',
      'BIbbi_sellout_Galilu_2025_07.xlsx',
      'BIbbi_sellout_Galilu_2025_08.xlsx',
      'BIbbi_sellout_Galilu_2025_09.xlsx',
    ],
  ],
  [
    'boxnox',
    '2025-01',
    [
      'BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx',
      'BOXNOX - BIBBI Monthly Sales Report APR2025 (1).xlsx',
      'BOXNOX_-_BIBBI_Monthly_Sales_Report_APR2025__1_.xlsx',
      'BOXNOX - BIBBI Monthly Sales Report JAN2025.xlsx',
    ],
  ],
  [
    'skins_sa',
    '2025-02',
    [
      'Skins SA BIBBI CY 2025 February.xlsx',
      'Skins SA BIBBI April 2025.xlsx',
      'Skins_SA_BIBBI_Sell_Out_2025.xlsx',
      'Skins SA NOVA Sell Out 2025 02.xlsx',
    ],
  ],
  [
    'aromateque',
    '2025-01',
    [
      "bibbi sales march'25.xlsx",
      "bibbi sales march'25 (4).xlsx",
      "bibbi sales april'25.xlsx",
      'bibbi_sales_april_25.xlsx',
      "nova sales april'25.xlsx",
    ],
  ],
];

test.each(growing.flatMap(([vendor, period, names]) => names.map((name) => [name, vendor, period] as const)))(
  '%s is %s, and its rows say %s',
  (name, vendor, period) => {
    expect(outcome(name, reports[vendor]!)).toEqual({ vendor, period, asks: null });
  },
);

test.each([
  ['BIBBI_Sell_Out_2025 04.xlsx', 4],
  ['BIBBI_Sell_Out_2025 03.xlsx', 3],
  ['CDLC BIBBI_Sell_Out_2025 02.xlsx', 2],
  ['CDLC BIBBI_Sell_Out_2025 01.xlsx', 1],
  ['BIBBI_Sell_Out_2025_05.xlsx', 5],
  ['BIBBI_Sell_Out_2025_06.xlsx', 6],
  ['Bibbi_Sell_Out_2025_08.xlsx', 8],
  ['BIBBI Sell Out 2025 05.xlsx', 5],
  ['BIBBI_Sell_Out_2025_05 (1).xlsx', 5],
  ['BIBBI_Sell_Out_2025_05__1_.xlsx', 5],
])('%s is cdlc, and agrees with month %i of the sheet', (name, month) => {
  expect(outcome(name, [cdlc(2025, month)])).toEqual({ vendor: 'cdlc', period: `2025-0${month}`, asks: null });
  expect(outcome(name, [cdlc(2025, month + 1)]).asks).toBe('UPLOAD_PERIOD_CONFLICT');
});

const twelve = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));

test.each(
  ['2024', '2025'].flatMap((year) =>
    twelve.flatMap((month) => [
      [`BIBBIPARFU_ReportPeriod${month}-${year}.xlsx`, 'skins_nl', `${year}-${month}`],
      [`BIBBIPARFU_ReportPeriod${month}-${year}__1_.xlsx`, 'skins_nl', `${year}-${month}`],
      [`BIBBIPARFU_ReportPeriod${month}-${year} (1).xlsx`, 'skins_nl', `${year}-${month}`],
      [`Demo_ReportPeriod${month}-${year}.xlsx`, 'taskifai', `${year}-${month}`],
      [`Demo_ReportPeriod${month}-${year} .xlsx`, 'taskifai', `${year}-${month}`],
      // Renamed without the word: its Brand column tells.
      [`ReportPeriod${month}-${year}.xlsx`, 'taskifai', `${year}-${month}`],
    ]),
  ) as [string, string, string][],
)('%s is %s, %s', (name, vendor, period) => {
  expect(outcome(name, reports[vendor]!)).toEqual({ vendor, period, asks: null });
});

test.each([
  ['Continuity Supplier Size Report 01_06_2025.xlsx', '2025-06-01'],
  ['Continuity Supplier Size Report 08-09-2024.xlsx', '2024-09-08'],
  ['Continuity Supplier Size Report 19_5_2024.xlsx', '2024-05-19'],
  ['Continuity Supplier Size Report 25_05_2025.xlsx', '2025-05-25'],
  ['Continuity Supplier Size Report 27_04_2025.xlsx', '2025-04-27'],
  ['Continuity_Supplier_Size_Report_6_07_2025.xlsx', '2025-07-06'],
  ['Continuity Supplier Size Report 29_06_2025.xlsx', '2025-06-29'],
  ['Continuity_Supplier_Size_Report_29_06_2025__1_.xlsx', '2025-06-29'],
  ['Continuity Supplier Size Report 29_06_2025 (4).xlsm', '2025-06-29'],
  // A Monday: the week that ended the day before.
  ['Continuity Supplier Size Report 16_06_2025.xlsx', '2025-06-15'],
])('%s is liberty, the week that ends on %s', (name, period) => {
  expect(outcome(name, reports.liberty!)).toEqual({ vendor: 'liberty', period, asks: null });
});

test.each([
  ['Continuity Supplier Size Report 5_52024.xlsx', 'liberty', 'UPLOAD_NO_PERIOD'],
  ['Continuity Supplier Size Report (4).xlsm', 'liberty', 'UPLOAD_NO_PERIOD'],
  // No Sunday: the week that ends there is no week of this report.
  ['Continuity Supplier Size Report 11-04-2025.xlsx', 'liberty', 'UPLOAD_PERIOD_CONFLICT'],
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
    // Its own month, or the one in the name where it has none of its own.
    const own = outcome(`${words[vendor]}.xlsx`, reports[vendor]!).period;
    expect([own, '2025-04', null], `as ${name}`).toContain(found.period);
    if (['boxnox', 'skins_sa', 'cdlc', 'aromateque'].includes(vendor)) expect([own, null]).toContain(found.period);
    if (other === vendor) expect(found.vendor).toBe(vendor);
  }
});
