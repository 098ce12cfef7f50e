// What a digest is made of: the rows that the questions of questions.ts bring back. Months are `YYYY-MM`; amounts are in
// the client's base currency; null where no row has one.

/** A reseller's figures in one month. `withoutRate`: rows with an amount in a currency for which no rate was known. */
export interface MonthlyRow {
  month: string;
  reseller: string;
  quantity: number;
  amount: number | null;
  rows: number;
  withoutRate: number;
}

/** A product's figures in the month of the digest and the month before; null where no row has one. */
export interface ProductRow {
  product: string;
  amount: number | null;
  before: number | null;
  /** Rows in each of the two months: with rows but no amount, the change in money is unknown, not the whole amount. */
  rows?: number;
  rowsBefore?: number;
}

export interface DigestInput {
  clientName: string;
  /** ISO 4217. */
  baseCurrency: string;
  /** `YYYY-MM-DD`; the month that holds it is not complete yet. */
  today: string;
  monthly: MonthlyRow[];
  /** More monthly rows existed than were read: the oldest month may be cut through, so it is left out. */
  truncated?: boolean;
  products: ProductRow[];
  /** Rows held back of uploads in this month and the one before; null when that is not known. */
  heldBack: number | null;
  lastUpload: { fileName: string; at: string } | null;
}

/** The month before (or `back` months before) a month. */
export function monthsBefore(month: string, back: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - back;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The latest month with rows that ended before today; null when there is none. */
export function latestCompleteMonth(input: Pick<DigestInput, 'monthly' | 'today'>): string | null {
  const current = input.today.slice(0, 7);
  return input.monthly.reduce<string | null>(
    (latest, { month }) => (month < current && (latest === null || month > latest) ? month : latest),
    null,
  );
}
