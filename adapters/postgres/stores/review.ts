// Decisions of people about rows of a file, and what a row of a file became.

import type pg from 'pg';
import type { Fix, RowDecision } from '#src/clean/types.ts';
import type { Review, StoredRow } from '#src/ports.ts';
import { storedColumns } from '../batches/batches.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeReview({ pool, clientId }: { pool: pg.Pool; clientId: string }): Review {
  return {
    async decisions(uploadId) {
      const { rows } = await pool.query<RowDecision & { at: Date }>(
        `SELECT d.sheet, d.row, d.kind, d.cells, u.email AS by, d.decided_at AS at
         FROM app.row_decisions d JOIN app.users u ON u.id = d.decided_by
         WHERE d.upload_id = $1 ORDER BY d.sheet, d.row`,
        [uploadId],
      );
      return rows;
    },
    async decide(uploadId, decisions, by) {
      const given = decisions.map(({ sheet, row, kind, cells }) => ({ sheet, row, kind, cells }));
      const { rowCount } = await pool.query(
        `WITH free AS (
           UPDATE app.uploads SET status = 'processing', receipt = NULL, completed_at = NULL
           WHERE id = $2 AND status NOT IN ('pending', 'processing', 'undone') RETURNING id)
         INSERT INTO app.row_decisions (client_id, upload_id, sheet, row, kind, cells, decided_by)
         SELECT $1, free.id, d.sheet, d.row, d.kind, d.cells, $3
         FROM free, jsonb_to_recordset($4::jsonb) AS d (sheet text, row int, kind text, cells jsonb)
         ON CONFLICT (upload_id, sheet, row) DO UPDATE
         SET kind = excluded.kind, cells = excluded.cells, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
        [clientId, uploadId, by.userId, JSON.stringify(given).replaceAll('\\u0000', '')],
      );
      return rowCount !== 0;
    },
    async stored(uploadId, { sheet, row }) {
      const { rows } = await pool.query<StoredRow & { id: string }>(
        `SELECT ${storedColumns} FROM app.processed_data p JOIN app.upload_scopes s ON s.id = p.scope_id
         WHERE p.upload_id = $1 AND p.source_sheet = $2 AND p.source_row = $3 ORDER BY p.id`,
        [uploadId, sheet, row],
      );
      return rows.map(({ id: _, ...stored }) => stored);
    },
    async fixes(uploadId, { sheet, row }) {
      const { rows } = await pool.query<Fix>(
        `SELECT sheet, row, column_name AS column, cell, original, cleaned, rule
         FROM app.transform_logs WHERE upload_id = $1 AND sheet = $2 AND row = $3 ORDER BY id`,
        [uploadId, sheet, row],
      );
      return rows;
    },
  };
}
