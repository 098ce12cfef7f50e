import { beforeAll, expect, test } from 'vitest';
import { makeLayouts } from '#adapters/postgres/stores/layouts.ts';
import { testDatabase, unguarded } from '../../../support/database.ts';
import { openUpload, person, storesOf } from '../../../support/stored.ts';
import { asSuperuser, foreignClient, people, plantTwoClients, uploads } from '../../../support/two-clients.ts';

const database = await testDatabase();
const { layouts } = storesOf(database);

beforeAll(async () => {
  await plantTwoClients(database);
  await asSuperuser(database, (client) =>
    client.query(
      `INSERT INTO app.taught_vendors (client_id, id, version, yaml, sample_upload_id, taught_by)
       VALUES ($1, 'foreign_shop', 1, 'FOREIGN', $2, $3)`,
      [foreignClient, uploads.foreign, people.bea],
    ),
  );
});

test('each save is a new version, and the newest of each layout counts', async () => {
  const ann = await person(database);
  const uploadId = await openUpload(database, ann, 'first.xlsx');
  expect(await layouts.save({ id: 'shop', yaml: 'one', uploadId }, ann)).toBe(1);
  expect(await layouts.save({ id: 'shop', yaml: 'two', uploadId }, ann)).toBe(2);
  expect(await layouts.save({ id: 'barn', yaml: 'other', uploadId }, ann)).toBe(1);
  expect((await layouts.newest()).map(({ id, version, yaml }) => [id, version, yaml])).toEqual([
    ['barn', 1, 'other'],
    ['shop', 2, 'two'],
  ]);
  expect((await layouts.versions('shop')).map(({ version, by }) => [version, by])).toEqual([
    [2, 'ann@example.com'],
    [1, 'ann@example.com'],
  ]);
});

test('two people who save at the same moment make two versions', async () => {
  const ann = await person(database);
  const uploadId = await openUpload(database, ann, 'same.xlsx');
  const saves = Array.from({ length: 5 }, (_, i) => layouts.save({ id: 'busy', yaml: `${i}`, uploadId }, ann));
  expect((await Promise.all(saves)).sort()).toEqual([1, 2, 3, 4, 5]);
});

test('another client’s layouts are neither seen nor reached', async () => {
  expect((await layouts.newest()).map(({ id }) => id)).not.toContain('foreign_shop');
  expect(await layouts.versions('foreign_shop')).toEqual([]);
  expect(await makeLayouts({ pool: database.pool, clientId: foreignClient }).newest()).toEqual([]);
  const { rows } = await database.pool.query('SELECT FROM app.taught_vendors WHERE client_id = $1', [foreignClient]);
  expect(rows).toEqual([]);
  const theirs = makeLayouts({ pool: database.pool, clientId: foreignClient });
  const bea = { ...(await person(database)), clientId: foreignClient, userId: people.bea };
  await expect(theirs.save({ id: 'x', yaml: 'x', uploadId: uploads.foreign }, bea)).rejects.toThrow(/row-level/);
});

test('a version is never changed or deleted, and no question reads one', async () => {
  await expect(database.pool.query("UPDATE app.taught_vendors SET yaml = 'x'")).rejects.toThrow(/permission/);
  await expect(database.pool.query('DELETE FROM app.taught_vendors')).rejects.toThrow(/permission/);
  const ann = await person(database);
  await expect(database.analyst.run(unguarded('SELECT * FROM app.taught_vendors'), ann)).rejects.toThrow();
});
