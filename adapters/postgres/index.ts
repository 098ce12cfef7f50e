// The only door to Postgres: starts the embedded server or connects, migrates, makes and checks the logins, and hands out
// the stores. Refuses to open a database that belongs to another client or that it cannot bring up to date.

import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '#src/errors.ts';
import type { Analyst, Audit } from '#src/ports.ts';
import { makeAnalyst } from './analyst/analyst.ts';
import { identify } from './analyst/session.ts';
import { makeAudit, makeQueryLog } from './audit.ts';
import { connectionProblem, openPool, urlFor, withClient } from './connections.ts';
import { makeSigner } from './context.ts';
import { checkAnalyst, checkServer, type Finding, isDangerous } from './doctor.ts';
import { startEmbedded } from './embedded/start.ts';
import { prepare, type Target } from './setup/prepare.ts';
import { ensureClient, seedRates } from './setup/seed.ts';
import { configuredTarget, embeddedTarget } from './setup/target.ts';

export type { Finding } from './doctor.ts';
export { loadDataset } from './stores/dataset.ts';
export { makeStores, type Stores, type StoresOptions } from './stores/stores.ts';

export interface DatabaseOptions {
  dataDir: string;
  clientId: string;
  clientName: string;
  baseCurrency: string;
  /** 32 bytes. */
  encryptionKey: Buffer;
  /** Unset: the embedded server under `dataDir`. */
  databaseUrl?: string | undefined;
  /** Unset: `databaseUrl`. */
  ownerUrl?: string | undefined;
  /** Unset: a login derived from the database's name. */
  analystUrl?: string | undefined;
  auditUrl?: string | undefined;
  /** In production questions are refused on a server whose patch level lets any SQL run code. */
  production?: boolean | undefined;
  /** For operators: one line each. */
  log: (line: string) => void;
}

export interface Database {
  /** The product's own login; row-level security pins it to this client. */
  pool: pg.Pool;
  /** The same login as an address; holds a secret. */
  productUrl: string;
  /** The login that made the tables, for administration and benchmarks; holds a secret and may do everything. */
  ownerUrl: string;
  analyst: Analyst;
  audit: Audit;
  /** Names of the migrations applied by this opening. */
  applied: string[];
  /** What the analyst login could do that it should not; refuses questions from then on if there is anything, or allows them again. */
  selfCheck(): Promise<Finding[]>;
  /** Everything: server, settings, rights, identity. */
  doctor(): Promise<Finding[]>;
  /** Ends the connections; stops the embedded server unless another process uses it. */
  close(): Promise<void>;
  /** What `openThrowaway` needs to make another database beside this one. */
  readonly beside: { target: Target; options: DatabaseOptions };
}

/** Throws AppError `CONFIG_DATABASE` with what to do. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== undefined) {
    const target = await configuredTarget({ ...options, databaseUrl: options.databaseUrl }, options.encryptionKey);
    return openTarget(target, options, async () => {});
  }
  const server = await startEmbedded({ dataDir: options.dataDir, log: options.log });
  try {
    const target = await embeddedTarget(server.superuserUrl, options.encryptionKey);
    return await openTarget({ ...target, isOurs: true }, options, () => server.stop());
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A fresh database in the same server, with the same logins; `close` drops it. Needs an owner that may create databases. */
export async function openThrowaway(database: Database): Promise<Database> {
  const { target, options } = database.beside;
  return openCopy(target, options, { adminUrl: target.ownerUrl, template: 'template1' });
}

