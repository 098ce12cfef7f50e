// The months of an upload that wait for a decision -> how they differ from what is in force: rows that are equal on both sides
// cancel out, each as often as it occurs; what is left of a product, store and day is a changed row where both sides have
// something left, else a new or a missing one. So rows in the file = rows in force + added - gone, always.

import type pg from 'pg';
import type { Change, ScopeDifference } from '#src/receipt.ts';
import { overlaps } from '../batches/scopes.ts';
import { byHash } from './by-hash.ts';
import { mayKnow, type Visibility } from './visible.ts';

/** How many products are named: enough to see what it is about, few enough to be read. */
const named = 3;

/** What a product is, of rows `p`: as the file says it, since the product list may have learnt between two files. */
const product = 'coalesce(p.product_in_file, p.product_ean, p.functional_name)';

const sums = `
  coalesce(sum(quantity) FILTER (WHERE side < 0), 0) AS quantity_before, coalesce(sum(quantity) FILTER (WHERE side > 0), 0) AS quantity_after,
  round(sum(amount) FILTER (WHERE side < 0), 2) AS amount_before, round(sum(amount) FILTER (WHERE side > 0), 2) AS amount_after`;

const statement = (visibility: Visibility) => `
WITH mine AS (
  SELECT * FROM app.upload_scopes m WHERE upload_id = $1 AND state = 'differs' AND NOT EXISTS (
    SELECT FROM app.upload_scopes b WHERE b.client_id = m.client_id AND b.id <> m.id AND b.state = 'loaded' AND ${overlaps('b', 'm')}
      AND NOT (${mayKnow('b.upload_id', visibility)}))),
sides AS MATERIALIZED (
  SELECT m.id AS scope, o.side, ${product} AS product, coalesce(p.functional_name, p.raw_product, p.product_ean) AS called, p.raw_product,
         p.store, p.channel, p.sales_date, p.quantity, p.sales_amount_local AS amount, p.currency
  FROM mine m
  CROSS JOIN LATERAL (
    SELECT m.upload_id, m.id, 1 AS side
    UNION ALL
    SELECT b.upload_id, b.id, -1 FROM app.upload_scopes b
    WHERE b.client_id = m.client_id AND b.id <> m.id AND b.state = 'loaded' AND ${overlaps('b', 'm')}) o
  JOIN app.processed_data p ON p.upload_id = o.upload_id AND p.scope_id = o.id),
surplus AS (
  SELECT scope, product, store, sales_date, sum(side) AS rows FROM sides
  GROUP BY scope, product, store, sales_date, raw_product, channel, quantity, amount, currency),
places AS (
  SELECT scope, sum(greatest(rows, 0)) AS more, sum(greatest(-rows, 0)) AS less
  FROM surplus GROUP BY scope, product, store, sales_date),
counts AS (
  SELECT scope, sum(greatest(more - less, 0))::int AS added, sum(greatest(less - more, 0))::int AS gone, sum(least(more, less))::int AS changed
  FROM places GROUP BY 1),
totals AS (
  SELECT *, has_one_currency AND amount_before IS NOT NULL AND amount_after IS NOT NULL AS in_money
  FROM (SELECT scope, ${sums}, min(currency) = max(currency) AS has_one_currency FROM sides GROUP BY 1) t),
products AS (
  SELECT t.scope, p.product, p.called, t.in_money, p.quantity_before, p.quantity_after,
         -- a product of which one side has nothing came to nothing there
         coalesce(p.amount_before, 0) AS amount_before, coalesce(p.amount_after, 0) AS amount_after
  FROM (SELECT scope, product, min(called COLLATE "C") AS called, ${sums} FROM sides GROUP BY 1, 2) p JOIN totals t USING (scope)),
ranked AS (
  SELECT *, quantity_after - quantity_before AS quantity_difference, amount_after - amount_before AS amount_difference,
         row_number() OVER (PARTITION BY scope ORDER BY
           CASE WHEN in_money THEN abs(amount_after - amount_before) ELSE 0 END DESC, abs(quantity_after - quantity_before) DESC,
           called COLLATE "C", product COLLATE "C") AS place
  FROM products
  WHERE quantity_after <> quantity_before OR (in_money AND amount_after <> amount_before))
SELECT m.reseller, nullif(m.store, '') AS store, to_char(m.period, 'YYYY-MM') AS month, to_char(m.week_ending, 'YYYY-MM-DD') AS week,
       m.currency, c.added, c.gone, c.changed, t.in_money, t.quantity_before, t.quantity_after, t.amount_before, t.amount_after,
       t.quantity_after - t.quantity_before AS quantity_difference, t.amount_after - t.amount_before AS amount_difference,
       (SELECT coalesce(json_agg(r ORDER BY r.place), '[]') FROM ranked r WHERE r.scope = m.id AND r.place <= ${named}) AS products
FROM mine m JOIN counts c ON c.scope = m.id JOIN totals t ON t.scope = m.id
ORDER BY m.period, m.week_ending, m.reseller, m.store`;

/** In the order of the months; none of a month that was loaded where this upload's readers may not look. */
export async function differences(
  { pool, visibility }: { pool: pg.Pool; visibility: Visibility },
  uploadId: string,
): Promise<ScopeDifference[]> {
  const { rows } = await byHash(pool, (client) => client.query<DifferenceRow>(statement(visibility), [uploadId]));
  return rows.map((row) => ({
    reseller: row.reseller,
    store: row.store,
    period: { year: Number(row.month.slice(0, 4)), month: Number(row.month.slice(5)) },
    week: row.week,
    added: row.added,
    gone: row.gone,
    changed: row.changed,
    ...changes(row, row.in_money),
    currency: row.currency,
    products: row.products.map((each) => ({ product: each.called ?? '', ...changes(each, row.in_money) })),
  }));
}

/** numeric as pg gives it, or as JSON does. */
type Numeric = string | number;

interface Sums {
  quantity_before: Numeric;
  quantity_after: Numeric;
  quantity_difference: Numeric;
  amount_before: Numeric | null;
  amount_after: Numeric | null;
  amount_difference: Numeric | null;
}

interface DifferenceRow extends Sums {
  reseller: string;
  store: string | null;
  month: string;
  week: string | null;
  currency: string;
  added: number;
  gone: number;
  changed: number;
  in_money: boolean;
  products: (Sums & { called: string | null })[];
}

function changes(of: Sums, inMoney: boolean): { quantity: Change; amount: Change | null } {
  return {
    quantity: change(of.quantity_before, of.quantity_after, of.quantity_difference),
    amount: inMoney ? change(of.amount_before, of.amount_after, of.amount_difference) : null,
  };
}

function change(before: Numeric | null, after: Numeric | null, difference: Numeric | null): Change {
  return { before: Number(before), after: Number(after), difference: Number(difference) };
}
