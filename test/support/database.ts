// A test file -> a database of its own, cloned from the template in a fraction of a second and dropped when the file ends.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, inject } from 'vitest';
import { partsOf, urlFor, withClient } from '#adapters/postgres/connections.ts';
import { type Database, openCopy, openTarget } from '#adapters/postgres/index.ts';
import type { Target } from '#adapters/postgres/setup/prepare.ts';
import { embeddedTarget } from '#adapters/postgres/setup/target.ts';
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
  return forTests(database, superuserUrl);
}

/** The same with logins of its own, in four times the time: for tests that change logins, which clones share. */
export async function testDatabaseWithLogins(): Promise<TestDatabase> {
  const { superuserUrl } = await server();
  const name = `taskifai_own_${randomBytes(6).toString('hex')}`;
  const target = await embeddedTarget(superuserUrl, testOptions.encryptionKey, name);
  const options = { ...testOptions, dataDir: inject('postgresFolder') };
  const database = await openTarget(target, options, () =>
    withClient(superuserUrl, 'test', async (client) => {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      for (const role of Object.values(target.roles)) await client.query(`DROP ROLE ${client.escapeIdentifier(role)}`);
    }),
  );
  return forTests(database, superuserUrl);
}

function forTests(database: Database, superuserUrl: string): TestDatabase {
  afterAll(() => database.close());
  const { clientId, encryptionKey } = testOptions;
  const name = partsOf(database.productUrl).database ?? '';
  const { target } = database.beside;
  return { ...database, clientId, encryptionKey, superuserUrl: urlFor(superuserUrl, { database: name }), target };
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
