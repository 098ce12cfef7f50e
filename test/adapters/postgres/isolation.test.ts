// Attacks the database with no guard in front of it: raw SQL on the analyst login never shows a foreign row and never
// writes, whatever it says and however many statements it has.

import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { identify } from '#adapters/postgres/analyst/session.ts';
import { urlFor } from '#adapters/postgres/connections.ts';
import { makeSigner } from '#adapters/postgres/context.ts';
import type { Principal } from '#src/ports.ts';
import { testDatabase } from '../../support/database.ts';
import {
  amounts,
  asSuperuser,
  foreignClient,
  people,
  plantTwoClients,
  principal,
  spaces,
  uploads,
} from '../../support/two-clients.ts';

const database = await testDatabase();
const signer = makeSigner(database.encryptionKey);
const { roles } = database.target;

beforeAll(() => plantTwoClients(database));

describe('what a mode shows', () => {
  const sum = async (who: Principal) => {
    return asAnalyst(who, async (client) => {
      const { rows } = await client.query('SELECT coalesce(sum(sales_amount_base), 0)::int AS sum FROM sales_data');
      return rows[0].sum as number;
    });
  };

  test('client: every row of the client', async () => {
    expect(await sum(principal(database, 'ana', 'client'))).toBe(amounts.ana + amounts.alice + amounts.board);
  });

  test('own: the rows of one’s own files', async () => {
    expect(await sum(principal(database, 'ana', 'own'))).toBe(amounts.ana);
    expect(await sum(principal(database, 'alice', 'own'))).toBe(amounts.alice + amounts.board);
  });

  test('space: the rows of files shared in that space', async () => {
    expect(await sum(principal(database, 'ana', 'space', 'sales'))).toBe(amounts.ana);
    expect(await sum(principal(database, 'ana', 'space', 'board'))).toBe(amounts.board);
    expect(await sum(principal(database, 'ana', 'space', 'foreign'))).toBe(0);
  });

  test('direct: one’s own and those of every space one belongs to', async () => {
    expect(await sum(principal(database, 'ana', 'direct'))).toBe(amounts.ana);
    expect(await sum(principal(database, 'alice', 'direct'))).toBe(amounts.ana + amounts.alice + amounts.board);
  });

  test('a grant opens one space’s files to another, and not the other way round', async () => {
    const grant = [spaces.sales, spaces.board, database.clientId];
    await asSuperuser(database, async (client) => {
      await client.query(
        'INSERT INTO app.space_grants (space_id, granted_space_id, client_id) VALUES ($1, $2, $3)',
        grant,
      );
    });
    expect(await sum(principal(database, 'ana', 'space', 'sales'))).toBe(amounts.ana + amounts.board);
    expect(await sum(principal(database, 'ana', 'space', 'board'))).toBe(amounts.board);
    expect(await sum(principal(database, 'ana', 'direct'))).toBe(amounts.ana + amounts.board);
    await asSuperuser(database, (client) => client.query('DELETE FROM app.space_grants'));
  });

  test('a mode that does not exist shows nothing', async () => {
    expect(await sum({ ...principal(database, 'ana', 'own'), mode: 'everything' as 'own' })).toBe(0);
  });
});

