// A sheet and a proposed definition -> what the file would give by it: the first rows, totals by currency and month, what would
// be held back. The same cleaning as for any file, and nothing is stored.

import { isPlan, isStarted, planCleaning } from '../../clean/pipeline.ts';
import type { WorkbookHead } from '../../clean/sheet.ts';
import type { CleanRow, CleanSummary, GivenPeriod, GivenReading, QuarantinedRow } from '../../clean/types.ts';
import { AppError } from '../../errors.ts';
import type { OpenWorkbook, Ports } from '../../ports.ts';
import type { VendorDefinition } from '../../vendors/vendor.ts';
import { asError } from '../receive-file.ts';

export interface Preview {
  /** The first few. */
  rows: CleanRow[];
  /** By currency and month, in the order of the months; amounts unrounded, null where no row has one. */
  totals: { currency: string; year: number; month: number; rows: number; quantity: number; amount: number | null }[];
  counts: CleanSummary['counts'];
  /** The first few that would be held back. */
  held: QuarantinedRow[];
  quarantinedByReason: CleanSummary['quarantinedByReason'];
  ignoredByReason: CleanSummary['ignoredByReason'];
  checks: CleanSummary['checks'];
  issues: CleanSummary['issues'];
  /** Why the file could not be loaded like this; null when it could. */
  stop: { code: string; message: string; hint: string } | null;
}

const SHOWN = 5;

export async function previewOf(
  ports: Pick<Ports, 'reference' | 'review'>,
  source: { workbook: OpenWorkbook; head: WorkbookHead; sheet: string; vendor: VendorDefinition; uploadId: string },
  given: { period: GivenPeriod | null; reading: GivenReading | null; today: string },
): Promise<Preview> {
  const { workbook, uploadId, ...input } = source;
  const products = await ports.reference.products();
  const decisions = await ports.review.decisions(uploadId);
  const plan = planCleaning({ ...input, ...given, products, decisions });
  if (!isPlan(plan)) return summed([], [], [], plan, input.head);
  if (plan.survey.needed) for await (const rows of workbook.rows(input.sheet)) plan.survey.look(rows);
  const cleaning = plan.start();
  if (!isStarted(cleaning)) return summed([], [], [], cleaning, input.head);
  const rows: CleanRow[] = [];
  const held: QuarantinedRow[] = [];
  const totals = new Map<string, Preview['totals'][number]>();
  for await (const batch of workbook.rows(input.sheet)) {
    const chunk = cleaning.take(batch);
    for (const row of chunk.rows) {
      if (rows.length < SHOWN) rows.push(row);
      add(totals, row);
    }
    held.push(...chunk.quarantined.slice(0, SHOWN - held.length));
  }
  const inOrder = [...totals.values()].sort(
    (a, b) => a.year - b.year || a.month - b.month || a.currency.localeCompare(b.currency),
  );
  return summed(rows, held, inOrder, cleaning.finish(), input.head);
}

function add(totals: Map<string, Preview['totals'][number]>, row: CleanRow): void {
  const { currency, year, month } = row;
  const key = `${currency} ${year}-${month}`;
  let total = totals.get(key);
  if (!total) {
    total = { currency, year, month, rows: 0, quantity: 0, amount: null };
    totals.set(key, total);
  }
  total.rows += 1;
  total.quantity += row.quantity;
  if (row.amountLocal !== null) total.amount = (total.amount ?? 0) + row.amountLocal;
}

function summed(
  rows: CleanRow[],
  held: QuarantinedRow[],
  totals: Preview['totals'],
  { counts, quarantinedByReason, ignoredByReason, checks, issues, stop }: CleanSummary,
  head: WorkbookHead,
): Preview {
  const refusal = stop ? asError(new AppError(stop.code, { file: head.fileName, ...stop.params })) : null;
  return { rows, totals, counts, held, quarantinedByReason, ignoredByReason, checks, issues, stop: refusal };
}
