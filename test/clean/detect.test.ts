import { describe, expect, test } from 'vitest';
import { readHeader } from '#src/clean/columns/header.ts';
import { detect, detectAs } from '#src/clean/detect.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { BOXNOX, boxnoxRow, eanOf, headOf, SKINS_NL, SKINS_SA, sheet, vendor, vendors } from './workbook.ts';

const boxnox = [sheet('Summary', [['Sell out']]), sheet('SELL OUT BY EAN', [BOXNOX, boxnoxRow(), boxnoxRow()])];
const sa = [
  sheet('BIBBI', [
    SKINS_SA,
    ['GATEWAY', '1/28/2024', eanOf(2), 1, 'Rose 100ml', 5920, ' 5 147,83 ', 1, 2024, 'ACTIVE'],
  ]),
  sheet('sales summary', [['Month', 'Sum of OrderQty']]),
];
const location = sheet('SalesPerLocation', [
  ['Brand', 'Location', 'SalesAmount', 'SalesQuantity'],
  ['X', 'Online', 5, 1],
]);
const sku = (brand: string, ean: Cell = eanOf(3)) =>
  sheet('SalesPerSKU', [SKINS_NL, [brand, '131 - Rose', ean, 116, 142, -0.1, 2, 2, 0]]);
const info = (brand: string) =>
  sheet('Info', [
    ['Brand', 'BrandName', 'Month', 'Information'],
    [brand, `${brand} X`, 2, 'Test'],
  ]);
const nl = [info('BIBBIPARFU'), sku('BIBBIPARFU'), location];
const demo = [info('DEMO'), sku('TaskifAI', 'PRDT35')];

const who = (fileName: string, sheets: Parameters<typeof headOf>[1]) => detect(headOf(fileName, sheets), vendors);

describe('every real file name, with its layout, leads to its vendor', () => {
  test.each([
    ['BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx', boxnox, 'boxnox'],
    ['BOXNOX - BIBBI Monthly Sales Report APR2025 (1).xlsx', boxnox, 'boxnox'],
    ['BOXNOX - BIBBI Monthly Sales Report JAN2025.xlsx', boxnox, 'boxnox'],
    ['Skins SA BIBBI CY 2025 February.xlsx', sa, 'skins_sa'],
    ['Skins SA BIBBI April 2025.xlsx', sa, 'skins_sa'],
    ['Skins_SA_BIBBI_Sell_Out_2025.xlsx', sa, 'skins_sa'],
    ['BIBBIPARFU_ReportPeriod02-2025.xlsx', nl, 'skins_nl'],
    ['BIBBIPARFU_ReportPeriod06-2025__1_.xlsx', nl, 'skins_nl'],
    ['Demo_ReportPeriod02-2025.xlsx', demo, 'taskifai'],
    ['Demo_ReportPeriod01-2025 .xlsx', demo, 'taskifai'],
    ['Demo_ReportPeriod12-2024 .xlsx', demo, 'taskifai'],
  ])('%s', (name, sheets, id) => {
    const found = who(name, sheets);
    expect(found.outcome).toBe('recognised');
    expect(found.vendor?.id).toBe(id);
    expect(found.candidates[0]!.reasons.length).toBeGreaterThan(1);
  });

  test.each([
    ['boxnox', boxnox],
    ['skins_sa', sa],
    ['skins_nl', nl],
    ['taskifai', demo],
  ] as const)('a %s file under another name is still known by its layout', (id, sheets) => {
    expect(who('report 02-2025.xlsx', [...sheets]).vendor?.id).toBe(id);
  });
});

describe('structure counts before the name', () => {
  test('a name that says another vendor does not turn a layout into that vendor', () => {
    expect(who('Skins SA April 2025.xlsx', boxnox).vendor?.id).toBe('boxnox');
    expect(who('BOXNOX APR2025.xlsx', sa).vendor?.id).toBe('skins_sa');
  });

  test('a vendor’s name over an unknown layout is a question, not an answer', () => {
    const found = who('BOXNOX APR2025.xlsx', [
      sheet('Sheet1', [
        ['Code', 'Pieces'],
        ['A', 1],
      ]),
    ]);
    expect(found).toMatchObject({ outcome: 'unsure', vendor: null });
    expect(found.candidates[0]!.id).toBe('boxnox');
  });

  test('the Brand column tells the demo from the vendor whose layout it shares', () => {
    expect(who('ReportPeriod02-2025.xlsx', [sku('TaskifAI')]).vendor?.id).toBe('taskifai');
    expect(who('ReportPeriod02-2025.xlsx', [sku('BIBBIPARFU')]).vendor?.id).toBe('skins_nl');
  });

  test('a name and a brand that disagree are a question', () => {
    const found = who('Demo_ReportPeriod02-2025.xlsx', [sku('BIBBIPARFU')]);
    expect(found.outcome).toBe('unsure');
    expect(found.candidates.map((c) => c.id).sort()).toEqual(['skins_nl', 'taskifai']);
  });

  test('the bare shared headings without anything that says whose they are are a question', () => {
    const found = who('report.xlsx', [
      sheet('SalesPerSKU', [
        ['EANCode', 'SalesQuantity', 'SalesAmount'],
        [eanOf(1), 1, 2],
      ]),
    ]);
    expect(found).toMatchObject({ outcome: 'unsure', vendor: null });
  });

  test('the brand’s own name in a file name means nothing', () => {
    expect(
      who('BIBBI report.xlsx', [
        sheet('Sheet1', [
          ['a', 'b'],
          [1, 2],
        ]),
      ]),
    ).toMatchObject({ outcome: 'unknown', candidates: [] });
  });
});

