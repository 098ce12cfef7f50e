// A test file -> a database of its own, cloned from the template in a fraction of a second and dropped when the file ends.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, inject } from 'vitest';
import { partsOf, urlFor } from '#adapters/postgres/connections.ts';
import { type Database, openCopy } from '#adapters/postgres/index.ts';
import type { Target } from '#adapters/postgres/setup/prepare.ts';
import type { Statement } from '#src/ask/guard/statement.ts';
import { testOptions } from './test-options.ts';

export interface TestDatabase extends Database {
  clientId: string;
  encryptionKey: Buffer;
  /** The server's superuser, on this database: for planting faults and for looking behind row-level security. */
  superuserUrl: string;
  target: Target;
}

/** Call it at the top of a test file, with `await`; it is closed and dropped after the file's tests. */
export async function testDatabase(): Promise<TestDatabase> {
  const { superuserUrl, target } = await server();
  const options = { ...testOptions, dataDir: inject('postgresFolder') };
  const database = await openCopy(target, options, { adminUrl: superuserUrl, template: 'taskifai_template' });
  const name = partsOf(database.productUrl).database ?? '';
  afterAll(() => database.close());
  return {
    ...database,
    clientId: options.clientId,
    encryptionKey: options.encryptionKey,
    superuserUrl: urlFor(superuserUrl, { database: name }),
    target: database.beside.target,
  };
}

/** SQL that no guard has seen, to attack the layers behind it. */
export function unguarded(sql: string): Statement {
  return { sql, fingerprint: 'test' } as unknown as Statement;
}

async function server(): Promise<{ superuserUrl: string; target: Target }> {
  const folder = inject('postgresFolder');
  const ready = join(folder, 'ready.json');
  writeFileSync(join(folder, 'wanted'), '');
  for (let tries = 0; !existsSync(ready); tries++) {
    if (tries > 3000) throw new Error('the test server did not start in time');
    await sleep(20);
  }
  const said = JSON.parse(readFileSync(ready, 'utf8')) as { superuserUrl: string; target: Target; failed?: string };
  if (said.failed) throw new Error(`the test server did not start: ${said.failed} ${JSON.stringify(said)}`);
  return said;
}
