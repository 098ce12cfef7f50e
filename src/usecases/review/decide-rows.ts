// A person's word about rows of an upload (these cells say something else, this code is one, this row is left out) -> kept,
// put on record, and the file worked on again with it. Refuses viewers, other people's uploads, and rows that are no matter.

import { isAboutProduct, type ReasonCode } from '../../clean/rows/reasons.ts';
import type { QuarantinedRow, RowDecision, RowPlace } from '../../clean/types.ts';
import { AppError } from '../../errors.ts';
import type { Ports, Principal, UploadRecord } from '../../ports.ts';
import { queue } from '../receive-file.ts';
import { findOwn } from '../undo-upload.ts';

export type ReviewPorts = Pick<Ports, 'uploads' | 'batches' | 'review' | 'audit' | 'jobs'>;

/** Which held-back rows: all of a reason, single ones, or all where both are empty. */
export interface Chosen {
  reason: string | null;
  rows: RowPlace[];
}

/** `column` is 0-based. */
export interface CellText extends RowPlace {
  column: number;
  text: string;
}

type Decision = Omit<RowDecision, 'by'>;

const inWork = ['it is being worked on', 'Try again in a moment.'] as const;

/** Only a code that is no EAN can be let through as it stands. */
const releasable: string[] = ['invalid_ean', 'missing_ean', 'ean_precision_lost'] satisfies ReasonCode[];

/** Lets rows through whose product code is one, although it is no EAN. Returns how many; the upload is in work then. */
export async function releaseRows(ports: ReviewPorts, uploadId: string, chosen: Chosen, by: Principal) {
  const upload = await openForReview(ports, uploadId, by);
  const { held, earlier } = await chosenRows(ports, upload, chosen);
  const fit = held.filter(({ reasonCode }) => releasable.includes(reasonCode));
  if (fit.length === 0) {
    const reason = 'only a product code that is no EAN can be released; correct the cell or discard the row';
    throw new AppError('REVIEW_NO_SUCH_ROW', { id: upload.id, reason });
  }
  const decisions = unique(fit).map(({ sheet, row }): Decision => {
    const before = earlier.get(keyOf({ sheet, row }));
    return { sheet, row, kind: 'release', cells: before?.kind === 'discard' ? [] : (before?.cells ?? []) };
  });
  return carryOut(ports, upload, decisions, by);
}

/** Leaves rows out for good. Returns how many; the upload is in work then. */
export async function discardRows(ports: ReviewPorts, uploadId: string, chosen: Chosen, by: Principal) {
  const upload = await openForReview(ports, uploadId, by);
  const { held } = await chosenRows(ports, upload, chosen);
  const decisions = unique(held).map(({ sheet, row }): Decision => ({ sheet, row, kind: 'discard', cells: [] }));
  return carryOut(ports, upload, decisions, by);
}

/** Has cells read as given. Cells of the same row that were corrected before stay corrected. */
export async function correctCells(ports: ReviewPorts, uploadId: string, cells: CellText[], by: Principal) {
  const upload = await openForReview(ports, uploadId, by);
  const earlier = await decisionsByRow(ports, upload.id);
  const held = new Map((await ports.batches.quarantined(upload.id)).map((row) => [keyOf(row), row]));
  const decisions = new Map<string, Decision>();
  for (const { sheet, row, column, text } of cells) {
    const key = keyOf({ sheet, row });
    const before = decisions.get(key) ?? earlier.get(key);
    if (!before && !held.has(key) && (await ports.review.stored(upload.id, { sheet, row })).length === 0) {
      throw notThere(upload, `row ${row} of sheet "${sheet}" is neither loaded nor held back`);
    }
    const kept = (before?.kind === 'discard' ? [] : (before?.cells ?? [])).filter((cell) => cell.column !== column);
    // What was released stays so while another cell is mended; a row that is held for its product is judged anew.
    const reason = held.get(key)?.reasonCode as ReasonCode | undefined;
    const stays = before?.kind === 'release' && reason !== undefined && !isAboutProduct(reason);
    decisions.set(key, { sheet, row, kind: stays ? 'release' : 'edit', cells: [...kept, { column, text }] });
  }
  return carryOut(ports, upload, [...decisions.values()], by);
}

/** An upload about whose rows this person may decide now. */
async function openForReview(ports: Pick<Ports, 'uploads'>, uploadId: string, by: Principal): Promise<UploadRecord> {
  if (by.role === 'viewer') throw new AppError('ACCESS_ROLE', { role: by.role, needed: 'contributor' });
  const upload = await findOwn(ports, uploadId, by);
  if (upload.status === 'undone') throw closed(upload, ['it is undone', 'Send the file again to load it again.']);
  if (upload.status === 'pending' || upload.status === 'processing') throw closed(upload, inWork);
  return upload;
}

async function chosenRows(
  ports: ReviewPorts,
  upload: UploadRecord,
  { reason, rows }: Chosen,
): Promise<{ held: QuarantinedRow[]; earlier: Map<string, RowDecision> }> {
  const all = await ports.batches.quarantined(upload.id);
  for (const place of rows) {
    if (all.some((row) => keyOf(row) === keyOf(place))) continue;
    throw notThere(upload, `row ${place.row} of sheet "${place.sheet}" is not held back`);
  }
  const wanted = new Set(rows.map(keyOf));
  const held = all.filter(
    (row) => (reason === null || row.reasonCode === reason) && (wanted.size === 0 || wanted.has(keyOf(row))),
  );
  if (held.length === 0) {
    throw notThere(upload, reason === null ? 'no row is held back' : `no row is held back for the reason "${reason}"`);
  }
  return { held, earlier: await decisionsByRow(ports, upload.id) };
}

async function decisionsByRow(ports: Pick<Ports, 'review'>, uploadId: string): Promise<Map<string, RowDecision>> {
  return new Map((await ports.review.decisions(uploadId)).map((decision) => [keyOf(decision), decision]));
}

/** The database keeps what holds now; the record that nobody can change keeps every decision. */
async function carryOut(
  ports: ReviewPorts,
  upload: UploadRecord,
  decisions: Decision[],
  by: Principal,
): Promise<{ upload: UploadRecord; rows: number }> {
  // Somebody else may have been quicker: their decision is worked on first.
  if (!(await ports.review.decide(upload.id, decisions, by))) throw closed(upload, inWork);
  const details = { uploadId: upload.id, decisions: JSON.stringify(decisions) };
  await ports.audit.security({ principal: by, kind: 'rows-decided', details });
  await queue(ports, upload, { reply: null, vendor: upload.vendor });
  return { upload, rows: decisions.length };
}

/** Where columns repeat, a row may be held back for several of them. */
function unique(rows: QuarantinedRow[]): QuarantinedRow[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

function keyOf({ sheet, row }: RowPlace): string {
  return `${row} ${sheet}`;
}

function notThere({ id }: UploadRecord, reason: string): AppError {
  return new AppError('REVIEW_NO_SUCH_ROW', { id, reason });
}

function closed({ fileName }: UploadRecord, [state, next]: readonly [string, string]): AppError {
  return new AppError('REVIEW_CLOSED', { file: fileName, state, next });
}
