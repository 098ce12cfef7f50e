// What an upload says about each reseller, store and month, beside what is in force: new, equal, or different. The state of a
// scope decides which rows count. The unique index on scopes in force, and a person's word where scopes overlap otherwise (the
// same month from another vendor's report, or as weeks), make sure that nothing counts twice.

import type { PoolClient } from 'pg';
import type { Batch, ScopeOutcome } from '#src/ports.ts';
import { mayKnow, type Visibility } from '../compare/visible.ts';
import { putInForce } from './in-force.ts';

/**
 * Notes what came in for each scope of the upload (from the temporary table `scope_sums`), compares it with what is in force, and puts in force what is new or is to
 * replace; what it replaces, and what came too late, leaves force. The client's scopes must be locked.
 * @param counted ids of the scopes whose rows are in sales_data already
 * @param own keys of the scopes that were this upload's before it was saved again: what came back meanwhile gives way
 */
export async function decideScopes(
  client: PoolClient,
  clientId: string,
  batch: Batch,
  counted: Set<string>,
  own: Set<string>,
): Promise<void> {
  await client.query(
    `UPDATE app.upload_scopes s SET rows = m.rows, quantity = m.quantity, amount = m.amount, currency = m.currency
     FROM (SELECT scope_id, sum(rows) AS rows, sum(quantity) AS quantity, min(first_currency) AS currency,
                  -- amounts of several currencies have no sum
                  CASE WHEN min(first_currency) = max(last_currency) THEN sum(amount) END AS amount
           FROM scope_sums GROUP BY 1) m
     WHERE s.id = m.scope_id`,
  );
  const { rows } = await client.query<{
    id: string;
    key: string;
    before: string | null;
    equal: boolean;
    rivals: string[];
  }>(
    `SELECT s.id, ${scopeKey('s')} AS key, f.id AS before,
            f.id IS NOT NULL AND s.rows = f.rows AND (${fingerprint('s')}) = (${fingerprint('f')}) AS equal,
            ARRAY(SELECT r.id::text FROM app.upload_scopes r
                  WHERE r.client_id = $1 AND r.state = 'loaded' AND ${overlaps('r', 's')} ORDER BY r.id) AS rivals
     FROM app.upload_scopes s
     LEFT JOIN app.upload_scopes f ON f.client_id = $1 AND f.vendor = s.vendor AND f.state = 'loaded'
       AND (f.reseller, f.store, f.period) = (s.reseller, s.store, s.period)
       AND f.week_ending IS NOT DISTINCT FROM s.week_ending
     WHERE s.upload_id = $2`,
    [clientId, batch.uploadId],
  );
  const decided = rows.map(({ id, key, before, equal, rivals }) => {
    if (equal) return { id, before: null, replaces: [], state: 'unchanged' };
    const takes = rivals.length === 0 || batch.onDifference === 'replace' || own.has(key);
    if (!takes) return { id, before: null, replaces: [], state: 'differs' };
    return { id, before: before ?? rivals[0] ?? null, replaces: rivals, state: 'loaded' };
  });
  const replaced = [...new Set(decided.flatMap(({ replaces }) => replaces))];
  if (replaced.length > 0) {
    await client.query("UPDATE app.upload_scopes SET state = 'superseded' WHERE id = ANY ($1)", [replaced]);
    await client.query('DELETE FROM app.sales_data WHERE scope_id = ANY ($1)', [replaced]);
  }
  await client.query(
    `UPDATE app.upload_scopes s SET state = d.state, replaced_scope_id = d.before
     FROM unnest($1::bigint[], $2::text[], $3::bigint[]) AS d (id, state, before) WHERE s.id = d.id`,
    [decided.map(({ id }) => id), decided.map(({ state }) => state), decided.map(({ before }) => before)],
  );
  const loaded = decided.filter(({ state }) => state === 'loaded').map(({ id }) => id);
  const early = [...counted].filter((id) => !loaded.includes(id));
  if (early.length > 0) {
    await client.query('DELETE FROM app.sales_data WHERE upload_id = $1 AND scope_id = ANY ($2)', [
      batch.uploadId,
      early,
    ]);
  }
  const late = loaded.filter((id) => !counted.has(id));
  await putInForce(client, [batch.uploadId], late);
}

/** The keys of what the upload has in force. */
export async function scopesInForce(client: PoolClient, uploadId: string): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(
    `SELECT ${scopeKey('s')} AS key FROM app.upload_scopes s WHERE s.upload_id = $1 AND s.state = 'loaded'`,
    [uploadId],
  );
  return rows.map(({ key }) => key);
}

