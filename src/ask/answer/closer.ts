// Months that stand out, and months that are missing -> a sentence that names the first of them.

import { formatNumber, formatPercent } from '../../message/format.ts';
import type { Value } from '../../message/message.ts';
import type { Unusual } from '../query.ts';
import { filterWords, listWords, metricWords, monthWords, periodWords } from './words.ts';

type Row = Record<string, Value>;

const named = 3;

/** @param rows at least one, the oddest first */
export function unusual({ metric, filters, period }: Unusual, rows: Row[], baseCurrency: string): string {
  const shown = (value: Value | undefined) =>
    formatNumber(
      typeof value === 'number' ? value : 0,
      metric === 'sales' ? { format: 'money', currency: baseCurrency } : { digits: 0 },
    );
  const first = rows.slice(0, named).map((row) => {
    const deviation = typeof row.deviation_pct === 'number' ? row.deviation_pct : null;
    const percent = deviation === null ? '' : ` (${formatPercent(deviation, { signed: true, digits: 0 })})`;
    return `${row.reseller} in ${monthWords(String(row.month))} with ${shown(row[metric])}, where ${shown(row.usual)} is usual${percent}`;
  });
  const more = rows.length > named ? `; and ${rows.length - named} more` : '';
  const what = `${rows.length} ${rows.length === 1 ? 'month stands' : 'months stand'} out in ${metricWords[metric]}${filterWords(filters)}${period ? periodWords(period) : ''}`;
  return `${what}: ${first.join('; ')}${more}.`;
}

/** @param rows at least one, those of a reseller together */
export function missing(rows: Row[]): string {
  const resellers = [...new Set(rows.map((row) => String(row.reseller)))];
  const each = resellers.slice(0, 6).map((reseller) => {
    const months = rows.filter((row) => row.reseller === reseller).map((row) => monthWords(String(row.month)));
    return `${reseller} (${listWords(months, 4)})`;
  });
  const more = resellers.length > 6 ? `, and ${resellers.length - 6} more resellers` : '';
  return `${rows.length} ${rows.length === 1 ? 'monthly report is' : 'monthly reports are'} missing: ${each.join(', ')}${more}.`;
}
