// Numbered files in sql/ -> a database with all of them applied: each once, in order, in a transaction, under a lock, so
// that several processes may start at once. Refuses a file that was changed after it had been applied, and a database
// that is newer than this program.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { AppError } from '#src/errors.ts';
import { withClient } from './connections.ts';
import { asOwners, fillIn, grantDatabase, type Roles } from './setup/roles.ts';

const sqlFolder = new URL('../../sql/', import.meta.url);
/** Any number; the same for everybody who migrates or sets up. */
const lockNumber = 7_302_114;

interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** Runs `work` while no other process migrates or sets up this database. */
export async function underLock<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('SELECT pg_advisory_lock($1)', [lockNumber]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lockNumber]);
  }
}

/** Applies what is missing. The roles exist already. Returns the names of the files applied now. */
export async function migrate(ownerUrl: string, roles: Roles): Promise<{ applied: string[] }> {
  return withClient(ownerUrl, 'owner', (client) =>
    underLock(client, async () => {
      await grantDatabase(client, roles);
      return asOwners(client, roles, () => applyMissing(client, roles));
    }),
  );
}

/** The same on a connection that holds the lock and may become the owning roles. */
export async function applyMissing(
  client: pg.ClientBase,
  roles: Roles,
  folder = sqlFolder,
): Promise<{ applied: string[] }> {
  const owner = pg.escapeIdentifier(roles.owner);
  const missing = compare(await readMigrations(folder), await readApplied(client));
  if (missing.length === 0) return { applied: [] };
  await transaction(client, async () => {
    await client.query(`SET LOCAL ROLE ${owner}`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS setup`);
    await client.query(`CREATE TABLE IF NOT EXISTS setup.migrations (
      number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    // Whoever starts the product may look whether it is up to date.
    await client.query(`GRANT USAGE ON SCHEMA setup TO ${pg.escapeIdentifier(roles.product)}`);
    await client.query(`GRANT SELECT ON setup.migrations TO ${pg.escapeIdentifier(roles.product)}`);
  });
  for (const migration of missing) {
    await transaction(client, async () => {
      await client.query(`SET LOCAL ROLE ${owner}`);
      await client.query(fillIn(migration.sql, { ...roles }));
      await client.query(`SET LOCAL ROLE ${owner}`);
      await client.query('INSERT INTO setup.migrations (number, name, checksum) VALUES ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.checksum,
      ]);
    }).catch((cause: unknown) => {
      throw unusable(`the migration ${migration.name} could not be applied; nothing of it was kept`, cause);
    });
  }
  // A table of a later migration is protected even if its author forgot.
  await transaction(client, async () => {
    await client.query(`SET LOCAL ROLE ${owner}`);
    await client.query('CALL setup.protect_tables()');
  });
  return { applied: missing.map((migration) => migration.name) };
}

/** Names of the files that this database lacks. */
export async function pendingMigrations(client: pg.ClientBase): Promise<string[]> {
  return compare(await readMigrations(sqlFolder), await readApplied(client)).map((migration) => migration.name);
}

function compare(known: Migration[], applied: Map<number, { name: string; checksum: string }>): Migration[] {
  for (const [number, { name, checksum }] of applied) {
    const file = known.find((migration) => migration.number === number);
    if (!file) throw unusable(`it was migrated by a newer version of this program (${name}); update the program`);
    if (file.checksum !== checksum) {
      throw unusable(
        `${file.name} was changed after it had been applied; put it back and write a new migration instead`,
      );
    }
  }
  return known.filter((migration) => !applied.has(migration.number));
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n');
      return { number: Number(name.slice(0, 4)), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readApplied(client: pg.ClientBase): Promise<Map<number, { name: string; checksum: string }>> {
  const { rows: found } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('setup.migrations') IS NOT NULL AS there",
  );
  if (!found[0]?.there) return new Map();
  const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
    'SELECT number, name, checksum FROM setup.migrations ORDER BY number',
  );
  return new Map(rows.map(({ number, ...rest }) => [number, rest]));
}

async function transaction(client: pg.ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

function unusable(reason: string, cause?: unknown): AppError {
  return new AppError('CONFIG_DATABASE', { reason }, { cause });
}
