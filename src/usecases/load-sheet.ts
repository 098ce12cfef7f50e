// A recognised sheet of an opened workbook -> rows in the store and what the receipt needs to know. Rows are read, cleaned,
// converted and stored at the same time, so that a file of any length takes the same memory.

import { type Conversion, makeConversion } from '../clean/convert.ts';
import { type Cleaning, isPlan, isStarted, planCleaning } from '../clean/pipeline.ts';
import { fileIssue } from '../clean/rows/issue-list.ts';
import type { SheetRow, WorkbookHead } from '../clean/sheet.ts';
import type { CleanSummary, Issue } from '../clean/types.ts';
import { AppError } from '../errors.ts';
import type { BatchChunk, Job, OpenWorkbook, Ports, ScopeOutcome } from '../ports.ts';
import type { VendorDefinition } from '../vendors/vendor.ts';
import { makeTotals, type ScopeTotals } from './totals.ts';
import type { Progress } from './work/progress.ts';

export interface Loaded {
  summary: CleanSummary;
  totals: ScopeTotals;
  /** Empty when the summary has a reason to stop. */
  scopes: ScopeOutcome[];
}

/** Stores nothing when the sheet as a whole cannot be loaded, but keeps rows that are held back. */
export async function loadSheet(
  ports: Pick<Ports, 'batches' | 'reference' | 'review'>,
  source: { workbook: OpenWorkbook; head: WorkbookHead; sheet: string; vendor: VendorDefinition },
  settings: { baseCurrency: string; today: string },
  job: Pick<Job, 'uploadId' | 'onDifference' | 'period' | 'reading'>,
  progress: Pick<Progress, 'read'>,
): Promise<Loaded> {
  const { workbook, head, sheet, vendor } = source;
  const totals = makeTotals(vendor.scope.by_store);
  const products = await ports.reference.products();
  const decisions = await ports.review.decisions(job.uploadId);
  const { period, reading } = job;
  const plan = planCleaning({ head, vendor, sheet, products, period, reading, decisions, today: settings.today });
  if (!isPlan(plan)) return { summary: plan, totals, scopes: [] };
  const passes = plan.survey.needed ? 2 : 1;
  if (plan.survey.needed) for await (const rows of watched(0)) plan.survey.look(rows);
  const cleaning = plan.start();
  if (!isStarted(cleaning)) return { summary: cleaning, totals, scopes: [] };
  const conversion = makeConversion(settings.baseCurrency);
  const unread: Issue[] = [];
  const scopes = await ports.batches.save({
    uploadId: job.uploadId,
    vendor: vendor.id,
    scopeByStore: vendor.scope.by_store,
    onDifference: job.onDifference,
    chunks: chunksOf(watched(passes - 1), cleaning, conversion),
  });
  const summary = cleaning.finish();
  return { summary: { ...summary, issues: [...summary.issues, ...unread, ...conversion.issues()] }, totals, scopes };

  /** A sheet that is only compared with must not refuse the rows. */
  async function compared(other: string, into: Cleaning): Promise<Issue[]> {
    try {
      for await (const rows of workbook.rows(other)) into.compare(other, rows);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const hint = `Sheet "${other}" could not be read to its end, so its totals are not all compared.`;
      return [fileIssue('info', 'sheet-not-compared', hint, other)];
    }
  }

  /** The rows of the sheet, with word of how far they are; `before` times it was read already. */
  async function* watched(before: number): AsyncGenerator<SheetRow[]> {
    let count = 0;
    for await (const rows of workbook.rows(sheet)) {
      count += rows.length;
      const share = workbook.share();
      progress.read(count, share === null ? null : (before + share) / passes);
      yield rows;
    }
  }

  async function* chunksOf(
    batches: AsyncIterable<SheetRow[]>,
    into: Cleaning,
    converting: Conversion,
  ): AsyncGenerator<BatchChunk> {
    for await (const rows of batches) {
      const chunk = into.take(rows);
      const currencies = converting.unknown(chunk.rows);
      if (currencies.length > 0) {
        converting.learn(currencies, await ports.reference.rates(currencies, settings.baseCurrency));
      }
      const converted = converting.rows(chunk.rows);
      totals.add(converted);
      yield { rows: converted, quarantined: chunk.quarantined, fixes: chunk.fixes, split: [] };
    }
    for (const other of into.comparable) unread.push(...(await compared(other, into)));
    const { rows: split, fixes } = into.split();
    yield { rows: [], quarantined: [], fixes, split };
  }
}