describe('the layout is found wherever it stands', () => {
  const variants: [string, Cell[][]][] = [
    [
      'padded and in another case',
      [['year ', ' Month', 'channel', 'Pos', 'EAN\n', 'qty', 'amount\u00a0', 'Description', 'sku'], boxnoxRow()],
    ],
    [
      'with underscores',
      [['_YEAR_', 'MONTH', 'CHANNEL', 'POS', 'EAN_Code', 'QTY', 'AMOUNT', 'DESCRIPTION', 'SKU'], boxnoxRow()],
    ],
    [
      'in Spanish',
      [
        [
          'Año',
          'Mes',
          'Canal',
          'Punto de venta',
          'Código de barras',
          'Cantidad',
          'Importe',
          'Descripción',
          'Referencia interna',
        ],
        boxnoxRow(),
      ],
    ],
    ['reversed', [[...BOXNOX].reverse(), [...boxnoxRow()].reverse()]],
    ['below a title and blanks', [['Sell out report'], [], [], ['Generated', '2025-04-30'], [], BOXNOX, boxnoxRow()]],
    [
      'beside empty columns',
      [
        [null, null, ...BOXNOX],
        [null, null, ...boxnoxRow()],
      ],
    ],
  ];
  test.each(variants)('%s', (_, rows) => {
    const found = who('x.xlsx', [sheet('First', [['nothing', 'here']]), sheet('Data', rows)]);
    expect(found.outcome === 'recognised' || found.candidates[0]?.id === 'boxnox').toBe(true);
    expect(who('Boxnox x.xlsx', [sheet('Data', rows)])).toMatchObject({ outcome: 'recognised', sheet: 'Data' });
  });

  test('never on a hidden sheet', () => {
    expect(who('x.xlsx', [sheet('SELL OUT BY EAN', [BOXNOX, boxnoxRow()], true)]).vendor).toBeNull();
  });

  test('two sheets that are equally good are a question', () => {
    const found = who('Boxnox.xlsx', [sheet('A', [BOXNOX, boxnoxRow()]), sheet('B', [BOXNOX, boxnoxRow()])]);
    expect(found).toMatchObject({ outcome: 'unsure', vendor: null });
    expect(found.candidates[0]!.reasons.join()).toContain('"B" holds such a table too');
  });

  test('a needed column that is missing or stands twice is a question', () => {
    const without = BOXNOX.map((h) => (h === 'QTY' ? 'Boxes' : h));
    expect(who('Boxnox.xlsx', [sheet('SELL OUT BY EAN', [without, boxnoxRow()])])).toMatchObject({ outcome: 'unsure' });
    const twice = [...BOXNOX, 'AMOUNT'];
    expect(who('Boxnox.xlsx', [sheet('SELL OUT BY EAN', [twice, [...boxnoxRow(), 1]])])).toMatchObject({
      outcome: 'unsure',
    });
  });
});

