// Takes an upload out of force. One rule says what comes back: the newest upload that still claims the month, because it was
// replaced there, or because it held the same figures when it arrived; never beside anything that it overlaps with. Rows stay in processed_data.

import type { PoolClient } from 'pg';
import type { ScopeOutcome } from '#src/ports.ts';
import type { Visibility } from '../compare/visible.ts';
import { putInForce } from './in-force.ts';
import { overlaps, scopeOutcomes } from './scopes.ts';
import { settleSplits } from './store-split.ts';

/** @returns the scopes that changed: this upload's as `undone`, what came back as `loaded`; empty when it had nothing (left) to undo */
export async function undoUpload(
  client: PoolClient,
  clientId: string,
  uploadId: string,
  visibility: Visibility,
): Promise<ScopeOutcome[]> {
  await lockScopes(client, clientId, uploadId, null);
  const back = await leaveForce(client, clientId, uploadId);
  if (back === null) return [];
  await settleSplits(client, clientId);
  await client.query("UPDATE app.uploads SET status = 'undone' WHERE id = $1", [uploadId]);
  const outcomes = await scopeOutcomes(client, uploadId, visibility);
  for (const other of new Set(back.map((scope) => scope.upload_id))) {
    const ids = new Set(back.filter((scope) => scope.upload_id === other).map((scope) => scope.key));
    const theirs = await scopeOutcomes(client, other, visibility);
    outcomes.push(
      ...theirs.filter((scope) =>
        ids.has(
          `${scope.reseller}|${scope.store ?? ''}|${scope.period.year}-${scope.period.month}|${scope.week ?? ''}`,
        ),
      ),
    );
  }
  return outcomes;
}

/**
 * Holds off whoever changes stored rows of these vendors, and then every other batch, as vendors may overlap: otherwise two
 * batches could both find a month not loaded yet.
 */
export async function lockScopes(
  client: PoolClient,
  clientId: string,
  uploadId: string,
  vendor: string | null,
): Promise<void> {
  const { rows } = await client.query<{ vendor: string }>(
    'SELECT DISTINCT vendor FROM app.upload_scopes WHERE upload_id = $1',
    [uploadId],
  );
  const all = new Set([...rows.map((row) => row.vendor), ...(vendor === null ? [] : [vendor])]);
  for (const each of [...[...all].sort(), 'all vendors']) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${clientId} ${each}`]);
  }
}

interface Restored {
  id: string;
  upload_id: string;
  /** `reseller|store|year-month|week` */
  key: string;
}

/** Withdraws the upload's claims and lets the next claimants take their places; null when it has none (left). */
export async function leaveForce(client: PoolClient, clientId: string, uploadId: string): Promise<Restored[] | null> {
  const claims = await client.query(
    "SELECT FROM app.upload_scopes WHERE upload_id = $1 AND state <> 'undone' LIMIT 1",
    [uploadId],
  );
  if (claims.rowCount === 0) return null;
  await client.query(
    'CREATE TEMP TABLE IF NOT EXISTS freed (vendor text, reseller text, store text, period date, week_ending date) ON COMMIT DROP',
  );
  await client.query('DELETE FROM freed');
  await client.query(
    `WITH gone AS (UPDATE app.upload_scopes s SET state = 'undone' FROM app.upload_scopes old
                   WHERE s.id = old.id AND s.upload_id = $1 RETURNING old.state, s.vendor, s.reseller, s.store, s.period, s.week_ending)
     INSERT INTO freed SELECT vendor, reseller, store, period, week_ending FROM gone WHERE state = 'loaded'`,
    [uploadId],
  );
  await client.query('DELETE FROM app.sales_data WHERE upload_id = $1', [uploadId]);
  const rows: Restored[] = [];
  for (const id of await claimants(client, clientId)) {
    // One after the other: what came back just now is in the way of what is older.
    const back = await client.query<Restored>(
      `UPDATE app.upload_scopes s SET state = 'loaded' WHERE s.id = $2
       AND NOT EXISTS (SELECT FROM app.upload_scopes f WHERE f.client_id = $1 AND f.state = 'loaded' AND ${overlaps('f', 's')})
       RETURNING id, upload_id, reseller || '|' || store || '|' || extract(year FROM period) || '-' || extract(month FROM period) || '|' || coalesce(week_ending::text, '') AS key`,
      [clientId, id],
    );
    rows.push(...back.rows);
  }
  await putInForce(
    client,
    rows.map((row) => row.upload_id),
    rows.map((row) => row.id),
  );
  return rows;
}

/** Scopes that may take the freed places, newest first. */
async function claimants(client: PoolClient, clientId: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT s.id FROM app.upload_scopes s
     WHERE s.client_id = $1 AND s.state IN ('superseded', 'unchanged') AND EXISTS (SELECT FROM freed f WHERE ${overlaps('f', 's')})
     ORDER BY s.id DESC`,
    [clientId],
  );
  return rows.map(({ id }) => id);
}
