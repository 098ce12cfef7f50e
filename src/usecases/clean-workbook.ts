// An upload -> a workbook for people: the clean rows, what was held back, and every repaired cell with what it held before.

import type { Fix } from '../clean/types.ts';
import type { Ports, StoredRow, WorkbookSheet } from '../ports.ts';

/** XLSX bytes. Text stays text: a cell that looks like a formula is never one. */
export async function cleanWorkbook(
  ports: Pick<Ports, 'batches' | 'workbooks'>,
  uploadId: string,
): Promise<Uint8Array> {
  const rows: StoredRow[] = [];
  for await (const row of ports.batches.rows(uploadId)) rows.push(row);
  const fixes: Fix[] = [];
  for await (const fix of ports.batches.fixes(uploadId)) fixes.push(fix);
  const held = await ports.batches.quarantined(uploadId);
  return ports.workbooks.write([
    rowsSheet(rows),
    {
      name: 'Held back',
      columns: [
        { header: 'Sheet', key: 'sheet', width: 20 },
        { header: 'Row', key: 'row', width: 8 },
        { header: 'Reason', key: 'reason', width: 50 },
        { header: 'Cells', key: 'cells', width: 80 },
      ],
      rows: held.map(({ sheet, row, reason, raw }) => ({
        sheet,
        row,
        reason,
        cells: Object.entries(raw)
          .map(([heading, text]) => `${heading}: ${text}`)
          .join('; '),
      })),
    },
    {
      name: 'Repaired cells',
      columns: [
        { header: 'Sheet', key: 'sheet', width: 20 },
        { header: 'Cell', key: 'cell', width: 8 },
        { header: 'Column', key: 'column', width: 18 },
        { header: 'In the file', key: 'original', width: 24 },
        { header: 'Stored', key: 'cleaned', width: 24 },
        { header: 'Rule', key: 'rule', width: 20 },
      ],
      rows: fixes.map(({ sheet, cell, column, original, cleaned, rule }) => ({
        sheet,
        cell,
        column,
        original,
        cleaned,
        rule,
      })),
    },
  ]);
}

function rowsSheet(rows: StoredRow[]): WorkbookSheet {
  const money = '#,##0.00';
  return {
    name: 'Clean rows',
    columns: [
      { header: 'Reseller', key: 'reseller', width: 18 },
      { header: 'Store', key: 'store', width: 22 },
      { header: 'EAN', key: 'productEan', width: 15 },
      { header: 'Product', key: 'functionalName', width: 26 },
      { header: 'Date', key: 'salesDate', width: 12 },
      { header: 'Quantity', key: 'quantity', width: 10, format: '#,##0' },
      { header: 'Amount', key: 'amountLocal', width: 13, format: money },
      { header: 'Currency', key: 'currency', width: 9 },
      { header: 'In base currency', key: 'amountBase', width: 16, format: money },
      { header: 'Sheet in the file', key: 'sheet', width: 18 },
      { header: 'Row', key: 'row', width: 7 },
    ],
    rows: rows.map((row) => ({
      reseller: row.reseller,
      store: row.store,
      productEan: row.productEan,
      functionalName: row.functionalName,
      salesDate: row.salesDate,
      quantity: row.quantity,
      amountLocal: row.amountLocal,
      currency: row.currency,
      amountBase: row.amountBase,
      sheet: row.sheet,
      row: row.row,
    })),
  };
}
