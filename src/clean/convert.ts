// Clean rows into rows with their amount in the base currency, by each month's rate. Where a month has no rate, the
// newest earlier one that ended at most 45 days before is used and marked; else the base amount stays empty and is said.

import { fileIssue } from './rows/issue-list.ts';
import type { CleanRow, ConvertedRow, Issue, MonthlyRate } from './types.ts';
import { daysIn } from './values/date.ts';

const OLDEST_DAYS = 45;

/** Converts rows as they come; first `learn` the rates of the currencies that are `unknown`. */
export interface Conversion {
  /** Currencies of these rows whose rates have not been learnt. */
  unknown(rows: CleanRow[]): string[];
  /** @param rates all there are to the base currency for `currencies` */
  learn(currencies: string[], rates: MonthlyRate[]): void;
  rows(rows: CleanRow[]): ConvertedRow[];
  /** What to say of the rates, for all rows so far. */
  issues(): Issue[];
}

interface Found {
  rate: number | null;
  source: string | null;
  /** `USD 2025-04` */
  key: string;
  borrowed: boolean;
  used: number;
}

/** @param base ISO 4217, the client's base currency; rates that are not to it must not be passed */
export function makeConversion(base: string): Conversion {
  const byCurrency = new Map<string, MonthlyRate[]>([[base, []]]);
  const cache = new Map<string, Map<number, Found>>();

  function rateFor(row: CleanRow): Found {
    let months = cache.get(row.currency);
    if (!months) {
      months = new Map();
      cache.set(row.currency, months);
    }
    const month = row.year * 12 + row.month;
    let found = months.get(month);
    if (!found) {
      const key = `${row.currency} ${row.year}-${String(row.month).padStart(2, '0')}`;
      found =
        row.currency === base
          ? { rate: 1, source: null, key, borrowed: false, used: 0 }
          : entryOf(findRate(byCurrency.get(row.currency) ?? [], row.year, row.month), key);
      months.set(month, found);
    }
    return found;
  }

  return {
    unknown(rows) {
      const missing = new Set<string>();
      for (const { currency } of rows) if (!byCurrency.has(currency)) missing.add(currency);
      return [...missing];
    },
    learn(currencies, rates) {
      for (const currency of currencies) byCurrency.set(currency, []);
      for (const rate of rates)
        if (rate.rate > 0 && Number.isFinite(rate.rate)) byCurrency.get(rate.currency)?.push(rate);
    },
    rows: (rows) =>
      rows.map((row) => {
        const found = rateFor(row);
        found.used += 1;
        const amountBase = row.amountLocal === null || found.rate === null ? null : row.amountLocal * found.rate;
        return { ...row, amountBase, fxRate: found.rate, fxSource: found.source };
      }),
    issues() {
      const all = [...cache.values()].flatMap((months) => [...months.values()]);
      return [
        ...all
          .filter((found) => found.rate === null)
          .map(({ key, used }) => {
            const hint = `No rate to ${base} for ${key}: the ${base} amount of ${used} rows stays empty until there is one.`;
            return fileIssue('warning', 'fx-rate-missing', hint, null, key);
          }),
        ...all
          .filter((found) => found.borrowed)
          .map(({ key, used, source }) => {
            const hint = `No rate to ${base} for ${key} yet: ${used} rows use "${source}".`;
            return fileIssue('info', 'fx-rate-earlier', hint, null, key);
          }),
      ];
    },
  };
}

function entryOf(rate: RateFound | null, key: string): Found {
  return { rate: rate?.rate ?? null, source: rate?.source ?? null, key, borrowed: rate?.borrowed ?? false, used: 0 };
}

/** The rate for a month. */
export interface RateFound {
  rate: number;
  source: string;
  /** It is an earlier month's. */
  borrowed: boolean;
}

/** @param rates of one currency; null when neither the month nor one shortly before has a rate */
export function findRate(rates: MonthlyRate[], year: number, month: number): RateFound | null {
  let best: MonthlyRate | null = null;
  for (const rate of rates) {
    const at = rate.year * 12 + rate.month;
    if (at > year * 12 + month) continue;
    if (best === null || at > best.year * 12 + best.month) best = rate;
  }
  if (best === null) return null;
  if (best.year === year && best.month === month) return { rate: best.rate, source: best.source, borrowed: false };
  // From the last day of the rate's month to the last day of the row's.
  const days = dayNumber(year, month) - dayNumber(best.year, best.month);
  if (days > OLDEST_DAYS) return null;
  const source = `${best.source}, used for ${year}-${String(month).padStart(2, '0')}`;
  return { rate: best.rate, source, borrowed: true };
}

/** Days from 2000-01-01 to the last day of the month, for differences. */
function dayNumber(year: number, month: number): number {
  let days = 0;
  for (let y = Math.min(2000, year); y < year; y += 1) days += 337 + daysIn(y, 2);
  for (let m = 1; m <= month; m += 1) days += daysIn(year, m);
  return days;
}
