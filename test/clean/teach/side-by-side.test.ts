import { describe, expect, test } from 'vitest';
import { recognise } from '#src/clean/teach/recognise.ts';
import { eanOf, headOf, sheet, vendors } from '../workbook.ts';
import type { Layout } from './layouts.ts';
import { asked, cleaned, columnsOf, proposed } from './teaching.ts';

const months: Layout = {
  file: 'Harbour.xlsx',
  sheets: [
    sheet('Sheet1', [
      [2025, null, 'Jan', null, 'Feb', null, 'Total', null],
      ['Product', 'Code', 'Pcs', 'Net value €', 'Pcs', 'Net value €', 'Pcs', 'Net value €'],
      ['Moon', 'AB1', 2, 80, 1, 40, 3, 120],
      ['Sun', 'AB2', 1, 40, 3, 120, 4, 160],
      ['Total', null, 3, 120, 4, 160, 7, 280],
    ]),
  ],
};

const stores: Layout = {
  file: 'Harbour 2025-04.xlsx',
  sheets: [
    sheet('Sheet1', [
      ['Sales by shop'],
      [],
      ['Artikel', null, 'Vilnius', null, 'Kaunas', null],
      [null, 'EAN', 'Stück', 'Umsatz EUR', 'Stück', 'Umsatz EUR'],
      ['Moon', eanOf(1), 2, 80, 1, 40],
      ['Sun', eanOf(2), 1, 40, null, null],
    ]),
  ],
};

describe('columns that stand side by side under two rows of headings', () => {
  test('pieces and money for each month, with the year and the totals that the file states', () => {
    const proposal = proposed(months, { name: 'Harbour' });
    expect(asked(proposal)).toEqual([]);
    expect(columnsOf(proposal)).toEqual({ name: 'Product', code: 'Code' });
    const { rows, checks, stop } = cleaned(months, proposal);
    expect(stop).toBeUndefined();
    expect(rows.map((r) => [r.rawProduct, `${r.year}-${r.month}`, r.quantity, r.amountLocal, r.currency])).toEqual([
      ['Moon', '2025-1', 2, 80, 'EUR'],
      ['Moon', '2025-2', 1, 40, 'EUR'],
      ['Sun', '2025-1', 1, 40, 'EUR'],
      ['Sun', '2025-2', 3, 120, 'EUR'],
    ]);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.every(({ agrees }) => agrees)).toBe(true);
    const known = { shipped: vendors, taught: [proposal.definition!] };
    expect(recognise(headOf('next.xlsx', months.sheets), known).vendor?.id).toBe('harbour');
  });

  test('pieces and money for each store, with a product that is named a row higher', () => {
    const proposal = proposed(stores, { name: 'Harbour' });
    expect(asked(proposal)).toEqual([]);
    const { rows } = cleaned(stores, proposal);
    expect(rows.map((r) => [r.productEan, r.functionalName, r.store, r.quantity, r.amountLocal])).toEqual([
      [eanOf(1), 'Moon', 'Vilnius', 2, 80],
      [eanOf(1), 'Moon', 'Kaunas', 1, 40],
      [eanOf(2), 'Sun', 'Vilnius', 1, 40],
    ]);
  });

  test.each([
    [
      'three rows of headings',
      [
        ['', 'North', '', 'South', ''],
        ['', 'Leeds', '', 'York', ''],
        ['EAN', 'Units', 'Sales', 'Units', 'Sales'],
      ],
    ],
    [
      'this year and other figures',
      [
        ['', 'Actual', '', 'YTD', ''],
        ['EAN', 'Units', 'Sales', 'Units', 'Sales'],
      ],
    ],
    ['a month twice', [['EAN', 'Nov', 'Dec', 'November', 'December']]],
    ['months over the end of a year', [['EAN', 'Nov', 'Dec', 'Jan', 'Feb']]],
    [
      'a second row below the months',
      [
        ['EAN', 'Jan', 'Feb', 'Mar', 'Apr'],
        ['', 'Plan', 'Plan', 'Plan', 'Plan'],
      ],
    ],
    ['last year beside the months', [['EAN', 'Jan', 'Feb', 'Jan last year', 'Total']]],
  ] as [string, string[][]][])('%s cannot be taught, and it says so', (_, headings) => {
    const rows = [...headings, [eanOf(1), 2, 80, 1, 40], [eanOf(2), 2, 80, 1, 40]];
    const layout: Layout = { file: 'Harbour 2025-04.xlsx', sheets: [sheet('Sales 2025', rows)] };
    const proposal = proposed(layout, { name: 'Harbour', currency: 'EUR' });
    expect(asked(proposal)).toContain('headings');
    expect(proposal.questions.some(({ question }) => question.includes('needs a vendor file'))).toBe(true);
  });

  test('a store that is named once for several rows cannot be taught', () => {
    const rows = [
      ['Store', 'EAN', 'Units', 'Sales EUR'],
      ['Leeds', eanOf(1), 1, 9],
      [null, eanOf(2), 1, 9],
      [null, eanOf(3), 1, 9],
    ];
    const layout: Layout = { file: 'Harbour 2025-04.xlsx', sheets: [sheet('Sheet1', rows)] };
    expect(asked(proposed(layout, { name: 'Harbour' }))).toEqual(['store']);
    expect(asked(proposed(layout, { name: 'Harbour', set: [{ field: 'store', to: 'none' }] }))).toEqual([]);
  });

  test('money for each month without pieces is never taken for pieces', () => {
    const layout: Layout = {
      file: 'Harbour.xlsx',
      sheets: [
        sheet('Sales 2025', [
          ['Product', 'Jan', 'Feb'],
          ['Moon', 80.5, 40.25],
          ['Sun', 39.9, 119.7],
        ]),
      ],
    };
    expect(asked(proposed(layout, { name: 'Harbour', currency: 'EUR' }))).toEqual(['quantity']);
  });
});

