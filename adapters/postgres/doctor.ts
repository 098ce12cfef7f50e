// A database and its logins -> findings: what is well, what is wrong, what to do about it. The rights of the analyst
// login are read from the catalogs; that its identity cannot be made up is tried, on a connection of its own.

import type pg from 'pg';
import { identify } from './analyst/session.ts';
import { makeSigner, type Signer } from './context.ts';
import { rightsQuery } from './setup/rights-query.ts';
import type { Roles } from './setup/roles.ts';

export interface Finding {
  level: 'ok' | 'warning' | 'error';
  what: string;
  /** Empty when there is nothing to do. */
  todo: string;
}

/** Findings of the rights query that make an answer unsafe; the others weaken a layer behind another. */
const unsafe = new Set([
  'role attribute',
  'member of',
  'owns',
  'may create in schema',
  'may create temp tables',
  'relation without RLS+FORCE',
  'view that is not security_invoker',
  'no RLS possible here',
  'write grant',
  'sequence grant',
  'policy reads an unsigned setting',
  'policy is open to PUBLIC',
  'policy true for the query role',
  'SECURITY DEFINER without pinned search_path',
  'unexpected function',
]);

/** What the read-only login could do that it should not. Empty when questions may be answered. */
export async function checkAnalyst(parts: {
  product: pg.Pool;
  analyst: pg.Pool;
  signer: Signer;
  roles: Roles;
  clientId: string;
}): Promise<Finding[]> {
  const { rows } = await parts.product.query<{ finding: string; detail: string }>(rightsQuery, [parts.roles.analyst]);
  const rights = rows.map(({ finding, detail }): Finding => {
    const level = unsafe.has(finding) ? 'error' : 'warning';
    return {
      level,
      what: `analyst login "${parts.roles.analyst}": ${finding}: ${detail}`,
      todo: remedy(finding, detail, parts.roles.analyst),
    };
  });
  return [...rights, ...(await checkIdentity(parts))];
}

/** No token, a token with one letter changed, a token signed with another key, and another client's: none may show a row. */
async function checkIdentity(parts: { analyst: pg.Pool; signer: Signer; clientId: string }): Promise<Finding[]> {
  const nobody = '00000000-0000-0000-0000-000000000000';
  const principal = {
    clientId: parts.clientId,
    userId: nobody,
    email: '',
    role: 'viewer',
    spaceId: '',
    mode: 'client',
  } as const;
  const forged = (change: (token: string) => string): Signer => ({
    sign: (who, pid, started) => change(parts.signer.sign(who, pid, started)),
  });
  const altered = forged((token) => token.slice(0, -1) + (token.endsWith('0') ? '1' : '0'));
  const tries: [string, Signer, string][] = [
    ['a token with one letter changed', altered, parts.clientId],
    ['a token signed with another key', makeSigner(Buffer.alloc(32)), parts.clientId],
    ['a token for another client', parts.signer, nobody],
  ];
  const findings: Finding[] = [];
  const client = await parts.analyst.connect();
  try {
    const { rows } = await client.query<{ n: string }>(
      'SELECT (SELECT count(*) FROM app.sales_data) + (SELECT count(*) FROM app.uploads) + (SELECT count(*) FROM app.products) AS n',
    );
    if (Number(rows[0]?.n) !== 0) findings.push(wrongIdentity('no token'));
    for (const [name, signer, clientId] of tries) {
      const accepted = await identify(client, signer, { ...principal, clientId }).then(
        () => true,
        () => false,
      );
      await client.query('ROLLBACK');
      if (accepted) findings.push(wrongIdentity(name));
    }
    const accepted = await identify(client, parts.signer, principal).then(
      () => true,
      () => false,
    );
    await client.query('ROLLBACK');
    if (!accepted) {
      findings.push({
        level: 'error',
        what: 'the database does not accept identities that this program signs',
        todo: 'Start once with DATABASE_OWNER_URL set, and the ENCRYPTION_KEY that the other processes use, so that the key is installed.',
      });
    }
  } finally {
    client.release(true);
  }
  return findings;
}

function wrongIdentity(name: string): Finding {
  return {
    level: 'error',
    what: `the analyst login sees rows with ${name}`,
    todo: 'Somebody changed the policies or the functions of schema "sec"; restore them from sql/0002_security.sql.',
  };
}

