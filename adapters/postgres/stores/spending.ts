// What questions to a model have cost, from their records.

import type pg from 'pg';
import type { Spending } from '#src/ports.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeSpending({ pool, clientId }: { pool: pg.Pool; clientId: string }): Spending {
  return {
    async inMonth(now) {
      const { rows } = await pool.query<{ spent: number }>(
        `SELECT coalesce(sum(cost_usd), 0)::float8 AS spent FROM app.questions
         WHERE client_id = $1 AND at >= date_trunc('month', $2::timestamptz, 'UTC')`,
        [clientId, now],
      );
      return rows[0]?.spent ?? 0;
    },
  };
}
