// An upload and the other files of its vendor -> their figures side by side, a reseller each. Looks at what is in force in the
// twelve months before; months that the upload would itself take the place of are not part of what it is compared with.

import type pg from 'pg';
import type { Beside, EuroWorth, ProductBeside, ReportTotal } from '#src/clean/compare/beside.ts';
import type { WeekBefore } from '#src/clean/reconcile/running.ts';
import type { History } from '#src/ports.ts';
import { overlaps } from '../batches/scopes.ts';
import { byHash } from './by-hash.ts';
import { mayKnow, type Visibility } from './visible.ts';

/** A year: every season once. */
const window = "interval '12 months'";
/** How many reports make "lately": a product that was in all of them is missed, one that comes and goes is not. */
const lately = 3;

const scopes = (visibility: Visibility) => `
mine AS (SELECT *, coalesce(week_ending, period) AS at FROM app.upload_scopes WHERE upload_id = $1 AND state IN ('loaded', 'differs')),
span AS (SELECT client_id, vendor, reseller, min(at) AS first_at, min(period) AS first, max(period) AS last FROM mine GROUP BY 1, 2, 3),
others AS (
  SELECT b.*, coalesce(b.week_ending, b.period) AS at, n.first_at, n.first, n.last
  FROM span n JOIN app.upload_scopes b ON (b.client_id, b.vendor, b.reseller) = (n.client_id, n.vendor, n.reseller)
    AND b.upload_id <> $1 AND b.state = 'loaded'),
visible AS MATERIALIZED (
  SELECT o.upload_id FROM (SELECT DISTINCT upload_id FROM others) o WHERE ${mayKnow('o.upload_id', visibility)}),
known AS (SELECT * FROM others WHERE upload_id IN (SELECT upload_id FROM visible)),
past AS (
  SELECT b.* FROM known b WHERE b.period BETWEEN b.first - ${window} AND b.last AND NOT EXISTS (SELECT FROM mine m WHERE ${overlaps('b', 'm')})),
recent AS (
  SELECT reseller, at FROM (SELECT reseller, at, row_number() OVER (PARTITION BY reseller ORDER BY at DESC) AS place
                            FROM past WHERE at < first_at GROUP BY reseller, at) r WHERE place <= ${lately})`;

const aboutResellers = (visibility: Visibility) => `
WITH ${scopes(visibility)},
earlier AS (
  SELECT k.reseller, k.currency, k.upload_id, u.file_name, u.created_at FROM known k JOIN app.uploads u ON u.id = k.upload_id)
SELECT n.reseller,
       (SELECT e.file_name FROM earlier e WHERE e.reseller = n.reseller ORDER BY e.created_at DESC, e.upload_id LIMIT 1) AS "previousFile",
       ARRAY(SELECT DISTINCT currency FROM mine m WHERE m.reseller = n.reseller ORDER BY 1) AS file,
       ARRAY(SELECT DISTINCT currency FROM earlier e WHERE e.reseller = n.reseller ORDER BY 1) AS before,
       (SELECT count(*)::int FROM recent r WHERE r.reseller = n.reseller) AS lately
FROM span n ORDER BY 1`;

const aboutTotals = (visibility: Visibility) => `
WITH ${scopes(visibility)},
points AS (
  SELECT reseller, at, week_ending IS NOT NULL AS weekly, bool_or(upload_id = $1) AS in_file, sum(quantity) AS quantity,
         CASE WHEN min(currency) = max(currency) AND count(amount) = count(*) THEN sum(amount) END AS amount, min(currency) AS currency
  FROM (SELECT reseller, at, week_ending, upload_id, quantity, amount, currency FROM mine
        UNION ALL SELECT reseller, at, week_ending, upload_id, quantity, amount, currency FROM past) s
  GROUP BY 1, 2, 3)
SELECT reseller, to_char(at, 'YYYY-MM-DD') AS at, weekly, in_file, quantity::float8 AS quantity, round(amount, 2)::float8 AS amount, currency
FROM points ORDER BY reseller, at DESC`;

/** The report of the week that ended seven days earlier, where it says what it comes to since its year began. */
const weekBefore = (visibility: Visibility) => `
WITH ${scopes(visibility)}
SELECT u.file_name AS "fileName", u.receipt -> 'running' AS running FROM app.uploads u
WHERE u.receipt -> 'running' ->> 'toDate' IS NOT NULL
  AND u.id IN (SELECT k.upload_id FROM known k WHERE k.week_ending = (SELECT max(m.week_ending) - 7 FROM mine m)) LIMIT 1`;