/**
 * Whether two scopes of a client would count the same sales: the same reseller and month, unless they are different weeks, or
 * different stores. A vendor's own report without a store stands beside its stores; another vendor's is about all of them.
 */
export function overlaps(a: string, b: string): string {
  return `(${a}.reseller = ${b}.reseller AND ${a}.period = ${b}.period
    AND (${a}.store = ${b}.store OR (${a}.vendor <> ${b}.vendor AND '' IN (${a}.store, ${b}.store)))
    AND coalesce(${a}.week_ending = ${b}.week_ending, true))`;
}

function scopeKey(scope: string): string {
  const columns = ['vendor', 'reseller', 'store', 'period', 'week_ending'].map((column) => `${scope}.${column}`);
  return `json_build_array(${columns.join(', ')})::text`;
}

/** The upload's scopes in the order of their months. Of other uploads only what everybody who reads its receipt may know. */
export async function scopeOutcomes(
  client: PoolClient,
  uploadId: string,
  visibility: Visibility,
): Promise<ScopeOutcome[]> {
  const { rows } = await client.query<OutcomeRow>(
    `SELECT s.reseller, s.store, to_char(s.period, 'YYYY-MM') AS period, to_char(s.week_ending, 'YYYY-MM-DD') AS week, s.state, s.rows, s.quantity, s.amount, s.currency,
            b.*
     FROM app.upload_scopes s
     CROSS JOIN LATERAL (
       SELECT (array_agg(b.upload_id ORDER BY b.id))[1] AS before_upload, string_agg(DISTINCT u.file_name, ', ') AS before_file,
              sum(b.rows)::int AS before_rows, sum(b.quantity) AS before_quantity,
              -- amounts of several currencies have no sum
              CASE WHEN min(b.currency) = max(b.currency) AND count(b.amount) = count(*) THEN sum(b.amount) END AS before_amount,
              bool_and(${mayKnow('b.upload_id', visibility)}) AS before_known
       FROM app.upload_scopes b JOIN app.uploads u ON u.id = b.upload_id
       WHERE b.client_id = s.client_id AND b.id <> s.id AND CASE s.state WHEN 'loaded' THEN b.id = s.replaced_scope_id
         WHEN 'differs' THEN b.state = 'loaded' AND ${overlaps('b', 's')}
         ELSE b.state = 'loaded' AND (b.vendor, b.reseller, b.store, b.period) = (s.vendor, s.reseller, s.store, s.period)
              AND b.week_ending IS NOT DISTINCT FROM s.week_ending END) b
     WHERE s.upload_id = $1 ORDER BY s.period, s.week_ending, s.reseller, s.store`,
    [uploadId],
  );
  return rows.map(outcome);
}

interface OutcomeRow {
  reseller: string;
  store: string;
  period: string;
  week: string | null;
  state: ScopeOutcome['state'];
  rows: number;
  quantity: string;
  amount: string | null;
  currency: string;
  before_upload: string | null;
  before_file: string | null;
  before_rows: number | null;
  before_quantity: string | null;
  before_amount: string | null;
  before_known: boolean | null;
}

function outcome(row: OutcomeRow): ScopeOutcome {
  const [year = 0, month = 0] = row.period.split('-').map(Number);
  return {
    reseller: row.reseller,
    store: row.store === '' ? null : row.store,
    period: { year, month },
    week: row.week,
    state: row.state,
    rows: row.rows,
    quantity: Number(row.quantity),
    amount: cents(row.amount),
    currency: row.currency,
    before:
      row.before_upload === null || !row.before_known
        ? null
        : {
            uploadId: row.before_upload,
            fileName: row.before_file ?? '',
            rows: row.before_rows ?? 0,
            quantity: Number(row.before_quantity),
            amount: cents(row.before_amount),
          },
  };
}

function cents(amount: string | null): number | null {
  return amount === null ? null : Math.round(Number(amount) * 100) / 100;
}

/**
 * The rows of a scope as one text, equal for the same sales in any order. What the product list makes of a product is left
 * out: it may be learnt between two uploads.
 */
function fingerprint(scope: string): string {
  const columns = [
    'coalesce(p.product_in_file, p.product_ean, p.functional_name)',
    'p.raw_product',
    'p.sales_date',
    'trim_scale(p.quantity)',
    'trim_scale(p.sales_amount_local)',
    'p.currency',
    'p.store',
    'p.channel',
  ].map((column) => `coalesce(${column}::text, '')`);
  const row = columns.join(" || E'\\x1f' || ");
  return `SELECT md5(string_agg(${row}, E'\\n' ORDER BY ${row})) FROM app.processed_data p
    WHERE p.upload_id = ${scope}.upload_id AND p.scope_id = ${scope}.id`;
}
