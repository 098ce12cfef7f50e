import { describe, expect, test } from 'vitest';
import type { Choices } from '#src/clean/teach/proposal.ts';
import { recognise } from '#src/clean/teach/recognise.ts';
import { headOf, sheet, vendors } from '../workbook.ts';
import { english, type Layout, polish, titled } from './layouts.ts';
import { asked, cleaned, columnsOf, offer, proposed } from './teaching.ts';

describe('what is not certain is asked', () => {
  test('neither currency nor month: both, and whose it is', () => {
    const proposal = proposed(titled);
    expect(proposal).toMatchObject({ sheet: 'Data', headingRow: 4 });
    expect(asked(proposal)).toEqual(['currency', 'period', 'name']);
    const answered = proposed(titled, { name: 'Corner', currency: 'GBP', period: { year: 2025, month: 4, day: null } });
    expect(asked(answered)).toEqual([]);
    const result = cleaned(titled, answered, { year: 2025, month: 4, day: null });
    expect(result.rows.map(({ quantity, amountLocal }) => [quantity, amountLocal])).toEqual([
      [3, 99],
      [2, 158],
    ]);
    expect(result.checks.every(({ agrees }) => agrees)).toBe(true);
  });

  test('two columns that fit the amount as well', () => {
    const proposal = proposed(polish);
    expect(asked(proposal)).toEqual(['amount', 'name']);
    expect(proposal.questions[0]?.answers).toEqual(['--set amount="Wartość netto"', '--set amount="Wartość brutto"']);
    const answered = proposed(polish, { name: 'Wisła', set: [{ field: 'amount', to: 'G' }] });
    expect(asked(answered)).toEqual([]);
    expect(answered.draft).toMatchObject({ id: 'wisla', amount: { basis: 'gross' } });
    expect(cleaned(polish, answered).rows.map((row) => row.amountLocal)).toEqual([400, 200]);
  });

  test('a sign that several currencies share, and a comma that may be either mark', () => {
    const layout: Layout = {
      file: 'Maple 2025-04.xlsx',
      sheets: [
        sheet('Sheet1', [
          ['SKU', 'Units', 'Sales'],
          ['AB100', 2, '$1,200'],
          ['AB200', 1, '$2,400'],
        ]),
      ],
    };
    expect(asked(proposed(layout))).toEqual(['currency', 'decimal', 'name']);
    const answered = proposed(layout, { name: 'Maple', currency: 'CAD', decimal: 'point' });
    expect(asked(answered)).toEqual([]);
    expect(cleaned(layout, answered).rows.map((row) => row.amountLocal)).toEqual([1200, 2400]);
  });

  test('dates that can be read in two ways', () => {
    const layout: Layout = {
      file: 'Maple.xlsx',
      sheets: [
        sheet('Sheet1', [
          ['Date', 'SKU', 'Units', 'Sales EUR'],
          ['3/4/2025', 'AB100', 2, 80],
          ['5/4/2025', 'AB200', 1, 90],
        ]),
      ],
    };
    expect(asked(proposed(layout, { name: 'Maple' }))).toEqual(['dates']);
    const answered = proposed(layout, { name: 'Maple', dates: 'dmy' });
    expect(cleaned(layout, answered).rows.map((row) => row.salesDate)).toEqual(['2025-04-03', '2025-04-05']);
  });

  test('two sheets that both hold such a table', () => {
    const [only] = english.sheets;
    const both = { ...english, sheets: [only!, { ...only!, name: 'Sell through UK' }] };
    expect(asked(proposed(both, { name: 'Northgate' }))).toEqual(['sheet']);
    expect(proposed(both, { name: 'Northgate', sheet: 'sell through uk' }).sheet).toBe('Sell through UK');
  });

  test('a column of pieces whose heading says nothing, with the columns that it may be', () => {
    const layout: Layout = {
      file: 'Maple 2025-04.xlsx',
      sheets: [
        sheet('Sheet1', [
          ['SKU', 'Aaa', 'Bbb', 'Sales EUR'],
          ['AB100', 2, 7, 80.5],
          ['AB200', 1, 9, 90],
        ]),
      ],
    };
    const question = proposed(layout, { name: 'Maple' }).questions.find(({ about }) => about === 'quantity');
    expect(question?.answers).toEqual(['--set quantity=Aaa', '--set quantity=Bbb']);
    expect(proposed(layout, { name: 'Maple' }).definition).toBeNull();
    expect(asked(proposed(layout, { name: 'Maple', set: [{ field: 'quantity', to: 'aaa' }] }))).toEqual([]);
  });

  test('two columns under one heading cannot be told apart', () => {
    const layout: Layout = {
      file: 'Maple 2025-04.xlsx',
      sheets: [
        sheet('Sheet1', [
          ['SKU', 'Units', 'Units', 'Sales EUR'],
          ['AB100', 2, 7, 80.5],
        ]),
      ],
    };
    expect(asked(proposed(layout, { name: 'Maple' }))).toContain('headings');
  });

  test('the layout of a described vendor needs a name in the file’s name', () => {
    const rows = [
      ['Brand', 'Article', 'EANCode', 'SalesAmount', 'SalesQuantity'],
      ['Other', 'Paper Moon', '4006381333931', 12, 1],
    ];
    const unnamed: Layout = { file: 'report 2025-04.xlsx', sheets: [sheet('SalesPerSKU', rows)] };
    expect(asked(proposed(unnamed, { name: 'Blue Door', currency: 'EUR' }))).toEqual(['identity']);
    const named: Layout = { ...unnamed, file: 'Blue Door 2025-04.xlsx' };
    const proposal = proposed(named, { name: 'Blue Door', currency: 'EUR' });
    expect(asked(proposal)).toEqual([]);
    const known = { shipped: vendors, taught: [proposal.definition!] };
    expect(recognise(headOf('Blue Door 2025-05.xlsx', named.sheets), known).vendor?.id).toBe('blue_door');
    expect(recognise(headOf('report 2025-05.xlsx', named.sheets), known).outcome).toBe('unsure');
  });
});

