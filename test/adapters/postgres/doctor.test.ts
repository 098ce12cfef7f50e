// Plants faults in a real database: the doctor names each, and questions stop while one of them opens the data.

import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkVersion, isDangerous } from '#adapters/postgres/doctor.ts';
import { testDatabaseWithLogins, unguarded } from '../../support/database.ts';
import { asSuperuser, plantTwoClients, principal } from '../../support/two-clients.ts';

const database = await testDatabaseWithLogins();
const analyst = pg.escapeIdentifier(database.target.roles.analyst);
const product = pg.escapeIdentifier(database.target.roles.product);
const name = pg.escapeIdentifier(new URL(database.productUrl).pathname.slice(1));
const ask = () => database.analyst.run(unguarded('SELECT 1 AS a'), principal(database, 'ana', 'own'));

beforeAll(() => plantTwoClients(database));

test('a database as the migrations leave it has nothing to report', async () => {
  expect(await database.selfCheck()).toEqual([]);
  expect((await database.doctor()).filter((finding) => finding.level === 'error')).toEqual([]);
  expect((await ask()).rows).toEqual([{ a: 1 }]);
});

/** Name, what to break, what to repair, what the doctor says. Faults stay in this file's own database, or are undone. */
const faults: [string, string, string, RegExp][] = [
  [
    'a write grant',
    `GRANT INSERT ON app.sales_data TO ${analyst}`,
    `REVOKE INSERT ON app.sales_data FROM ${analyst}`,
    /write grant: app\.sales_data/,
  ],
  [
    'a write grant to everybody',
    `GRANT UPDATE (file_name) ON app.uploads TO PUBLIC`,
    `REVOKE UPDATE (file_name) ON app.uploads FROM PUBLIC`,
    /write grant: app\.uploads/,
  ],
  ['BYPASSRLS', `ALTER ROLE ${analyst} BYPASSRLS`, `ALTER ROLE ${analyst} NOBYPASSRLS`, /role attribute: bypassrls/],
  ['a role that it can switch to', `GRANT ${product} TO ${analyst}`, `REVOKE ${product} FROM ${analyst}`, /member of/],
  [
    'a table not under forced row-level security',
    'ALTER TABLE app.sales_data NO FORCE ROW LEVEL SECURITY',
    'ALTER TABLE app.sales_data FORCE ROW LEVEL SECURITY',
    /without RLS\+FORCE: app\.sales_data/,
  ],
  [
    'a policy that lets everything through',
    `CREATE POLICY open ON app.sales_data FOR SELECT TO ${analyst} USING (true)`,
    'DROP POLICY open ON app.sales_data',
    /policy true/,
  ],
  [
    'a policy on a setting that SQL can change',
    `CREATE POLICY loose ON app.products FOR SELECT TO ${analyst} USING (client_id::text = current_setting('app.client_id', true))`,
    'DROP POLICY loose ON app.products',
    /unsigned setting/,
  ],
  [
    'temporary tables',
    `GRANT TEMPORARY ON DATABASE ${name} TO PUBLIC`,
    `REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`,
    /temp tables/,
  ],
  [
    'creating in a schema',
    `GRANT CREATE ON SCHEMA public TO ${analyst}`,
    `REVOKE CREATE ON SCHEMA public FROM ${analyst}`,
    /may create in schema: public/,
  ],
  [
    'a materialised copy',
    `CREATE MATERIALIZED VIEW app.copy AS SELECT * FROM app.sales_data; GRANT SELECT ON app.copy TO ${analyst}`,
    'DROP MATERIALIZED VIEW app.copy',
    /no RLS possible/,
  ],
  [
    'a function of somebody else',
    `CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM app.sales_data'`,
    'DROP FUNCTION app.peek()',
    /SECURITY DEFINER without/,
  ],
  [
    'an identity function that believes everything',
    `ALTER FUNCTION sec.client_id() RENAME TO client_id_before; CREATE FUNCTION sec.client_id() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog AS $$ SELECT '${database.clientId}'::uuid $$; GRANT EXECUTE ON FUNCTION sec.client_id() TO ${analyst}; DROP POLICY analyst ON app.products; CREATE POLICY analyst ON app.products FOR SELECT TO ${analyst} USING (client_id = (SELECT sec.client_id()))`,
    `DROP POLICY analyst ON app.products; DROP FUNCTION sec.client_id(); ALTER FUNCTION sec.client_id_before() RENAME TO client_id; CREATE POLICY analyst ON app.products FOR SELECT TO ${analyst} USING (client_id = (SELECT sec.client_id()))`,
    /sees rows with no token/,
  ],
];

describe.each(faults)('%s', (_, plant, repair, said) => {
  test('is found, stops questions, and once repaired lets them go on', async () => {
    await asSuperuser(database, (client) => client.query(plant));
    try {
      const findings = await database.selfCheck();
      expect(
        findings
          .filter((finding) => finding.level === 'error')
          .map((finding) => finding.what)
          .join('\n'),
      ).toMatch(said);
      expect(findings.every((finding) => finding.todo !== '')).toBe(true);
      await expect(ask()).rejects.toMatchObject({ code: 'ASK_UNSAFE_DATABASE' });
    } finally {
      await asSuperuser(database, (client) => client.query(repair));
    }
    expect(await database.selfCheck()).toEqual([]);
    expect((await ask()).rows).toEqual([{ a: 1 }]);
  });
});

test('a limit that was taken from the login is a warning', async () => {
  await asSuperuser(database, (client) => client.query(`ALTER ROLE ${analyst} RESET temp_file_limit`));
  const findings = await database.selfCheck();
  await asSuperuser(database, (client) => client.query(`ALTER ROLE ${analyst} SET temp_file_limit = '128MB'`));
  expect(findings).toMatchObject([{ level: 'warning', what: expect.stringContaining('temp_file_limit') }]);
});

test('a server below the patch floor is a warning, and one on which SQL can run code is dangerous', () => {
  expect(checkVersion(150020).level).toBe('ok');
  expect(checkVersion(180007).level).toBe('ok');
  expect(checkVersion(170011).level).toBe('warning');
  expect(checkVersion(140030).level).toBe('error');
  expect([150018, 160014, 170010, 180005].every(isDangerous)).toBe(true);
  expect([150019, 160015, 170011, 180006].some(isDangerous)).toBe(false);
});
