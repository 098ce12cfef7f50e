// Migrations on real databases: once each, whoever else starts at the same moment; all or nothing; never changed afterwards.

import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { urlFor, withClient } from '#adapters/postgres/connections.ts';
import { openDatabase, openThrowaway } from '#adapters/postgres/index.ts';
import { applyMissing, migrate } from '#adapters/postgres/migrate.ts';
import { grantDatabase } from '#adapters/postgres/setup/roles.ts';
import { testDatabase } from '../../support/database.ts';
import { testOptions } from '../../support/test-options.ts';
import { asSuperuser, foreignClient } from '../../support/two-clients.ts';

const database = await testDatabase();
const { roles } = database.target;
const sql = fileURLToPath(new URL('../../../sql/', import.meta.url));
const files = readdirSync(sql).filter((name) => /^\d{4}_/.test(name));
const made: string[] = [];
const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  for (const name of made)
    await asSuperuser(database, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
});

test('two that migrate an empty database at once apply each file once', async () => {
  const url = await emptyDatabase();
  const both = await Promise.all([migrate(url, roles), migrate(url, roles)]);
  expect(both.flatMap((each) => each.applied).sort()).toEqual(files);
  expect(await migrate(url, roles)).toEqual({ applied: [] });
});

test('a file that was changed after it had been applied is refused', async () => {
  const url = await emptyDatabase();
  await migrate(url, roles);
  await withClient(url, 'owner', (client) =>
    client.query("UPDATE setup.migrations SET checksum = 'x' WHERE number = 1"),
  );
  await expect(migrate(url, roles)).rejects.toMatchObject({
    code: 'CONFIG_DATABASE',
    message: expect.stringContaining('was changed after'),
  });
});

test('a database that is newer than the program is refused', async () => {
  const url = await emptyDatabase();
  await migrate(url, roles);
  await withClient(url, 'owner', (client) =>
    client.query("INSERT INTO setup.migrations VALUES (9999, '9999_future.sql', 'x')"),
  );
  await expect(migrate(url, roles)).rejects.toMatchObject({ message: expect.stringContaining('newer version') });
});

test('nothing of a file that fails is kept, and those before it are', async () => {
  const url = await emptyDatabase();
  const folder = copyOfMigrations();
  writeFileSync(join(folder, '9000_half.sql'), 'CREATE TABLE app.half (x int); SELECT 1 / 0;');
  const from = pathToFileURL(`${folder}/`);
  await withClient(url, 'owner', async (client) => {
    await expect(applyMissing(client, roles, from)).rejects.toMatchObject({
      message: expect.stringContaining('9000_half.sql'),
    });
    const { rows } = await client.query(
      "SELECT to_regclass('app.half') AS half, (SELECT count(*)::int FROM setup.migrations) AS applied",
    );
    expect(rows).toEqual([{ half: null, applied: files.length }]);
  });
});

test('a table of a later migration is under row-level security even if its author forgot', async () => {
  const url = await emptyDatabase();
  const folder = copyOfMigrations();
  writeFileSync(join(folder, '9000_more.sql'), 'CREATE TABLE app.more (id int, client_id uuid NOT NULL);');
  await withClient(url, 'owner', async (client) => {
    await applyMissing(client, roles, pathToFileURL(`${folder}/`));
    const { rows } = await client.query(
      "SELECT relrowsecurity AND relforcerowsecurity AS forced FROM pg_class WHERE relname = 'more'",
    );
    expect(rows).toEqual([{ forced: true }]);
  });
});

test('a login given by address that does not work is named', async () => {
  const { productUrl, ownerUrl, auditUrl, analystUrl } = database.target;
  const given = { databaseUrl: productUrl, ownerUrl, auditUrl, analystUrl: urlFor(analystUrl, { password: 'wrong' }) };
  await expect(openDatabase({ ...testOptions, dataDir: '/nonexistent', ...given })).rejects.toMatchObject({
    code: 'CONFIG_DATABASE',
    message: expect.stringContaining('(analyst login)'),
  });
});

