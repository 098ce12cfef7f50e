import { expect, test } from 'vitest';
import type { Principal } from '#src/ports.ts';
import { testDatabase } from '#test/support/database.ts';
import { batchOf, openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';

const database = await testDatabase();
const { batches } = storesOf(database);
let run = 0;

/** Loads January by one person and February (and a January that differs) by another; what the second's receipt may draw on. */
async function known(visibility: 'own' | 'space' | 'client', first: Principal, second: Principal) {
  const reseller = `Shop ${run++}`;
  const rows = (month: string, quantity: number) =>
    ['A', 'B', 'C', 'D', 'E'].map((name) => saleOf(month, quantity, 10, { reseller, store: name }));
  const { history } = storesOf(database, visibility);
  const january = await openUpload(database, first, `${reseller} January.xlsx`);
  await batches.save(batchOf(january, rows('2025-01', 1)));
  await history.keepColumns(january, [{ position: 0, heading: 'A', holds: 'numbers', typical: 1 }]);
  const february = await openUpload(database, second, `${reseller} February.xlsx`);
  const scopes = await storesOf(database, visibility).batches.save(
    batchOf(february, [...rows('2025-01', 2), ...rows('2025-02', 1)]),
  );
  const differing = scopes.find(({ state }) => state === 'differs');
  const { resellers } = await history.beside(february);
  return {
    before: differing?.before !== null,
    beside: resellers.length > 0,
    same: (await history.sameContent(february)).length > 0,
    columns: (await history.columnsBefore(february)) !== null,
    differences: (await history.differences(february)).length > 0,
  };
}

const all = { before: true, beside: true, same: true, columns: true, differences: true };
const none = { before: false, beside: false, same: false, columns: false, differences: false };
const ann = await person(database, 'ann@example.com', 'console:#north');
const bob = await person(database, 'bob@example.com', 'console:#south');
const annSouth = await person(database, 'ann@example.com', 'console:#south');
const cas = await person(database, 'cas@example.com', 'console:#east');

test('a receipt draws on all files where everybody sees everything', async () => {
  expect(await known('client', ann, cas)).toEqual(all);
});

test('where each sees their own files, it draws on the sender’s own', async () => {
  expect(await known('own', ann, annSouth)).toEqual(all);
  expect(await known('own', bob, annSouth)).toEqual(none);
});

test('where conversations see what was shared in them, it draws on that', async () => {
  expect(await known('space', bob, annSouth)).toEqual(all);
  expect(await known('space', ann, cas)).toEqual(none);
});

test('what one member of a conversation may not see is no part of a receipt in it', async () => {
  // Ann sent it, in the north; Bob reads along in the south.
  expect(await known('space', ann, annSouth)).toEqual(none);
});

test('in a conversation of one, all that this person may see counts', async () => {
  const alone = await person(database, 'ann@example.com', 'console:local');
  expect(await known('space', ann, alone)).toEqual(all);
  expect(await known('space', bob, alone)).toEqual(all);
  expect(await known('space', cas, alone)).toEqual(none);
});

test('what a conversation may look into counts too', async () => {
  await database.pool.query(
    'INSERT INTO app.space_grants (space_id, granted_space_id, client_id) VALUES ($1, $2, $3)',
    [cas.spaceId, ann.spaceId, database.clientId],
  );
  expect(await known('space', ann, cas)).toEqual(all);
  expect(await known('space', cas, ann)).toEqual(none);
});