describe('a report of one week', () => {
  const layout = (file: string): Layout => ({
    file,
    sheets: [
      sheet('Sheet1', [
        ['SKU', 'Units', 'Sales GBP'],
        ['AB100', 2, 80],
      ]),
    ],
  });

  test('a date in the file name may be the end of a week or the day of the export', () => {
    const proposal = proposed(layout('Harbour 2025-06-01.xlsx'), { name: 'Harbour' });
    expect(asked(proposal)).toEqual(['period']);
    expect(proposal.questions.find(({ about }) => about === 'period')?.answers).toContain('--period-from week');
  });

  test('as a week it counts for the month that holds most of it, and so does the next one', () => {
    const file = layout('Harbour 2025-06-01.xlsx');
    const proposal = proposed(file, { name: 'Harbour', periodFrom: 'week' });
    expect(asked(proposal)).toEqual([]);
    expect(proposal.draft.scope).toEqual({ by_store: false, rhythm: 'weekly' });
    expect(cleaned(file, proposal).rows[0]).toMatchObject({ month: 5, weekEnding: '2025-06-01' });
    const corrected = offer(file, { basis: 'net' }, [], proposal.definition);
    expect(corrected).toMatchObject({ draft: { period: { sources: [{ from: 'file_name', gives: 'week' }] } } });
  });

  test('a day that ends no week is asked about, and a person may give the week', () => {
    const file = layout('Harbour 2025-06-04.xlsx');
    expect(asked(proposed(file, { name: 'Harbour', periodFrom: 'week' }))).toEqual(['period']);
    const period = { year: 2025, month: 6, day: 8 };
    const answered = proposed(file, { name: 'Harbour', period });
    expect(asked(answered)).toEqual([]);
    expect(cleaned(file, answered, period).rows[0]).toMatchObject({ month: 6, weekEnding: '2025-06-08' });
  });
});

describe('what a person says counts', () => {
  test('a column left out, another one taken by its letter, and the rest filled in around them', () => {
    const set: Choices['set'] = [
      { field: 'store', to: 'none' },
      { field: 'amount', to: 'F' },
      { field: 'quantity', to: 'stock on hand' },
    ];
    const proposal = proposed(english, { set, basis: 'gross', currency: 'USD' });
    expect(columnsOf(proposal)).toEqual({
      ean: 'Barcode',
      name: 'Item Description',
      quantity: 'Stock on hand',
      amount: 'RRP',
    });
    expect(proposal.draft).toMatchObject({ currency: { constant: 'USD' }, amount: { basis: 'gross' } });
  });

  test('a heading that is not there, a sheet that is not there, and a file without a table are refused', () => {
    const wrong = offer(english, { set: [{ field: 'amount', to: 'Turnover' }] });
    expect(wrong).toMatchObject({ refused: { kind: 'no-column', to: 'Turnover' } });
    expect(offer(english, { sheet: 'Nowhere' })).toEqual({ refused: { kind: 'no-sheet', sheet: 'Nowhere' } });
    const prose: Layout = { file: 'letter.xlsx', sheets: [sheet('A', [['Dear all,'], ['the report follows.']])] };
    expect(offer(prose, {})).toEqual({ refused: { kind: 'no-table' } });
  });
});
