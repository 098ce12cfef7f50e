// A place in a file -> where a stored figure comes from: what the cell holds, what is stored and by which rule, who sent the
// file, who corrected it, and whether it counts.

import { locate, type TablePlace } from '../../clean/locate.ts';
import { cellName, type SheetRow } from '../../clean/sheet.ts';
import type { Fix, QuarantinedRow, RowPlace } from '../../clean/types.ts';
import { cellText } from '../../clean/values/text.ts';
import { AppError } from '../../errors.ts';
import type { Value } from '../../message/message.ts';
import type { Ports, Principal, StoredRow, UploadRecord } from '../../ports.ts';
import type { VendorDefinition } from '../../vendors/vendor.ts';
import { findOwn } from '../undo-upload.ts';

export interface TracedCell {
  cell: string;
  heading: string;
  /** What the file holds. */
  text: string;
  /** What the column is read as; null when it is not read. */
  field: string | null;
  /** What is stored, once for every stored row that the cell is part of; empty when nothing is. */
  stored: Value[];
  /** How the stored value came to differ from the cell; `as-it-stands` when it does not, null when nothing is stored. */
  rule: string | null;
  corrected: { by: string; at: Date; text: string } | null;
}

export interface Trace {
  upload: UploadRecord;
  /** E-mail address; null when that user is gone. */
  uploadedBy: string | null;
  place: RowPlace;
  cells: TracedCell[];
  rows: StoredRow[];
  held: QuarantinedRow[];
  decision: { kind: 'edit' | 'release' | 'discard'; by: string; at: Date } | null;
}

/** @param column 0-based; null for the whole row. Throws REVIEW_NO_SUCH_ROW when the file has no such place. */
export async function traceCell(
  ports: Pick<Ports, 'uploads' | 'batches' | 'review' | 'sheets' | 'directory'>,
  vendors: VendorDefinition[],
  uploadId: string,
  place: RowPlace & { column: number | null },
  by: Principal,
): Promise<Trace> {
  const upload = await findOwn(ports, uploadId, by);
  const { sheet, row, column } = place;
  const [users, decisions, held, rows, fixes, original] = await Promise.all([
    ports.directory.users(),
    ports.review.decisions(upload.id),
    ports.batches.quarantined(upload.id),
    ports.review.stored(upload.id, place),
    ports.review.fixes(upload.id, place),
    originalRow(ports, upload, place, vendors.find(({ id }) => id === upload.vendor) ?? null),
  ]);
  const decision = decisions.find((each) => each.sheet === sheet && each.row === row) ?? null;
  const columns = original.source.cells.keys();
  const wanted = column === null ? [...columns].filter((each) => original.source.cells[each] !== null) : [column];
  const cells = wanted.map((each): TracedCell => {
    const edit = decision?.cells.find((cell) => cell.column === each);
    const corrected = decision && edit ? { by: decision.by, at: decision.at, text: edit.text } : null;
    return { ...traced(each, original, rows, fixes, row), corrected };
  });
  return {
    upload,
    uploadedBy: users.find(({ id }) => id === upload.userId)?.email ?? null,
    place: { sheet, row },
    cells,
    rows,
    held: held.filter((each) => each.sheet === sheet && each.row === row),
    decision: decision && { kind: decision.kind, by: decision.by, at: decision.at },
  };
}

interface Original {
  source: SheetRow;
  table: TablePlace | null;
}

/** The row as the stored file holds it, and the table in which it stands. */
async function originalRow(
  ports: Pick<Ports, 'uploads' | 'sheets'>,
  upload: UploadRecord,
  { sheet, row }: RowPlace,
  vendor: VendorDefinition | null,
): Promise<Original> {
  const workbook = await ports.sheets.open({ name: upload.fileName, bytes: await ports.uploads.bytes(upload.id) });
  try {
    const head = workbook.sheets.find(({ name }) => name === sheet);
    if (!head) throw missing(upload, `${upload.fileName} has no sheet "${sheet}"`);
    const table = vendor === null ? null : locate(head, vendor);
    for await (const rows of workbook.rows(sheet)) {
      const source = rows.find((each) => each.row === row);
      if (source) return { source, table };
      if ((rows.at(-1)?.row ?? 0) > row) break;
    }
    throw missing(upload, `row ${row} of sheet "${sheet}" is empty`);
  } finally {
    await workbook.close();
  }
}

function traced(column: number, { source, table }: Original, rows: StoredRow[], fixes: Fix[], row: number) {
  const cell = cellName(row, column);
  const fix = fixes.find((each) => each.cell === cell);
  const read = readAs(column, table, rows);
  const text = cellText(source.cells[column]);
  const stored = read?.stored ?? [];
  const rule = fix?.rule ?? (stored.length > 0 ? 'as-it-stands' : null);
  return { cell, heading: table?.headings[column]?.trim() ?? '', text, field: read?.field ?? null, stored, rule };
}

const values: Record<string, (row: StoredRow) => Value> = {
  ean: (row) => row.productEan,
  id: (row) => row.functionalName,
  code: (row) => row.functionalName,
  name: (row) => row.rawProduct,
  quantity: (row) => row.quantity,
  amount: (row) => row.amountLocal,
  year: (row) => row.year,
  month: (row) => row.month,
  date: (row) => row.salesDate,
  period: (row) => row.salesDate.slice(0, 7),
  store: (row) => row.store,
  channel: (row) => row.channel,
  currency: (row) => row.currency,
  reseller: (row) => row.reseller,
};

/** What a column is read as, and what is stored of it; null when it is not read. */
function readAs(
  column: number,
  table: TablePlace | null,
  rows: StoredRow[],
): { field: string; stored: Value[] } | null {
  const facet = table?.facets.facts.find((each) => each.quantity === column || each.amount === column);
  if (facet) {
    const field = facet.quantity === column ? 'quantity' : 'amount';
    const own = rows.filter(
      (row) =>
        (facet.store === null || row.store === facet.store) &&
        (facet.month === null || row.month === facet.month.month) &&
        (facet.month?.year == null || row.year === facet.month.year),
    );
    return { field, stored: own.map(values[field]!) };
  }
  const field = [...(table?.fields ?? [])].find(([name, at]) => at === column && name in values)?.[0];
  return field === undefined ? null : { field, stored: rows.map(values[field]!) };
}

function missing({ id }: UploadRecord, reason: string): AppError {
  return new AppError('REVIEW_NO_SUCH_ROW', { id, reason });
}
