// Takes an upload out of force and puts back what it had replaced. Its rows stay in processed_data.

import type { PoolClient } from 'pg';
import type { ScopeOutcome } from '#src/ports.ts';
import { putInForce } from './batches.ts';
import { scopeOutcomes } from './scopes.ts';

/** @returns the scopes that changed: this upload's as `undone`, what came back as `loaded`; empty when nothing was in force */
export async function undoUpload(client: PoolClient, clientId: string, uploadId: string): Promise<ScopeOutcome[]> {
  const vendors = await client.query<{ vendor: string }>(
    'SELECT DISTINCT vendor FROM app.upload_scopes WHERE upload_id = $1 ORDER BY 1',
    [uploadId],
  );
  for (const { vendor } of vendors.rows) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${clientId} ${vendor}`]);
  }
  const undone = await client.query<{ replaced_scope_id: string | null }>(
    `UPDATE app.upload_scopes SET state = 'undone' WHERE upload_id = $1 AND state = 'loaded' RETURNING replaced_scope_id`,
    [uploadId],
  );
  if (undone.rowCount === 0) return [];
  await client.query('DELETE FROM app.sales_data WHERE upload_id = $1', [uploadId]);
  // What it would have loaded, and what was replaced since, must not come back with another undo.
  await client.query("UPDATE app.upload_scopes SET state = 'undone' WHERE upload_id = $1", [uploadId]);
  const restore = undone.rows.flatMap((row) => row.replaced_scope_id ?? []);
  const restored = await client.query<{ id: string; upload_id: string }>(
    `UPDATE app.upload_scopes SET state = 'loaded' WHERE id = ANY ($1) AND state = 'superseded' RETURNING id, upload_id`,
    [restore],
  );
  const scopes = restored.rows.map((row) => row.id);
  const owners = restored.rows.map((row) => row.upload_id);
  await putInForce(client, 'SELECT * FROM app.processed_data WHERE upload_id = ANY ($1) AND scope_id = ANY ($2)', [
    owners,
    scopes,
  ]);
  await client.query("UPDATE app.uploads SET status = 'undone' WHERE id = $1", [uploadId]);
  const back: ScopeOutcome[] = [];
  for (const other of new Set(restored.rows.map((row) => row.upload_id))) {
    back.push(...(await scopeOutcomes(client, other)).filter((scope) => scope.state === 'loaded'));
  }
  return [...(await scopeOutcomes(client, uploadId)), ...back];
}
