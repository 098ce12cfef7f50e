// What happened -> rows that nobody can take back: written by a login that may only insert, on its own connection, each
// committed at once, so that they survive the rollback of whatever they are about.

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Audit, Principal } from '#src/ports.ts';

/** What became of a query. `sqlstate` null: it succeeded. */
export interface QueryOutcome {
  sqlstate: string | null;
  rows: number;
  bytes: number;
  ms: number;
  truncated: boolean;
}

/** The log of queries: an attempt without an outcome is a finding in itself. */
export interface QueryLog {
  /** Returns the attempt's id. Throws when it cannot be written: then the query must not run. */
  attempt(principal: Principal, sql: string, fingerprint: string): Promise<string>;
  outcome(id: string, principal: Principal, outcome: QueryOutcome): Promise<void>;
}

export function makeQueryLog(pool: pg.Pool): QueryLog {
  const who = (principal: Principal) => [
    principal.clientId,
    principal.userId,
    principal.spaceId || null,
    principal.mode,
  ];
  return {
    async attempt(principal, sql, fingerprint) {
      // Made here because the login may not read back what it wrote.
      const id = randomUUID();
      await pool.query(
        `INSERT INTO audit.query_log (id, phase, client_id, user_id, space_id, mode, sql, fingerprint)
         VALUES ($1, 'attempt', $2, $3, $4, $5, $6, $7)`,
        [id, ...who(principal), sql, fingerprint],
      );
      return id;
    },
    async outcome(id, principal, outcome) {
      await pool.query(
        `INSERT INTO audit.query_log (id, phase, client_id, user_id, space_id, mode, sqlstate, rows, bytes, ms, truncated)
         VALUES ($1, 'outcome', $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          ...who(principal),
          outcome.sqlstate,
          outcome.rows,
          outcome.bytes,
          Math.round(outcome.ms),
          outcome.truncated,
        ],
      );
    },
  };
}

/** The Audit port. */
export function makeAudit(pool: pg.Pool): Audit {
  return {
    async question(entry) {
      const id = randomUUID();
      await pool.query(
        `INSERT INTO app.questions (id, client_id, user_id, space_id, question, sql, kind, engine, rows, ms,
           model, input_tokens, output_tokens, cost_usd, meaning)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [
          id,
          entry.principal.clientId,
          entry.principal.userId,
          entry.principal.spaceId || null,
          entry.question,
          entry.sql,
          entry.kind,
          entry.engine,
          entry.rows,
          Math.round(entry.ms),
          entry.model?.model ?? null,
          entry.model?.inputTokens ?? null,
          entry.model?.outputTokens ?? null,
          entry.model?.costUsd ?? null,
          entry.meaning,
        ],
      );
      return id;
    },
    async security({ principal, kind, details }) {
      await pool.query(
        `INSERT INTO app.security_logs (id, client_id, user_id, kind, details)
         VALUES ($1, coalesce($2, sec.login_client_id()), $3, $4, $5)`,
        [randomUUID(), principal?.clientId ?? null, principal?.userId ?? null, kind, JSON.stringify(details)],
      );
    },
  };
}
