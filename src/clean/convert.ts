// Clean rows into rows with their amount in the base currency, by each month's rate. Where a month has no rate, the
// newest earlier one that ended at most 45 days before is used and marked; else the base amount stays empty and is said.

import { fileIssue } from './rows/issue-list.ts';
import type { CleanRow, ConvertedRow, Issue, MonthlyRate } from './types.ts';
import { daysIn } from './values/date.ts';

const OLDEST_DAYS = 45;

interface Found {
  rate: number | null;
  source: string | null;
}

/** @param base ISO 4217, the client's base currency; rates that are not to it must not be passed */
export function convert(
  rows: CleanRow[],
  rates: MonthlyRate[],
  base: string,
): { rows: ConvertedRow[]; issues: Issue[] } {
  const byCurrency = new Map<string, MonthlyRate[]>();
  for (const rate of rates) {
    if (!(rate.rate > 0) || !Number.isFinite(rate.rate)) continue;
    const list = byCurrency.get(rate.currency);
    if (list) list.push(rate);
    else byCurrency.set(rate.currency, [rate]);
  }
  const cache = new Map<string, Found>();
  const missing = new Map<string, number>();
  const borrowed = new Map<string, number>();
  const converted: ConvertedRow[] = [];
  for (const row of rows) {
    const key = `${row.currency} ${row.year}-${String(row.month).padStart(2, '0')}`;
    let found = cache.get(key);
    if (!found) {
      found =
        row.currency === base
          ? { rate: 1, source: null }
          : find(byCurrency.get(row.currency) ?? [], row.year, row.month);
      cache.set(key, found);
    }
    if (found.rate === null) missing.set(key, (missing.get(key) ?? 0) + 1);
    else if (found.source?.includes('used for')) borrowed.set(key, (borrowed.get(key) ?? 0) + 1);
    converted.push({
      ...row,
      amountBase: row.amountLocal === null || found.rate === null ? null : row.amountLocal * found.rate,
      fxRate: found.rate,
      fxSource: found.source,
    });
  }
  const issues: Issue[] = [];
  for (const [key, count] of missing) {
    const hint = `No rate to ${base} for ${key}: the ${base} amount of ${count} rows stays empty until there is one.`;
    issues.push(fileIssue('warning', 'fx-rate-missing', hint, null, key));
  }
  for (const [key, count] of borrowed) {
    const hint = `No rate to ${base} for ${key} yet: ${count} rows use "${cache.get(key)!.source}".`;
    issues.push(fileIssue('info', 'fx-rate-earlier', hint, null, key));
  }
  return { rows: converted, issues };
}

function find(rates: MonthlyRate[], year: number, month: number): Found {
  let best: MonthlyRate | null = null;
  for (const rate of rates) {
    const at = rate.year * 12 + rate.month;
    if (at > year * 12 + month) continue;
    if (best === null || at > best.year * 12 + best.month) best = rate;
  }
  if (best === null) return { rate: null, source: null };
  if (best.year === year && best.month === month) return { rate: best.rate, source: best.source };
  // From the last day of the rate's month to the last day of the row's.
  const days = dayNumber(year, month) - dayNumber(best.year, best.month);
  if (days > OLDEST_DAYS) return { rate: null, source: null };
  return { rate: best.rate, source: `${best.source}, used for ${year}-${String(month).padStart(2, '0')}` };
}

/** Days from 2000-01-01 to the last day of the month, for differences. */
function dayNumber(year: number, month: number): number {
  let days = 0;
  for (let y = Math.min(2000, year); y < year; y += 1) days += 337 + daysIn(y, 2);
  for (let m = 1; m <= month; m += 1) days += daysIn(year, m);
  return days;
}
