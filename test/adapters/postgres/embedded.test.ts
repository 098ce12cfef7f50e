// The embedded server over real processes: shared, stopped with its last user however that one ends, data kept.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, expect, test } from 'vitest';
import { withClient } from '#adapters/postgres/connections.ts';
import { startEmbedded } from '#adapters/postgres/embedded/start.ts';

const root = mkdtempSync(join(tmpdir(), 'taskifai-embedded-'));
chmodSync(root, 0o755);
const dataDir = join(root, 'data');
const holders = new Set<ChildProcess>();

afterEach(async () => {
  for (const holder of holders) if (holder.exitCode === null && holder.signalCode === null) await end(holder);
  await expect.poll(() => isRunning(dataDir), { timeout: 10_000 }).toBe(false);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a second start finds the data of the first', async () => {
  const first = await startEmbedded({ dataDir, log: () => {} });
  await query(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  expect(isRunning(dataDir)).toBe(false);
  const second = await startEmbedded({ dataDir, log: () => {} });
  expect(await query(second.superuserUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('it listens on this machine only, asks for a password, and keeps that password to its user', async () => {
  const server = await startEmbedded({ dataDir, log: () => {} });
  expect(await query(server.superuserUrl, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(await query(server.superuserUrl, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  expect(await query(server.superuserUrl, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  await expect(query(server.superuserUrl.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({
    code: 'CONFIG_DATABASE',
  });
  expect(statSync(join(dataDir, 'postgres-password')).mode & 0o077).toBe(0);
  await server.stop();
});

test('processes that start at the very same moment on an empty folder share one server', async () => {
  const fresh = join(root, 'race');
  const all = await Promise.all([hold(fresh), hold(fresh), hold(fresh)]);
  expect(new Set(all.map((each) => each.port)).size).toBe(1);
  for (const each of all) await end(each.holder);
  await expect.poll(() => isRunning(fresh), { timeout: 10_000 }).toBe(false);
});

test('the server stays while another process uses it, and stops with the last one', async () => {
  const one = await hold(dataDir);
  const two = await hold(dataDir);
  expect(two.port).toBe(one.port);
  await end(one.holder);
  expect(await query(two.superuserUrl, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await end(two.holder);
  expect(isRunning(dataDir)).toBe(false);
});

test('after kill -9 of the only user the server stops, and committed data is there at the next start', async () => {
  const one = await hold(dataDir);
  await query(one.superuserUrl, 'CREATE TABLE IF NOT EXISTS survived AS SELECT 7 AS n');
  one.holder.kill('SIGKILL');
  await expect.poll(() => isRunning(dataDir), { timeout: 10_000 }).toBe(false);
  const two = await hold(dataDir);
  expect(await query(two.superuserUrl, 'SELECT n FROM survived')).toEqual([{ n: 7 }]);
});

test('a crash of everything at once, server and watchdog included, is cleared up at the next start', async () => {
  const one = await hold(dataDir);
  await query(one.superuserUrl, 'CREATE TABLE IF NOT EXISTS crashed AS SELECT 8 AS n');
  const folder = dataFolder(dataDir);
  const server = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  // The server first, so that nothing can shut it down in order.
  process.kill(server, 'SIGKILL');
  one.holder.kill('SIGKILL');
  await once(one.holder, 'exit');
  const two = await hold(dataDir);
  expect(await query(two.superuserUrl, 'SELECT n FROM crashed')).toEqual([{ n: 8 }]);
});

test('a lock of a process that no longer lives, and a pid file that names another program, stop nobody', async () => {
  const one = await startEmbedded({ dataDir, log: () => {} });
  await one.stop();
  symlinkSync('999999.1', join(dataDir, 'postgres', 'lock'));
  writeFileSync(
    join(dataFolder(dataDir), 'postmaster.pid'),
    `${process.pid}\n${dataFolder(dataDir)}\n0\n1\n\n127.0.0.1\n\nready\n`,
  );
  const two = await startEmbedded({ dataDir, log: () => {} });
  expect(await query(two.superuserUrl, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await two.stop();
});

test('a folder of another major version is refused with what to do', async () => {
  const old = join(root, 'old');
  const server = await startEmbedded({ dataDir: old, log: () => {} });
  await server.stop();
  writeFileSync(join(dataFolder(old), 'PG_VERSION'), '14\n');
  await expect(startEmbedded({ dataDir: old, log: () => {} })).rejects.toMatchObject({
    code: 'CONFIG_DATABASE',
    message: expect.stringMatching(/written by PostgreSQL 14 and this program brings 18; move the folder/),
  });
});

test('a half-made data folder of a start that was killed is made anew', async () => {
  const half = join(root, 'half');
  const server = await startEmbedded({ dataDir: half, log: () => {} });
  await server.stop();
  rmSync(dataFolder(half), { recursive: true });
  mkdirSync(`${dataFolder(half)}.unfinished`);
  writeFileSync(join(`${dataFolder(half)}.unfinished`, 'rubbish'), '');
  const again = await startEmbedded({ dataDir: half, log: () => {} });
  expect(await query(again.superuserUrl, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await again.stop();
});

test('below a folder that the server’s account cannot enter it works too, says where the data lies, and finds it again', async () => {
  const closed = join(root, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const lines: string[] = [];
  const start = () => startEmbedded({ dataDir: join(closed, 'data'), log: (line) => lines.push(line) });
  const first = await start();
  await query(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await start();
  expect(await query(second.superuserUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await second.stop();
  // Opened up later, it goes on with the data that it has.
  chmodSync(closed, 0o755);
  const third = await start();
  expect(await query(third.superuserUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await third.stop();
  // Only a start as root gives the server another account than the folder's.
  const elsewhere = lines.map((line) => /the data lies in (\S+) instead, which/.exec(line)?.[1] ?? line);
  if (process.getuid?.() !== 0) expect(elsewhere).toEqual([]);
  else expect(elsewhere).toEqual([expect.stringContaining('taskifai-postgres-'), elsewhere[0], elsewhere[0]]);
  for (const folder of new Set(elsewhere)) rmSync(folder, { recursive: true });
});

async function hold(folder: string): Promise<{ holder: ChildProcess; port: number; superuserUrl: string }> {
  const holder = spawn(process.execPath, ['test/support/hold-embedded.ts', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  holders.add(holder);
  const [line] = (await once(createInterface({ input: holder.stdout! }), 'line')) as [string];
  return { holder, ...(JSON.parse(line) as { port: number; superuserUrl: string }) };
}

async function end(holder: ChildProcess): Promise<void> {
  const exited = once(holder, 'exit');
  holder.stdin?.end();
  await exited;
}

/** Where the data lies: directly under DATA_DIR/postgres, or one folder deeper when the server has an account of its own. */
function dataFolder(folder: string): string {
  const deeper = join(folder, 'postgres', 'cluster', 'data');
  return existsSync(deeper) ? deeper : join(folder, 'postgres', 'data');
}

function isRunning(folder: string): boolean {
  return existsSync(join(dataFolder(folder), 'postmaster.pid'));
}

async function query(url: string, sql: string): Promise<unknown[]> {
  return withClient(url, 'test', async (client) => (await client.query(sql)).rows);
}
