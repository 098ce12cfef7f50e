// A pending upload -> its rows in force and its receipt. Runs from the queue: a restart finds the upload again and goes on,
// and an upload that is settled already is left alone. Expected failures end in a receipt, never in half-stored rows.

import { detectAs } from '../clean/detect.ts';
import type { WorkbookHead } from '../clean/sheet.ts';
import { recognise } from '../clean/teach/recognise.ts';
import type { CleanSummary, Issue, Stop } from '../clean/types.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Job, Ports, ProcessingStep, Receipt, UploadRecord, UploadStatus } from '../ports.ts';
import type { VendorDefinition } from '../vendors/vendor.ts';
import { withHistory } from './compare/what-changed.ts';
import { loadSheet } from './load-sheet.ts';
import { emptyReceipt, receiptOf } from './receipt.ts';
import { asError } from './receive-file.ts';
import { knownLayouts } from './teach/known-layouts.ts';
import type { ScopeTotals } from './totals.ts';
import { makeProgress, type Progress } from './work/progress.ts';

export interface IngestSettings {
  /** Those that ship with the product. */
  vendors: VendorDefinition[];
  baseCurrency: string;
  /** `YYYY-MM-DD` in the client's time zone: no report may lie after it. */
  today: () => string;
}

type IngestPorts = Pick<
  Ports,
  'uploads' | 'batches' | 'history' | 'review' | 'layouts' | 'reference' | 'sheets' | 'chat' | 'observer' | 'clock'
>;

const settledStatuses: UploadStatus[] = ['completed', 'duplicate', 'refused', 'failed', 'undone'];

/** Works one upload from its stored bytes to its receipt. Throws only what a retry may mend. */
export async function ingestFile(ports: IngestPorts, settings: IngestSettings, job: Job): Promise<Receipt | null> {
  const upload = await ports.uploads.find(job.uploadId);
  if (!upload) return null;
  if (upload.receipt && settledStatuses.includes(upload.status)) return upload.receipt;
  const started = ports.clock.now().getTime();
  const steps = stepLog(ports, upload.id);
  const progress = makeProgress(ports, job);
  let receipt: Receipt;
  try {
    receipt = await work(ports, settings, job, upload, steps, progress);
  } catch (error) {
    await steps.failed(error instanceof AppError ? error.code : 'unexpected');
    if (!(error instanceof AppError) || error.retryable) throw error;
    receipt = { ...emptyReceipt(upload), status: 'refused', error: asError(error) };
  } finally {
    await progress.end();
  }
  receipt = {
    ...receipt,
    givenPeriod: job.period,
    givenReading: job.reading,
    ms: ports.clock.now().getTime() - started,
  };
  await ports.uploads.settle(upload.id, receipt);
  ports.observer.record({
    kind: 'upload-settled',
    uploadId: upload.id,
    status: receipt.status,
    loaded: receipt.rows.loaded,
    quarantined: receipt.rows.quarantined,
    ms: receipt.ms,
  });
  return receipt;
}

/** The receipt of an upload that failed on every try; the reference is what a person may quote. */
export async function giveUp(ports: Pick<Ports, 'uploads' | 'observer'>, job: Job, error: unknown): Promise<void> {
  const upload = await ports.uploads.find(job.uploadId);
  if (!upload || (upload.receipt && settledStatuses.includes(upload.status))) return;
  const reference = ports.observer.failure('ingest', error);
  ports.observer.record({ kind: 'job-dead', job: job.kind, uploadId: job.uploadId });
  const failure = new AppError('UPLOAD_FAILED', { file: upload.fileName, reference });
  await ports.uploads.settle(upload.id, { ...emptyReceipt(upload), status: 'failed', error: asError(failure) });
}

