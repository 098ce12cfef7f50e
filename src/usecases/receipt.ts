// What came of a file -> the receipt: counts that add up, totals per currency, what was repaired, held back and left out.

import { summarise } from '../clean/report.ts';
import type { CleanResult, ConvertedRow } from '../clean/types.ts';
import type { Receipt, ScopeOutcome, UploadRecord, UploadStatus } from '../ports.ts';
import type { VendorDefinition } from '../vendors/vendor.ts';

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
    rows: { read: 0, loaded: 0, merged: 0, quarantined: 0, ignored: 0 },
    totals: [],
    baseCurrency: '',
    fixes: 0,
    fixesByRule: [],
    quarantinedByReason: [],
    ignoredByReason: [],
    checks: [],
    scopes: [],
    issues: [],
    error: null,
    ms: 0,
  };
}

/** The receipt of a stored batch. Rows of months that were loaded already, or wait for a decision, count as ignored. */
export function receiptOf(
  upload: UploadRecord,
  found: { vendor: VendorDefinition; reasons: string[]; sheet: string },
  result: CleanResult,
  rows: ConvertedRow[],
  scopes: ScopeOutcome[],
  baseCurrency: string,
): Receipt {
  const loadedScopes = new Set(scopes.filter((scope) => scope.state === 'loaded').map(scopeKey));
  const byStore = scopes.some((scope) => scope.store !== null);
  const loaded = rows.filter((row) =>
    loadedScopes.has(scopeKey({ ...row, store: byStore ? row.store : null, period: row })),
  );
  const unchanged = sum(scopes, 'unchanged');
  const waiting = sum(scopes, 'differs');
  const extra: { reason: string; count: number }[] = [
    { reason: 'already loaded and equal', count: unchanged },
    { reason: 'differs from what is loaded: waiting for a decision', count: waiting },
  ].filter((each) => each.count > 0);
  const summary = summarise(result);
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
    totals: totalsOf(loaded.length > 0 ? loaded : rows),
    baseCurrency,
    fixes: result.fixes.length,
    fixesByRule: summary.fixesByRule,
    quarantinedByReason: summary.quarantinedByReason,
    ignoredByReason: [...summary.ignoredByReason, ...extra],
    checks: result.checks,
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

function scopeKey(scope: { reseller: string; store: string | null; period: { year: number; month: number } }): string {
  return `${scope.reseller}\u0000${scope.store ?? ''}\u0000${scope.period.year}-${scope.period.month}`;
}

/** Totals per currency, amounts rounded to the cent; null as soon as one part is unknown would hide the rest, so only all-null gives null. */
function totalsOf(rows: ConvertedRow[]): Receipt['totals'] {
  const totals = new Map<
    string,
    { quantity: number; amount: number | null; amountBase: number | null; unknown: boolean }
  >();
  for (const row of rows) {
    const total = totals.get(row.currency) ?? { quantity: 0, amount: null, amountBase: null, unknown: false };
    total.quantity += row.quantity;
    if (row.amountLocal !== null) {
      total.amount = (total.amount ?? 0) + row.amountLocal;
      if (row.amountBase === null) total.unknown = true;
      else total.amountBase = (total.amountBase ?? 0) + row.amountBase;
    }
    totals.set(row.currency, total);
  }
  return [...totals].map(([currency, total]) => ({
    currency,
    quantity: tidy(total.quantity, 3),
    amount: total.amount === null ? null : tidy(total.amount, 2),
    amountBase: total.unknown || total.amountBase === null ? null : tidy(total.amountBase, 2),
  }));
}

function tidy(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round((value + Math.sign(value) * 1e-9) * factor) / factor + 0;
}
