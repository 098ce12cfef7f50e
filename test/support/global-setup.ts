// Starts one Postgres for the whole run, when the first test file asks for it: a run of pure tests starts none. The
// test files clone the template database that is prepared here. TEST_POSTGRES_SUPERUSER_URL names another server to test on.

import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { withClient } from '#adapters/postgres/connections.ts';
import { startEmbedded } from '#adapters/postgres/embedded/start.ts';
import { openTarget } from '#adapters/postgres/index.ts';
import { embeddedTarget } from '#adapters/postgres/setup/target.ts';
import { testOptions } from './test-options.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder in which `wanted` asks for the server and `ready.json` says that it runs. */
    postgresFolder: string;
  }
}

export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'taskifai-test-'));
  // As root the server has an account of its own, which must get in.
  chmodSync(folder, 0o755);
  project.provide('postgresFolder', folder);
  let starting: Promise<() => Promise<void>> | undefined;
  const watch = setInterval(() => {
    if (!existsSync(join(folder, 'wanted'))) return;
    clearInterval(watch);
    starting = start(folder);
  }, 25);
  return async () => {
    clearInterval(watch);
    const stop = await starting;
    await stop?.();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function start(folder: string): Promise<() => Promise<void>> {
  const tell = (what: object) => {
    writeFileSync(join(folder, 'ready.json.new'), JSON.stringify(what));
    renameSync(join(folder, 'ready.json.new'), join(folder, 'ready.json'));
  };
  try {
    const given = process.env.TEST_POSTGRES_SUPERUSER_URL;
    const server = given
      ? { superuserUrl: given, stop: async () => {} }
      : await startEmbedded({ dataDir: join(folder, 'data'), log: () => {} });
    // On a server that outlives the run a template of an earlier run may be left.
    if (given) await withClient(given, 'owner', (client) => client.query('DROP DATABASE IF EXISTS taskifai_template'));
    const target = await embeddedTarget(server.superuserUrl, testOptions.encryptionKey, 'taskifai_template');
    // Closed again: a database with connections cannot be cloned.
    const template = await openTarget(target, { ...testOptions, dataDir: folder }, async () => {});
    await template.close();
    tell({ superuserUrl: server.superuserUrl, target });
    return () => server.stop();
  } catch (error) {
    tell({ failed: String((error as Error).stack), cause: String((error as Error).cause) });
    return async () => {};
  }
}
