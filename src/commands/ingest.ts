// Files -> receipts, through the same queue and workers as in chat. One bad file never stops the others.

import type { App } from '../app.ts';
import { failure } from '../chat/replies.ts';
import { AppError } from '../errors.ts';
import type { Block, Message } from '../message/message.ts';
import type { Ports, Principal, Receipt, UploadStatus } from '../ports.ts';
import { receiptMessage } from '../usecases/receipt-message.ts';
import { decideUpload, type IncomingFile } from '../usecases/receive-file.ts';
import { findOwn } from '../usecases/undo-upload.ts';
import { quarantinedDocument, receiptDocument, rowDocument } from './documents.ts';

/** One document for programs and its message for people; `failed` makes the exit code 1. */
export interface Reply {
  document: unknown;
  message: Message;
  failed: boolean;
  /** Of a file that was worked on. */
  receipt?: Receipt;
}

export interface FileToIngest {
  /** The name under which it was uploaded, without a path. */
  name: string;
  read: () => Promise<Uint8Array>;
  principal: Principal;
}

const over: UploadStatus[] = [
  'completed',
  'needs_vendor',
  'needs_decision',
  'duplicate',
  'refused',
  'failed',
  'undone',
];

/**
 * Queues all files at once and yields their receipts in the order given.
 * @param pause waits a moment between looks at an upload that another process may be working on
 */
export async function* ingest(
  app: App,
  ports: Pick<Ports, 'uploads' | 'batches'>,
  files: FileToIngest[],
  options: { rows: boolean; replace?: boolean } & Pick<IncomingFile, 'vendor' | 'period' | 'reading'>,
  pause: () => Promise<void>,
): AsyncGenerator<Reply> {
  const queued = [];
  for (const file of files) {
    queued.push(
      await settle(async () =>
        app.receive({
          name: file.name,
          bytes: await file.read(),
          principal: file.principal,
          reply: null,
          replace: options.replace ?? false,
          vendor: options.vendor ?? null,
          period: options.period ?? null,
          reading: options.reading ?? null,
        }),
      ),
    );
  }
  for (const each of queued) {
    if (each instanceof AppError) {
      yield failureReply(each);
      continue;
    }
    const receipt = each.settled ?? (await receiptOnceDone(ports, each.upload.id, pause));
    yield receiptReply(ports, receipt, options.rows);
  }
}

/** Answers what an upload waits for, waits until it was worked on with that, and gives its new receipt. */
export async function decideFile(
  ports: Pick<Ports, 'uploads' | 'batches' | 'jobs'>,
  uploadId: string,
  decision: Pick<IncomingFile, 'replace' | 'vendor' | 'period' | 'reading'> & { rows: boolean },
  by: Principal,
  pause: () => Promise<void>,
): Promise<Reply> {
  const upload = await decideUpload(ports, uploadId, decision, by);
  return receiptReply(ports, await receiptOnceDone(ports, upload.id, pause), decision.rows);
}

async function receiptReply(ports: Pick<Ports, 'batches'>, receipt: Receipt, rows: boolean): Promise<Reply> {
  const extra = rows ? await rowsOf(ports, receipt.uploadId) : {};
  const message = receiptMessage(receipt);
  return {
    document: { ...receiptDocument(receipt), ...extra },
    message: { ...message, blocks: [...message.blocks, ...waysToMatch(receipt), ...waysToDecide(receipt)] },
    failed: !['completed', 'duplicate'].includes(receipt.status),
    receipt,
  };
}

function waysToMatch({ unmatched }: Partial<Pick<Receipt, 'unmatched'>>): Block[] {
  if (!unmatched) return [];
  return [{ kind: 'text', text: 'See the names to be matched, and what they may be: taskifai products --unmatched' }];
}

/** The commands that answer what an upload waits for. */
function waysToDecide({ uploadId, status, scopes, error }: Receipt): Block[] {
  const answer = `taskifai decide ${uploadId}`;
  if (status === 'needs_vendor')
    return [
      {
        kind: 'text',
        text: `Say whose it is: ${answer} --vendor ID. Or teach me a new layout: taskifai teach ${uploadId}`,
      },
    ];
  if (status !== 'needs_decision') return [];
  if (scopes.some(({ state }) => state === 'differs')) {
    return [{ kind: 'text', text: `Put this file's figures in their place: ${answer} --replace` }];
  }
  const ways: Record<string, string> = {
    UPLOAD_NUMBERS_AMBIGUOUS: `Say which mark stands before the decimals: ${answer} --decimal comma (or point)`,
    UPLOAD_DATES_AMBIGUOUS: `Say what comes first, the day or the month: ${answer} --dates dmy (or mdy)`,
  };
  const period = `Say which month it is: ${answer} --period YYYY-MM (for a week, the Sunday that ends it: YYYY-MM-DD)`;
  return [{ kind: 'text', text: ways[error?.code ?? ''] ?? period }];
}

/** Puts a corrected file in the place of an upload: its months are replaced, the old version comes back with an undo. */
export async function* replace(
  app: App,
  ports: Pick<Ports, 'uploads' | 'batches'>,
  uploadId: string,
  file: FileToIngest,
  options: { rows: boolean; vendor?: string | null },
  pause: () => Promise<void>,
): AsyncGenerator<Reply> {
  const old = await findOwn(ports, uploadId, file.principal);
  yield* ingest(app, ports, [file], { ...options, vendor: options.vendor ?? old.vendor, replace: true }, pause);
}

/** The rows of an upload, in force or not, and those held back. */
export async function rowsOf(ports: Pick<Ports, 'batches'>, uploadId: string) {
  const data = [];
  for await (const row of ports.batches.rows(uploadId)) data.push(rowDocument(row));
  const quarantined = await ports.batches.quarantined(uploadId);
  return { data, quarantined: quarantined.map(quarantinedDocument) };
}

/** Waits until nobody works on the upload any more. */
export async function receiptOnceDone(
  ports: Pick<Ports, 'uploads'>,
  uploadId: string,
  pause: () => Promise<void>,
): Promise<Receipt> {
  for (;;) {
    const upload = await ports.uploads.find(uploadId);
    if (upload?.receipt && over.includes(upload.status)) return upload.receipt;
    await pause();
  }
}

async function settle<T>(work: () => Promise<T>): Promise<T | AppError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** What an expected failure looks like to programs and to people. */
export function failureReply(error: AppError): Reply {
  const { code, message, hint } = error;
  return { document: { error: { code, message, hint } }, message: failure(error), failed: true };
}
