// What an upload says about each reseller, store and month, beside what is in force: new, equal, or different. The state of a
// scope decides which rows count; the unique index on scopes in force makes sure that nothing counts twice.

import type { PoolClient } from 'pg';
import type { Batch, ScopeOutcome } from '#src/ports.ts';

/**
 * Makes the upload's scopes from the temporary table `incoming` (with its columns `store_key` and `period`) and takes those
 * out of force that are to be replaced, their rows with them.
 */
export async function makeScopes(client: PoolClient, clientId: string, batch: Batch): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE found (reseller text, store text, period date, rows int, quantity numeric, amount numeric,
       currency text, force_id bigint, state text) ON COMMIT DROP`,
  );
  await client.query(
    `INSERT INTO found
     SELECT m.*, s.id, CASE WHEN s.id IS NULL THEN 'loaded' ELSE 'differs' END
     FROM (SELECT reseller, store_key AS store, period, count(*) AS rows, sum(quantity) AS quantity, 
                  -- amounts of several currencies have no sum
                  CASE WHEN count(DISTINCT currency) = 1 THEN sum(sales_amount_local) END AS amount, min(currency) AS currency FROM incoming GROUP BY 1, 2, 3) m
     LEFT JOIN app.upload_scopes s ON s.client_id = $1 AND s.vendor = $2 AND s.state = 'loaded'
       AND (s.reseller, s.store, s.period) = (m.reseller, m.store, m.period)`,
    [clientId, batch.vendor],
  );
  await client.query(
    `UPDATE found f SET state = 'unchanged'
     WHERE force_id IS NOT NULL
       AND (SELECT ${fingerprint('p')} FROM app.upload_scopes s JOIN app.processed_data p ON p.upload_id = s.upload_id AND p.scope_id = s.id WHERE s.id = f.force_id)
         = (SELECT ${fingerprint('i')} FROM incoming i WHERE (i.reseller, i.store_key, i.period) = (f.reseller, f.store, f.period))`,
  );
  if (batch.onDifference === 'replace') await client.query("UPDATE found SET state = 'loaded' WHERE state = 'differs'");
  await client.query(
    `WITH out AS (
       UPDATE app.upload_scopes s SET state = 'superseded' FROM found f
       WHERE s.id = f.force_id AND f.state = 'loaded' RETURNING s.id)
     DELETE FROM app.sales_data d USING out WHERE d.scope_id = out.id`,
  );
  await client.query(
    `INSERT INTO app.upload_scopes (client_id, upload_id, vendor, reseller, store, period, state, rows, quantity, amount, currency, replaced_scope_id)
     SELECT $1, $2, $3, f.reseller, f.store, f.period, f.state, f.rows, f.quantity, f.amount, f.currency,
            CASE WHEN f.state = 'loaded' THEN f.force_id END
     FROM found f`,
    [clientId, batch.uploadId, batch.vendor],
  );
}

/** The upload's scopes in the order of their months. */
export async function scopeOutcomes(client: PoolClient, uploadId: string): Promise<ScopeOutcome[]> {
  const { rows } = await client.query<OutcomeRow>(
    `SELECT s.reseller, s.store, to_char(s.period, 'YYYY-MM') AS period, s.state, s.rows, s.quantity, s.amount, s.currency,
            b.upload_id AS before_upload, u.file_name AS before_file, b.rows AS before_rows, b.quantity AS before_quantity, b.amount AS before_amount
     FROM app.upload_scopes s
     LEFT JOIN app.upload_scopes b ON CASE WHEN s.state = 'loaded' THEN b.id = s.replaced_scope_id
       ELSE b.state = 'loaded' AND (b.client_id, b.vendor, b.reseller, b.store, b.period) = (s.client_id, s.vendor, s.reseller, s.store, s.period) END
     LEFT JOIN app.uploads u ON u.id = b.upload_id
     WHERE s.upload_id = $1 ORDER BY s.period, s.reseller, s.store`,
    [uploadId],
  );
  return rows.map(outcome);
}

interface OutcomeRow {
  reseller: string;
  store: string;
  period: string;
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

/** Equal for the same sales in any order. The product list's name is left out: it may be learnt between two uploads. */
function fingerprint(alias: string): string {
  const columns = [
    `coalesce(${alias}.product_ean, ${alias}.functional_name)`,
    `${alias}.raw_product`,
    `${alias}.sales_date`,
    `trim_scale(${alias}.quantity)`,
    `trim_scale(${alias}.sales_amount_local)`,
    `${alias}.currency`,
    `${alias}.store`,
    `${alias}.channel`,
  ].map((column) => `coalesce(${column}::text, '')`);
  const row = columns.join(" || E'\\x1f' || ");
  return `md5(string_agg(${row}, E'\\n' ORDER BY ${row}))`;
}