describe('identity', () => {
  const count =
    'SELECT (SELECT count(*) FROM sales_data) + (SELECT count(*) FROM uploads) + (SELECT count(*) FROM products) AS n';

  test('no token: no rows', async () => {
    expect(await withAnalyst((client) => client.query(count).then(({ rows }) => Number(rows[0].n)))).toBe(0);
  });

  test('a correctly signed token for the other client shows nothing on this client’s login', async () => {
    await withAnalyst(async (client) => {
      const other = { ...principal(database, 'bea', 'client'), clientId: foreignClient };
      await expect(identify(client, signer, other)).rejects.toThrow(/does not recognise/);
      expect(Number((await client.query(count)).rows[0].n)).toBe(0);
    });
  });

  test('a token whose person or mode was replaced shows nothing', async () => {
    await asAnalyst(principal(database, 'ana', 'own'), async (client) => {
      const token = (await client.query("SELECT current_setting('app.ctx') AS t")).rows[0].t as string;
      for (const forged of [
        token.replace(people.ana, people.alice),
        token.replace('.own.', '.client.'),
        token.replace(/\.own\.-/, `.space.${spaces.board}`),
        token.replace(database.clientId, foreignClient),
        token.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        token.replace(/\.[0-9a-f]+$/, '.'),
        `${token}.`,
        'x'.repeat(500),
        '',
        '......',
      ]) {
        await client.query("SELECT set_config('app.ctx', $1, true)", [forged]);
        expect(Number((await client.query(count)).rows[0].n), forged).toBe(0);
      }
    });
  });

  test('a token of another connection, or of an earlier transaction, shows nothing', async () => {
    const stolen = await asAnalyst(
      principal(database, 'alice', 'client'),
      async (client) => (await client.query("SELECT current_setting('app.ctx') AS t")).rows[0].t as string,
    );
    await asAnalyst(principal(database, 'ana', 'own'), async (client) => {
      await client.query("SELECT set_config('app.ctx', $1, true)", [stolen]);
      expect(Number((await client.query(count)).rows[0].n)).toBe(0);
    });
    await asAnalyst(principal(database, 'ana', 'own'), async (client) => {
      const own = (await client.query("SELECT current_setting('app.ctx') AS t")).rows[0].t as string;
      await client.query(`COMMIT; SET app.ctx = '${own}'; BEGIN`);
      expect(Number((await client.query(count)).rows[0].n)).toBe(0);
    });
  });

  test('the product’s login sees and writes its own client only', async () => {
    const { rows } = await database.pool.query('SELECT DISTINCT client_id FROM app.sales_data');
    expect(rows).toEqual([{ client_id: database.clientId }]);
    await expect(
      database.pool.query("INSERT INTO app.spaces (id, client_id, name) VALUES (gen_random_uuid(), $1, 'x')", [
        foreignClient,
      ]),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

// Each is tried as ana in mode "own", who may see the amount 1 and nothing else.
const reads: [string, string][] = [
  [
    'a setting in FROM',
    `SELECT h, s.* FROM (SELECT set_config('app.client_id', '${foreignClient}', true) h OFFSET 0) x, LATERAL (SELECT * FROM app.sales_data WHERE x.h IS NOT NULL) s`,
  ],
  [
    'a token set in FROM',
    `SELECT s.* FROM (SELECT set_config('app.ctx', 'v1.1.${foreignClient}.${people.bea}.client.-.00', true) h OFFSET 0) x, LATERAL (SELECT * FROM app.sales_data WHERE x.h IS NOT NULL) s`,
  ],
  [
    'a setting in a CTE',
    `WITH x AS MATERIALIZED (SELECT set_config('app.ctx', '', true) h) SELECT s.* FROM x JOIN app.sales_data s ON x.h = ''`,
  ],
  ['XML of a nested query', `SELECT query_to_xml('select * from app.sales_data', true, false, '')`],
  ['XML of the whole schema', `SELECT schema_to_xml('app', true, false, '')`],
  ['XML of the whole database', `SELECT database_to_xml(true, false, '')`],
  ['a DO block', `DO $$ BEGIN RAISE NOTICE '%', (SELECT string_agg(reseller, ',') FROM app.sales_data); END $$`],
  ['switching to the product', `SET ROLE ${pg.escapeIdentifier(roles.product)}; SELECT * FROM app.sales_data`],
  ['switching to the owner', `SET LOCAL ROLE ${pg.escapeIdentifier(roles.owner)}; SELECT * FROM app.sales_data`],
  [
    'switching to the owner of the key',
    `SELECT set_config('role', '${roles.security}', true); SELECT * FROM sec.context_key`,
  ],
  [
    'session authorization',
    `SET SESSION AUTHORIZATION ${pg.escapeIdentifier(roles.product)}; SELECT * FROM app.sales_data`,
  ],
  ['row security off', `SET row_security = off; SELECT * FROM app.sales_data`],
  ['the key', `SELECT * FROM sec.context_key`],
  ['the pins', `SELECT * FROM sec.login_client`],
  ['people', `SELECT * FROM app.users`],
  ['people behind a CTE of their name', `WITH users AS (SELECT * FROM app.users) SELECT * FROM users`],
  ['memberships', `SELECT * FROM app.space_members`],
  ['quarantine, logs and stored rows', `SELECT * FROM app.questions; SELECT * FROM audit.query_log`],
  ['hash of a file', `SELECT hash FROM app.uploads`],
  ['system columns', `SELECT ctid, xmin, tableoid FROM app.sales_data`],
  ['another upload by its number', `SELECT * FROM app.sales_data WHERE upload_id = '${uploads.foreign}'`],
  ['a copy to the client', `COPY app.sales_data TO STDOUT`],
  ['a file of the server', `SELECT pg_read_file('/etc/passwd')`],
  ['attribute notation', `SELECT ('app.ctx'::text).current_setting; SELECT ('/etc/hostname'::text).pg_read_file`],
  [
    'a division that only a foreign row would break',
    `SELECT count(*) FROM app.sales_data WHERE 1 / (sales_amount_base - ${amounts.foreign}) < 5`,
  ],
  ['a cast that would print foreign text', `SELECT count(*) FROM app.sales_data WHERE reseller::int = 1`],
  ['statistics', `SELECT * FROM pg_stats WHERE schemaname = 'app'`],
  ['other sessions', `SELECT query FROM pg_stat_activity`],
  [
    'a cursor kept over the end',
    `DECLARE c CURSOR WITH HOLD FOR SELECT * FROM app.sales_data; COMMIT; FETCH ALL FROM c`,
  ],
  ['a new transaction', `COMMIT; BEGIN READ WRITE; SELECT * FROM app.sales_data`],
];

/** What ana in mode "own" must never read: the other client, and colleagues' files. */
const secrets = /FOREIGN|bea\.foreign|999999|Alice shop|Board shop|root:/;

describe('reading', () => {
  test('somebody who may read it would show it, so the attacks below are judged by the right words', async () => {
    const all = await asSuperuser(database, (client) => client.query('SELECT * FROM app.sales_data'));
    expect(JSON.stringify(all.rows)).toMatch(secrets);
  });

  test.each(reads)('%s brings no foreign row to light', async (_, sql) => {
    await asAnalyst(principal(database, 'ana', 'own'), async (client) => {
      let seen = '';
      client.on('notice', (notice) => {
        seen += notice.message;
      });
      try {
        seen += JSON.stringify(((await client.query(sql)) as unknown as pg.QueryResult[]) ?? '');
      } catch (error) {
        seen += JSON.stringify({ ...(error as object), message: (error as Error).message });
      }
      expect(seen.replaceAll(JSON.stringify(sql), '')).not.toMatch(secrets);
    });
  });
});

const writes: [string, string][] = [
  ['insert', `INSERT INTO app.sales_data (client_id) VALUES ('${database.clientId}')`],
  ['update', `UPDATE app.uploads SET file_name = 'x'`],
  ['delete', `DELETE FROM app.products`],
  ['truncate', `TRUNCATE app.sales_data`],
  ['a write in a CTE', `WITH gone AS (DELETE FROM app.sales_data RETURNING *) SELECT * FROM gone`],
  ['drop a schema', `DROP SCHEMA app CASCADE`],
  ['create a table', `CREATE TABLE app.mine (x int)`],
  ['create in public', `CREATE TABLE public.mine (x int)`],
  ['create a temporary table', `CREATE TEMP TABLE mine (x int)`],
  ['create a temporary function', `CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
  ['a policy of its own', `CREATE POLICY mine ON app.sales_data USING (true)`],
  ['row security away', `ALTER TABLE app.sales_data DISABLE ROW LEVEL SECURITY`],
  ['an extension', `CREATE EXTENSION dblink`],
  ['grant', `GRANT ALL ON app.sales_data TO PUBLIC`],
  ['a key of its own', `INSERT INTO sec.context_key VALUES (1, '\\x', '\\x', NULL)`],
  [
    'the log',
    `INSERT INTO audit.query_log (id, phase, client_id, user_id, mode) VALUES (gen_random_uuid(), 'attempt', '${database.clientId}', '${people.ana}', 'own')`,
  ],
  ['select into', `SELECT * INTO public.mine FROM app.sales_data`],
  ['a program', `COPY (SELECT 1) TO PROGRAM 'true'`],
  ['a lock', `LOCK TABLE app.sales_data IN ACCESS EXCLUSIVE MODE`],
  ['row locks', `SELECT * FROM app.sales_data FOR UPDATE`],
];

describe('writing', () => {
  test.each(writes)('%s is refused, in the read-only transaction and after leaving it', async (_, sql) => {
    for (const before of ['', 'COMMIT; BEGIN READ WRITE;']) {
      await asAnalyst(principal(database, 'ana', 'client'), async (client) => {
        if (before) await client.query(before);
        await expect(client.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|25006|42P01)$/) });
      });
    }
  });

  test('the transaction cannot be made READ WRITE once it is somebody’s', async () => {
    for (const sql of ['SET TRANSACTION READ WRITE', "SELECT set_config('transaction_read_only', 'off', true)"]) {
      await asAnalyst(principal(database, 'ana', 'own'), async (client) => {
        await expect(client.query(sql)).rejects.toMatchObject({ code: '25001' });
      });
    }
  });
});

test('a view of the tables’ owner shows no foreign row, for row-level security is forced', async () => {
  await asSuperuser(database, async (client) => {
    await client.query(`SET ROLE ${pg.escapeIdentifier(roles.owner)}; CREATE VIEW app.leak AS SELECT * FROM app.sales_data;
      GRANT SELECT ON app.leak TO ${pg.escapeIdentifier(roles.analyst)}`);
  });
  await asAnalyst(principal(database, 'ana', 'own'), async (client) => {
    const { rows } = await client.query('SELECT reseller FROM app.leak');
    expect(rows).toEqual([]);
  });
  expect((await database.selfCheck()).map((finding) => finding.what).join()).toContain(
    'view that is not security_invoker',
  );
  await asSuperuser(database, (client) => client.query('DROP VIEW app.leak'));
  expect(await database.selfCheck()).toEqual([]);
});

test('every table is under forced row-level security and has the client it belongs to', async () => {
  const tables = await asSuperuser(database, async (client) => {
    const { rows } = await client.query(`
      SELECT c.oid::regclass::text AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
             EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'client_id') OR c.relname = 'clients' AS has_client,
             EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'product') AS product
      FROM pg_class c WHERE c.relnamespace IN ('app'::regnamespace, 'audit'::regnamespace) AND c.relkind IN ('r', 'p')`);
    return rows as { name: string; forced: boolean; has_client: boolean; product: boolean }[];
  });
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter((table) => !(table.forced && table.has_client && table.product))).toEqual([]);
});

test('the audit login only inserts', async () => {
  const client = new pg.Client({ connectionString: database.target.auditUrl });
  await client.connect();
  try {
    for (const sql of [
      'SELECT * FROM audit.query_log',
      'DELETE FROM audit.query_log',
      "UPDATE app.questions SET question = ''",
      'SELECT * FROM app.sales_data',
      `INSERT INTO audit.query_log (id, phase, client_id, user_id, mode) VALUES (gen_random_uuid(), 'attempt', '${database.clientId}', '${people.ana}', 'own') RETURNING id`,
      `INSERT INTO audit.query_log (id, phase, client_id, user_id, mode) VALUES (gen_random_uuid(), 'attempt', '${foreignClient}', '${people.ana}', 'own')`,
    ]) {
      await expect(client.query(sql), sql).rejects.toMatchObject({ code: '42501' });
    }
  } finally {
    await client.end();
  }
});

async function withAnalyst<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlFor(database.target.analystUrl, {}) });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function asAnalyst<T>(who: Principal, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withAnalyst(async (client) => {
    await identify(client, signer, who);
    return work(client);
  });
}
