// Configured addresses, or an embedded server -> the addresses, roles and passwords of every login. What is not
// configured is derived: the database's name gives the logins, ENCRYPTION_KEY their passwords.

import { derivedPassword, partsOf, urlFor, withClient } from '../connections.ts';
import type { Target } from './prepare.ts';
import { roleNames } from './roles.ts';

/** Addresses as configured; undefined where they are not. */
export interface Addresses {
  databaseUrl?: string | undefined;
  ownerUrl?: string | undefined;
  analystUrl?: string | undefined;
  auditUrl?: string | undefined;
}

/** All logins on a database of the embedded server, which is made when missing. */
export async function embeddedTarget(
  superuserUrl: string,
  encryptionKey: Buffer,
  database = 'taskifai',
): Promise<Target> {
  await withClient(superuserUrl, 'owner', async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0)
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`).catch(ignoreExisting);
  });
  const ownerUrl = urlFor(superuserUrl, { database });
  const product = roleNames(database, {}).product;
  const password = derivedPassword(encryptionKey, product);
  return configuredTarget({ databaseUrl: urlFor(ownerUrl, { user: product, password }), ownerUrl }, encryptionKey);
}

/** The logins of a configured database. */
export async function configuredTarget(
  given: Addresses & { databaseUrl: string },
  encryptionKey: Buffer,
): Promise<Target> {
  const productUrl = given.databaseUrl;
  const ownerUrl = given.ownerUrl ?? productUrl;
  const parts = partsOf(productUrl);
  const said =
    parts.user === null || parts.database === null ? await askServer(productUrl) : { user: '', database: '' };
  const roles = roleNames(parts.database ?? said.database, {
    product: parts.user ?? said.user,
    ...named('analyst', given.analystUrl),
    ...named('audit', given.auditUrl),
  });
  const password = {
    analyst: derivedPassword(encryptionKey, roles.analyst),
    audit: derivedPassword(encryptionKey, roles.audit),
  };
  const derive = (role: 'analyst' | 'audit') => urlFor(productUrl, { user: roles[role], password: password[role] });
  return {
    ownerUrl,
    productUrl,
    analystUrl: given.analystUrl ?? derive('analyst'),
    auditUrl: given.auditUrl ?? derive('audit'),
    roles,
    passwords: {
      product: { password: parts.password, derived: parts.password === derivedPassword(encryptionKey, roles.product) },
      analyst: secretOf(given.analystUrl, password.analyst),
      audit: secretOf(given.auditUrl, password.audit),
    },
  };
}

function named(role: 'analyst' | 'audit', url: string | undefined): { [key in 'analyst' | 'audit']?: string } {
  const user = url === undefined ? null : partsOf(url).user;
  return user === null ? {} : { [role]: user };
}

function secretOf(url: string | undefined, derived: string): { password: string | null; derived: boolean } {
  return url === undefined ? { password: derived, derived: true } : { password: partsOf(url).password, derived: false };
}

async function askServer(url: string): Promise<{ user: string; database: string }> {
  return withClient(url, 'product', async (client) => {
    const { rows } = await client.query('SELECT session_user AS user, current_database() AS database');
    return rows[0] as { user: string; database: string };
  });
}

/** Two processes may make it at the same moment: 42P04 duplicate database, 23505 the same in the catalog's index. */
function ignoreExisting(error: { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error;
}
