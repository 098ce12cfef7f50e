// A file that somebody sent -> a pending upload in the queue, or an upload that is refused at the door. What the bytes hold
// is judged later, in an isolated process.

import { cleanFileName } from '../chat/file-name.ts';
import type { GivenPeriod, GivenReading } from '../clean/types.ts';
import { AppError } from '../errors.ts';
import type { Job, Ports, Principal, Receipt, UploadRecord } from '../ports.ts';
import { emptyReceipt } from './receipt.ts';
import { findOwn } from './undo-upload.ts';

export interface IncomingFile {
  /** As it came; a clean base name of it is stored, shown and read for vendor and month. */
  name: string;
  bytes: Uint8Array;
  principal: Principal;
  /** Where the receipt belongs; null when nobody waits in a conversation. */
  reply: Job['reply'];
  /** Replace months that are loaded already and differ, because a person said so. */
  replace?: boolean;
  /** A vendor that a person named; null lets the layout decide. */
  vendor?: string | null;
  /** What a person said that the file is about; null lets the file say it. */
  period?: GivenPeriod | null;
  /** How a person said that its figures and dates are written; null lets the file say it. */
  reading?: GivenReading | null;
}

export interface UploadLimits {
  maxBytes: number;
  /** Lower case, with the dot. */
  extensions: string[];
}

/**
 * Opens the upload and queues its work. `settled` when there is nothing left to do: refused at the door, or known already.
 * Throws AppError when the scanner found something, or cannot say: of such a file nothing is stored.
 */
export async function receiveFile(
  ports: Pick<Ports, 'uploads' | 'jobs' | 'observer' | 'scanner' | 'audit'>,
  limits: UploadLimits,
  incoming: IncomingFile,
): Promise<{ upload: UploadRecord; settled: Receipt | null }> {
  const file = { ...incoming, name: cleanFileName(incoming.name) };
  const refusal = atTheDoor(file, limits);
  const bytes = refusal?.code === 'UPLOAD_TOO_LARGE' ? new Uint8Array() : file.bytes;
  await scanned(ports, file, bytes);
  const { upload, existing } = await ports.uploads.open({ name: file.name, bytes, principal: file.principal });
  ports.observer.record({ kind: 'upload-received', uploadId: upload.id, bytes: file.bytes.byteLength });
  if (existing && !file.replace) {
    if (upload.status === 'completed' || upload.status === 'duplicate') return { upload, settled: alreadyHere(upload) };
    const decided = file.vendor != null || file.period != null || file.reading != null;
    if (upload.receipt && !decided && upload.status !== 'needs_vendor') return { upload, settled: upload.receipt };
  }
  if (refusal) {
    const receipt: Receipt = { ...emptyReceipt(upload), status: 'refused', error: asError(refusal) };
    await ports.uploads.log(upload.id, { step: 'receive', status: 'failed', details: { code: refusal.code } });
    await ports.uploads.settle(upload.id, receipt);
    return { upload, settled: receipt };
  }
  await ports.uploads.log(upload.id, {
    step: 'receive',
    status: 'completed',
    details: { bytes: file.bytes.byteLength },
  });
  await queue(ports, upload, file);
  return { upload, settled: null };
}

/** Returns when the bytes are clean, or there are none to be kept. What was found, and who sent it, goes on record. */
async function scanned(
  ports: Pick<Ports, 'scanner' | 'audit'>,
  { name, principal }: IncomingFile,
  bytes: Uint8Array,
): Promise<void> {
  if (bytes.byteLength === 0) return;
  const verdict = await ports.scanner.scan(bytes);
  if (verdict.clean) return;
  const { found } = verdict;
  await ports.audit.security({ principal, kind: 'infected-file', details: { file: name, found } });
  throw new AppError('UPLOAD_INFECTED', { file: name, found });
}

/**
 * Sends an upload that waits for a person back to work, with what that person said. Throws UPLOAD_NOT_FOUND, UPLOAD_NOT_YOURS,
 * UPLOAD_IN_WORK or UPLOAD_NOT_WAITING.
 */
export async function decideUpload(
  ports: Pick<Ports, 'uploads' | 'jobs'>,
  uploadId: string,
  decision: Pick<IncomingFile, 'replace' | 'vendor' | 'period' | 'reading'>,
  by: Principal,
): Promise<UploadRecord> {
  if (by.role === 'viewer') throw new AppError('ACCESS_ROLE', { role: by.role, needed: 'contributor' });
  const upload = await findOwn(ports, uploadId, by);
  if (upload.status === 'pending' || upload.status === 'processing') {
    throw new AppError('UPLOAD_IN_WORK', { file: upload.fileName });
  }
  if (upload.status !== 'needs_vendor' && upload.status !== 'needs_decision') {
    throw new AppError('UPLOAD_NOT_WAITING', { file: upload.fileName });
  }
  await queue(ports, upload, { ...decision, vendor: decision.vendor ?? upload.vendor, reply: null });
  return upload;
}

/** Queues an upload: for the first time, or again with what a person decided since. What was given once holds until it is given anew. */
export async function queue(
  ports: Pick<Ports, 'uploads' | 'jobs'>,
  upload: UploadRecord,
  decision: Pick<IncomingFile, 'reply' | 'replace' | 'vendor' | 'period' | 'reading'>,
): Promise<void> {
  if (upload.receipt) await ports.uploads.settle(upload.id, { ...emptyReceipt(upload), status: 'processing' });
  await ports.jobs.enqueue({
    kind: 'ingest',
    uploadId: upload.id,
    reply: decision.reply,
    onDifference: decision.replace ? 'replace' : 'hold',
    vendor: decision.vendor ?? null,
    period: decision.period ?? upload.receipt?.givenPeriod ?? null,
    reading: merged(decision.reading ?? null, upload.receipt?.givenReading ?? null),
  });
}

function merged(now: GivenReading | null, before: GivenReading | null): GivenReading | null {
  if (!now || !before) return now ?? before;
  return { decimal: now.decimal ?? before.decimal, dates: now.dates ?? before.dates };
}

function atTheDoor(file: IncomingFile, limits: UploadLimits): AppError | null {
  const name = file.name;
  if (file.bytes.byteLength > limits.maxBytes) {
    return new AppError('UPLOAD_TOO_LARGE', {
      file: name,
      size: megabytes(file.bytes.byteLength),
      limit: megabytes(limits.maxBytes),
    });
  }
  if (/^(~\$|\.~lock\.)/.test(name)) return new AppError('UPLOAD_LOCK_FILE', { file: name });
  const extension = /\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? '';
  if (limits.extensions.includes(extension)) return null;
  return new AppError('UPLOAD_EXTENSION', {
    file: name,
    extension: extension || 'no ending',
    allowed: limits.extensions.join(', '),
  });
}

function alreadyHere(upload: UploadRecord): Receipt {
  const receipt = upload.receipt ?? emptyReceipt(upload);
  const loaded = { ...receipt.rows, ignored: receipt.rows.ignored + receipt.rows.loaded, loaded: 0 };
  return { ...receipt, status: 'duplicate', rows: loaded };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** An AppError as programs read it. */
export function asError(error: AppError): { code: string; message: string; hint: string } {
  return { code: error.code, message: error.message, hint: error.hint };
}