const product = (row: string) => `coalesce(${row}.product_ean, ${row}.functional_name, ${row}.raw_product, '')`;
const called = (row: string) => `coalesce(${row}.functional_name, ${row}.raw_product, ${row}.product_ean, '')`;
/** Of rows of one scope: a product's sums. */
const sums = (
  row: string,
) => `${row}.scope_id, ${product(row)} AS product, ${row}.currency, min(${called(row)} COLLATE "C") AS called,
  sum(${row}.quantity) FILTER (WHERE ${row}.quantity > 0) AS sold, -sum(${row}.quantity) FILTER (WHERE ${row}.quantity < 0) AS returned,
  sum(${row}.sales_amount_local) FILTER (WHERE ${isPriced(row)}) AS paid, sum(${row}.quantity) FILTER (WHERE ${isPriced(row)}) AS units`;

function isPriced(row: string): string {
  return `${row}.quantity > 0 AND ${row}.sales_amount_local > 0 AND NOT ${row}.amount_estimated`;
}

const aboutProducts = (visibility: Visibility) => `
WITH ${scopes(visibility)},
lines AS (
  SELECT true AS in_file, ${sums('p')} FROM app.processed_data p
  WHERE p.upload_id = $1 AND p.scope_id IN (SELECT id FROM mine) GROUP BY 2, 3, 4
  UNION ALL
  SELECT false, ${sums('d')} FROM app.sales_data d
  WHERE d.scope_id IN (SELECT id FROM past)
    AND d.sales_date BETWEEN (SELECT min(period) FROM past) AND (SELECT max(period) + interval '1 month' FROM past) GROUP BY 2, 3, 4),
reports AS MATERIALIZED (
  SELECT s.reseller, l.in_file, s.at, l.product, l.currency, min(l.called COLLATE "C") AS called, coalesce(sum(l.sold), 0) AS sold,
         coalesce(sum(l.returned), 0) AS returned, sum(l.paid) AS paid, sum(l.units) AS units
  FROM lines l JOIN (SELECT id, reseller, at FROM mine UNION ALL SELECT id, reseller, at FROM past) s ON s.id = l.scope_id
  GROUP BY 1, 2, 3, 4, 5),
now AS (
  SELECT reseller, product, min(called COLLATE "C") AS called, min(currency) AS currency, sum(sold) AS sold, sum(returned) AS returned,
         CASE WHEN min(currency) = max(currency) THEN sum(paid) / sum(units) END AS price
  FROM reports WHERE in_file GROUP BY 1, 2),
before AS (
  SELECT r.reseller, r.product, min(r.called COLLATE "C") AS called, min(r.currency) AS currency, sum(r.sold) AS sold, sum(r.returned) AS returned,
         count(DISTINCT l.at) FILTER (WHERE r.sold > 0) AS lately, sum(r.sold) FILTER (WHERE l.at IS NOT NULL) AS units_lately
  FROM reports r LEFT JOIN recent l USING (reseller, at) WHERE NOT r.in_file GROUP BY 1, 2),
prices AS (
  SELECT r.reseller, r.product, percentile_cont(0.5) WITHIN GROUP (ORDER BY (r.paid / r.units)::float8) AS usual, count(*) AS reports
  FROM reports r JOIN now n USING (reseller, product) WHERE NOT r.in_file AND r.currency = n.currency AND r.paid IS NOT NULL GROUP BY 1, 2)
SELECT reseller, coalesce(n.called, b.called) AS product, CASE WHEN product ~ '^[0-9]{13}$' THEN product END AS ean, n.product IS NOT NULL AS "inFile", b.product IS NOT NULL AS before,
       coalesce(b.lately, 0)::int AS "soldLately", coalesce(b.units_lately, 0)::float8 AS "unitsLately", coalesce(n.sold, 0)::float8 AS sold, coalesce(n.returned, 0)::float8 AS returned,
       coalesce(b.sold, 0)::float8 AS "soldBefore", coalesce(b.returned, 0)::float8 AS "returnedBefore", n.price::float8 AS price,
       p.usual AS "usualPrice", coalesce(p.reports, 0)::int AS "pricedBefore", coalesce(n.currency, b.currency) AS currency
FROM now n FULL JOIN before b USING (reseller, product) LEFT JOIN prices p USING (reseller, product)
ORDER BY reseller, coalesce(n.sold, b.sold) DESC, coalesce(n.called, b.called) COLLATE "C", product COLLATE "C"`;

