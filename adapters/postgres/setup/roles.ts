// Names -> roles that exist, with the limits of sql/roles.sql and the rights of sql/database.sql. Says what to do where the
// migration login may not; blocks marked `superuser` there are left to the doctor.

import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { AppError } from '#src/errors.ts';
import { scramVerifier } from '../connections.ts';

/** Names of roles; they belong to the whole server, so they carry the database's name. */
export interface Roles {
  /** Owns tables and policies; nobody logs in as it. */
  owner: string;
  /** Owns the identity functions and their key; nobody logs in as it. */
  security: string;
  /** The product's own login. */
  product: string;
  audit: string;
  analyst: string;
}

/** Passwords of the logins. A derived one is set at every set-up, one from an address only where the login is made. */
export type Passwords = Record<'product' | 'audit' | 'analyst', { password: string | null; derived: boolean }>;

export function roleNames(database: string, given: Partial<Roles>): Roles {
  const base = database.slice(0, 50);
  return {
    owner: `${base}_owner`,
    security: `${base}_security`,
    product: `${base}_product`,
    audit: `${base}_audit`,
    analyst: `${base}_analyst`,
    ...given,
  };
}

/** Fills `{{owner}}`, `{{analyst}}`, `{{database}}` ... with quoted identifiers. Refuses an unknown name. */
export function fillIn(sql: string, names: Record<string, string>): string {
  return sql.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`{{${name}}} is not a name that SQL files may use`);
    return pg.escapeIdentifier(value);
  });
}

/** Makes missing roles and sets the passwords of derived ones. Call it under the advisory lock. */
export async function ensureRoles(client: pg.ClientBase, roles: Roles, passwords: Passwords): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)', [
    Object.values(roles),
  ]);
  const existing = new Set(rows.map((row) => row.rolname));
  for (const [kind, name] of Object.entries(roles) as [keyof Roles, string][]) {
    const login = kind === 'product' || kind === 'audit' || kind === 'analyst';
    const { password, derived } = login ? passwords[kind] : { password: null, derived: false };
    if (existing.has(name) && !derived) continue;
    const secret = password === null ? '' : `PASSWORD ${pg.escapeLiteral(scramVerifier(password))}`;
    const verb = existing.has(name) ? 'ALTER' : 'CREATE';
    await attempt(
      client,
      `${verb} ROLE ${pg.escapeIdentifier(name)} ${attributes[kind]} ${secret}`,
      `make the role "${name}"`,
    );
  }
}

const attributes: Record<keyof Roles, string> = {
  owner: 'NOLOGIN',
  security: 'NOLOGIN',
  product: 'LOGIN',
  audit: 'LOGIN NOINHERIT',
  // Four processes with their pools of eight.
  analyst: 'LOGIN NOINHERIT NOCREATEDB NOCREATEROLE CONNECTION LIMIT 32',
};

/** Lends the migration login the two owning roles for the time of `work`. */
export async function asOwners<T>(client: pg.ClientBase, roles: Roles, work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ rolsuper: boolean }>(
    'SELECT rolsuper FROM pg_roles WHERE rolname = session_user',
  );
  if (rows[0]?.rolsuper) return work();
  const both = `${pg.escapeIdentifier(roles.owner)}, ${pg.escapeIdentifier(roles.security)}`;
  await attempt(client, `GRANT ${both} TO SESSION_USER`, `become "${roles.owner}" and "${roles.security}"`);
  try {
    return await work();
  } finally {
    await client.query(`REVOKE ${both} FROM SESSION_USER`).catch(() => {});
  }
}

/** Runs sql/database.sql: who may do what with the connected database as such. */
export function grantDatabase(client: pg.ClientBase, roles: Roles): Promise<void> {
  return runBlocks(client, roles, 'database.sql');
}

/** Runs sql/roles.sql: the limits of the analyst login, on whatever database. */
export function limitRoles(client: pg.ClientBase, roles: Roles): Promise<void> {
  return runBlocks(client, roles, 'roles.sql');
}

/** Runs sql/hardening.sql. Needs a superuser. */
export async function harden(client: pg.ClientBase, roles: Roles): Promise<void> {
  const text = await readFile(new URL('../../../sql/hardening.sql', import.meta.url), 'utf8');
  await client.query(fillIn(text, { ...roles }));
}

async function runBlocks(client: pg.ClientBase, roles: Roles, file: string): Promise<void> {
  const { rows } = await client.query<{ name: string; version: number }>(
    "SELECT current_database() AS name, current_setting('server_version_num')::int AS version",
  );
  const text = await readFile(new URL(`../../../sql/${file}`, import.meta.url), 'utf8');
  for (const block of text.split(/;\s*\n/)) {
    const statement = block.replace(/^\s*--.*$/gm, '').trim();
    if (statement === '') continue;
    const from = Number(/-- from (\d+)/.exec(block)?.[1] ?? 0);
    if ((rows[0]?.version ?? 0) < from) continue;
    const sql = fillIn(statement, { ...roles, database: rows[0]?.name ?? '' });
    if (/-- superuser/.test(block)) await client.query(sql).catch(ignoreRefusal);
    else await attempt(client, sql, `run "${sql}"`);
  }
}

function ignoreRefusal(error: { code?: string }): void {
  if (error.code !== '42501') throw error;
}

async function attempt(client: pg.ClientBase, sql: string, what: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new AppError(
      'CONFIG_DATABASE',
      {
        reason: `the login that runs migrations may not ${what}; it must own the database and have CREATEROLE (set DATABASE_OWNER_URL to one that does, or have an administrator make the roles)`,
      },
      { cause: error },
    );
  }
}
