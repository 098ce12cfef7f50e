// One statement exactly as a model's would be run: guard, read-only login, identity, limits and audit.

import { guard } from '../ask/guard/guard.ts';
import { AppError } from '../errors.ts';
import type { Message } from '../message/message.ts';
import type { Ports, Principal, ResultSet } from '../ports.ts';
import { failureReply, type Reply } from './ingest.ts';

export async function sql(
  ports: Pick<Ports, 'analyst' | 'audit' | 'observer'>,
  principal: Principal,
  statement: { id: string | null; sql: string },
  options: { guardOnly: boolean },
): Promise<Reply> {
  const { id } = statement;
  const judged = await guard(statement.sql);
  if (!judged.ok) {
    const { rule, help } = judged.refusal;
    ports.observer.record({ kind: 'query-refused', rule });
    await ports.audit.security({ principal, kind: 'query-refused', details: { rule } });
    const refused = new AppError('ASK_REFUSED', { reason: help });
    return { ...failureReply(refused), document: { id, verdict: 'deny', reason: `${rule}: ${help}` } };
  }
  if (options.guardOnly) {
    return {
      document: { id, verdict: 'allow' },
      message: { blocks: [{ kind: 'text', text: 'Allowed.' }] },
      failed: false,
    };
  }
  try {
    const result = await ports.analyst.run(judged.statement, principal);
    return {
      document: { id, verdict: 'allow', rows: result.rows, truncated: result.truncated, ms: result.ms },
      message: tableOf(result),
      failed: false,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...failureReply(error), document: { id, verdict: 'allow', reason: `${error.code}: ${error.message}` } };
  }
}

function tableOf(result: ResultSet): Message {
  return {
    blocks: [
      {
        kind: 'table',
        columns: result.columns.map((key) => ({
          key,
          label: key,
          kind: result.rows.some((row) => typeof row[key] === 'number') ? ('number' as const) : ('text' as const),
        })),
        rows: result.rows,
      },
      {
        kind: 'context',
        text: `${result.rows.length} ${result.rows.length === 1 ? 'row' : 'rows'}${result.truncated ? ' and more' : ''}, ${Math.round(result.ms)} ms`,
      },
    ],
  };
}
