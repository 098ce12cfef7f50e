// An upload that is stored -> how it stands beside the other files of its vendor: the months that differ, and what is worth
// knowing before somebody signs the receipt.

import { seenColumns } from '../../clean/compare/columns.ts';
import { headingFindings } from '../../clean/compare/headings.ts';
import { besideFindings } from '../../clean/compare/judge.ts';
import { sameContentFindings } from '../../clean/compare/same-content.ts';
import { sinceWeekBefore } from '../../clean/reconcile/running.ts';
import { fileIssue } from '../../clean/rows/issue-list.ts';
import type { SheetHead } from '../../clean/sheet.ts';
import type { Issue, TotalCheck } from '../../clean/types.ts';
import type { History, Receipt } from '../../ports.ts';
import type { VendorDefinition } from '../../vendors/vendor.ts';

/** The sheet that was read, and the layout that it was read by. */
export interface ReadSheet {
  head: SheetHead;
  vendor: VendorDefinition;
}

/** Figures to date that grew by more or less than the week: once for each, and once what that may mean. */
function notAll(since: TotalCheck[]): Issue[] {
  const wrong = since.filter(({ agrees }) => !agrees);
  if (wrong.length === 0) return [];
  const meaning =
    'What this report has summed up since its year began did not grow by this week alone: a week may be missing between it and the report before, or earlier weeks were corrected.';
  return [
    ...wrong.map(({ what, stated, found }) =>
      fileIssue('warning', 'total-differs', `The file states ${stated}, its rows come to ${found}.`, null, what),
    ),
    fileIssue('warning', 'week-missing', meaning),
  ];
}

/** Adds to a receipt what comparing its upload with the other files of its vendor gives; keeps its columns for the next one. */
export async function withHistory(history: History, receipt: Receipt, sheet: ReadSheet | null): Promise<Receipt> {
  if (receipt.scopes.length === 0) return receipt;
  const drift = sheet ? await headings(history, receipt.uploadId, sheet) : [];
  const states = new Set(receipt.scopes.map(({ state }) => state));
  // Of months that are known already everything was said when they came.
  if (!states.has('loaded') && !states.has('differs')) return receipt;
  const differences = states.has('differs') ? await history.differences(receipt.uploadId) : [];
  const beside = await history.beside(receipt.uploadId);
  const findings = [
    ...sameContentFindings(await history.sameContent(receipt.uploadId)),
    ...drift,
    ...besideFindings(beside),
  ];
  const since =
    receipt.running && beside.weekBefore && sheet
      ? sinceWeekBefore(receipt.running, beside.weekBefore, sheet.vendor.total_tolerance)
      : [];
  const checks = [...receipt.checks, ...since];
  const issues = [...receipt.issues, ...findings, ...notAll(since)];
  return { ...receipt, differences, unmatched: beside.unmatched, checks, issues };
}

async function headings(history: History, uploadId: string, { head, vendor }: ReadSheet): Promise<Issue[]> {
  const columns = seenColumns(head, vendor);
  const before = await history.columnsBefore(uploadId);
  await history.keepColumns(uploadId, columns);
  return before ? headingFindings(before, columns) : [];
}
