// The columns of an upload's sheet, kept for the next file of its vendor; and those of the file before it.

import type pg from 'pg';
import type { SeenColumn } from '#src/clean/compare/beside.ts';
import { transaction } from '../stores/transaction.ts';
import { mayKnow, type Visibility } from './visible.ts';

/** In place of what an earlier try has kept. */
export async function keepColumns(pool: pg.Pool, clientId: string, uploadId: string, columns: SeenColumn[]) {
  await transaction(pool, async (client) => {
    await client.query('DELETE FROM app.upload_columns WHERE upload_id = $1', [uploadId]);
    await client.query(
      `INSERT INTO app.upload_columns (client_id, upload_id, position, heading, holds, typical)
       SELECT $1, $2, * FROM unnest($3::int[], $4::text[], $5::text[], $6::numeric[])`,
      [
        clientId,
        uploadId,
        columns.map(({ position }) => position),
        columns.map(({ heading }) => heading.replaceAll('\0', '')),
        columns.map(({ holds }) => holds),
        columns.map(({ typical }) => typical),
      ],
    );
  });
}

/** Of the newest file that came before this one, of the same vendor and reseller, and is in force; null where there is none. */
export async function columnsBefore(
  { pool, visibility }: { pool: pg.Pool; visibility: Visibility },
  uploadId: string,
): Promise<{ fileName: string; columns: SeenColumn[] } | null> {
  const { rows } = await pool.query<SeenColumn & { fileName: string }>(
    `WITH earlier AS (
       SELECT u.id, u.file_name FROM app.uploads mine
       JOIN app.upload_scopes s ON s.upload_id = mine.id
       JOIN app.upload_scopes o ON (o.client_id, o.vendor, o.reseller, o.state) = (s.client_id, s.vendor, s.reseller, 'loaded')
       JOIN app.uploads u ON u.id = o.upload_id AND u.id <> mine.id AND u.created_at <= mine.created_at
       WHERE mine.id = $1 AND ${mayKnow('u.id', visibility)} AND EXISTS (SELECT FROM app.upload_columns c WHERE c.upload_id = u.id)
       ORDER BY u.created_at DESC, u.id LIMIT 1)
     SELECT e.file_name AS "fileName", c.position, c.heading, c.holds, c.typical::float8 AS typical
     FROM earlier e JOIN app.upload_columns c ON c.upload_id = e.id ORDER BY c.position`,
    [uploadId],
  );
  const [first] = rows;
  return first ? { fileName: first.fileName, columns: rows.map(({ fileName: _, ...column }) => column) } : null;
}
