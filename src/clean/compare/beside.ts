// What is compared: a file, and the other files of its vendor and reseller that are in force. Figures only, as the database
// counts them; the other files in this folder judge them.

import type { Period } from '../types.ts';

/** A month or a week of a file, whose rows are those of another month or week in another file. */
export interface SameContent {
  period: Period;
  /** The Sunday that ends the week, `YYYY-MM-DD`; null for a month. */
  week: string | null;
  rows: number;
  quantity: number;
  amount: number | null;
  currency: string;
  /** The other one, which is in force. */
  other: { uploadId: string; fileName: string; period: Period; week: string | null };
}

/** A file beside the others of one reseller: those of the twelve months before it, unless it says otherwise. */
export interface Beside {
  reseller: string;
  /** The file that was loaded last; null when there is no other in force. */
  previousFile: string | null;
  /** Currencies of the file, and of all other files whenever they came. */
  currencies: { file: string[]; before: string[] };
  /** Each month or week of the file, with the totals before it, the last one first. */
  totals: { of: ReportTotal; before: ReportTotal[] }[];
  /** How many months or weeks (at most three) lie just before the file. */
  lately: number;
  /** All products of the file and of the months before. */
  products: ProductBeside[];
}

/** What a month or a week comes to, over all stores. */
export interface ReportTotal {
  /** `YYYY-MM-DD`: the first of the month, or the Sunday that ends the week. */
  at: string;
  weekly: boolean;
  quantity: number;
  /** null where rows have none, or several currencies. */
  amount: number | null;
  currency: string;
}

export interface ProductBeside {
  product: string;
  /** null where it goes by its name. */
  ean: string | null;
  inFile: boolean;
  before: boolean;
  /** In how many of the months or weeks just before the file (see `lately`) it was sold. */
  soldLately: number;
  /** Units sold in them. */
  unitsLately: number;
  /** Units sold and units that came back, in the file and before. */
  sold: number;
  returned: number;
  soldBefore: number;
  returnedBefore: number;
  /** Amount for a unit, over rows that have both; null where there is none. Zero amounts are gifts and no price. */
  price: number | null;
  /** The median of its months before, in the same currency. */
  usualPrice: number | null;
  /** How many months or weeks that median is of. */
  pricedBefore: number;
  currency: string;
}

/** What a unit of a currency is worth in euros, by the newest rate that is no younger than the file. */
export interface EuroWorth {
  currency: string;
  euros: number;
}

/** A column as a sheet shows it. */
export interface SeenColumn {
  /** 0-based. */
  position: number;
  heading: string;
  /** What most of its cells hold. */
  holds: 'numbers' | 'dates' | 'text' | 'nothing';
  /** The middle one of its numbers by size, or of the lengths of its texts; null where it holds neither. */
  typical: number | null;
}