describe('the generic layout', () => {
  const date: Cell = { kind: 'date', value: '2025-03-01', raw: '45717', format: 'yyyy-mm-dd' };
  test.each([
    [
      'English',
      ['Date', 'Store', 'EAN', 'Product', 'Qty', 'Net sales', 'Currency'],
      [date, 'A', eanOf(1), 'Rose', 1, 10, 'SEK'],
    ],
    [
      'German',
      ['Datum', 'Filiale', 'EAN', 'Bezeichnung', 'Menge', 'Umsatz', 'Währung'],
      [date, 'A', eanOf(1), 'Rose', 1, 10, 'EUR'],
    ],
    [
      'French',
      ['Date', 'Magasin', 'Code-barres', 'Désignation', 'Quantité', 'Montant', 'Devise'],
      [date, 'A', eanOf(1), 'Rose', 1, 10, 'EUR'],
    ],
    [
      'Spanish',
      ['Fecha', 'Tienda', 'Código de barras', 'Producto', 'Unidades', 'Importe', 'Moneda'],
      [date, 'A', eanOf(1), 'Rose', 1, 10, 'EUR'],
    ],
    [
      'Dutch',
      ['Datum', 'Winkel', 'EAN', 'Omschrijving', 'Aantal', 'Omzet', 'Valuta'],
      [date, 'A', eanOf(1), 'Rose', 1, 10, 'EUR'],
    ],
    [
      'with codes',
      ['product_ean', 'functional_name', 'reseller', 'sales_eur', 'quantity', 'currency', 'month', 'year'],
      [eanOf(1), 'A', 'B', 1, 1, 'EUR', 3, 2025],
    ],
    ['with a period', ['Period', 'Product', 'Units', 'Amount EUR'], ['2025-03', 'Rose', 1, 10]],
  ] as [string, Cell[], Cell[]][])('%s headings', (_, headings, row) => {
    expect(who('export.xlsx', [sheet('Sheet1', [headings, row])])).toMatchObject({
      outcome: 'recognised',
      vendor: { id: 'generic' },
    });
  });

  test.each([
    ['no currency', ['Date', 'EAN', 'Qty', 'Amount'], [date, eanOf(1), 1, 10]],
    ['no period', ['EAN', 'Qty', 'Amount', 'Currency'], [eanOf(1), 1, 10, 'EUR']],
    ['no product', ['Date', 'Qty', 'Amount', 'Currency'], [date, 1, 10, 'EUR']],
    ['no quantity', ['Date', 'EAN', 'Amount', 'Currency'], [date, eanOf(1), 10, 'EUR']],
    ['two quantities', ['Date', 'EAN', 'Qty', 'Qty', 'Amount', 'Currency'], [date, eanOf(1), 1, 2, 10, 'EUR']],
  ] as [string, Cell[], Cell[]][])('is not assumed with %s', (_, headings, row) => {
    expect(who('export.xlsx', [sheet('Sheet1', [headings, row])])).toMatchObject({ outcome: 'unknown', vendor: null });
  });
});

test('never throws on an empty workbook or empty sheets', () => {
  expect(who('', [])).toMatchObject({ outcome: 'unknown' });
  expect(who('x.xlsx', [sheet('', [])])).toMatchObject({ outcome: 'unknown' });
});

describe('when a person has said whose file it is', () => {
  const bare = [
    sheet('SalesPerSKU', [
      ['EANCode', 'SalesQuantity', 'SalesAmount'],
      [eanOf(1), 1, 2],
    ]),
  ];

  test('the table is enough, though nothing in the file says so', () => {
    expect(who('report 02-2025.xlsx', bare).outcome).toBe('unsure');
    expect(detectAs(headOf('report 02-2025.xlsx', bare), vendor('taskifai'))).toMatchObject({
      outcome: 'recognised',
      vendor: { id: 'taskifai' },
      sheet: 'SalesPerSKU',
    });
  });

  test('a table that cannot be that vendor’s stays a question, with the reason', () => {
    const found = detectAs(headOf('x.xlsx', bare), vendor('boxnox'));
    expect(found).toMatchObject({ outcome: 'unsure', vendor: null, sheet: null });
  });
});

test('a layout that nobody has described is asked about where two of its columns could be the amount', () => {
  const row: Cell[] = ['2025-03-31', eanOf(1), 2, 200, 246, 'PLN'];
  const head = (amounts: string[]) =>
    headOf('raport.xlsx', [sheet('Dane', [['Data', 'EAN', 'Ilość', ...amounts, 'Waluta'], row])]);
  expect(detect(head(['Wartość netto', 'Wartość brutto']), vendors).vendor).toBeNull();
  expect(detect(head(['Wartość netto', 'VAT']), vendors).vendor?.id).toBe('generic');
});

test('columns of pieces under two rows of headings, without money, are no report of shops that states both', () => {
  const rows: Cell[][] = [
    [null, null, 'Jan', 'Feb'],
    ['EAN', 'Product', 'Qty', 'Qty'],
    [eanOf(1), 'Rose', 3, 4],
  ];
  expect(detect(headOf('export.xlsx', [sheet('Sheet1', rows)]), vendors).vendor).toBeNull();
});

test('headings end after two thousand columns, and a text of many lines is none', () => {
  const wide = Array.from({ length: 16_384 }, (_, j) => `heading ${j}`);
  const long: Cell[] = ['EAN', 'a word '.repeat(4_500)];
  expect(readHeader([], { row: 1, cells: wide }, 1).own).toHaveLength(2_000);
  expect(readHeader([], { row: 1, cells: long }, 1).own).toEqual(['EAN', '']);
});
