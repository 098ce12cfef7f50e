// The values that flow through the pipeline. A stage takes a table and returns a new one and issues; it never throws
// for bad data. Law, for every file: rows read = loaded + merged + quarantined + ignored.

import type { ErrorCode } from '../errors.ts';

export type Severity = 'info' | 'warning' | 'error';

/** Something worth saying about a place in the file. Row and column are null when it concerns the sheet or the file. */
export interface Issue {
  severity: Severity;
  /** Kebab-case, stable: programs match on it. */
  rule: string;
  sheet: string | null;
  /** 1-based. */
  row: number | null;
  /** The heading of the column. */
  column: string | null;
  /** What the cell held, as text. */
  value: string | null;
  /** What it means and what to do, in words. */
  hint: string;
}

/** One cell whose stored value is not what the cell held. */
export interface Fix {
  sheet: string;
  row: number;
  /** The heading of the column. */
  column: string;
  /** `C5`. */
  cell: string;
  original: string | null;
  cleaned: string | null;
  rule: string;
}

/** A clean row, in the currency of the file. Amounts are major units (euros, not cents), unrounded. */
export interface CleanRow {
  sheet: string;
  row: number;
  /** 13 digits with a right check digit, or null where the file has none (see `rawProduct`). */
  productEan: string | null;
  /** The client's or vendor's own code or name for the product. */
  functionalName: string | null;
  /** What the file calls the product, untouched; null when it has no such text. */
  rawProduct: string | null;
  /**
   * What names the product in a file that gives no EAN: its code and its id, a line each, else its text. Stays the same whatever
   * the product list makes of it; null where the file gives the EAN.
   */
  productInFile: string | null;
  year: number;
  month: number;
  /** `YYYY-MM-DD`, always inside year and month; the first of the month where the file has no day. */
  salesDate: string;
  quantity: number;
  /** The Sunday that ends the week of a weekly report, `YYYY-MM-DD`; null for a month. */
  weekEnding: string | null;
  /** null where the file gives no amount; never a guess. */
  amountLocal: number | null;
  /** The file gives money for several months together, and this is the row's share of it. */
  amountEstimated: boolean;
  /** ISO 4217. */
  currency: string;
  amountBasis: 'gross' | 'net' | 'unknown';
  reseller: string;
  store: string | null;
  channel: string | null;
}

/** Some of a row's pieces, by store; `rawProduct` and month are the row's. */
export interface SplitRow {
  rawProduct: string;
  store: string;
  year: number;
  month: number;
  quantity: number;
}

/** A clean row with its amount in the client's base currency. */
export interface ConvertedRow extends CleanRow {
  /** null when the amount or the rate is unknown. */
  amountBase: number | null;
  /** Base currency for one unit of `currency`; 1 for the base currency itself; null when unknown. */
  fxRate: number | null;
  /** For example `currency-api 2025-04 (monthly mean)`; null when no rate was needed or known. */
  fxSource: string | null;
}

/** A row that looks like data and is wrong: kept aside, never dropped. */
export interface QuarantinedRow {
  sheet: string;
  row: number;
  /** `missing_ean`, `invalid_ean`, `ean_precision_lost`, `missing_quantity`, `bad_number`, `bad_period`, ... */
  reasonCode: string;
  reason: string;
  /** Heading -> cell text, as the file has it. */
  raw: Record<string, string>;
  /** The cells that hold anything, and the one to blame even if it is empty, in the order of the sheet; `column` is 0-based. */
  cells: { column: number; heading: string; text: string }[];
  /** The column that is to blame, 0-based; null when no single cell is. */
  column: number | null;
}

/** Where a row stands in its file. */
export interface RowPlace {
  sheet: string;
  /** 1-based. */
  row: number;
}

/** What a person decided about a row of a file: whenever the file is cleaned, the decision is applied again. */
export interface RowDecision {
  sheet: string;
  /** 1-based. */
  row: number;
  /**
   * `edit`: the cells are read as given; `release`: what stands as product code is one, although it is no EAN; `discard`: the
   * row is left out.
   */
  kind: 'edit' | 'release' | 'discard';
  /** The new text by column, 0-based: never empty for `edit`; a `release` keeps what was edited before. */
  cells: { column: number; text: string }[];
  /** The e-mail address of who decided. */
  by: string;
}

/** A row that is no sale: blank, total, subtotal, note, last year only, already loaded. */
export interface IgnoredRow {
  sheet: string;
  row: number;
  reason: string;
}

/** A total that the file states itself, beside ours. */
export interface TotalCheck {
  /** For example `SELL OUT BY EAN row 46, AMOUNT`. */
  what: string;
  stated: number;
  /** Of the rows that were loaded. */
  found: number;
  /** Of those that were held back, as far as their figures can be read; 0 when none was. */
  heldBack: number;
  /** |stated - found| within the tolerance. */
  agrees: boolean;
  tolerance: number;
}

export interface RowCounts {
  read: number;
  loaded: number;
  merged: number;
  quarantined: number;
  ignored: number;
}

/** What a person said that a file is about: a month, or the last day of a week. */
export interface GivenPeriod extends Period {
  /** null for a whole month. */
  day: number | null;
}

/** What a person said about how a file writes what can be read in two ways; null where nothing was said. */
export interface GivenReading {
  /** The decimal mark. */
  decimal: 'comma' | 'point' | null;
  /** The order of day and month. */
  dates: 'dmy' | 'mdy' | null;
}

export interface Period {
  year: number;
  /** 1 to 12. */
  month: number;
}

/** What came of some rows of a sheet. Each row went into exactly one of the lists, or was merged into an earlier row. */
export interface CleanChunk {
  rows: CleanRow[];
  quarantined: QuarantinedRow[];
  ignored: IgnoredRow[];
  fixes: Fix[];
}

/** What came of a sheet as a whole, once its last row is in. */
export interface CleanSummary {
  issues: Issue[];
  counts: RowCounts;
  checks: TotalCheck[];
  /** Most frequent first, as are the next two. */
  fixesByRule: { rule: string; count: number }[];
  quarantinedByReason: { reason: string; count: number }[];
  ignoredByReason: { reason: string; count: number }[];
  /** What the report says that it comes to since its year began, beside what its own rows say; null where it says nothing. */
  running: Running | null;
  /** First and last month of the loaded rows; null when there are none. */
  period: { from: Period; to: Period } | null;
  /** Set when there is nothing to load, or the file as a whole cannot be loaded. */
  stop?: Stop;
}

/** Figures over all rows, those that were held back among them. */
export interface RunningFigures {
  toDate: { quantity: number; amount: number };
  week: { quantity: number; amount: number };
}

export interface Running extends RunningFigures {
  /** The same apart for each store that has columns of its own; missing in older receipts. */
  stores?: (RunningFigures & { store: string })[];
}

/** Why a file as a whole cannot be loaded. */
export interface Stop {
  code: ErrorCode;
  params: Record<string, string>;
}

/** What the product list knows, for giving a name to an EAN and an EAN to a name. */
export interface KnownProduct {
  ean: string | null;
  functionalName: string;
  brand: string | null;
  /** What vendors call it, by a person's word; `*` is every vendor. */
  aliases: { vendor: string; text: string }[];
}

/** A month's rate: base currency for one unit of `currency`. */
export interface MonthlyRate {
  currency: string;
  year: number;
  month: number;
  rate: number;
  source: string;
}
