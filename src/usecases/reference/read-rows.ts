// A file that holds a list (a workbook or a CSV file) -> the rows of its first visible sheet. For lists of the client's own,
// which are small and read whole.

import type { SheetRow } from '../../clean/sheet.ts';
import { AppError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';

export interface ListFile {
  name: string;
  bytes: Uint8Array;
}

const mostRows = 100_000;
const mostBytes = 20 * 1_048_576;

/** Throws AppError DATA_INVALID, or UPLOAD_... for a file that must be refused. */
export async function readRows(ports: Pick<Ports, 'sheets'>, file: ListFile): Promise<SheetRow[]> {
  if (file.bytes.byteLength > mostBytes) throw new AppError('DATA_INVALID', { reason: `${file.name} is too large` });
  const workbook = await ports.sheets.open(file);
  try {
    const sheet = workbook.sheets.find(({ hidden, rows }) => !hidden && rows.length > 0);
    const rows: SheetRow[] = [];
    if (sheet) for await (const some of workbook.rows(sheet.name)) rows.push(...within(file.name, some, rows.length));
    return rows;
  } finally {
    await workbook.close();
  }
}

function within(name: string, rows: SheetRow[], before = 0): SheetRow[] {
  if (before + rows.length <= mostRows) return rows;
  throw new AppError('DATA_INVALID', { reason: `${name} has more than ${mostRows} rows` });
}
