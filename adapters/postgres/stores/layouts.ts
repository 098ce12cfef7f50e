// Layouts that people have taught: each save is a new version, and none is ever changed.

import type pg from 'pg';
import type { Layouts, TaughtLayout } from '#src/ports.ts';
import { transaction } from './transaction.ts';

const columns = 't.id, t.version, t.yaml, t.sample_upload_id AS "uploadId", u.email AS by, t.taught_at AS at';
const from = 'app.taught_vendors t JOIN app.users u ON u.id = t.taught_by';

/** @param pool the product's login, pinned to `clientId` */
export function makeLayouts({ pool, clientId }: { pool: pg.Pool; clientId: string }): Layouts {
  return {
    async newest() {
      const { rows } = await pool.query<TaughtLayout>(
        `SELECT DISTINCT ON (t.id) ${columns} FROM ${from} WHERE t.client_id = $1 ORDER BY t.id, t.version DESC`,
        [clientId],
      );
      return rows;
    },
    async versions(id) {
      const { rows } = await pool.query<TaughtLayout>(
        `SELECT ${columns} FROM ${from} WHERE t.client_id = $1 AND t.id = $2 ORDER BY t.version DESC`,
        [clientId, id],
      );
      return rows;
    },
    save: ({ id, yaml, uploadId }, by) =>
      transaction(pool, async (client) => {
        // Two people may save the same layout at the same moment: the second waits, and is the next version.
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [`${clientId} ${id}`]);
        const { rows } = await client.query<{ version: number }>(
          `INSERT INTO app.taught_vendors (client_id, id, version, yaml, sample_upload_id, taught_by)
           SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5 FROM app.taught_vendors WHERE client_id = $1 AND id = $2
           RETURNING version`,
          [clientId, id, yaml, uploadId, by.userId],
        );
        return rows[0]!.version;
      }),
  };
}
