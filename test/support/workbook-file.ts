// A workbook's bytes from rows made by hand.

import type { Cell } from '#src/clean/sheet.ts';
import type { Value } from '#src/message/message.ts';
import type { Workbooks } from '#src/ports.ts';

export function workbookOf(workbooks: Workbooks, name: string, headings: Cell[], rows: Cell[][]): Promise<Uint8Array> {
  const columns = headings.map((heading, index) => ({ header: String(heading), key: String(index) }));
  const values = rows.map((row) =>
    Object.fromEntries(row.map((cell, index): [string, Value] => [String(index), plain(cell)])),
  );
  return workbooks.write([{ name, columns, rows: values }]);
}

function plain(cell: Cell): Value {
  return cell !== null && typeof cell === 'object' ? cell.value : cell;
}
