// A database that may be empty -> one that is migrated, with roles, rights, the context key and the pin of each login to
// its client. Does nothing where all is in place; refuses a database that belongs to another client.

import pg from 'pg';
import { AppError } from '#src/errors.ts';
import { withClient } from '../connections.ts';
import { contextKey, keyId, paddedKeys } from '../context.ts';
import { applyMissing, pendingMigrations, underLock } from '../migrate.ts';
import { asOwners, ensureRoles, grantDatabase, harden, limitRoles, type Passwords, type Roles } from './roles.ts';

export interface Target {
  ownerUrl: string;
  productUrl: string;
  analystUrl: string;
  auditUrl: string;
  roles: Roles;
  passwords: Passwords;
  /** A further database with the logins of another one, which are left as they are: only this database's rights are set. */
  isCopy?: boolean;
  /** The server is ours alone: take from everybody what questions never need (sql/hardening.sql). */
  isOurs?: boolean;
}

/** `isReady`: whether the logins work and the database accepts a token of ours. Returns the migrations applied now. */
export async function prepare(
  target: Target,
  options: { clientId: string; encryptionKey: Buffer },
  isReady: () => Promise<boolean>,
): Promise<{ applied: string[] }> {
  return withClient(target.ownerUrl, 'owner', async (client) => {
    Object.assign(target.roles, await presentOwners(client));
    const upToDate = (await pendingMigrations(client)).length === 0;
    if (target.isCopy) await grantDatabase(client, target.roles);
    if (upToDate && (await isReady())) return { applied: [] };
    return underLock(client, async () => {
      if (!target.isCopy) {
        await ensureRoles(client, target.roles, target.passwords);
        await limitRoles(client, target.roles);
        await grantDatabase(client, target.roles);
      }
      return asOwners(client, target.roles, async () => {
        const result = await applyMissing(client, target.roles);
        await refuseStrangers(client, target.roles);
        if (target.isOurs && !target.isCopy) await harden(client, target.roles);
        await installContext(client, target.roles, options);
        return result;
      });
    });
  });
}

/** Who owns the schemas already: a database that was renamed or restored keeps the owners that it was made with. */
async function presentOwners(client: pg.ClientBase): Promise<Partial<Roles>> {
  const { rows } = await client.query<{ schema: string; owner: string }>(
    "SELECT nspname AS schema, pg_get_userbyid(nspowner) AS owner FROM pg_namespace WHERE nspname IN ('setup', 'sec')",
  );
  return Object.fromEntries(rows.map(({ schema, owner }) => [schema === 'setup' ? 'owner' : 'security', owner]));
}

/** Policies and grants name the logins that the migrations were run for. */
async function refuseStrangers(client: pg.ClientBase, roles: Roles): Promise<void> {
  const { rows } = await client.query<{ login: string }>(
    "SELECT login FROM unnest($1::text[]) AS login WHERE NOT has_schema_privilege(login, 'sec', 'USAGE')",
    [[roles.product, roles.audit, roles.analyst]],
  );
  if (rows.length === 0) return;
  throw new AppError('CONFIG_DATABASE', {
    reason: `it was set up for other logins than ${rows.map(({ login }) => `"${login}"`).join(', ')}; use the addresses it was set up with, or a new database`,
  });
}

/** The key under which this product signs becomes the only one that counts, and each login may be only this client. */
async function installContext(
  client: pg.ClientBase,
  roles: Roles,
  { clientId, encryptionKey }: { clientId: string; encryptionKey: Buffer },
): Promise<void> {
  const key = contextKey(encryptionKey);
  const { ikey, okey } = paddedKeys(key);
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL ROLE ${pg.escapeIdentifier(roles.security)}`);
    await client.query(
      `INSERT INTO sec.context_key (kid, ikey, okey) VALUES ($1, $2, $3)
       ON CONFLICT (kid) DO UPDATE SET ikey = excluded.ikey, okey = excluded.okey, retired_at = NULL`,
      [keyId(key), ikey, okey],
    );
    await client.query('UPDATE sec.context_key SET retired_at = now() WHERE kid <> $1 AND retired_at IS NULL', [
      keyId(key),
    ]);
    const logins = [roles.product, roles.audit, roles.analyst];
    await client.query(
      'INSERT INTO sec.login_client (login, client_id) SELECT unnest($1::name[]), $2 ON CONFLICT (login) DO NOTHING',
      [logins, clientId],
    );
    const { rows } = await client.query<{ login: string; client_id: string }>(
      'SELECT login, client_id FROM sec.login_client WHERE login = ANY ($1) AND client_id <> $2',
      [logins, clientId],
    );
    if (rows[0]) {
      throw new AppError('CONFIG_DATABASE', {
        reason: `it belongs to the client ${rows[0].client_id} and CLIENT_ID is ${clientId}; set CLIENT_ID to the former, or use a database of its own for each client`,
      });
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
