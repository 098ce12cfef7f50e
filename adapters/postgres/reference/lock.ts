// No batch comes into force, or leaves it, while rows that are stored already are being changed.

import type pg from 'pg';

/** Until the transaction ends; the same locks that a batch takes for its own vendor. */
export async function lockAllVendors(client: pg.PoolClient, clientId: string): Promise<void> {
  const { rows } = await client.query<{ vendor: string }>(
    'SELECT DISTINCT vendor FROM app.upload_scopes WHERE client_id = $1 ORDER BY 1',
    [clientId],
  );
  for (const { vendor } of rows.sort((a, b) => (a.vendor < b.vendor ? -1 : 1))) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${clientId} ${vendor}`]);
  }
}
