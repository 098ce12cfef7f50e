// The embedded database takes more from the read-only login than other servers let us: what is gone, and that questions
// and the product still work.

import pg from 'pg';
import { expect, test } from 'vitest';
import { identify } from '#adapters/postgres/analyst/session.ts';
import { makeSigner } from '#adapters/postgres/context.ts';
import { harden } from '#adapters/postgres/setup/roles.ts';
import { testDatabase, unguarded } from '../../support/database.ts';
import { asSuperuser, plantTwoClients, principal } from '../../support/two-clients.ts';

const database = await testDatabase();
await plantTwoClients(database);
await asSuperuser(database, (client) => harden(client, database.target.roles));
const ana = principal(database, 'ana', 'own');

test.each([
  "SELECT set_config('app.ctx', '', false)",
  'SELECT pg_sleep(0)',
  "SELECT pg_notify('a', 'b')",
  'SELECT pg_advisory_lock(1)',
  "SELECT query_to_xml('select 1', true, false, '')",
  'SELECT lo_creat(-1)',
  'SELECT txid_current()',
  'SELECT * FROM pg_stat_activity',
  'SELECT * FROM pg_settings',
  'SELECT * FROM pg_roles',
  'DO $$ BEGIN END $$',
])('%s is denied', async (sql) => {
  const client = new pg.Client({ connectionString: database.target.analystUrl });
  await client.connect();
  try {
    await identify(client, makeSigner(database.encryptionKey), ana);
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
  } finally {
    await client.end();
  }
});

test('questions, the self-check, writing and the audit go on', async () => {
  await asSuperuser(database, (client) => harden(client, database.target.roles));
  expect(await database.selfCheck()).toEqual([]);
  const asked = `SELECT reseller, date_trunc('month', sales_date) AS month, sum(sales_amount_base) AS sales, count(*) AS n,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY quantity) AS median, string_agg(lower(reseller), ', ') AS names,
      row_number() OVER (ORDER BY sum(sales_amount_base) DESC) AS place, to_char(max(sales_date), 'YYYY-MM') AS last
    FROM sales_data WHERE sales_date >= make_date(2024, 1, 1) AND reseller ~* 'shop' GROUP BY 1, 2`;
  const { rows } = await database.analyst.run(unguarded(asked), ana);
  expect(rows).toMatchObject([{ reseller: 'Ana shop', sales: 1, n: 1, median: 1, place: 1, last: '2025-03' }]);
  await database.audit.security({ principal: ana, kind: 'test', details: {} });
  const written = await database.pool.query(
    "UPDATE app.spaces SET name = 'renamed' RETURNING now(), version(), pg_backend_pid()",
  );
  expect(written.rowCount).toBe(2);
  await database.pool.query('CREATE TEMP TABLE staged (x int); SELECT pg_advisory_lock(1), pg_advisory_unlock(1)');
});
