import { expect, test } from 'vitest';
import type { SheetRow } from '#src/clean/sheet.ts';
import { correctCells } from '#src/usecases/review/decide-rows.ts';
import { errorWorkbook } from '#src/usecases/review/error-workbook.ts';
import { traceCell } from '#src/usecases/review/trace-cell.ts';
import { undoUpload } from '#src/usecases/undo-upload.ts';
import { BOXNOX, boxnoxRow } from '#test/clean/workbook.ts';
import { testDatabase } from '#test/support/database.ts';
import { definitions, productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { workbookOf } from '#test/support/workbook-file.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);
const sheet = 'SELL OUT BY EAN';
const column = (heading: string) => BOXNOX.indexOf(heading);
const rows = [
  boxnoxRow({ AMOUNT: '1.234,50' }),
  boxnoxRow({ QTY: 'three', DESCRIPTION: '=HYPERLINK("http://example.com")' }),
  boxnoxRow({ EAN: null }),
];
const bytes = await workbookOf(ports.workbooks, sheet, BOXNOX, rows);
const { upload } = await app.receive({ name: 'BOXNOX report.xlsx', bytes, principal: ann, reply: null });

async function sheetsOf(file: Uint8Array): Promise<Map<string, SheetRow[]>> {
  const book = await ports.sheets.open({ name: 'errors.xlsx', bytes: file });
  const all = new Map<string, SheetRow[]>();
  for (const { name } of book.sheets) {
    const read: SheetRow[] = [];
    for await (const some of book.rows(name)) read.push(...some);
    all.set(name, read);
  }
  await book.close();
  return all;
}

test('the workbook for the sender opens with a message, counts by reason, and the held-back rows as text', async () => {
  const { text, bytes: file } = await errorWorkbook(ports, upload.id, ann);
  expect(text).toContain('Sheet "SELL OUT BY EAN", row 3, cell F3 (QTY) holds "three"');
  expect(text).toContain('row 4, cell E4 (EAN) is empty');
  const sheets = await sheetsOf(file);
  expect([...sheets.keys()]).toEqual(['Message', 'Summary', sheet]);
  const lines = sheets.get('Message')!.map(({ cells }) => cells[0]);
  for (const line of text.split('\n').filter(Boolean)) expect(lines).toContain(line);
  expect(sheets.get('Summary')!.map(({ cells }) => cells[1])).toEqual(['Rows', 1, 1]);
  const [head, first, second] = sheets.get(sheet)!;
  expect(head!.cells.slice(0, 2)).toEqual(['Row in your file', 'YEAR']);
  expect([first!.cells[0], second!.cells[0]]).toEqual([3, 4]);
  expect(first!.cells).toContain('=HYPERLINK("http://example.com")');
});

test('the cells in question stand out and say what is needed', async () => {
  const { bytes: file } = await errorWorkbook(ports, upload.id, ann);
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  await book.xlsx.load(file.buffer as ArrayBuffer);
  const marked: string[] = [];
  book.getWorksheet(sheet)!.eachRow((row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      if (cell.note !== undefined) marked.push(`${cell.address} ${cell.fill.type}`);
    }),
  );
  expect(marked).toEqual(['G2 pattern', 'F3 pattern']);
});

test('a stored figure is followed back to its cell, its rule and whoever sent the file', async () => {
  const place = { sheet, row: 2, column: column('AMOUNT') };
  const trace = await traceCell(ports, definitions, upload.id, place, ann);
  expect(trace).toMatchObject({ uploadedBy: 'ann@example.com', decision: null, held: [] });
  expect(trace.cells).toMatchObject([
    { cell: 'G2', heading: 'AMOUNT', text: '1.234,50', field: 'amount', stored: [1234.5], corrected: null },
  ]);
  expect(trace.cells[0]!.rule).not.toBe('as-it-stands');
  expect(trace.rows).toMatchObject([{ inForce: true }]);
});

test('a held-back row says why nothing of it is stored, and afterwards who corrected it', async () => {
  const place = { sheet, row: 3, column: column('QTY') };
  const before = await traceCell(ports, definitions, upload.id, place, ann);
  expect(before).toMatchObject({ held: [{ reasonCode: 'invalid_quantity' }], cells: [{ text: 'three', stored: [] }] });
  await correctCells(ports, upload.id, [{ ...place, text: '3' }], ann);
  const after = await traceCell(ports, definitions, upload.id, place, ann);
  expect(after.cells).toMatchObject([
    { text: 'three', stored: [3], rule: 'corrected', corrected: { by: 'ann@example.com', text: '3' } },
  ]);
  await undoUpload(ports, upload.id, ann);
  expect((await traceCell(ports, definitions, upload.id, place, ann)).rows).toMatchObject([{ inForce: false }]);
});

test('a place that the file does not have is named', async () => {
  const trace = (of: string, row: number) =>
    traceCell(ports, definitions, upload.id, { sheet: of, row, column: null }, ann);
  await expect(trace('Nowhere', 2)).rejects.toMatchObject({ code: 'REVIEW_NO_SUCH_ROW' });
  await expect(trace(sheet, 900)).rejects.toMatchObject({ code: 'REVIEW_NO_SUCH_ROW' });
});
