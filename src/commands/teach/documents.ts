// Proposals, previews and versions of taught layouts -> the JSON documents of the command line. Their form is a promise to
// programs: fields may be added, never renamed or removed.

import { cellName } from '../../clean/sheet.ts';
import type { Proposal } from '../../clean/teach/proposal.ts';
import type { CleanRow } from '../../clean/types.ts';
import type { TaughtLayout } from '../../ports.ts';
import type { Preview } from '../../usecases/teach/preview.ts';
import type { Lesson } from '../../usecases/teach/teach-layout.ts';
import { quarantinedDocument } from '../documents.ts';

/** What `taskifai teach` prints. */
export function lessonDocument({ upload, proposal, preview, earlier }: Lesson) {
  return {
    uploadId: upload.id,
    file: upload.fileName,
    status: upload.status,
    proposal: proposalDocument(proposal),
    preview: preview && previewDocument(preview),
    earlier: earlier && versionDocument(earlier),
  };
}

function proposalDocument({ sheet, headingRow, columns, unused, notes, questions, draft }: Proposal) {
  return {
    sheet,
    heading_row: headingRow,
    columns: columns.map(({ field, column, heading, confidence, reason }) => ({
      field,
      column: letterOf(column),
      heading,
      confidence,
      reason,
    })),
    unused: unused.map(({ column, heading }) => ({ column: letterOf(column), heading })),
    notes,
    questions,
    definition: draft,
  };
}

function previewDocument(preview: Preview) {
  const { totals, rows, held, counts, quarantinedByReason, ignoredByReason, checks, issues, stop } = preview;
  return {
    rows: counts,
    totals: totals.map(({ currency, year, month, ...sums }) => ({ currency, period: monthText(year, month), ...sums })),
    first_rows: rows.map(rowDocument),
    quarantined: held.map(quarantinedDocument),
    quarantinedByReason,
    ignoredByReason,
    checks,
    issues,
    ...(stop ? { error: stop } : {}),
  };
}

function rowDocument(row: CleanRow) {
  return {
    product_ean: row.productEan,
    month: row.month,
    year: row.year,
    sales_date: row.salesDate,
    quantity: row.quantity,
    sales_amount_local: row.amountLocal,
    currency: row.currency,
    reseller: row.reseller,
    functional_name: row.functionalName,
    raw_product: row.rawProduct,
    store: row.store,
    channel: row.channel,
    source: { sheet: row.sheet, row: row.row },
  };
}

/** A version of a taught layout, without its text. */
export function versionDocument({ version, by, at, uploadId }: TaughtLayout) {
  return { version, taught_by: by, taught_at: at.toISOString(), sample_upload_id: uploadId };
}

export function letterOf(column: number): string {
  return cellName(0, column).slice(0, -1);
}

export function monthText(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}
