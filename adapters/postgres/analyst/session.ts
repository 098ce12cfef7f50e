// One statement and who asks -> its rows, in a transaction that can only read, as exactly that person, and of which
// nothing remains. Refuses to run when the database does not recognise the person; stops at 2 MB and at a deadline.

import type pg from 'pg';
import type { Value } from '#src/message/message.ts';
import type { Principal } from '#src/ports.ts';
import type { Signer } from '../context.ts';
import { Stopped } from './failures.ts';
import { distinctNames, types } from './values.ts';

/** Rows that are read; one more is asked for, to know whether there are more. */
export const maximumRows = 500;
const maximumBytes = 2_000_000;
/** The server stops at 8 s; this is for a server that no longer does anything. */
const deadlineMs = 12_000;

export interface Rows {
  columns: string[];
  rows: Record<string, Value>[];
  truncated: boolean;
  bytes: number;
}

// Nothing is left to the login's defaults: an earlier user of the session may have changed them. The last line takes the
// snapshot, after which the transaction can no longer be made READ WRITE.
const prologue = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL search_path = pg_catalog, app, pg_temp;
SET LOCAL standard_conforming_strings = on;
SET LOCAL statement_timeout = '8s';
SET LOCAL lock_timeout = '1s';
SET LOCAL idle_in_transaction_session_timeout = '10s';
SET LOCAL work_mem = '16MB';
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL jit = off;
SET LOCAL TimeZone = 'UTC';
SET LOCAL DateStyle = 'ISO, YMD';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL extra_float_digits = 1;
SET LOCAL client_min_messages = error;
SELECT pg_catalog.pg_backend_pid()::text AS pid,
       ((extract(epoch FROM pg_catalog.transaction_timestamp()) * 1000000)::bigint)::text AS started`;

/** `sql`: one SELECT, without trailing semicolon or comment. */
export async function execute(pool: pg.Pool, signer: Signer, sql: string, principal: Principal): Promise<Rows> {
  const client = await pool.connect();
  const meter = meterOf(client);
  try {
    await identify(client, signer, principal);
    meter.start();
    const result = await client.query({
      // Between newlines, so that a comment at the end cannot swallow the wrapper; the extended protocol takes one statement only.
      text: `SELECT * FROM (\n${sql}\n) AS _w LIMIT ${maximumRows + 1}`,
      queryMode: 'extended',
      rowMode: 'array',
      types,
    } as pg.QueryArrayConfig);
    const bytes = meter.stop();
    const columns = distinctNames(result.fields.map((field) => field.name));
    const rows = (result.rows as Value[][])
      .slice(0, maximumRows)
      .map((cells) => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? null])));
    leave(client);
    return { columns, rows, truncated: result.rows.length > maximumRows, bytes };
  } catch (error) {
    meter.stop();
    // After any doubt the connection is not used again.
    client.release(true);
    throw meter.stopped() ?? error;
  }
}

/** Opens the transaction and makes it this person's; throws when the database does not agree. */
export async function identify(client: pg.ClientBase, signer: Signer, principal: Principal): Promise<void> {
  const opened = (await client.query(prologue)) as unknown as pg.QueryResult<{ pid: string; started: string }>[];
  const at = opened.at(-1)?.rows[0];
  const token = signer.sign(principal, at?.pid ?? '', at?.started ?? '');
  if (!/^[0-9a-z.-]+$/.test(token)) throw new Error('the principal has ids that are not uuids in lower case');
  // Not a part of the statement's own text, which SQL could read. SET works where set_config is taken away.
  const checked = (await client.query(
    `SET LOCAL app.ctx = '${token}'; SELECT client_id, user_id, mode, space_id FROM sec.context()`,
  )) as unknown as pg.QueryResult<{ client_id: string; user_id: string; mode: string; space_id: string | null }>[];
  const seen = checked.at(-1)?.rows[0];
  const same =
    seen?.client_id === principal.clientId &&
    seen.user_id === principal.userId &&
    seen.mode === principal.mode &&
    (seen.space_id ?? '') === principal.spaceId;
  // Never mistaken for "no data".
  if (!same) throw new Error('the database does not recognise the signed identity');
}

/** ROLLBACK undoes settings, DISCARD ALL what outlives a transaction (locks, cursors). Nobody waits for it. */
function leave(client: pg.PoolClient): void {
  client.query('ROLLBACK').catch(() => {});
  client.query('DISCARD ALL').then(
    () => client.release(),
    () => client.release(true),
  );
}

/** Counts what the server sends and cuts the line, for one cell may be larger than what Node can hold. */
function meterOf(client: pg.PoolClient) {
  const { stream } = (client as unknown as { connection: { stream: import('node:net').Socket } }).connection;
  let bytes = 0;
  let stopped: Stopped | null = null;
  let timer: NodeJS.Timeout | undefined;
  const cut = (limit: string) => {
    stopped ??= new Stopped(limit);
    stream.destroy();
  };
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maximumBytes) cut('the answer is larger than 2 MB');
  };
  return {
    start() {
      stream.prependListener('data', count);
      timer = setTimeout(() => cut('it took longer than 12 seconds'), deadlineMs);
    },
    stop(): number {
      stream.removeListener('data', count);
      clearTimeout(timer);
      return bytes;
    },
    stopped: () => stopped,
  };
}
