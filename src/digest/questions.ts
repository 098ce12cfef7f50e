// The SELECTs that bring a digest's rows. Plain ones: they pass the same guard as anybody's question, and run as the
// principal who gets the digest. Months enter checked, as numbers; nothing else is put into the text.

import type { MonthlyRow, ProductRow } from './input.ts';

/** Rows for `DigestInput.monthly`: at most 500 (the analyst's limit), the newest months first. */
export const monthlySql = `SELECT year, month, reseller, sum(quantity) AS quantity, sum(sales_amount_base) AS amount, count(*) AS rows,
  count(*) - count(CASE WHEN sales_amount_local IS NULL OR sales_amount_base IS NOT NULL THEN 1 END) AS without_rate
FROM sales_data GROUP BY year, month, reseller ORDER BY year DESC, month DESC, reseller LIMIT 500`;

/** Rows for `DigestInput.products`: those of a month and of the month before. Months are `YYYY-MM`. */
export function productsSql(month: string, before: string): string {
  const [now, then] = [condition(month), condition(before)];
  return `SELECT coalesce(functional_name, product_ean, 'unknown product') AS product,
  sum(CASE WHEN ${now} THEN sales_amount_base END) AS amount, sum(CASE WHEN ${then} THEN sales_amount_base END) AS before,
  count(CASE WHEN ${now} THEN 1 END) AS rows, count(CASE WHEN ${then} THEN 1 END) AS rows_before
FROM sales_data WHERE (${now}) OR (${then})
GROUP BY coalesce(functional_name, product_ean, 'unknown product')
ORDER BY abs(coalesce(sum(CASE WHEN ${now} THEN sales_amount_base END), 0) - coalesce(sum(CASE WHEN ${then} THEN sales_amount_base END), 0)) DESC, product LIMIT 20`;
}

/** One row for `DigestInput.lastUpload`. */
export const lastUploadSql =
  "SELECT file_name, created_at FROM uploads WHERE status = 'completed' ORDER BY created_at DESC LIMIT 1";

/** A row of `monthlySql` as the digest takes it. */
export function monthlyRow(row: Record<string, unknown>): MonthlyRow {
  return {
    month: `${String(row.year).padStart(4, '0')}-${String(row.month).padStart(2, '0')}`,
    reseller: String(row.reseller ?? ''),
    quantity: Number(row.quantity ?? 0),
    amount: row.amount === null || row.amount === undefined ? null : Number(row.amount),
    rows: Number(row.rows ?? 0),
    withoutRate: Number(row.without_rate ?? 0),
  };
}

/** A row of `productsSql` as the digest takes it. */
export function productRow(row: Record<string, unknown>): ProductRow {
  const amount = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    product: String(row.product ?? ''),
    amount: amount(row.amount),
    before: amount(row.before),
    rows: Number(row.rows ?? 0),
    rowsBefore: Number(row.rows_before ?? 0),
  };
}

function condition(month: string): string {
  const found = /^(\d{4})-(\d{2})$/.exec(month);
  if (!found) throw new RangeError(`Not a month: ${month}`);
  return `year = ${Number(found[1])} AND month = ${Number(found[2])}`;
}
