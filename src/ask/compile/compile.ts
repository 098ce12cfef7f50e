// A typed question -> one SELECT over sales_data, uploads and products that passes the guard. The same question always gives
// the same text. Refuses nothing: a question that cannot be empty by its type has an answer, be it NULL or no rows.

import type { About, Query } from '../query.ts';
import { aggregateSql } from './aggregate.ts';
import { growthSql, shareSql } from './comparison.ts';
import { listSql, unsoldSql } from './known-names.ts';
import { firstOrLastSql, silentMonthsSql } from './months.ts';
import { where } from './selection.ts';

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
    case 'silent_months':
      return silentMonthsSql(query, context.months);
    case 'about':
      return aboutSql(query);
  }
}

function aboutSql({ what, filters, period }: About): string {
  const chosen = where(filters, period);
  if (what === 'data') {
    return `SELECT count(DISTINCT to_char(sales_date, 'YYYY-MM')) AS months, count(DISTINCT reseller) AS resellers, count(DISTINCT functional_name) AS products, count(DISTINCT brand) AS brands, count(*) AS records, to_char(min(sales_date), 'YYYY-MM') AS first_month, to_char(max(sales_date), 'YYYY-MM') AS last_month FROM sales_data${chosen}`;
  }
  const some = chosen === '' ? '' : ` WHERE id IN (SELECT upload_id FROM sales_data${chosen})`;
  return `SELECT file_name, vendor, status, rows_processed AS rows, created_at AS uploaded FROM uploads${some} ORDER BY created_at DESC, file_name`;
}
