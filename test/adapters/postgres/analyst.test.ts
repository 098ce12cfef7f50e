// The Analyst port against a real server: what comes back, what stops it, what is left behind. Statements here have seen
// no guard.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#src/errors.ts';
import { testDatabase, unguarded } from '../../support/database.ts';
import { asSuperuser, people, plantTwoClients, principal, spaces } from '../../support/two-clients.ts';

const database = await testDatabase();
const ana = principal(database, 'ana', 'own');
const ask = (sql: string, who = ana) => database.analyst.run(unguarded(sql), who);
const failure = async (sql: string): Promise<AppError> => {
  const error = await ask(sql).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
};

beforeAll(() => plantTwoClients(database));

describe('results', () => {
  test('numbers are numbers, dates and instants are ISO, everything else is text', async () => {
    const { columns, rows } =
      await ask(`SELECT 7::bigint AS big, 12.50::numeric AS dec, 0.1::float8 AS float, DATE '2025-03-09' AS day,
      TIMESTAMP '2025-03-09 10:11:12.5' AS moment, TIMESTAMPTZ '2025-03-09 10:11:12+02' AS instant, true AS yes, NULL::int AS none,
      'a''b' AS word, ARRAY[1,2] AS list, INTERVAL '1 day' AS span, 9007199254740993::bigint AS huge, 'NaN'::numeric AS nan`);
    expect(columns).toHaveLength(13);
    expect(rows).toEqual([
      {
        big: 7,
        dec: 12.5,
        float: 0.1,
        day: '2025-03-09',
        moment: '2025-03-09T10:11:12.5',
        instant: '2025-03-09T08:11:12Z',
        yes: true,
        none: null,
        word: "a'b",
        list: '{1,2}',
        span: '1 day',
        huge: '9007199254740993',
        nan: 'NaN',
      },
    ]);
  });

  test('columns of the same name are kept apart', async () => {
    expect(await ask('SELECT 1 AS a, 2 AS a, 3 AS b')).toMatchObject({
      columns: ['a', 'a_2', 'b'],
      rows: [{ a: 1, a_2: 2, b: 3 }],
    });
  });

  test('500 rows at most, in order, and it says that there are more', async () => {
    const many = await ask('SELECT n FROM generate_series(1, 2000) AS n ORDER BY n DESC');
    expect(many.rows).toHaveLength(500);
    expect(many.rows[0]).toEqual({ n: 2000 });
    expect(many.truncated).toBe(true);
    expect((await ask('SELECT n FROM generate_series(1, 500) AS n')).truncated).toBe(false);
  });

  test('a comment at the end swallows nothing', async () => {
    expect((await ask('SELECT 1 AS a -- the end')).rows).toEqual([{ a: 1 }]);
  });

  test('each person gets their own rows, also when they ask at the same time on few connections', async () => {
    const sum = 'SELECT sum(sales_amount_base) AS sum FROM sales_data, pg_sleep(0.02)';
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) => ask(sum, principal(database, n % 2 ? 'ana' : 'alice', 'own'))),
    );
    expect(answers.map((answer) => answer.rows[0]?.sum)).toEqual(answers.map((_, n) => (n % 2 ? 1 : 110)));
  });

  test('a person whom the database does not know sees nothing, and one whose ids are no uuids is a failure on our side', async () => {
    expect((await ask('SELECT * FROM sales_data', { ...ana, userId: spaces.board })).rows).toEqual([]);
    await expect(ask('SELECT 1', { ...ana, userId: `${people.ana}'; SELECT 1 --` })).rejects.toMatchObject({
      code: 'ASK_FAILED',
    });
    await expect(ask('SELECT 1', { ...ana, clientId: people.bea })).rejects.toMatchObject({ code: 'ASK_FAILED' });
  });
});