const aboutRates = `
SELECT DISTINCT ON (currency) currency, eur_per_unit::float8 AS euros FROM app.fx_rates
WHERE client_id = $2 AND currency IN (SELECT DISTINCT currency FROM app.upload_scopes WHERE client_id = $2)
  AND month <= (SELECT max(period) FROM app.upload_scopes WHERE upload_id = $1)
ORDER BY currency, month DESC`;

/** As the file names them, so that one product under two names is matched twice. */
const namesToMatch = `
SELECT count(*)::int AS unmatched FROM (
  SELECT DISTINCT s.vendor, p.raw_product, coalesce(p.product_in_file, p.functional_name)
  FROM app.processed_data p JOIN app.upload_scopes s ON s.id = p.scope_id
  WHERE p.upload_id = $1 AND p.product_ean IS NULL AND s.state IN ('loaded', 'differs')
    AND NOT EXISTS (SELECT FROM app.products l WHERE l.client_id = $2 AND l.confirmed AND coalesce(l.functional_name, l.name) = p.functional_name)) n`;

export interface Surroundings {
  /** The product's login, pinned to `clientId`. */
  pool: pg.Pool;
  clientId: string;
  visibility: Visibility;
}

/** A reseller each, by name; the rates are those of currencies that the client's files use, and the euro. */
export function beside({ pool, clientId, visibility }: Surroundings, uploadId: string): ReturnType<History['beside']> {
  return byHash(pool, async (client) => {
    const names = await client.query<{ unmatched: number }>(namesToMatch, [uploadId, clientId]);
    const unmatched = names.rows[0]?.unmatched ?? 0;
    const about = await client.query<ResellerRow>(aboutResellers(visibility), [uploadId]);
    const before = await client.query<WeekBefore>(weekBefore(visibility), [uploadId]);
    const [lastWeek = null] = before.rows;
    if (about.rows.every(({ previousFile }) => previousFile === null))
      return { resellers: [], worth: [], unmatched, weekBefore: lastWeek };
    const totals = await client.query<TotalRow>(aboutTotals(visibility), [uploadId]);
    const products = await client.query<ProductRow>(aboutProducts(visibility), [uploadId]);
    const rates = await client.query<EuroWorth>(aboutRates, [uploadId, clientId]);
    const worth = [{ currency: 'EUR', euros: 1 }, ...rates.rows];
    return { resellers: sideBySide(about.rows, totals.rows, products.rows), worth, unmatched, weekBefore: lastWeek };
  });
}

function sideBySide(about: ResellerRow[], totals: TotalRow[], products: ProductRow[]): Beside[] {
  const totalsBy = Map.groupBy(totals, ({ reseller }) => reseller);
  const productsBy = Map.groupBy(products, ({ reseller }) => reseller);
  return about.map(({ reseller, previousFile, file, before, lately }) => ({
    reseller,
    previousFile,
    currencies: { file, before },
    lately,
    totals: totalsOf(totalsBy.get(reseller) ?? []),
    products: (productsBy.get(reseller) ?? []).map(({ reseller: _, ...row }) => row),
  }));
}

type ProductRow = ProductBeside & { reseller: string };

interface ResellerRow {
  reseller: string;
  previousFile: string | null;
  file: string[];
  before: string[];
  lately: number;
}

type TotalRow = ReportTotal & { reseller: string; in_file: boolean };

/** @param rows the last one first */
function totalsOf(rows: TotalRow[]): Beside['totals'] {
  const points = rows.map(({ at, weekly, quantity, amount, currency, in_file }) => ({
    total: { at, weekly, quantity, amount, currency },
    in_file,
  }));
  return points
    .filter(({ in_file }) => in_file)
    .map(({ total }) => ({
      of: total,
      before: points
        .filter((each) => !each.in_file && each.total.weekly === total.weekly && each.total.at < total.at)
        .map((each) => each.total),
    }))
    .reverse();
}
