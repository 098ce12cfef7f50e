// The typed question: everything that a question in words can mean here, with nothing left open. Understanding makes it,
// compiling turns it into SQL, a follow-up edits it.

import type { ChartType } from '../message/message.ts';

export type NameDimension = 'reseller' | 'product' | 'brand' | 'store' | 'channel';
export type TimeDimension = 'month' | 'quarter' | 'year';
export type Dimension = NameDimension | TimeDimension;

/**
 * sales: net of returns, in the base currency. sales_local: in the currency of the reseller's reports. units: net of returns.
 * avg_price: sales / units. products, resellers, stores, brands: how many different ones had units above zero. records: rows.
 * returns: units that came back, as a positive number.
 */
export type Metric =
  | 'sales'
  | 'sales_local'
  | 'units'
  | 'avg_price'
  | 'products'
  | 'resellers'
  | 'stores'
  | 'brands'
  | 'records'
  | 'returns';

/** Whole months, both included, as `YYYY-MM`. `label` is how an answer names it: `2024`, `Q3 2025`, `Jul to Sep 2025`. */
export interface MonthRange {
  from: string;
  to: string;
  label: string;
  /** Only these months of it, where it has holes: `March and May 2025`. */
  parts?: { from: string; to: string }[];
}

/** Names exactly as they stand in the data. Several filters hold together; the names of one are alternatives. */
export interface Filter {
  dimension: NameDimension;
  names: string[];
  exclude: boolean;
}

interface Common {
  filters: Filter[];
  /** null: all months there are. */
  period: MonthRange | null;
  /** What was asked to be drawn; `table`: nothing is, null lets the shape decide. */
  chart: ChartType | 'table' | null;
}

/** `also`: the other end of a band. */
export interface Bound {
  compare: 'above' | 'below' | 'at_least' | 'at_most';
  value: number;
}

/** Figures, split by dimensions: totals, tables, courses of time, rankings, thresholds, running totals. */
export interface Aggregate extends Common {
  kind: 'aggregate';
  /** At least one. */
  metrics: Metric[];
  /** In the order of the columns; empty for a total. */
  by: Dimension[];
  /** `n` null: the whole ranking was not limited by the question (10 are shown). `per`: the best of each. `nth`: only the second, the third... */
  ranking: { direction: 'top' | 'bottom'; n: number | null; per: Dimension | null; nth?: number } | null;
  /** Keeps groups whose first metric compares so. */
  threshold: (Bound & { also?: Bound }) | null;
  /** The first metric added up month after month. */
  running: boolean;
  /** The first metric averaged over so many months, this one included; `month` is in `by`. */
  moving?: number;
  /** How the first metric changes from one month (quarter, year) to the next; one of them is in `by`. */
  change?: true;
  /** Divides the first metric by the number of calendar months of the period. */
  perMonth: boolean;
}

/** A change in percent from one range to another: (current - previous) / previous. `by` empty for the whole. */
export interface Growth extends Omit<Common, 'period'> {
  kind: 'growth';
  metric: 'sales' | 'units' | 'avg_price';
  current: MonthRange;
  previous: MonthRange;
  by: NameDimension[];
  ranking: { direction: 'top' | 'bottom'; n: number | null } | null;
  /** Only those that grew, or that fell. */
  only?: 'up' | 'down';
}

/** Percentages of the total of the same selection. Either of some names (`of`), or of every value of a dimension (`by`). */
export interface Share extends Common {
  kind: 'share';
  metric: 'sales' | 'units';
  of: Filter | null;
  by: Dimension | null;
}

/** The names there are. */
export interface NameList extends Common {
  kind: 'list';
  dimension: NameDimension;
}

/** The first or the last month with units above zero. */
export interface FirstOrLast extends Common {
  kind: 'first_or_last';
  which: 'first' | 'last';
}

/** Names that are known but had no units above zero in the period. */
export interface Unsold extends Common {
  kind: 'unsold';
  dimension: 'product' | 'reseller' | 'brand' | 'store';
}

/** Names whose first month with units above zero lies in the period (`new`), or whose last one lies before it (`gone`). */
export interface Arrivals extends Common {
  kind: 'arrivals';
  which: 'new' | 'gone';
  dimension: 'product' | 'reseller' | 'brand' | 'store';
  period: MonthRange;
}

/** Months of the range of the data (or the period) in which the selection had no units above zero. */
export interface SilentMonths extends Common {
  kind: 'silent_months';
}

/** What the months after the last one with data may bring: an estimate from the series of months. */
export interface Forecast extends Common {
  kind: 'forecast';
  metric: 'sales' | 'units';
  /** Months after the last one with data, 1 to 12. */
  ahead: number;
  period: null;
}

/** Which resellers and products had which part in a change from one range to another. */
export interface Why extends Omit<Common, 'period'> {
  kind: 'why';
  metric: 'sales' | 'units';
  current: MonthRange;
  previous: MonthRange;
}

/** Months of resellers that are far from what is usual for them. */
export interface Unusual extends Common {
  kind: 'unusual';
  metric: 'sales' | 'units';
}

/** Months between a reseller's first and the latest of all for which there is no report. */
export interface MissingReports extends Common {
  kind: 'missing_reports';
}

/** What there is: the range and size of the data, or the files it came from. */
export interface About extends Common {
  kind: 'about';
  what: 'data' | 'uploads';
}

export type Query =
  | Aggregate
  | Growth
  | Share
  | NameList
  | FirstOrLast
  | Unsold
  | Arrivals
  | SilentMonths
  | Forecast
  | Why
  | Unusual
  | MissingReports
  | About;
