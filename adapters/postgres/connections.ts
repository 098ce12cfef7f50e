// Addresses and secrets -> connections: derived logins, pools that survive a lost connection, and failures to connect as
// sentences an operator can act on.

import { createHash, createHmac, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { AppError } from '#src/errors.ts';

/** The same address for another login or database. */
export function urlFor(url: string, change: { user?: string; password?: string; database?: string }): string {
  const parsed = parseUrl(url);
  if (change.user !== undefined) parsed.username = encodeURIComponent(change.user);
  if (change.password !== undefined) parsed.password = encodeURIComponent(change.password);
  if (change.database !== undefined) parsed.pathname = `/${encodeURIComponent(change.database)}`;
  return parsed.href;
}

/** `null` where the address leaves it to the environment. */
export function partsOf(url: string): { user: string | null; password: string | null; database: string | null } {
  const parsed = parseUrl(url);
  const part = (text: string) => (text === '' ? null : decodeURIComponent(text));
  return { user: part(parsed.username), password: part(parsed.password), database: part(parsed.pathname.slice(1)) };
}

/** The password of a login that the product made itself: never stored, the same at every start. */
export function derivedPassword(encryptionKey: Buffer, role: string): string {
  const bytes = hkdfSync('sha256', encryptionKey, Buffer.alloc(0), `taskifai database login ${role} v1`, 32);
  return Buffer.from(bytes).toString('base64url');
}

/** What the server stores of a password (RFC 5803), so that the password itself never stands in a statement or a log. */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}

export function openPool(url: string, options: { max: number; name: string }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: `taskifai ${options.name}`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // An idle connection must not keep a finished command from ending.
    allowExitOnIdle: true,
  });
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  // The same for one that breaks between two statements of somebody who holds it: the next statement tells them.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** One connection for the time of `work`. Throws AppError `CONFIG_DATABASE` when it cannot be made. */
export async function withClient<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `taskifai ${name}`,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw connectionProblem(error, url, name);
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A failure to connect -> what to look at. The address's password is never part of it. */
export function connectionProblem(error: unknown, url: string, name: string): unknown {
  const { user, database } = partsOf(url);
  const where = parseUrl(url).host;
  const reason = reasonFor(
    (error as { code?: string }).code ?? '',
    where,
    user ?? '(default)',
    database ?? '(default)',
  );
  return reason === null
    ? error
    : new AppError('CONFIG_DATABASE', { reason: `${reason} (${name} login)` }, { cause: error });
}

function reasonFor(code: string, where: string, user: string, database: string): string | null {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `nothing answers at ${where}; start the server or correct the address`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host of the name ${where}; correct the address`;
    case 'ETIMEDOUT':
    case 'ECONNRESET':
      return `${where} does not answer in time; look for a firewall between here and the server`;
    case '28P01':
    case '28000':
      return `the server refuses the user "${user}"; correct user and password in the address`;
    case '3D000':
      return `there is no database "${database}" on ${where}; create it, or correct the address`;
    case '42501':
      return `the user "${user}" may not connect to the database "${database}"; grant it CONNECT`;
    case '53300':
      return `${where} has no connection left; raise max_connections or stop other programs`;
    case '57P03':
      return `${where} is starting up or shutting down; try again in a moment`;
    default:
      return null;
  }
}

/** `postgres:///db?host=/run/postgresql` has no host for URL to hang a user on; the query's host wins over a stand-in. */
function parseUrl(url: string): URL {
  return new URL(url.replace(/^(postgres(?:ql)?):\/\/\//, '$1://localhost/'));
}
