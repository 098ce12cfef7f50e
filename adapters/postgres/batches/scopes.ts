// What an upload says about each reseller, store and month, beside what is in force: new, equal, or different. The state of a
// scope decides which rows count; the unique index on scopes in force makes sure that nothing counts twice.

import type { PoolClient } from 'pg';
import type { Batch, ScopeOutcome } from '#src/ports.ts';
import { putInForce } from './in-force.ts';

/**
 * Counts what came in for each scope of the upload, compares it with what is in force, and puts in force what is new or is to
 * replace; what it replaces, and what came too late, leaves force. The vendor must be locked.
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
     FROM (SELECT scope_id, count(*) AS rows, sum(quantity) AS quantity, min(currency) AS currency,
                  -- amounts of several currencies have no sum
                  CASE WHEN min(currency) = max(currency) THEN sum(sales_amount_local) END AS amount
           FROM app.processed_data WHERE upload_id = $1 GROUP BY 1) m
     WHERE s.id = m.scope_id`,
    [batch.uploadId],
  );
  const { rows } = await client.query<{ id: string; key: string; before: string | null; equal: boolean }>(
    `SELECT s.id, ${scopeKey('s')} AS key, f.id AS before,
            f.id IS NOT NULL AND s.rows = f.rows AND (${fingerprint('s')}) = (${fingerprint('f')}) AS equal
     FROM app.upload_scopes s
     LEFT JOIN app.upload_scopes f ON f.client_id = $1 AND f.vendor = s.vendor AND f.state = 'loaded'
       AND (f.reseller, f.store, f.period) = (s.reseller, s.store, s.period)
       AND f.week_ending IS NOT DISTINCT FROM s.week_ending
     WHERE s.upload_id = $2`,
    [clientId, batch.uploadId],
  );
  const decided = rows.map(({ id, key, before, equal }) => {
    if (equal) return { id, before: null, state: 'unchanged' };
    const takes = before === null || batch.onDifference === 'replace' || own.has(key);
    return { id, before: takes ? before : null, state: takes ? 'loaded' : 'differs' };
  });
  const replaced = decided.flatMap(({ before }) => before ?? []);
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

function scopeKey(scope: string): string {
  const columns = ['vendor', 'reseller', 'store', 'period', 'week_ending'].map((column) => `${scope}.${column}`);
  return `json_build_array(${columns.join(', ')})::text`;
}

/** The upload's scopes in the order of their months. */
export async function scopeOutcomes(client: PoolClient, uploadId: string): Promise<ScopeOutcome[]> {
  const { rows } = await client.query<OutcomeRow>(
    `SELECT s.reseller, s.store, to_char(s.period, 'YYYY-MM') AS period, to_char(s.week_ending, 'YYYY-MM-DD') AS week, s.state, s.rows, s.quantity, s.amount, s.currency,
            b.upload_id AS before_upload, u.file_name AS before_file, b.rows AS before_rows, b.quantity AS before_quantity, b.amount AS before_amount
     FROM app.upload_scopes s
     LEFT JOIN app.upload_scopes b ON CASE WHEN s.state = 'loaded' THEN b.id = s.replaced_scope_id
       ELSE b.state = 'loaded' AND (b.client_id, b.vendor, b.reseller, b.store, b.period) = (s.client_id, s.vendor, s.reseller, s.store, s.period)
            AND b.week_ending IS NOT DISTINCT FROM s.week_ending END
     LEFT JOIN app.uploads u ON u.id = b.upload_id
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
      row.before_upload === null
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
