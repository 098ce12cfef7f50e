// A typed question -> one SELECT over sales_data, uploads and products that passes the guard. The same question always gives
// the same text. Refuses nothing: a question that cannot be empty by its type has an answer, be it NULL or no rows.

import type { About, Aggregate, Forecast, Query } from '../query.ts';
import { aggregateSql } from './aggregate.ts';
import { growthSql, shareSql } from './comparison.ts';
import { contributionsSql } from './contributions.ts';
import { listSql, unsoldSql } from './known-names.ts';
import { missingReportsSql } from './missing-reports.ts';
import { arrivalsSql, firstOrLastSql, silentMonthsSql } from './months.ts';
import { where } from './selection.ts';
import { byStore, isAboutStores } from './stores.ts';
import { unusualSql } from './unusual.ts';

export interface CompileContext {
  /** ISO 4217. */
  baseCurrency: string;
  /** First and last month of the data; null when there are no rows. */
  months: { from: string; to: string } | null;
}

/**
 * Columns are the dimensions first, then the figures. Amounts have two decimals, prices and percentages four; a sum over
 * no rows is NULL, a count is 0.
 */
export function compile(query: Query, context: CompileContext): string {
  const sql = statement(query, context);
  return isAboutStores(query) ? byStore(sql) : sql;
}

function statement(query: Query, context: CompileContext): string {
  switch (query.kind) {
    case 'aggregate':
      return aggregateSql(query, context.months);
    case 'growth':
      return growthSql(query);
    case 'share':
      return shareSql(query);
    case 'list':
      return listSql(query);
    case 'first_or_last':
      return firstOrLastSql(query);
    case 'unsold':
      return unsoldSql(query);
    case 'arrivals':
      return arrivalsSql(query);
    case 'silent_months':
      return silentMonthsSql(query, context.months);
    case 'forecast':
      return aggregateSql(seriesOf(query), context.months);
    case 'why':
      return contributionsSql(query);
    case 'unusual':
      return unusualSql(query);
    case 'missing_reports':
      return missingReportsSql(query, context.months);
    case 'about':
      return aboutSql(query);
  }
}

/** All months there are, to be continued. */
function seriesOf({ metric, filters }: Forecast): Aggregate {
  const rest = { ranking: null, threshold: null, running: false, perMonth: false, chart: null } as const;
  return { kind: 'aggregate', metrics: [metric], by: ['month'], filters, period: null, ...rest };
}

function aboutSql({ what, filters, period }: About): string {
  const chosen = where(filters, period);
  if (what === 'data') {
    // added up before it is counted: counting different values sorts them
    const parts = `SELECT year, month, reseller, functional_name, brand, min(sales_date) AS first_day, max(sales_date) AS last_day, count(*) AS records FROM sales_data${chosen} GROUP BY 1, 2, 3, 4, 5`;
    return `SELECT count(DISTINCT p.year * 12 + p.month) AS months, count(DISTINCT p.reseller) AS resellers, count(DISTINCT p.functional_name) AS products, count(DISTINCT p.brand) AS brands, coalesce(sum(p.records), 0) AS records, to_char(min(p.first_day), 'YYYY-MM') AS first_month, to_char(max(p.last_day), 'YYYY-MM') AS last_month FROM (${parts}) p`;
  }
  const some = chosen === '' ? '' : ` WHERE id IN (SELECT upload_id FROM sales_data${chosen})`;
  return `SELECT file_name, vendor, status, rows_processed AS rows, created_at AS uploaded FROM uploads${some} ORDER BY created_at DESC, file_name`;
}
