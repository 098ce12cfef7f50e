import { expect, test } from 'vitest';
import { makeVault } from '#adapters/postgres/stores/vault.ts';
import { testDatabase } from '#test/support/database.ts';
import { person, storesOf } from '#test/support/stored.ts';

const database = await testDatabase();
const { uploads, directory, reference } = storesOf(database);

test('stores the workbook encrypted, and gives the same bytes back', async () => {
  const ann = await person(database);
  const bytes = Buffer.from('PK secret sales of 2025');
  const { upload } = await uploads.open({ name: 'a.xlsx', bytes, principal: ann });
  const { rows } = await database.pool.query<{ encrypted: Buffer }>(
    'SELECT encrypted FROM app.upload_files WHERE upload_id = $1',
    [upload.id],
  );
  expect(rows[0]?.encrypted.includes('secret')).toBe(false);
  expect(Buffer.from(await uploads.bytes(upload.id))).toEqual(bytes);
});

test('a large file goes in parts, of which none can go missing', async () => {
  const ann = await person(database);
  const bytes = Buffer.alloc(2_500_000, 'a workbook ');
  const { upload } = await uploads.open({ name: 'large.xlsx', bytes, principal: ann });
  expect(Buffer.compare(Buffer.from(await uploads.bytes(upload.id)), bytes)).toBe(0);
  await database.pool.query('DELETE FROM app.upload_files WHERE upload_id = $1 AND part = 2', [upload.id]);
  await expect(uploads.bytes(upload.id)).rejects.toThrow();
});

test('the same bytes under the same name are the same upload, and are seen in the second place too', async () => {
  const ann = await person(database, 'ann@example.com', 'console:#one');
  const there = await person(database, 'ann@example.com', 'console:#two');
  const file = { name: 'b.xlsx', bytes: Buffer.from('b') };
  const first = await uploads.open({ ...file, principal: ann });
  const second = await uploads.open({ ...file, principal: there });
  expect([first.existing, second.existing, second.upload.id]).toEqual([false, true, first.upload.id]);
  const { rowCount } = await database.pool.query('SELECT FROM app.space_uploads WHERE upload_id = $1', [
    first.upload.id,
  ]);
  expect(rowCount).toBe(2);
  expect((await uploads.open({ ...file, name: 'c.xlsx', principal: ann })).existing).toBe(false);
});

test('sealed bytes cannot be changed or moved to another place', () => {
  const vault = makeVault(Buffer.alloc(32, 1));
  const sealed = vault.seal(Buffer.from('rows'), 'client/one');
  expect(Buffer.from(vault.open(sealed, 'client/one')).toString()).toBe('rows');
  expect(() => vault.open(sealed, 'client/two')).toThrow();
  expect(() => makeVault(Buffer.alloc(32, 2)).open(sealed, 'client/one')).toThrow();
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  expect(() => vault.open(sealed, 'client/one')).toThrow();
});

test('a principal follows from the conversation and the visibility; unknown and deactivated people get none', async () => {
  const direct = await person(database, 'eve@example.com', 'console:local', 'viewer');
  const channel = await person(database, 'eve@example.com', 'console:#sales', 'viewer');
  expect([direct.mode, channel.mode, direct.role]).toEqual(['direct', 'space', 'viewer']);
  const stranger = { platform: 'console' as const, id: 'x', email: 'nobody@example.com', displayName: null };
  expect(await directory.principal(stranger, 'console:local' as never)).toBeNull();
  expect(await directory.principal({ ...stranger, email: null }, 'console:local' as never)).toBeNull();
  expect(await directory.deactivate('EVE@example.com')).toBe(true);
  expect(await directory.principal({ ...stranger, email: 'eve@example.com' }, 'console:local' as never)).toBeNull();
});

test('two people’s direct conversations are two places', async () => {
  const ann = await person(database, 'ann@example.com');
  const bob = await person(database, 'bob@example.com');
  expect(ann.spaceId).not.toBe(bob.spaceId);
});

test('rates go through the euro of the same month, with their source', async () => {
  const euro = await reference.rates(['ZAR'], 'EUR');
  const pound = await reference.rates(['ZAR'], 'GBP');
  const zar = euro.find((rate) => rate.year === 2025 && rate.month === 4);
  const gbp = (await reference.rates(['GBP'], 'EUR')).find((rate) => rate.year === 2025 && rate.month === 4);
  const cross = pound.find((rate) => rate.year === 2025 && rate.month === 4);
  expect(zar?.source).toContain('currency-api');
  expect(cross?.rate).toBeCloseTo((zar?.rate ?? 0) / (gbp?.rate ?? 1), 10);
  expect(await reference.rates(['EUR'], 'EUR')).toEqual([]);
});
