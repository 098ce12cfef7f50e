// What came of a file -> the receipt: counts that add up, totals per currency, what was repaired, held back and left out.

import type { CleanSummary } from '../clean/types.ts';
import type { Receipt, ScopeOutcome, UploadRecord, UploadStatus } from '../ports.ts';
import type { VendorDefinition } from '../vendors/vendor.ts';
import type { ScopeTotals } from './totals.ts';

/** A receipt of which nothing is known yet. */
export function emptyReceipt(upload: UploadRecord): Receipt {
  return {
    uploadId: upload.id,
    file: upload.fileName,
    status: 'processing',
    vendor: null,
    vendorName: null,
    vendorReasons: [],
    sheet: null,
    period: null,
    givenPeriod: upload.receipt?.givenPeriod ?? null,
    givenReading: upload.receipt?.givenReading ?? null,
    rows: { read: 0, loaded: 0, merged: 0, quarantined: 0, ignored: 0 },
    totals: [],
    baseCurrency: '',
    amountBasis: { basis: 'unknown', vat: null },
    fixes: 0,
    fixesByRule: [],
    quarantinedByReason: [],
    ignoredByReason: [],
    checks: [],
    running: null,
    scopes: [],
    differences: [],
    unmatched: 0,
    issues: [],
    error: null,
    ms: 0,
  };
}

/** The receipt of a stored batch. Rows of months that were loaded already, or wait for a decision, count as ignored. */
export function receiptOf(
  upload: UploadRecord,
  found: { vendor: VendorDefinition; reasons: string[]; sheet: string },
  result: CleanSummary,
  totals: ScopeTotals,
  scopes: ScopeOutcome[],
  baseCurrency: string,
): Receipt {
  const loaded = scopes.filter((scope) => scope.state === 'loaded');
  const unchanged = sum(scopes, 'unchanged');
  const waiting = sum(scopes, 'differs');
  const extra: { reason: string; count: number }[] = [
    { reason: 'already loaded and equal', count: unchanged },
    { reason: 'differs from what is loaded: waiting for a decision', count: waiting },
  ].filter((each) => each.count > 0);
  return {
    ...emptyReceipt(upload),
    status: statusOf(scopes),
    vendor: found.vendor.id,
    vendorName: found.vendor.name,
    vendorReasons: found.reasons,
    sheet: found.sheet,
    period: result.period,
    rows: {
      ...result.counts,
      loaded: result.counts.loaded - unchanged - waiting,
      ignored: result.counts.ignored + unchanged + waiting,
    },
    totals: loaded.length > 0 ? totals.of(loaded) : totals.all(),
    baseCurrency,
    amountBasis: found.vendor.amount,
    fixes: result.fixesByRule.reduce((sum, { count }) => sum + count, 0),
    fixesByRule: result.fixesByRule,
    quarantinedByReason: result.quarantinedByReason,
    ignoredByReason: [...result.ignoredByReason, ...extra],
    checks: result.checks,
    running: result.running,
    scopes,
    issues: result.issues,
  };
}

function statusOf(scopes: ScopeOutcome[]): UploadStatus {
  if (scopes.some((scope) => scope.state === 'differs')) return 'needs_decision';
  return scopes.every((scope) => scope.state === 'unchanged') ? 'duplicate' : 'completed';
}

function sum(scopes: ScopeOutcome[], state: ScopeOutcome['state']): number {
  return scopes.filter((scope) => scope.state === state).reduce((total, scope) => total + scope.rows, 0);
}