test('a database of another client is refused', async () => {
  const { productUrl, ownerUrl, analystUrl, auditUrl } = database.target;
  const open = openDatabase({
    ...testOptions,
    clientId: foreignClient,
    dataDir: '/nonexistent',
    databaseUrl: productUrl,
    ownerUrl,
    analystUrl,
    auditUrl,
  });
  await expect(open).rejects.toMatchObject({
    code: 'CONFIG_DATABASE',
    message: expect.stringContaining('belongs to the client'),
  });
});

test('a deployment with one ordinary login that may create roles gets everything', async () => {
  const login = `taskifai_deploy_${randomBytes(4).toString('hex')}`;
  const name = login.replace('deploy', 'd');
  await asSuperuser(database, async (client) => {
    await client.query(`CREATE ROLE ${login} LOGIN CREATEROLE CREATEDB PASSWORD 'pw'`);
    await client.query(`CREATE DATABASE ${name} OWNER ${login}`);
  });
  made.push(name);
  const databaseUrl = urlFor(database.superuserUrl, { user: login, password: 'pw', database: name });
  const both = await Promise.all(
    [0, 1].map(() => openDatabase({ ...testOptions, dataDir: '/nonexistent', databaseUrl })),
  );
  expect(both.flatMap((each) => each.applied).sort()).toEqual(files);
  const [first, second] = both;
  // What only a superuser may set is reported, and nothing else.
  const findings = (await first?.selfCheck()) ?? [];
  expect(findings.map((finding) => finding.level)).toEqual(['warning', 'warning']);
  expect(findings.map((finding) => finding.what).join()).toMatch(
    /track_activities.*temp_file_limit|temp_file_limit.*track_activities/,
  );
  const throwaway = await openThrowaway(first!);
  expect((await throwaway.pool.query('SELECT count(*)::int AS n FROM app.sales_data')).rows).toEqual([{ n: 0 }]);
  await throwaway.close();
  await second?.close();
  await first?.close();
  const again = await openDatabase({ ...testOptions, dataDir: '/nonexistent', databaseUrl });
  expect(again.applied).toEqual([]);
  await again.close();
  await asSuperuser(database, async (client) => {
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    const { rows } = await client.query('SELECT rolname FROM pg_roles WHERE rolname LIKE $1', [`${name}\\_%`]);
    for (const { rolname } of rows) await client.query(`DROP ROLE ${pg.escapeIdentifier(rolname)}`);
    await client.query(`DROP ROLE ${login}`);
  });
}, 30_000);

test('a login that may not create roles is told what it needs', async () => {
  const login = `taskifai_poor_${randomBytes(4).toString('hex')}`;
  await asSuperuser(database, async (client) => {
    await client.query(`CREATE ROLE ${login} LOGIN PASSWORD 'pw'`);
    await client.query(`CREATE DATABASE ${login} OWNER ${login}`);
  });
  made.push(login);
  const databaseUrl = urlFor(database.superuserUrl, { user: login, password: 'pw', database: login });
  await expect(openDatabase({ ...testOptions, dataDir: '/nonexistent', databaseUrl })).rejects.toMatchObject({
    code: 'CONFIG_DATABASE',
    message: expect.stringContaining('CREATEROLE'),
  });
});

test.each([
  ['postgres://x:y@127.0.0.1:1/db', 'nothing answers at 127.0.0.1:1'],
  ['wrong password', 'refuses the user "postgres"'],
  ['no database', 'there is no database "nowhere"'],
])('an address that does not work is explained: %s', async (given, said) => {
  const url =
    given === 'wrong password'
      ? urlFor(database.superuserUrl, { password: 'wrong' })
      : given === 'no database'
        ? urlFor(database.superuserUrl, { database: 'nowhere' })
        : given;
  const error = await openDatabase({ ...testOptions, dataDir: '/nonexistent', databaseUrl: url }).catch(
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ code: 'CONFIG_DATABASE', message: expect.stringContaining(said) });
});

function copyOfMigrations(): string {
  const folder = mkdtempSync(join(tmpdir(), 'taskifai-sql-'));
  folders.push(folder);
  for (const name of files) cpSync(join(sql, name), join(folder, name));
  return folder;
}

async function emptyDatabase(): Promise<string> {
  const name = `taskifai_empty_${randomBytes(4).toString('hex')}`;
  made.push(name);
  await asSuperuser(database, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = urlFor(database.superuserUrl, { database: name });
  await withClient(url, 'owner', (client) => grantDatabase(client, roles));
  return url;
}