/** The server's version and its settings; what the product's own login is. */
export async function checkServer(parts: { product: pg.Pool; roles: Roles }): Promise<Finding[]> {
  const { rows } = await parts.product.query<{
    version: number;
    fsync: string;
    super: boolean;
    bypass: boolean;
    encoding: string;
  }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
            current_setting('server_encoding') AS encoding, rolsuper AS super, rolbypassrls AS bypass
     FROM pg_roles WHERE rolname = session_user`,
  );
  const found = rows[0];
  if (!found) return [];
  const findings: Finding[] = [checkVersion(found.version)];
  if (found.encoding !== 'UTF8') {
    findings.push({
      level: 'error',
      what: `the database is encoded in ${found.encoding}`,
      todo: 'Create it with ENCODING UTF8.',
    });
  }
  if (found.fsync !== 'on') {
    findings.push({
      level: 'warning',
      what: 'fsync is off: a power cut can destroy the database',
      todo: 'Set fsync = on.',
    });
  }
  if (found.super || found.bypass) {
    findings.push({
      level: 'warning',
      what: `the product's login "${parts.roles.product}" is not bound by row-level security (${found.super ? 'superuser' : 'BYPASSRLS'})`,
      todo: 'Give DATABASE_URL an ordinary login and set DATABASE_OWNER_URL for migrations.',
    });
  }
  return findings;
}

/** Major version -> newest security floor, and the one below which any SQL user may run code as the server. */
const floors: Record<number, { floor: number; dangerous: number }> = {
  15: { floor: 20, dangerous: 19 },
  16: { floor: 16, dangerous: 15 },
  17: { floor: 12, dangerous: 11 },
  18: { floor: 7, dangerous: 6 },
};

/** Whether the server's patch level is one on which strangers' SQL must not run in production. */
export function isDangerous(version: number): boolean {
  const known = floors[Math.floor(version / 10_000)];
  return known !== undefined && version % 10_000 < known.dangerous;
}

export function checkVersion(version: number): Finding {
  const major = Math.floor(version / 10_000);
  const minor = version % 10_000;
  const known = floors[major];
  if (!known) {
    return major < 15
      ? { level: 'error', what: `PostgreSQL ${major} is too old`, todo: 'Use PostgreSQL 15 to 18.' }
      : {
          level: 'warning',
          what: `PostgreSQL ${major} was never tried with this program`,
          todo: 'Use PostgreSQL 15 to 18.',
        };
  }
  if (minor >= known.floor) return { level: 'ok', what: `PostgreSQL ${major}.${minor}`, todo: '' };
  return {
    level: 'warning',
    what: `PostgreSQL ${major}.${minor} has known security bugs${minor < known.dangerous ? ', some of which let any SQL run code on the server (CVE-2026-14680, CVE-2026-16239)' : ' (CVE-2026-6460)'}`,
    todo: `Update to ${major}.${known.floor} or newer. The embedded server is meant for a laptop; in production set DATABASE_URL.`,
  };
}

/** As in sql/roles.sql. */
const expected: Record<string, string> = {
  statement_timeout: "'8s'",
  temp_file_limit: "'128MB'",
  idle_in_transaction_session_timeout: "'10s'",
  lock_timeout: "'1s'",
  search_path: 'pg_catalog, app, pg_temp',
};

function remedy(finding: string, detail: string, login: string): string {
  switch (finding) {
    case 'role attribute':
      return `ALTER ROLE "${login}" NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;`;
    case 'member of':
      return `REVOKE "${detail}" FROM "${login}";`;
    case 'owns':
      return `REASSIGN OWNED BY "${login}" TO the owner role, in the database concerned.`;
    case 'write grant':
      return `REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ${detail} FROM "${login}", PUBLIC;`;
    case 'sequence grant':
      return `REVOKE ALL ON SEQUENCE ${detail} FROM "${login}", PUBLIC;`;
    case 'may create in schema':
      return `REVOKE CREATE ON SCHEMA "${detail}" FROM "${login}", PUBLIC;`;
    case 'may create temp tables':
      return `REVOKE TEMPORARY ON DATABASE "${detail}" FROM "${login}", PUBLIC;`;
    case 'setting missing':
      return `As a superuser: ALTER ROLE "${login}" SET ${detail.includes('=') ? detail : `${detail} = ${expected[detail] ?? '...'}`};`;
    case 'unexpected function':
      return `REVOKE EXECUTE ON FUNCTION ${detail} FROM "${login}", PUBLIC;`;
    default:
      return `Take it away from "${login}", or restore it from sql/0002_security.sql.`;
  }
}
