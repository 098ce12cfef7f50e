// A data set in a throw-away database: every row there, visible to the person it was loaded for.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadDataset, openThrowaway } from '#adapters/postgres/index.ts';
import { testDatabase, unguarded } from '../../support/database.ts';
import { people, principal } from '../../support/two-clients.ts';

const folder = fileURLToPath(new URL('../../fixtures/eval/', import.meta.url));

test('a data set is loaded beside the client’s data, can be asked about, and is gone afterwards', async () => {
  const database = await testDatabase();
  const scratch = await openThrowaway(database);
  const ana = principal(database, 'ana', 'direct');
  await scratch.pool.query("INSERT INTO app.users (id, client_id, email) VALUES ($1, $2, 'ana@example.com')", [
    people.ana,
    database.clientId,
  ]);
  await loadDataset(scratch, database.clientId, folder, ana);
  const lines = readFileSync(`${folder}sales.csv`, 'utf8').trim().split('\n').length - 1;
  const { rows } = await scratch.analyst.run(
    unguarded('SELECT count(*) AS n, count(DISTINCT upload_id) AS files FROM sales_data'),
    ana,
  );
  expect(rows[0]).toMatchObject({ n: lines });
  expect(rows[0]?.files).toBeGreaterThan(1);
  await scratch.close();
  expect((await database.analyst.run(unguarded('SELECT count(*) AS n FROM sales_data'), ana)).rows).toEqual([{ n: 0 }]);
});

test('a folder without sales.csv is explained', async () => {
  const database = await testDatabase();
  await expect(
    loadDataset(database, database.clientId, '/nonexistent', principal(database, 'ana', 'own')),
  ).rejects.toMatchObject({
    code: 'CONFIG_DATABASE',
    message: expect.stringContaining('sales.csv'),
  });
});
