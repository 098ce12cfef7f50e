// The Analyst port: one guarded statement of one person -> its result, recorded before and after. Refuses while the
// read-only login has more rights than it should, and when the record cannot be written.

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '#src/errors.ts';
import type { Analyst, Audit } from '#src/ports.ts';
import type { QueryLog } from '../audit.ts';
import type { Signer } from '../context.ts';
import { failureOf, stateOf } from './failures.ts';
import { makeQueue } from './queue.ts';
import { execute } from './session.ts';

/** `isSafe`: what the last self-check found. */
export function makeAnalyst(parts: {
  pool: pg.Pool;
  signer: Signer;
  log: QueryLog;
  audit: Audit;
  isSafe: () => boolean;
}): Analyst {
  const queue = makeQueue({ atOnce: 8, perPerson: 2, patienceMs: 15_000 });
  return {
    async run(statement, principal) {
      if (!parts.isSafe()) throw new AppError('ASK_UNSAFE_DATABASE');
      return queue.run(principal.userId, async () => {
        const started = performance.now();
        const id = await parts.log.attempt(principal, statement.sql, statement.fingerprint).catch((cause: unknown) => {
          throw new AppError('ASK_FAILED', { reference: randomUUID().slice(0, 8) }, { cause });
        });
        try {
          const { bytes, ...result } = await execute(parts.pool, parts.signer, statement.sql, principal);
          const ms = performance.now() - started;
          const { truncated } = result;
          await parts.log.outcome(id, principal, { sqlstate: null, rows: result.rows.length, bytes, ms, truncated });
          return { ...result, ms: Math.round(ms) };
        } catch (error) {
          const sqlstate = stateOf(error);
          const ms = performance.now() - started;
          await parts.log.outcome(id, principal, { sqlstate, rows: 0, bytes: 0, ms, truncated: false }).catch(() => {});
          if (sqlstate === '42501') {
            await parts.audit
              .security({ principal, kind: 'query_denied', details: { query: id, fingerprint: statement.fingerprint } })
              .catch(() => {});
          }
          throw failureOf(error, id.slice(0, 8));
        }
      });
    },
  };
}
