// Why a row is held back: a stable code and the sentence that a person reads.

export const REASONS = {
  missing_ean: 'the row has no EAN',
  invalid_ean: 'what stands as EAN is not one',
  ean_check_digit: 'the EAN has a wrong check digit',
  ean_precision_lost: 'the EAN is in scientific notation and has lost digits',
  missing_product: 'nothing says which product it is',
  missing_quantity: 'the row has no quantity',
  invalid_quantity: 'the quantity cannot be read as a whole number',
  invalid_amount: 'the amount cannot be read as a number',
  ambiguous_number: 'the figure can be read in two ways (thousands or decimals)',
  currency_mismatch: 'the amount is in another currency than the file',
  invalid_currency: 'the currency is missing or not known',
  invalid_month: 'the month is not one of 1 to 12',
  invalid_year: 'the year is not one that can be right',
  invalid_date: 'the date does not exist',
  ambiguous_date: 'the date can be read in two ways (day or month first)',
  missing_period: 'the row says no month or year',
  period_conflict: 'the date and the month of the row disagree',
  future_period: 'the month is in the future',
  only_a_total: 'the row states a total, and no store or month has a figure',
  text_too_long: 'a text is too long to be a name',
} as const;

export type ReasonCode = keyof typeof REASONS;

/** What is wrong with the product, and so with every figure of its row. */
export function isAboutProduct(code: ReasonCode): boolean {
  return /ean|product|text_too_long/.test(code);
}

/** Held back: why, and the cell's own words when they help. */
export interface Held {
  code: ReasonCode;
  detail: string;
}

export function held(code: ReasonCode, detail: string): { held: Held } {
  return { held: { code, detail } };
}
