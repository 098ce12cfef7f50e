// A virus scanner in front of the product: what it finds is refused, put on record and stored nowhere.

import { globSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { makeScanner } from '#adapters/clamav/index.ts';
import { withClient } from '#adapters/postgres/connections.ts';
import type { ConversationId } from '#src/chat/event.ts';
import type { Message } from '#src/message/message.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { Chat } from '#src/ports.ts';
import { closeDaemons, eicar, scanningDaemon, startDaemon } from '#test/support/clamd.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

const database = await testDatabase();
const ann = await person(database);
const [path = ''] = globSync('test/fixtures/samples/boxnox/01-living-document/*.xlsx');
const good = readFileSync(path);
const infected = Buffer.concat([good, eicar]);

afterEach(closeDaemons);
afterAll(closeDaemons);

const scannerAt = (port: number) =>
  makeScanner({ host: '127.0.0.1', port, timeoutMs: 500, observer: { record: () => {} } });
const productWith = (port: number) => productOver(database, { scanner: scannerAt(port) }).app;
const send = (port: number, bytes: Uint8Array, name = '../BOXNOX APR2025.xlsx') =>
  productWith(port).receive({ name, bytes, principal: ann, reply: null });

const counted = () =>
  withClient(database.superuserUrl, 'test', async (client) => {
    const { rows } = await client.query(
      `SELECT (SELECT count(*) FROM app.uploads)::int AS uploads, (SELECT count(*) FROM app.upload_files)::int AS files,
         (SELECT count(*) FROM app.sales_data)::int AS sales`,
    );
    return rows[0];
  });

test('an infected file is refused by name and signature, recorded, and stored nowhere', async () => {
  const { port } = await scanningDaemon();
  const failure = await send(port, infected).catch((error) => error);
  expect(failure).toMatchObject({ code: 'UPLOAD_INFECTED' });
  expect(failure.message).toBe('BOXNOX APR2025.xlsx carries a virus (Eicar-Test-Signature) and was not stored.');
  expect(await counted()).toEqual({ uploads: 0, files: 0, sales: 0 });
  const recorded = await withClient(database.superuserUrl, 'test', (client) =>
    client.query("SELECT user_id, details FROM app.security_logs WHERE kind = 'infected-file'"),
  );
  expect(recorded.rows).toEqual([
    { user_id: ann.userId, details: { file: 'BOXNOX APR2025.xlsx', found: 'Eicar-Test-Signature' } },
  ]);
});

test('a file that the door refuses anyway is looked at before it is kept', async () => {
  const { port } = await scanningDaemon();
  await expect(send(port, infected, 'invoice.exe')).rejects.toMatchObject({ code: 'UPLOAD_INFECTED' });
  expect((await send(port, good, 'invoice.exe')).settled?.error?.code).toBe('UPLOAD_EXTENSION');
});

test('a scanner that is down lets nothing in, and the file is welcome once it is back', async () => {
  const before = await counted();
  const down = await startDaemon(() => {});
  await closeDaemons();
  await expect(send(down, good)).rejects.toMatchObject({ code: 'UPLOAD_SCANNER_DOWN', retryable: true });
  const silent = await startDaemon(() => {});
  await expect(send(silent, good)).rejects.toMatchObject({ code: 'UPLOAD_SCANNER_DOWN' });
  expect(await counted()).toEqual(before);
  const { port } = await scanningDaemon();
  const { upload } = await send(port, good);
  expect((await productOver(database).ports.uploads.find(upload.id))?.status).toBe('completed');
});

test('a file that is too large is refused for that, whatever the scanner does', async () => {
  const down = await startDaemon(() => {});
  await closeDaemons();
  const { settled } = await send(down, Buffer.alloc(10 * 1_048_576 + 1));
  expect(settled?.error?.code).toBe('UPLOAD_TOO_LARGE');
});

test('in a conversation the refusal takes the place of the notice that the file is being read', async () => {
  const { port } = await scanningDaemon();
  const said: string[] = [];
  const note = (message: Message) => void said.push(plainText(message));
  const chat: Chat = {
    post: async (_, message) => ({ ref: String(note(message)) }),
    update: async (_, __, message) => note(message),
    download: async () => infected,
  };
  const { app } = productOver(database, { scanner: scannerAt(port), chat });
  await app.handle({
    kind: 'file-shared',
    id: '1',
    conversation: 'console:local' as ConversationId,
    thread: null,
    sender: { platform: 'console', id: ann.email, email: ann.email, displayName: null },
    files: [{ name: 'a\u202E/..\\Sales.xlsx', size: infected.length, handle: 'x' }],
    text: '',
  });
  expect(said[0]).toContain('Reading Sales.xlsx');
  expect(said[1]).toContain('Sales.xlsx carries a virus (Eicar-Test-Signature)');
});
