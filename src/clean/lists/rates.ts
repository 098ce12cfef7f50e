// Published daily rates -> monthly means. The mean is taken of the figures as they are published (units for one euro), as a
// central bank takes its own monthly averages, and turned round afterwards.

/** What one unit of a currency is worth in euros, in a month. */
export interface EuroRate {
  currency: string;
  year: number;
  month: number;
  eurPerUnit: number;
  /** Where it comes from: stands beside every amount that it produces. */
  source: string;
}

/** Units of a currency for one euro, on a day. */
export interface DailyRate {
  /** `YYYY-MM-DD` */
  date: string;
  currency: string;
  unitsPerEuro: number;
}

/** A rate under which rows are stored; null where they wait for one. */
export interface RateInUse {
  currency: string;
  year: number;
  month: number;
  rate: number | null;
  rows: number;
}

/** What a re-conversion changed under one rate of one upload; amounts are sums over its rows, null where none has one. */
export interface Reconversion {
  uploadId: string;
  currency: string;
  year: number;
  month: number;
  oldRate: number | null;
  oldSource: string | null;
  newRate: number;
  newSource: string;
  rows: number;
  rowsInForce: number;
  amountLocal: number | null;
  baseBefore: number | null;
  baseAfter: number | null;
}

/** @param name of who publishes them, for example `ECB` */
export function monthlyMeans(daily: Iterable<DailyRate>, name: string): EuroRate[] {
  const sums = new Map<string, { sum: number; days: number }>();
  for (const { date, currency, unitsPerEuro } of daily) {
    const key = `${currency} ${date.slice(0, 7)}`;
    const found = sums.get(key) ?? { sum: 0, days: 0 };
    found.sum += unitsPerEuro;
    found.days += 1;
    sums.set(key, found);
  }
  return [...sums].map(([key, { sum, days }]) => {
    const [currency = '', period = ''] = key.split(' ');
    const [year = 0, month = 0] = period.split('-').map(Number);
    const source = `${name} ${period} (mean of ${days} ${days === 1 ? 'day' : 'days'})`;
    return { currency, year, month, eurPerUnit: rounded(days / sum), source };
  });
}

/** Ten significant figures: more than any rate is published with. */
export function rounded(rate: number): number {
  return Number(rate.toPrecision(10));
}
