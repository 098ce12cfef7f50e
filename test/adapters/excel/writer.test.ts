// The workbooks that we write, read back by our own reader and looked at part by part.

import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { makeWorkbooks } from '#adapters/excel/index.ts';
import { read } from './support/workbook.ts';

const columns = [
  { header: 'Product', key: 'product', width: 30 },
  { header: 'Amount', key: 'amount', format: '#,##0.00' },
];

test('writes text as text whatever it begins with, and numbers with their format', async () => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', "'quoted", '007', '<b>&"', 'a_x000D_b'];
  const rows = hostile.map((product, at) => ({ product, amount: at + 0.5 }));
  const bytes = await makeWorkbooks().write([{ name: 'Rows', columns, rows }]);
  const { sheets } = await read(bytes);
  expect(sheets[0]!.rows[0]!.cells).toEqual(['Product', 'Amount']);
  expect(sheets[0]!.rows.slice(1).map((row) => row.cells[0])).toEqual(hostile);
  expect(sheets[0]!.rows[1]!.cells[1]).toEqual({ kind: 'number', value: 0.5, raw: '0.5', format: '#,##0.00' });
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  book.worksheets[0]!.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula)));
});

test('gives a sheet bold frozen headings, a filter and widths', async () => {
  const bytes = await makeWorkbooks().write([{ name: 'Rows', columns, rows: [{ product: 'a', amount: 1 }] }]);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  const sheet = book.worksheets[0]!;
  expect(sheet.getCell('A1').font.bold).toBe(true);
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(sheet.autoFilter).toBe('A1:B2');
  expect(sheet.getColumn(1).width).toBe(30);
});

test('makes sheet names that Excel accepts, and leaves empty what is no value', async () => {
  const long = 'Sales [2025] a/b: everything that was sold?';
  const bytes = await makeWorkbooks().write([
    {
      name: long,
      columns,
      rows: [
        { product: null, amount: Number.NaN },
        { product: 'x', amount: true },
      ],
    },
    { name: long, columns, rows: [] },
  ]);
  const { sheets } = await read(bytes);
  expect(new Set(sheets.map(({ name }) => name)).size).toBe(2);
  for (const { name } of sheets) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
  expect(sheets[0]!.rows.slice(1)).toEqual([{ row: 3, cells: ['x', true] }]);
});
