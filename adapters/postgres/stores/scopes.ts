// What an upload says about each reseller, store and month, beside what is in force: new, equal, or different. The state of a
// scope decides which rows count; the unique index on scopes in force makes sure that nothing counts twice.

import type { PoolClient } from 'pg';
import type { Batch, ScopeOutcome } from '#src/ports.ts';

/** What makes two rows the same sale; the product list's name is left out, for it may be learnt between two uploads. */
const identity = `concat_ws('|', coalesce(product_ean, functional_name), raw_product, sales_date, trim_scale(quantity),
  trim_scale(sales_amount_local), currency, store, channel)`;
const fingerprint = `md5(string_agg(${identity}, E'\\n' ORDER BY ${identity}))`;

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

/**
 * Makes the upload's scopes from the temporary table `incoming`. `kept` holds what this upload's scopes had replaced when it
 * was saved before. Scopes to be replaced are taken out of force here, their rows with them.
 */
export async function makeScopes(client: PoolClient, batch: Batch, clientId: string, kept: KeptScope[]): Promise<void> {
  const store = batch.scopeByStore ? "coalesce(store, '')" : "''";
  await client.query(
    `CREATE TEMP TABLE found ON COMMIT DROP AS
     WITH mine AS (
       SELECT reseller, ${store} AS store, date_trunc('month', sales_date)::date AS period, count(*)::int AS rows,
              sum(quantity) AS quantity, sum(sales_amount_local) AS amount, min(currency) AS currency, ${fingerprint} AS print
       FROM incoming GROUP BY 1, 2, 3),
     force AS (
       SELECT s.id, s.reseller, s.store, s.period, ${fingerprint.replaceAll(/\b(store|channel|currency|raw_product|product_ean|functional_name|sales_date|quantity|sales_amount_local)\b/g, 'p.$1')} AS print
       FROM app.upload_scopes s JOIN app.processed_data p ON p.scope_id = s.id
       WHERE s.client_id = $1 AND s.vendor = $2 AND s.state = 'loaded' AND (s.reseller, s.store, s.period) IN (SELECT reseller, store, period FROM mine)
       GROUP BY s.id)
     SELECT mine.*, force.id AS force_id,
            CASE WHEN force.id IS NULL THEN 'loaded' WHEN force.print = mine.print THEN 'unchanged'
                 WHEN $3 THEN 'loaded' ELSE 'differs' END AS state
     FROM mine LEFT JOIN force USING (reseller, store, period)`
      .replaceAll('$1', quoted(clientId))
      .replaceAll('$2', quoted(batch.vendor))
      .replaceAll('$3', String(batch.onDifference === 'replace')),
  );
  await client.query(
    `WITH out AS (UPDATE app.upload_scopes s SET state = 'superseded' FROM found f
                  WHERE s.id = f.force_id AND f.state = 'loaded' RETURNING s.id)
     DELETE FROM app.sales_data d USING out WHERE d.scope_id = out.id`,
  );
  await client.query(
    `INSERT INTO app.upload_scopes (client_id, upload_id, vendor, reseller, store, period, state, rows, quantity, amount, currency, replaced_scope_id)
     SELECT $1, $2, $3, f.reseller, f.store, f.period, f.state, f.rows, f.quantity, f.amount, f.currency,
            CASE WHEN f.state = 'loaded' THEN f.force_id WHEN f.state = 'differs' THEN f.force_id END
     FROM found f`,
    [clientId, batch.uploadId, batch.vendor],
  );
  for (const scope of kept) {
    await client.query(
      `UPDATE app.upload_scopes SET replaced_scope_id = $5
       WHERE upload_id = $1 AND reseller = $2 AND store = $3 AND period = $4 AND state = 'loaded' AND replaced_scope_id IS NULL`,
      [batch.uploadId, scope.reseller, scope.store, scope.period, scope.replaced_scope_id],
    );
  }
}
