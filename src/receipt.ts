// What a person sees of an upload once it was worked on: counts that add up, totals, and what became of each month.

import type { CleanSummary, GivenPeriod, GivenReading, Issue, Period, RowCounts } from './clean/types.ts';

export type UploadStatus =
  | 'pending'
  | 'processing'
  | 'completed'
  | 'needs_vendor'
  | 'needs_decision'
  | 'duplicate'
  | 'refused'
  | 'failed'
  | 'undone';

/** What became of one (vendor, reseller, store, month) of an upload. */
export interface ScopeOutcome {
  reseller: string;
  store: string | null;
  period: Period;
  /** The Sunday that ends the week, `YYYY-MM-DD`, where the report is about a week of that month; else null. */
  week: string | null;
  /** `undone` only as the outcome of an undo; an undo reports what it put back as `loaded`. */
  state: 'loaded' | 'unchanged' | 'differs' | 'undone';
  rows: number;
  quantity: number;
  /** Sum of amounts in the file's currency; null when no row has one. */
  amount: number | null;
  currency: string;
  /** What is in force already, for `unchanged` and `differs`. */
  before: { uploadId: string; fileName: string; rows: number; quantity: number; amount: number | null } | null;
}

/** A figure in force, the same in the file, and the second less the first. */
export interface Change {
  before: number;
  after: number;
  difference: number;
}

/** How a scope that waits for a decision differs from what is in force for it. */
export interface ScopeDifference extends Pick<ScopeOutcome, 'reseller' | 'store' | 'period' | 'week'> {
  /** Rows of the file of which nothing like them is in force; rows in force of which the file has nothing. */
  added: number;
  gone: number;
  /** Rows of the same product, store and day whose figures or texts differ. */
  changed: number;
  quantity: Change;
  /** null where either side has no amounts, or the two are not in one currency. */
  amount: Change | null;
  currency: string;
  /** Those that differ most, first: by amount where there are amounts, else by units. */
  products: { product: string; quantity: Change; amount: Change | null }[];
}

/** What a person sees of an upload; `amountBase` null when any part of it has no rate. */
export interface Receipt {
  uploadId: string;
  file: string;
  status: UploadStatus;
  vendor: string | null;
  vendorName: string | null;
  vendorReasons: string[];
  sheet: string | null;
  period: { from: Period; to: Period } | null;
  /** What a person said that the file is about; it holds whenever the file is worked on again. */
  givenPeriod: GivenPeriod | null;
  /** How a person said that its figures and dates are written; it holds as the period does. */
  givenReading: GivenReading | null;
  rows: RowCounts;
  totals: { currency: string; quantity: number; amount: number | null; amountBase: number | null }[];
  baseCurrency: string;
  /** What the amounts hold; the rate of the VAT in per cent, null where it is not known. */
  amountBasis: { basis: 'gross' | 'net' | 'unknown'; vat: number | null };
  fixes: number;
  fixesByRule: { rule: string; count: number }[];
  quarantinedByReason: { reason: string; count: number }[];
  ignoredByReason: { reason: string; count: number }[];
  checks: CleanSummary['checks'];
  /** null in receipts of reports that have no such figures. */
  running: CleanSummary['running'];
  scopes: ScopeOutcome[];
  /** One for each scope that waits for a decision. */
  differences: ScopeDifference[];
  /** Names in the file for which nobody has said yet which product they are. */
  unmatched: number;
  issues: Issue[];
  error: { code: string; message: string; hint: string } | null;
  ms: number;
}
