// What an answer rests on: how many uploads, how recent, which months of which reseller, and what is missing in them. One
// statement beside the question's own, over the same rows.

import type { Value } from '../message/message.ts';
import { filterSql, literal, monthNumber, monthsOf, monthText, periodSql } from './compile/selection.ts';
import type { Filter, MonthRange, Query } from './query.ts';

export interface Evidence {
  /** Uploads with at least one row that the question looks at. */
  uploads: number;
  /** When the latest of them was completed, ISO 8601. */
  lastUpload: string | null;
  /** Per reseller its first and last month, `YYYY-MM`, and the months of the question in between or after without any report. */
  coverage: { reseller: string; from: string; to: string; missing: string[] }[];
  /** Rows whose amount could not be converted to the base currency; they are in no sales figure. */
  withoutBase: number;
}

/** One row a reseller. */
export function evidenceSql(query: Query): string {
  const ranges = rangesOf(query);
  // A product that was not sold is no missing report: coverage asks only who reported, the rest is about matching rows.
  const reports = query.filters.filter(isAboutReports).map((filter) => filterSql(filter));
  if (ranges.length > 0) reports.push(`(${ranges.map(periodSql).join(' OR ')})`);
  const matching = query.filters.filter((filter) => !isAboutReports(filter)).map((filter) => filterSql(filter));
  const where = reports.length === 0 ? '' : ` WHERE ${reports.join(' AND ')}`;
  const filtered = matching.length === 0 ? '' : ` FILTER (WHERE ${matching.join(' AND ')})`;
  const unpriced = [...matching, 'sales_amount_base IS NULL'].join(' AND ');
  const asked = ranges.map(({ from, to }) => `${from}:${to}`).join(',');
  return `WITH c AS (SELECT reseller, year, month, upload_id, count(*)${filtered} AS matching, count(*) FILTER (WHERE ${unpriced}) AS unpriced FROM sales_data${where} GROUP BY 1, 2, 3, 4), f AS (SELECT id, completed_at FROM uploads WHERE id IN (SELECT c.upload_id FROM c WHERE c.matching > 0)), m AS (SELECT c.reseller, to_char(make_date(c.year, c.month, 1), 'YYYY-MM') AS month, sum(c.matching) AS matching, sum(c.unpriced) AS unpriced FROM c GROUP BY 1, 2) SELECT m.reseller, json_agg(m.month)::text AS months, sum(m.unpriced) AS without_base, (SELECT count(*) FROM f) AS uploads, (SELECT max(f.completed_at) FROM f) AS last_upload, (SELECT to_char(max(sales_date), 'YYYY-MM') FROM sales_data) AS latest, ${literal(asked)} AS asked FROM m GROUP BY 1 HAVING sum(m.matching) > 0 ORDER BY 1`;
}

/** The rows of `evidenceSql` -> Evidence; no rows, no evidence. */
export function shapeEvidence(rows: Record<string, Value>[]): Evidence {
  const [first] = rows;
  return {
    uploads: Number(first?.uploads ?? 0),
    lastUpload: typeof first?.last_upload === 'string' ? first.last_upload : null,
    coverage: rows.flatMap((row) => {
      const months = (JSON.parse(String(row.months ?? '[]')) as string[]).sort();
      const [from, to] = [months[0], months.at(-1)];
      if (from === undefined || to === undefined) return [];
      const there = new Set(months);
      const wanted = expected(String(row.asked ?? ''), from, String(row.latest ?? to));
      return [{ reseller: String(row.reseller), from, to, missing: wanted.filter((month) => !there.has(month)) }];
    }),
    withoutBase: rows.reduce((sum, row) => sum + Number(row.without_base ?? 0), 0),
  };
}

/** Months of the question, from the first that was reported to the latest that anybody reported. */
function expected(asked: string, from: string, latest: string): string[] {
  if (asked === '') return monthsOf({ from, to: latest });
  const months = asked.split(',').flatMap((range) => {
    const [start = from, end = latest] = range.split(':');
    // a range may be asked for that is far longer than the data
    const first = Math.max(monthNumber(start), monthNumber(from));
    const last = Math.min(monthNumber(end), monthNumber(latest));
    return monthsOf({ from: monthText(first), to: monthText(last) });
  });
  return [...new Set(months)].sort();
}

function isAboutReports({ dimension }: Filter): boolean {
  return dimension === 'reseller' || dimension === 'store' || dimension === 'channel';
}

function rangesOf(query: Query): MonthRange[] {
  if (query.kind === 'growth' || query.kind === 'why') return [query.previous, query.current];
  return query.period ? [query.period] : [];
}