describe('a heading that is only like the one that is needed', () => {
  const table = (headings: string[], row: (string | number)[]): Layout => ({
    file: 'Harbour 2025-04.xlsx',
    sheets: [sheet('Sheet1', [headings, row, row])],
  });

  test('a date that may be another one is asked about, and left out when a person says so', () => {
    const layout = table(['EAN', 'Launch date', 'Units', 'Sales GBP'], [eanOf(1), '2024-01-05', 2, 80]);
    expect(asked(proposed(layout, { name: 'Harbour' }))).toEqual(['date']);
    const answered = proposed(layout, { name: 'Harbour', set: [{ field: 'date', to: 'none' }] });
    expect(asked(answered)).toEqual([]);
    expect(cleaned(layout, answered).rows[0]).toMatchObject({ year: 2025, month: 4 });
  });

  test('pieces before and after returns, this week and last week: all that may be meant are offered', () => {
    const net = table(['SKU', 'Gross Qty', 'Net Qty', 'Sales EUR'], ['AB100', 3, 2, 80]);
    expect(asked(proposed(net, { name: 'Harbour' }))).toEqual(['quantity']);
    const weeks = table(['SKU', 'Units TW', 'Units LW', 'Sales EUR'], ['AB100', 3, 2, 80]);
    expect(asked(proposed(weeks, { name: 'Harbour' }))).toEqual(['quantity']);
  });

  test('stock, prices and shares are never money that was earned', () => {
    const layout = table(
      ['SKU', 'Units', 'Unit Price', 'Stock value', 'Share %', 'Line Total'],
      ['AB100', 3, 2.5, 80, 4, 7.5],
    );
    const proposal = proposed(layout, { name: 'Harbour', currency: 'EUR' });
    expect(columnsOf(proposal).amount).toBeUndefined();
    expect(asked(proposal)).toEqual(['amount']);
    const answered = proposed(layout, {
      name: 'Harbour',
      currency: 'EUR',
      set: [{ field: 'amount', to: 'Line Total' }],
    });
    expect(asked(answered)).toEqual([]);
  });
});
