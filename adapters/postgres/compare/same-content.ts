// The months of an upload -> those whose rows are exactly the rows of another month in another upload. The dates are left out:
// they are what differs when somebody sends last month's figures under a new name.

import type pg from 'pg';
import type { SameContent } from '#src/clean/compare/beside.ts';
import { mayKnow, type Visibility } from './visible.ts';

/** Fewer rows than these may well be equal by chance. */
const leastRows = 5;

/** How many months with the same sums are looked into: the newest, as it is mostly the last one that comes again. */
const candidates = 12;

const rowText = [
  'coalesce(p.product_in_file, p.product_ean, p.functional_name)',
  'p.raw_product',
  'trim_scale(p.quantity)',
  'trim_scale(p.sales_amount_local)',
  'p.store',
  'p.channel',
]
  .map((column) => `coalesce(${column}::text, '')`)
  .join(" || E'\\x1f' || ");
/** Equal for the same rows in any order; two sums of 64 bits are never equal by chance. */
const contentOf = (
  scope: string,
) => `(SELECT sum(hashtextextended(${rowText}, 1)::numeric) || ' ' || sum(hashtextextended(${rowText}, 2)::numeric)
  FROM app.processed_data p WHERE p.upload_id = ${scope}.upload_id AND p.scope_id = ${scope}.id)`;

const statement = (visibility: Visibility) => `
WITH mine AS (
  SELECT s.*, count(*) OVER month AS stores, sum(rows) OVER month AS month_rows FROM app.upload_scopes s
  WHERE upload_id = $1 AND state IN ('loaded', 'differs') WINDOW month AS (PARTITION BY reseller, period, week_ending)),
candidates AS (
  SELECT m.*, o.id AS other_scope, o.upload_id AS other, o.period AS other_period, o.week_ending AS other_week,
         row_number() OVER (PARTITION BY m.id ORDER BY o.period DESC, o.week_ending DESC, o.id DESC) AS place
  FROM mine m JOIN app.upload_scopes o ON o.client_id = m.client_id AND o.upload_id <> m.upload_id AND o.state = 'loaded'
    AND (o.vendor, o.reseller, o.store, o.rows, o.quantity, o.currency) = (m.vendor, m.reseller, m.store, m.rows, m.quantity, m.currency)
    AND o.amount IS NOT DISTINCT FROM m.amount
    AND (o.period, coalesce(o.week_ending, 'infinity')) <> (m.period, coalesce(m.week_ending, 'infinity'))
  WHERE m.month_rows >= ${leastRows} AND ${mayKnow('o.upload_id', visibility)}),
near AS MATERIALIZED (SELECT * FROM candidates WHERE place <= ${candidates}),
contents AS MATERIALIZED (
  SELECT s.id, ${contentOf('s')} AS content FROM app.upload_scopes s
  WHERE s.id IN (SELECT id FROM near UNION SELECT other_scope FROM near)),
equal AS (
  SELECT n.* FROM near n JOIN contents a ON a.id = n.id JOIN contents b ON b.id = n.other_scope AND b.content = a.content)
SELECT DISTINCT ON (e.period, e.week_ending, e.reseller)
       to_char(e.period, 'YYYY-MM') AS month, to_char(e.week_ending, 'YYYY-MM-DD') AS week, e.month_rows::int AS rows,
       sum(e.quantity)::float8 AS quantity, round(sum(e.amount), 2)::float8 AS amount, min(e.currency) AS currency,
       e.other, u.file_name, to_char(e.other_period, 'YYYY-MM') AS other_month, to_char(e.other_week, 'YYYY-MM-DD') AS other_week
FROM equal e JOIN app.uploads u ON u.id = e.other
GROUP BY e.reseller, e.period, e.week_ending, e.stores, e.month_rows, e.other, u.file_name, u.created_at, e.other_period, e.other_week
-- all stores of the month, not one of them
HAVING count(*) = e.stores
ORDER BY e.period, e.week_ending, e.reseller, e.other_period DESC, e.other_week DESC, u.created_at DESC`;

/** In the order of the months; of several equal ones the latest month is named. */
export async function sameContent(
  { pool, visibility }: { pool: pg.Pool; visibility: Visibility },
  uploadId: string,
): Promise<SameContent[]> {
  const { rows } = await pool.query<SameRow>(statement(visibility), [uploadId]);
  return rows.map(({ month, week, rows, quantity, amount, currency, other, file_name, other_month, other_week }) => ({
    period: periodOf(month),
    week,
    rows,
    quantity,
    amount,
    currency,
    other: { uploadId: other, fileName: file_name, period: periodOf(other_month), week: other_week },
  }));
}

interface SameRow {
  month: string;
  week: string | null;
  rows: number;
  quantity: number;
  amount: number | null;
  currency: string;
  other: string;
  file_name: string;
  other_month: string;
  other_week: string | null;
}

function periodOf(month: string) {
  return { year: Number(month.slice(0, 4)), month: Number(month.slice(5)) };
}