async function work(
  ports: IngestPorts,
  settings: IngestSettings,
  job: Job,
  upload: UploadRecord,
  steps: StepLog,
  progress: Progress,
): Promise<Receipt> {
  const workbook = await steps.run('read', async () =>
    // Not kept: the reading process has the file, and this one may go on for long.
    ports.sheets.open({ name: upload.fileName, bytes: await ports.uploads.bytes(upload.id) }),
  );
  try {
    const head: WorkbookHead = { fileName: upload.fileName, sheets: workbook.sheets };
    const known = await knownLayouts(ports, settings.vendors);
    const named = [...known.shipped, ...known.taught].find((vendor) => vendor.id === job.vendor);
    const detection = await steps.run('detect', async () => (named ? detectAs(head, named) : recognise(head, known)));
    if (detection.outcome !== 'recognised' || !detection.vendor || !detection.sheet) {
      return vendorQuestion(upload, head, detection.candidates);
    }
    const { vendor, sheet } = detection;
    const reasons = detection.candidates.find((candidate) => candidate.id === vendor.id)?.reasons ?? [];
    const loaded = await steps.run('store', () =>
      loadSheet(
        ports,
        { workbook, head, sheet, vendor },
        { baseCurrency: settings.baseCurrency, today: settings.today() },
        job,
        progress,
      ),
    );
    const { totals, scopes } = loaded;
    const summary = { ...loaded.summary, issues: [...workbook.notes.map(fileNote), ...loaded.summary.issues] };
    const found = { vendor, reasons, sheet };
    if (summary.stop) return stopped(upload, found, summary, totals, summary.stop);
    const receipt = receiptOf(upload, found, summary, totals, scopes, settings.baseCurrency);
    const read = workbook.sheets.find(({ name }) => name === sheet);
    return withHistory(ports.history, receipt, read ? { head: read, vendor } : null);
  } finally {
    await workbook.close();
  }
}

/** What waits for a person is parked; what no person can mend is refused. */
function stopped(
  upload: UploadRecord,
  found: { vendor: VendorDefinition; reasons: string[]; sheet: string },
  result: CleanSummary,
  totals: ScopeTotals,
  stop: Stop,
): Receipt {
  const waits: ErrorCode[] = [
    'UPLOAD_NO_PERIOD',
    'UPLOAD_PERIOD_CONFLICT',
    'UPLOAD_PERIOD_IMPOSSIBLE',
    'UPLOAD_NUMBERS_AMBIGUOUS',
    'UPLOAD_DATES_AMBIGUOUS',
  ];
  return {
    ...receiptOf(upload, found, result, totals, [], ''),
    status: waits.includes(stop.code) ? 'needs_decision' : 'refused',
    rows: {
      ...result.counts,
      loaded: 0,
      quarantined: result.counts.quarantined,
      ignored: result.counts.ignored + result.counts.loaded,
    },
    error: asError(new AppError(stop.code, { file: upload.fileName, ...stop.params })),
  };
}

function vendorQuestion(
  upload: UploadRecord,
  head: WorkbookHead,
  candidates: { id: string; name: string; score: number; reasons: string[] }[],
): Receipt {
  if (head.sheets.every((sheet) => sheet.rows.length === 0)) {
    return {
      ...emptyReceipt(upload),
      status: 'refused',
      error: asError(new AppError('UPLOAD_NO_TABLE', { file: upload.fileName })),
    };
  }
  const best = candidates.slice(0, 3).filter((candidate) => candidate.score > 0);
  return {
    ...emptyReceipt(upload),
    status: 'needs_vendor',
    vendorReasons: best.map(
      (each) => `${each.name} ${Math.round(each.score * 100)} %: ${each.reasons.join('; ') || 'nothing fits'}`,
    ),
    error: asError(new AppError('UPLOAD_UNKNOWN_VENDOR', { file: upload.fileName })),
  };
}

function fileNote(note: string): Issue {
  return { severity: 'info', rule: 'workbook-note', sheet: null, row: null, column: null, value: null, hint: note };
}

interface StepLog {
  run<T>(step: ProcessingStep['step'], work: () => Promise<T>): Promise<T>;
  /** Marks the step in which an error came up. */
  failed(code: string): Promise<void>;
}

function stepLog(ports: Pick<Ports, 'uploads' | 'observer' | 'clock'>, uploadId: string): StepLog {
  let current: ProcessingStep['step'] = 'read';
  return {
    async run(step, doIt) {
      current = step;
      const started = ports.clock.now().getTime();
      await ports.uploads.log(uploadId, { step, status: 'started', details: {} });
      const result = await doIt();
      const ms = ports.clock.now().getTime() - started;
      await ports.uploads.log(uploadId, { step, status: 'completed', details: { ms } });
      ports.observer.record({ kind: 'upload-step', uploadId, step, status: 'completed', ms });
      return result;
    },
    failed: (code) => ports.uploads.log(uploadId, { step: current, status: 'failed', details: { code } }),
  };
}
