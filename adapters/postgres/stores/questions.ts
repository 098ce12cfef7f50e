// Questions that were asked, to be looked up again, and answers that somebody has called right.

import type pg from 'pg';
import type { AnsweredQuestion, Questions, VerifiedQuestion } from '#src/ports.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeQuestions({ pool, clientId }: { pool: pg.Pool; clientId: string }): Questions {
  return {
    async find(id) {
      const { rows } = await pool.query<AnsweredQuestion>(
        `SELECT id, user_id AS "userId", space_id AS "spaceId", question, sql, meaning, engine FROM app.questions
         WHERE client_id = $1 AND id::text = $2 AND kind = 'answer' AND sql IS NOT NULL`,
        [clientId, id],
      );
      return rows[0] ?? null;
    },
    async verify({ meaning, question, sql }, by) {
      await pool.query(
        `INSERT INTO app.verified_questions (client_id, meaning, question, sql, verified_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (client_id, meaning) DO UPDATE
         SET question = excluded.question, sql = excluded.sql, verified_by = excluded.verified_by, verified_at = clock_timestamp()`,
        [clientId, meaning, question, sql, by.userId],
      );
    },
    async verified(meaning) {
      const { rows } = await pool.query<VerifiedQuestion>(`${newest} AND v.meaning = $2`, [clientId, meaning]);
      return rows[0] ?? null;
    },
    async dataVersion() {
      const { rows } = await pool.query<{ version: string }>(
        "SELECT coalesce(max(id), 0) || '.' || count(*) AS version FROM app.data_changes WHERE client_id = $1",
        [clientId],
      );
      return rows[0]!.version;
    },
    async allVerified() {
      const { rows } = await pool.query<VerifiedQuestion>(`${newest} ORDER BY v.verified_at DESC LIMIT 100`, [
        clientId,
      ]);
      return rows;
    },
  };
}

const newest = `SELECT v.question, v.sql, u.email AS by, v.verified_at AS at
  FROM app.verified_questions v JOIN app.users u ON u.id = v.verified_by WHERE v.client_id = $1`;