/** A copy of a template database under a name of its own; `close` drops it. `adminUrl` names another database than the template. */
export async function openCopy(
  target: Target,
  options: DatabaseOptions,
  { adminUrl, template }: { adminUrl: string; template: string },
): Promise<Database> {
  const name = `taskifai_copy_${randomBytes(6).toString('hex')}`;
  const administer = (sql: string) => withClient(adminUrl, 'owner', (client) => client.query(sql));
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template}`).catch((cause: { code?: string }) => {
    if (cause.code !== '42501') throw cause;
    const reason = 'the login that runs migrations may not create a throw-away database; give it CREATEDB';
    throw new AppError('CONFIG_DATABASE', { reason }, { cause });
  });
  const drop = async () => {
    await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  const at = (url: string) => urlFor(url, { database: name });
  const copy: Target = {
    ...target,
    ownerUrl: at(target.ownerUrl),
    productUrl: at(target.productUrl),
    analystUrl: at(target.analystUrl),
    auditUrl: at(target.auditUrl),
    isCopy: true,
  };
  try {
    return await openTarget(copy, options, drop);
  } catch (error) {
    await drop().catch(() => {});
    throw error;
  }
}

/** Opens a database whose logins are known. `after` runs when everything is closed. */
export async function openTarget(
  target: Target,
  options: DatabaseOptions,
  after: () => Promise<void>,
): Promise<Database> {
  const { clientId, encryptionKey } = options;
  const signer = makeSigner(encryptionKey);
  const pool = openPool(target.productUrl, { max: 10, name: 'product' });
  const analystPool = openPool(target.analystUrl, { max: 8, name: 'analyst' });
  const auditPool = openPool(target.auditUrl, { max: 2, name: 'audit' });
  const closePools = () => Promise.all([pool.end(), analystPool.end(), auditPool.end()]);

  const parts = { product: pool, analyst: analystPool, signer, roles: target.roles, clientId };
  let safe = false;
  const selfCheck = async () => {
    const findings = await checkAnalyst(parts);
    const { rows } = await pool.query<{ v: number }>("SELECT current_setting('server_version_num')::int AS v");
    if (options.production && isDangerous(rows[0]?.v ?? 0)) {
      findings.push({
        level: 'error',
        what: 'this PostgreSQL has bugs by which any SQL runs code on the server, and this is production',
        todo: 'Update the server, or set DATABASE_URL to one that is up to date.',
      });
    }
    safe = findings.every((finding) => finding.level !== 'error');
    return findings;
  };

  try {
    const { applied } = await prepare(target, options, () => isReady(pool, analystPool, auditPool, signer, clientId));
    await Promise.all([
      probe(pool, target.productUrl, 'product'),
      probe(analystPool, target.analystUrl, 'analyst'),
      probe(auditPool, target.auditUrl, 'audit'),
    ]);
    await ensureClient(pool, options);
    await seedRates(pool, clientId);
    for (const finding of await selfCheck())
      options.log(`database, ${finding.level}: ${finding.what}. ${finding.todo}`);
    const audit = makeAudit(auditPool);
    return {
      pool,
      productUrl: target.productUrl,
      ownerUrl: target.ownerUrl,
      audit,
      analyst: makeAnalyst({ pool: analystPool, signer, log: makeQueryLog(auditPool), audit, isSafe: () => safe }),
      applied,
      selfCheck,
      async doctor() {
        const findings = [...(await checkServer(parts)), ...(await selfCheck())];
        if (safe) findings.push({ level: 'ok', what: 'the analyst login can read only what it should', todo: '' });
        return findings;
      },
      async close() {
        await closePools();
        await after();
      },
      beside: { target, options },
    };
  } catch (error) {
    await closePools();
    throw error;
  }
}

/** A login that does not work is explained here, not at the first question. */
async function probe(pool: pg.Pool, url: string, name: string): Promise<void> {
  await pool.query('SELECT 1').catch((error: unknown) => {
    throw connectionProblem(error, url, name);
  });
}

/** Whether every login works and the database takes a token of ours for this client. */
async function isReady(
  pool: pg.Pool,
  analystPool: pg.Pool,
  auditPool: pg.Pool,
  signer: ReturnType<typeof makeSigner>,
  clientId: string,
): Promise<boolean> {
  try {
    const query = 'SELECT sec.login_client_id() AS id';
    const pins = await Promise.all([pool.query<{ id: string }>(query), auditPool.query<{ id: string }>(query)]);
    if (pins.some((pin) => pin.rows[0]?.id !== clientId)) return false;
    const client = await analystPool.connect();
    try {
      const userId = '00000000-0000-0000-0000-000000000000';
      await identify(client, signer, { clientId, userId, email: '', role: 'viewer', spaceId: '', mode: 'own' });
      await client.query('ROLLBACK');
      return true;
    } finally {
      client.release();
    }
  } catch {
    return false;
  }
}
