// Rows of values -> the bytes of a workbook: bold frozen headings, a filter, widths, number formats. A text is written
// as a text cell, whatever it begins with; no formula is ever written.

import type ExcelJS from 'exceljs';
import type { Value } from '#src/message/message.ts';
import type { WorkbookSheet } from '#src/ports.ts';

const MAX_TEXT = 32_767;
const MAX_NOTE = 1000;

export async function writeWorkbook(sheets: WorkbookSheet[]): Promise<Uint8Array> {
  // Loaded when a workbook is written: it is large, and reading does without it.
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  const taken = new Set<string>();
  for (const sheet of sheets) addSheet(book, sheet, sheetName(sheet.name, taken));
  if (sheets.length === 0) book.addWorksheet('Sheet1');
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function addSheet(book: ExcelJS.Workbook, sheet: WorkbookSheet, name: string): void {
  const target = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  target.columns = sheet.columns.map(({ header, key, width, format }) => ({
    header: escaped(header.slice(0, MAX_TEXT)),
    key,
    width: width ?? Math.min(60, Math.max(10, header.length + 2)),
    ...(format === undefined ? {} : { style: { numFmt: format } }),
  }));
  target.getRow(1).eachCell((cell) => {
    cell.numFmt = 'General';
    cell.font = { bold: true };
  });
  for (const row of sheet.rows) target.addRow(sheet.columns.map(({ key }) => cellValue(row[key])));
  for (const { row, key, note } of sheet.marks ?? []) mark(target.getRow(row + 2).getCell(key), note);
  if (sheet.columns.length > 0) {
    target.autoFilter = { from: { row: 1, column: 1 }, to: { row: target.rowCount, column: sheet.columns.length } };
  }
}

function mark(cell: ExcelJS.Cell, note: string): void {
  cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFE08A' } };
  const before = typeof cell.note === 'string' ? `${cell.note}\n` : '';
  cell.note = escaped(`${before}${note}`.slice(0, MAX_NOTE));
}

function cellValue(value: Value | undefined): Value {
  if (typeof value === 'string') return escaped(value.slice(0, MAX_TEXT));
  // What is no number has no cell that could hold it.
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value ?? null;
}

/** What XML cannot hold is written as `_xHHHH_`, and so is an underscore that would read as the start of such a sign. */
function escaped(text: string): string {
  const sign = (char: string): string => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]/g, sign);
}

/** Excel allows 31 characters, not []:*?/\ nor an apostrophe at an end, and no name twice. */
function sheetName(wanted: string, taken: Set<string>): string {
  const clean =
    wanted
      .replace(/[[\]:*?/\\\x00-\x1f]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  let name = clean.slice(0, 31);
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${clean.slice(0, 31 - String(n).length - 3)} (${n})`;
  taken.add(name.toLowerCase());
  return name;
}