describe('limits', () => {
  test('a cell of 600 MB is cut off, and the next question works', async () => {
    expect(await failure("SELECT repeat('x', 600000000)")).toMatchObject({ code: 'ASK_TOO_MUCH' });
    expect((await ask('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
  });

  test('wide rows are cut off at 2 MB', async () => {
    expect(await failure("SELECT repeat('x', 10000) FROM generate_series(1, 400)")).toMatchObject({
      code: 'ASK_TOO_MUCH',
      params: { limit: 'the answer is larger than 2 MB' },
    });
  });

  test('a query without end is stopped by scratch space or time', async () => {
    expect(await failure('SELECT count(*) FROM generate_series(1, 100000000000)')).toMatchObject({
      code: 'ASK_TOO_MUCH',
    });
  });

  test('a query that takes too long is stopped, whatever it does to its own timeout', async () => {
    const error = await failure("SELECT set_config('statement_timeout', '0', true), pg_sleep(60)");
    expect(error).toMatchObject({ code: 'ASK_TOO_MUCH', params: { limit: 'it took longer than 8 seconds' } });
  }, 20_000);
});

describe('one statement', () => {
  test.each([
    'SELECT 1; SELECT 2',
    'SELECT 1) AS x; DROP SCHEMA app CASCADE; SELECT * FROM (SELECT 1',
    'COMMIT',
    'WITH gone AS (DELETE FROM sales_data RETURNING *) SELECT * FROM gone',
    'SELECT 1 INTO zz',
    'DELETE FROM sales_data RETURNING 1',
    "COPY sales_data TO '/tmp/x'",
  ])('%s is refused', async (sql) => {
    expect(await failure(sql)).toMatchObject({ code: 'ASK_BAD_QUERY' });
  });
});

describe('what is left behind', () => {
  test('nothing: no lock, no setting, no cursor, no prepared statement, no notification', async () => {
    const heard: string[] = [];
    const listener = new pg.Client({ connectionString: database.superuserUrl });
    await listener.connect();
    listener.on('notification', (notification) => heard.push(notification.payload ?? ''));
    await listener.query('LISTEN gossip');
    await ask(
      "SELECT pg_advisory_lock(42), set_config('search_path', 'pg_temp', false), set_config('app.client_id', 'x', false), pg_notify('gossip', 'secret')",
    );
    await sleep(100);
    const { rows } = await listener.query(
      "SELECT count(*)::int AS locks FROM pg_locks WHERE locktype = 'advisory' AND objid = 42",
    );
    await listener.end();
    expect(rows).toEqual([{ locks: 0 }]);
    expect(heard).toEqual([]);
    // Poison every connection of the pool, then look from each.
    const state = await Promise.all(
      Array.from({ length: 8 }, () =>
        ask(
          "SELECT current_setting('search_path') AS path, current_setting('app.client_id', true) AS old, (SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%_w%') AS prepared",
        ),
      ),
    );
    for (const { rows } of state)
      expect(rows).toEqual([{ path: 'pg_catalog, app, pg_temp', old: expect.toBeOneOf([null, '']), prepared: 0 }]);
  });
});

describe('failures', () => {
  test('what the database says about values never reaches the person', async () => {
    const cast = await failure('SELECT reseller::int FROM sales_data');
    expect(cast.code).toBe('ASK_BAD_QUERY');
    expect(`${cast.message} ${cast.hint}`).not.toContain('Ana shop');
    expect(await failure('SELECT 1 / (quantity - 1) FROM sales_data')).toMatchObject({ code: 'ASK_BAD_QUERY' });
  });

  test('denied and missing tables get the same sentence', async () => {
    const [missing, denied, column] = [
      await failure('SELECT * FROM nothing_of_that_name'),
      await failure('SELECT * FROM app.users'),
      await failure('SELECT hash FROM app.uploads'),
    ];
    expect(denied?.message).toBe(missing?.message);
    expect(column?.message).toBe(missing?.message);
  });

  test('a field that does not exist is named as it was written', async () => {
    expect((await failure('SELECT turnover FROM sales_data')).message).toContain('turnover');
  });

  test('the product survives the end of its connections', async () => {
    await asSuperuser(database, (client) =>
      client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      ),
    );
    await sleep(50);
    expect((await ask('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
  });
});
