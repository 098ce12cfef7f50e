// The records of questions, queries and security events: there whatever became of the query, and only for this client.

import { expect, test } from 'vitest';
import { testDatabase, unguarded } from '../../support/database.ts';
import { asSuperuser, plantTwoClients, principal } from '../../support/two-clients.ts';

const database = await testDatabase();
await plantTwoClients(database);
const ana = principal(database, 'ana', 'own');

async function log(
  sql: string,
): Promise<{ phase: string; sqlstate: string | null; rows: number | null; user_id: string; mode: string }[]> {
  const { rows } = await database.pool.query(
    `SELECT * FROM audit.query_log WHERE id IN (SELECT id FROM audit.query_log WHERE sql = $1) ORDER BY at`,
    [sql],
  );
  return rows;
}

test('a query leaves its attempt and its outcome', async () => {
  await database.analyst.run(unguarded('SELECT 1 AS first'), ana);
  expect(await log('SELECT 1 AS first')).toMatchObject([
    { phase: 'attempt', user_id: ana.userId, mode: 'own' },
    { phase: 'outcome', sqlstate: null, rows: 1, truncated: false },
  ]);
});

test('a query that fails leaves both too, for its rollback takes nothing along', async () => {
  await expect(database.analyst.run(unguarded('SELECT 1 / 0 AS second'), ana)).rejects.toThrow();
  expect(await log('SELECT 1 / 0 AS second')).toMatchObject([
    { phase: 'attempt' },
    { phase: 'outcome', sqlstate: '22012' },
  ]);
});

test('the attempt is there while the query still runs, and after its backend was killed', async () => {
  const sql = 'SELECT pg_sleep(30) AS third';
  const running = database.analyst.run(unguarded(sql), ana).catch((error: unknown) => error);
  await expect.poll(async () => (await log(sql)).length).toBe(1);
  await expect
    .poll(() =>
      asSuperuser(database, async (client) => {
        const { rowCount } = await client.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
        );
        return rowCount;
      }),
    )
    .toBe(1);
  expect(await running).toMatchObject({ code: 'ASK_FAILED' });
  expect((await log(sql))[0]).toMatchObject({ phase: 'attempt' });
});

test('no record, no query', async () => {
  await asSuperuser(database, (client) => client.query('ALTER TABLE audit.query_log RENAME TO away'));
  await expect(database.analyst.run(unguarded('SELECT 1 AS fourth'), ana)).rejects.toMatchObject({
    code: 'ASK_FAILED',
  });
  await asSuperuser(database, (client) => client.query('ALTER TABLE audit.away RENAME TO query_log'));
});

test('a denied relation is a security event', async () => {
  await expect(database.analyst.run(unguarded('SELECT * FROM app.users'), ana)).rejects.toThrow();
  const { rows } = await database.pool.query("SELECT user_id FROM app.security_logs WHERE kind = 'query_denied'");
  expect(rows).toEqual([{ user_id: ana.userId }]);
});

test('questions and security events are kept, with and without a known person', async () => {
  await database.audit.question({
    principal: ana,
    question: 'sales?',
    sql: 'SELECT 1',
    kind: 'answer',
    engine: 'offline',
    rows: 1,
    ms: 12.4,
    model: { model: 'gpt-4o', inputTokens: 1200, outputTokens: 80, costUsd: 0.0038 },
    meaning: 'words sales',
  });
  await database.audit.security({ principal: null, kind: 'unknown_user', details: { sender: 'x' } });
  const questions = await database.pool.query(
    'SELECT question, kind, engine, model, cost_usd::float8 AS cost FROM app.questions',
  );
  expect(questions.rows).toEqual([
    { question: 'sales?', kind: 'answer', engine: 'offline', model: 'gpt-4o', cost: 0.0038 },
  ]);
  const events = await database.pool.query(
    "SELECT client_id, details FROM app.security_logs WHERE kind = 'unknown_user'",
  );
  expect(events.rows).toEqual([{ client_id: database.clientId, details: { sender: 'x' } }]);
});

test('nobody changes a record, the product’s own login included', async () => {
  for (const sql of [
    'DELETE FROM audit.query_log',
    "UPDATE app.questions SET question = ''",
    'DELETE FROM app.security_logs',
  ]) {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  }
});
