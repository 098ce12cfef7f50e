// The rows of an upload that are held back -> a workbook for whoever sent the file: a message that can be sent as it is, counts
// by reason, and the rows as they stand in the file with the cells in question marked.

import { cellName } from '../../clean/sheet.ts';
import type { QuarantinedRow } from '../../clean/types.ts';
import { AppError } from '../../errors.ts';
import type { Value } from '../../message/message.ts';
import type { Ports, Principal, UploadRecord, WorkbookSheet } from '../../ports.ts';
import { type HeldGroup, heldRows } from './held-rows.ts';

/** How many cells the message names one by one; the sheets have them all. */
const namedCells = 25;

/** Throws REVIEW_NO_SUCH_ROW when nothing is held back. */
export async function errorWorkbook(
  ports: Pick<Ports, 'uploads' | 'batches' | 'workbooks'>,
  uploadId: string,
  by: Principal,
): Promise<{ upload: UploadRecord; text: string; groups: HeldGroup[]; bytes: Uint8Array }> {
  const { upload, groups } = await heldRows(ports, uploadId, by);
  if (groups.length === 0)
    throw new AppError('REVIEW_NO_SUCH_ROW', { id: upload.id, reason: `no row of ${upload.fileName} is held back` });
  const text = messageText(upload, groups);
  const sheets = [...new Set(groups.flatMap(({ rows }) => rows.map(({ sheet }) => sheet)))];
  const bytes = await ports.workbooks.write([
    messageSheet(text),
    summarySheet(groups),
    ...sheets.map((sheet) => rowsSheet(sheet, groups)),
  ]);
  return { upload, text, groups, bytes };
}

function messageText({ fileName, receipt }: UploadRecord, groups: HeldGroup[]): string {
  const wrong = groups.flatMap(({ rows, needed }) => rows.map((row) => ({ row, needed })));
  wrong.sort((a, b) => a.row.sheet.localeCompare(b.row.sheet) || a.row.row - b.row.row);
  const lines = wrong.map(({ row, needed }) => `- ${placeOf(row)}. Needed: ${needed}.`);
  const count = new Set(groups.flatMap(({ rows }) => rows.map(({ sheet, row }) => `${row} ${sheet}`))).size;
  const read = receipt?.rows.read ?? 0;
  const more = lines.length - namedCells;
  return [
    'Hello,',
    '',
    `thank you for ${fileName}. ${count === 1 ? 'One row' : `${count} rows`}${read > count ? ` of ${read}` : ''} could not be used yet, because of these cells:`,
    '',
    ...lines.slice(0, namedCells),
    ...(more > 0 ? [`- and ${more} more, which are marked in the attached workbook.`] : []),
    '',
    'Could you please correct them in your workbook and send the whole file again? The attached workbook shows each row with the cell in question marked.',
    '',
    'Thank you and kind regards',
  ].join('\n');
}

/** `Sheet "Sales", row 7, cell F7 (QTY) holds "three": the quantity cannot be read as a whole number`. */
function placeOf({ sheet, row, reason, column, cells }: QuarantinedRow): string {
  const cell = cells.find((each) => each.column === column);
  // The words of the cell are quoted already.
  const why = reason.split(': ')[0];
  if (column === null) return `Sheet "${sheet}", row ${row}: ${why}`;
  const holds = cell && cell.text !== '' ? `holds "${shortened(cell.text)}"` : 'is empty';
  return `Sheet "${sheet}", row ${row}, cell ${cellName(row, column)}${cell ? ` (${cell.heading})` : ''} ${holds}: ${why}`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function messageSheet(text: string): WorkbookSheet {
  return {
    name: 'Message',
    columns: [{ header: 'Message', key: 'line', width: 120 }],
    rows: text.split('\n').map((line) => ({ line })),
  };
}

function summarySheet(groups: HeldGroup[]): WorkbookSheet {
  return {
    name: 'Summary',
    columns: [
      { header: 'What is wrong', key: 'reason', width: 60 },
      { header: 'Rows', key: 'rows' },
      { header: 'What is needed', key: 'needed', width: 60 },
    ],
    rows: groups.map(({ rows, needed }) => ({
      reason: rows[0]!.reason.split(': ')[0]!,
      rows: rows.length,
      needed,
    })),
  };
}

/** The original columns between the number of the row and what is wrong with it. */
function rowsSheet(sheet: string, groups: HeldGroup[]): WorkbookSheet {
  const headings = new Map<number, string>();
  const byRow = new Map<
    number,
    { cells: QuarantinedRow['cells']; wrong: { column: number | null; words: string }[] }
  >();
  for (const { rows, needed } of groups) {
    for (const { sheet: of, row, cells, column, reason } of rows) {
      if (of !== sheet) continue;
      const known = byRow.get(row) ?? { cells, wrong: [] };
      known.wrong.push({ column, words: `${reason}. Needed: ${needed}.` });
      byRow.set(row, { ...known, cells: [...known.cells, ...cells] });
      for (const each of cells) headings.set(each.column, each.heading);
    }
  }
  const columns = [...headings].sort(([a], [b]) => a - b);
  const ordered = [...byRow].sort(([a], [b]) => a - b);
  const marks = ordered.flatMap(([, { wrong }], index) =>
    wrong.map(({ column, words }) => ({ row: index, key: column === null ? 'row' : `c${column}`, note: words })),
  );
  return {
    name: sheet,
    columns: [
      { header: 'Row in your file', key: 'row' },
      ...columns.map(([column, heading]) => ({ header: heading, key: `c${column}`, width: 18 })),
      { header: 'What is wrong', key: 'wrong', width: 80 },
    ],
    rows: ordered.map(
      ([row, { cells, wrong }]): Record<string, Value> => ({
        row,
        ...Object.fromEntries(cells.map(({ column, text }) => [`c${column}`, text])),
        wrong: wrong.map(({ words }) => words).join(' '),
      }),
    ),
    marks,
  };
}
