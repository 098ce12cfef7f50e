// What an answer rests on: how many uploads, how recent, which months of which reseller, and what is missing in them. One
// statement beside the question's own, over the same rows.

import type { Value } from '../message/message.ts';
import { filterSql, literal, monthNumber, monthsOf, monthText, periodSql } from './compile/selection.ts';
import { byStore, isAboutStores } from './compile/stores.ts';
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
  /** Rows whose amount is an estimate: pieces times a list price. */
  estimated: number;
}

/**
 * One row a reseller. Who reported is counted already; the rows themselves are read only where the question asks for some of them,
 * as those of a product.
 */
export function evidenceSql(query: Query): string {
  const ranges = rangesOf(query);
  // A product that was not sold is no missing report: coverage asks only who reported, the rest is about matching rows.
  const reports = query.filters.filter(isAboutReports).map((filter) => filterSql(filter));
  const matching = query.filters.filter((filter) => !isAboutReports(filter)).map((filter) => filterSql(filter));
  const within = (dates?: string) =>
    ranges.length === 0 ? [] : [`(${ranges.map((range) => periodSql(range, dates)).join(' OR ')})`];
  const where = (conditions: string[]) => (conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`);
  const reported = `FROM sales_coverage${where([...reports, ...within('period')])}`;
  const counted =
    matching.length === 0
      ? `SELECT reseller, upload_id, sum(unpriced) AS unpriced, sum(estimated) AS estimated ${reported} GROUP BY 1, 2`
      : `SELECT reseller, upload_id, count(*) FILTER (WHERE sales_amount_base IS NULL) AS unpriced, count(*) FILTER (WHERE amount_estimated) AS estimated FROM sales_data${where([...reports, ...matching, ...within()])} GROUP BY 1, 2`;
  const asked = ranges.map(({ from, to }) => `${from}:${to}`).join(',');
  const sql = `WITH c AS (${counted}), f AS (SELECT max(completed_at) AS last_upload, count(*) AS uploads FROM uploads WHERE id IN (SELECT c.upload_id FROM c)), m AS (SELECT reseller, json_agg(DISTINCT to_char(period, 'YYYY-MM'))::text AS months ${reported} GROUP BY 1), r AS (SELECT c.reseller, sum(c.unpriced) AS unpriced, sum(c.estimated) AS estimated FROM c GROUP BY 1) SELECT r.reseller, m.months, r.unpriced AS without_base, r.estimated, f.uploads, f.last_upload, (SELECT to_char(max(period), 'YYYY-MM') FROM sales_coverage) AS latest, ${literal(asked)} AS asked FROM r JOIN m ON m.reseller = r.reseller CROSS JOIN f ORDER BY 1`;
  return isAboutStores(query) ? byStore(sql) : sql;
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
    estimated: rows.reduce((sum, row) => sum + Number(row.estimated ?? 0), 0),
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

/** A report is of a reseller; its stores may stand in another table of it. */
function isAboutReports({ dimension }: Filter): boolean {
  return dimension === 'reseller' || dimension === 'channel';
}

function rangesOf(query: Query): MonthRange[] {
  if (query.kind === 'growth' || query.kind === 'why') return [query.previous, query.current];
  return query.period ? [query.period] : [];
}
