// Held-back rows on the command line: what they are, what a person decides about them, and the workbook for whoever sent them.

import type { Command } from '#adapters/console/args.ts';
import { cellName } from '../../clean/sheet.ts';
import type { QuarantinedRow } from '../../clean/types.ts';
import type { Block } from '../../message/message.ts';
import type { Ports, Principal } from '../../ports.ts';
import { receiptMessage } from '../../usecases/receipt-message.ts';
import { correctCells, discardRows, type ReviewPorts, releaseRows } from '../../usecases/review/decide-rows.ts';
import { errorWorkbook } from '../../usecases/review/error-workbook.ts';
import { type HeldGroup, heldRows } from '../../usecases/review/held-rows.ts';
import { quarantinedDocument, receiptDocument } from '../documents.ts';
import { type Reply, receiptOnceDone } from '../ingest.ts';

export async function review(
  ports: Pick<Ports, 'uploads' | 'batches'>,
  uploadId: string,
  by: Principal,
): Promise<Reply> {
  const { upload, groups } = await heldRows(ports, uploadId, by);
  const blocks = groups.flatMap(groupBlocks);
  if (blocks.length === 0) blocks.push({ kind: 'text', text: `No row of ${upload.fileName} is held back.` });
  return {
    document: { uploadId: upload.id, file: upload.fileName, status: upload.status, reasons: groups.map(groupDocument) },
    message: { title: `Held back: ${upload.fileName}`, blocks },
    failed: false,
  };
}

export type Decided = Extract<Command, { name: 'release' | 'discard' | 'correct' }>;

/** Decides, waits until the file is worked on again, and gives its new receipt. */
export async function decide(
  ports: ReviewPorts,
  command: Decided,
  by: Principal,
  pause: () => Promise<void>,
): Promise<Reply> {
  const { upload, rows } = await carryOut(ports, command, by);
  const receipt = await receiptOnceDone(ports, upload.id, pause);
  const message = receiptMessage(receipt);
  const words = { release: 'released', discard: 'discarded', correct: 'corrected' }[command.name];
  const text = `${rows} ${rows === 1 ? 'row' : 'rows'} ${words}; the file was worked on again.`;
  return {
    document: { decision: command.name, rows, receipt: receiptDocument(receipt) },
    message: { ...message, blocks: [{ kind: 'text', text }, ...message.blocks] },
    failed: !['completed', 'duplicate'].includes(receipt.status),
  };
}

function carryOut(ports: ReviewPorts, command: Decided, by: Principal) {
  if (command.name === 'correct') return correctCells(ports, command.uploadId, command.cells, by);
  const decideRows = command.name === 'release' ? releaseRows : discardRows;
  return decideRows(ports, command.uploadId, { reason: command.reason, rows: command.rows }, by);
}

/** @param keep stores the workbook where the person said */
export async function errors(
  ports: Pick<Ports, 'uploads' | 'batches' | 'workbooks'>,
  command: { uploadId: string; out: string },
  by: Principal,
  keep: (path: string, bytes: Uint8Array) => void,
): Promise<Reply> {
  const { upload, text, groups, bytes } = await errorWorkbook(ports, command.uploadId, by);
  keep(command.out, bytes);
  return {
    document: {
      uploadId: upload.id,
      file: upload.fileName,
      out: command.out,
      text,
      reasons: groups.map(groupDocument),
    },
    message: {
      title: `Ready to send, with ${command.out}`,
      blocks: text.split('\n').map((line): Block => ({ kind: 'text', text: line })),
    },
    failed: false,
  };
}

function groupDocument({ reasonCode, hint, needed, rows }: HeldGroup) {
  return { reason_code: reasonCode, count: rows.length, hint, needed, rows: rows.map(heldDocument) };
}

function heldDocument(row: QuarantinedRow) {
  return {
    ...quarantinedDocument(row),
    cell: row.column === null ? null : cellName(row.row, row.column),
    cells: row.cells.map(({ column, heading, text }) => ({ cell: cellName(row.row, column), heading, text })),
  };
}

function groupBlocks({ reasonCode, hint, rows }: HeldGroup): Block[] {
  const table: Block = {
    kind: 'table',
    title: `${reasonCode}: ${rows.length}`,
    columns: [
      { key: 'place', label: 'Place', kind: 'text' },
      { key: 'holds', label: 'It holds', kind: 'text' },
      { key: 'reason', label: 'Why', kind: 'text' },
      { key: 'cells', label: 'The row', kind: 'text' },
    ],
    rows: rows.map((row) => ({
      place: `${row.sheet}!${row.column === null ? row.row : cellName(row.row, row.column)}`,
      holds: row.cells.find(({ column }) => column === row.column)?.text ?? '',
      reason: row.reason,
      cells: row.cells.map(({ heading, text }) => `${heading}: ${text}`).join(' | '),
    })),
  };
  return [table, { kind: 'context', text: hint }];
}
