// Pieces of rows by store: kept beside the rows of their upload, and in force for the month of whichever upload says the same. Pieces
// that do not come to the rows in force, in every product, stay out of force.

import type pg from 'pg';
import type { SplitRow } from '#src/clean/types.ts';

export async function keepSplit(
  client: pg.PoolClient,
  clientId: string,
  uploadId: string,
  rows: SplitRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO app.store_split (client_id, upload_id, raw_product, store, year, month, quantity)
     SELECT $1, $2, f.* FROM unnest($3::text[], $4::text[], $5::int[], $6::int[], $7::numeric[]) AS f`,
    [
      clientId,
      uploadId,
      rows.map(({ rawProduct }) => rawProduct),
      rows.map(({ store }) => store),
      rows.map(({ year }) => year),
      rows.map(({ month }) => month),
      rows.map(({ quantity }) => quantity),
    ],
  );
}

/**
 * Decides which pieces stand for which rows, after scopes have changed: those of the upload whose rows are in force; where it has
 * none, the newest of an upload that said the same of the month. That one may have been overtaken by a third, so its pieces are
 * added up against the rows. The client's scopes must be locked.
 */
export async function settleSplits(client: pg.PoolClient, clientId: string): Promise<void> {
  await client.query(
    `WITH kept AS (SELECT DISTINCT upload_id, year, month FROM app.store_split WHERE client_id = $1),
     claims AS (
       SELECT k.*, s.id, f.upload_id AS rows_of, f.id AS scope_id
       FROM kept k
       JOIN app.upload_scopes s ON s.upload_id = k.upload_id AND s.period = make_date(k.year, k.month, 1)
       JOIN app.upload_scopes f ON f.client_id = $1 AND f.state = 'loaded'
         AND (f.vendor, f.reseller, f.store, f.period) = (s.vendor, s.reseller, s.store, s.period)
         AND f.week_ending IS NOT DISTINCT FROM s.week_ending
       WHERE s.state = 'loaded'
         OR (s.state = 'unchanged' AND NOT EXISTS (SELECT FROM kept o WHERE (o.upload_id, o.year, o.month) = (f.upload_id, k.year, k.month)))),
     fitting AS (
       SELECT * FROM claims c WHERE c.upload_id = c.rows_of OR NOT EXISTS (
         SELECT FROM
           (SELECT raw_product, sum(quantity) AS quantity FROM app.processed_data
            WHERE upload_id = c.rows_of AND scope_id = c.scope_id GROUP BY 1) r
           FULL JOIN (SELECT raw_product, sum(quantity) AS quantity FROM app.store_split
            WHERE (upload_id, year, month) = (c.upload_id, c.year, c.month) GROUP BY 1) t USING (raw_product)
         WHERE coalesce(r.quantity, 0) <> coalesce(t.quantity, 0))),
     chosen AS (SELECT DISTINCT ON (rows_of, year, month) upload_id, year, month, rows_of FROM fitting ORDER BY rows_of, year, month, id DESC)
     UPDATE app.store_split t SET stands_for = c.rows_of
     FROM kept k LEFT JOIN chosen c USING (upload_id, year, month)
     WHERE (t.upload_id, t.year, t.month) = (k.upload_id, k.year, k.month) AND t.stands_for IS DISTINCT FROM c.rows_of`,
    [clientId],
  );
}
