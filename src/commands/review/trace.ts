// "Why is this 120?" on the command line: a place in a file, and what became of it.

import type { Block } from '../../message/message.ts';
import type { Ports, Principal, StoredRow } from '../../ports.ts';
import { type Trace, type TracedCell, traceCell } from '../../usecases/review/trace-cell.ts';
import type { VendorDefinition } from '../../vendors/vendor.ts';
import { quarantinedDocument, rowDocument } from '../documents.ts';
import type { Reply } from '../ingest.ts';

export async function why(
  ports: Pick<Ports, 'uploads' | 'batches' | 'review' | 'sheets' | 'directory'>,
  vendors: VendorDefinition[],
  command: { uploadId: string; place: { sheet: string; row: number; column: number | null } },
  by: Principal,
): Promise<Reply> {
  const trace = await traceCell(ports, vendors, command.uploadId, command.place, by);
  const { upload, place, cells, rows, held, decision, uploadedBy } = trace;
  const document = {
    uploadId: upload.id,
    file: upload.fileName,
    uploaded_by: uploadedBy,
    uploaded_at: upload.receivedAt.toISOString(),
    status: upload.status,
    source: place,
    in_force: rows.some((row) => row.inForce),
    cells: cells.map(cellDocument),
    decision: decision && { ...decision, at: decision.at.toISOString() },
    rows: rows.map(rowDocument),
    quarantined: held.map(quarantinedDocument),
  };
  return { document, message: { title: titleOf(trace), blocks: blocksOf(trace) }, failed: false };
}

function cellDocument({ corrected, ...cell }: TracedCell) {
  return { ...cell, corrected: corrected && { ...corrected, at: corrected.at.toISOString() } };
}

function titleOf({ upload, place, cells }: Trace): string {
  const where = cells.length === 1 ? cells[0]!.cell : `row ${place.row}`;
  return `${upload.fileName}, ${place.sheet}, ${where}`;
}

function blocksOf({ upload, uploadedBy, cells, rows, held, decision }: Trace): Block[] {
  const fields = [
    { label: 'Sent by', value: `${uploadedBy ?? 'somebody who is gone'}, ${momentText(upload.receivedAt)}` },
    {
      label: 'Counts in answers',
      value: forceText(
        rows,
        held.map(({ reason }) => reason),
      ),
    },
  ];
  if (decision) {
    const words = { edit: 'corrected', release: 'released', discard: 'discarded' }[decision.kind];
    fields.push({ label: 'Decided', value: `${words} by ${decision.by}, ${momentText(decision.at)}` });
  }
  return [
    {
      kind: 'table',
      columns: [
        { key: 'cell', label: 'Cell', kind: 'text' },
        { key: 'heading', label: 'Heading', kind: 'text' },
        { key: 'text', label: 'The file holds', kind: 'text' },
        { key: 'stored', label: 'Stored', kind: 'text' },
        { key: 'field', label: 'As', kind: 'text' },
        { key: 'rule', label: 'Rule', kind: 'text' },
        { key: 'by', label: 'Corrected by', kind: 'text' },
      ],
      rows: cells.map(({ cell, heading, text, stored, field, rule, corrected }) => ({
        cell,
        heading,
        text,
        stored: [...new Set(stored.map((value) => String(value ?? 'nothing')))].join(', '),
        field: field ?? 'not read',
        rule: rule ?? '',
        by: corrected ? `${corrected.by}: "${corrected.text}"` : '',
      })),
    },
    { kind: 'fields', fields },
  ];
}

function forceText(rows: StoredRow[], reasons: string[]): string {
  if (rows.length === 0)
    return reasons.length > 0 ? `no, held back: ${reasons.join('; ')}` : 'no, nothing is stored of it';
  if (rows.every((row) => row.inForce)) return 'yes';
  return rows.some((row) => row.inForce) ? 'in part' : 'no, these figures are not in force';
}

function momentText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
