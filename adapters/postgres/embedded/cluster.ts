// A data folder -> a running server on a free port of 127.0.0.1. Makes the folder when there is none, uses a server that
// runs already, clears what a crash left behind; refuses a folder of another major version. Call it while holding the lock.

import { type ChildProcess, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#src/errors.ts';
import type { Account } from './account.ts';
import { isAlive } from './process-life.ts';

export interface Cluster {
  /** Folder with `bin`. */
  binaries: string;
  major: string;
  /** Folder in which `data` lies; the account may write there. Real path. */
  base: string;
  logFile: string;
  account: Account | null;
  password: string;
}

/** Made for a laptop: durable, small, and no surprises from just-in-time compilation. The log never holds statements or values. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
};

/** Returns the port. */
export async function ensureRunning(cluster: Cluster): Promise<number> {
  const data = join(cluster.base, 'data');
  await ensureData(cluster, data);
  const running = await portOfRunning(data);
  if (running !== null) return running;
  if (existsSync(cluster.logFile) && statSync(cluster.logFile).size > 1_000_000) truncateSync(cluster.logFile);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    if (await start(cluster, data, port)) return port;
    // Somebody may have taken the port in between.
    if (attempt === 3) throw unusable(`the embedded server does not start${lastWords(cluster)}`);
  }
}

async function ensureData(cluster: Cluster, data: string): Promise<void> {
  const versionFile = join(data, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim();
    if (found === cluster.major) return;
    throw unusable(
      `${data} was written by PostgreSQL ${found} and this program brings ${cluster.major}; move the folder away and load the files again, or run PostgreSQL ${found} yourself and set DATABASE_URL`,
    );
  }
  // Made beside and renamed, so that a crash in the middle leaves nothing that looks finished.
  const unfinished = `${data}.unfinished`;
  const passwordFile = join(cluster.base, 'initial-password');
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (cluster.account) chownSync(passwordFile, cluster.account.uid, cluster.account.gid);
  try {
    const child = run(cluster, 'initdb', [
      '-D',
      unfinished,
      '-U',
      'postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
      '--no-instructions',
    ]);
    if ((await exitOf(child)) !== 0) throw unusable(`the data folder could not be made${lastWords(cluster)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, data);
}

/** The port of a server that uses this folder, once it is ready; null when there is none. */
async function portOfRunning(data: string): Promise<number | null> {
  const until = Date.now() + 60_000;
  for (;;) {
    const file = pidFile(data);
    if (file === null) return null;
    if (!isServer(file.pid, data)) {
      rmSync(join(data, 'postmaster.pid'), { force: true });
      return null;
    }
    if (file.status === 'ready') return file.port;
    if (Date.now() > until) throw unusable(`the embedded server (process ${file.pid}) neither starts nor stops`);
    await sleep(20);
  }
}

async function start(cluster: Cluster, data: string, port: number): Promise<boolean> {
  const options = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = run(cluster, 'postgres', ['-D', data, ...options]);
  const ended = exitOf(child).then(() => 'ended' as const);
  for (;;) {
    const file = pidFile(data);
    if (file?.pid === child.pid && file?.status === 'ready') break;
    if ((await Promise.race([ended, sleep(10)])) === 'ended') return false;
  }
  child.unref();
  return true;
}

function run(cluster: Cluster, program: 'initdb' | 'postgres', args: string[]): ChildProcess {
  const log = openSync(cluster.logFile, 'a', 0o600);
  try {
    return spawn(join(cluster.binaries, 'bin', program), args, {
      // Its own session: an interrupt typed in the terminal must not stop the server under a process that still works.
      detached: true,
      stdio: ['ignore', log, log],
      cwd: cluster.base,
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      ...(cluster.account && { uid: cluster.account.uid, gid: cluster.account.gid }),
    });
  } finally {
    closeSync(log);
  }
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
    child.once('error', () => resolve(1));
  });
}

/** Lines of postmaster.pid: 1 process, 4 port, 8 status. */
function pidFile(data: string): { pid: number; port: number; status: string } | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return null;
  }
}

/** After a crash the number may belong to any process: a server works in its data folder. */
function isServer(pid: number, data: string): boolean {
  if (!isAlive(String(pid))) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return !existsSync('/proc/self');
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The end of the server's log, for whoever runs it; it holds no statements and no values. */
function lastWords(cluster: Cluster): string {
  const lines = existsSync(cluster.logFile) ? readFileSync(cluster.logFile, 'utf8').trim().split('\n') : [];
  const said = (lines.findLast((line) => /error|fatal|panic/i.test(line)) ?? lines.at(-1) ?? 'nothing').slice(-300);
  return ` (it said: ${said.trim()}); its log is ${cluster.logFile}`;
}

function unusable(reason: string): AppError {
  return new AppError('CONFIG_DATABASE', { reason });
}
