// A row's cells as typed values, each with its problem beside it when it could not be read.

import type { Fix, Period } from '../types.ts';
import type { Day } from '../values/date.ts';

export type NumberProblem = 'empty' | 'words' | 'ambiguous' | 'percent' | 'error' | null;

/** Reused from row to row: copy what must last. */
export interface ParsedRow {
  ean: string | null;
  eanProblem: 'missing' | 'precision' | 'check-digit' | 'not-an-ean' | null;
  eanText: string;
  code: string;
  name: string;
  quantity: number;
  quantityProblem: NumberProblem;
  amount: number | null;
  amountProblem: NumberProblem;
  amountEstimated: boolean;
  /** The currency that stands beside the amount itself; null when none does. */
  amountCurrency: string | null;
  year: number | null;
  yearProblem: boolean;
  month: number | null;
  monthProblem: boolean;
  day: Day | null;
  dateProblem: 'not-a-date' | 'ambiguous' | null;
  period: Period | null;
  periodProblem: boolean;
  store: string;
  channel: string;
  currency: string;
  reseller: string;
  /** A person has said that what stands as product code is one, although it is no EAN. */
  released: boolean;
  fixes: Fix[];
}

export function emptyRow(): ParsedRow {
  return {
    ean: null,
    eanProblem: null,
    eanText: '',
    code: '',
    name: '',
    quantity: 0,
    quantityProblem: null,
    amount: null,
    amountProblem: null,
    amountEstimated: false,
    amountCurrency: null,
    year: null,
    yearProblem: false,
    month: null,
    monthProblem: false,
    day: null,
    dateProblem: null,
    period: null,
    periodProblem: false,
    store: '',
    channel: '',
    currency: '',
    reseller: '',
    released: false,
    fixes: [],
  };
}
