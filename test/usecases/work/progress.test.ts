import { expect, test } from 'vitest';
import type { ConversationId } from '#src/chat/event.ts';
import type { Message } from '#src/message/message.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { Observation } from '#src/observation.ts';
import type { Chat } from '#src/ports.ts';
import { makeProgress } from '#src/usecases/work/progress.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { workbookOf } from '#test/support/workbook-file.ts';

const database = await testDatabase();
const reply = { conversation: 'console:local' as ConversationId, ref: '1' };

/** A conversation that keeps what it is shown, and a clock that is set by hand. */
function place(update: (message: Message) => Promise<void> = async () => {}) {
  const shown: Message[] = [];
  const observed: Observation[] = [];
  let ms = 0;
  const chat: Chat = {
    post: async () => ({ ref: '1' }),
    async update(_conversation, _ref, message) {
      shown.push(message);
      await update(message);
    },
    download: async () => new Uint8Array(),
  };
  const observer = { record: (each: Observation) => void observed.push(each), failure: () => '' };
  const clock = { now: () => new Date(ms) };
  return { ports: { chat, observer, clock }, shown, observed, at: (now: number) => (ms = now) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a file that takes less than three seconds is not mentioned', async () => {
  const { ports, shown, observed, at } = place();
  const progress = makeProgress(ports, { uploadId: 'one', reply });
  for (const now of [0, 1_000, 2_999]) {
    at(now);
    progress.read(now, 0.5);
  }
  await progress.end();
  expect([shown, observed]).toEqual([[], []]);
});

test('then it is: to who watches twice a second, into the conversation every three seconds', async () => {
  const { ports, shown, observed, at } = place();
  const progress = makeProgress(ports, { uploadId: 'one', reply });
  for (let now = 0; now <= 9_000; now += 100) {
    at(now);
    progress.read(now * 10, now / 9_000);
    await settled();
  }
  await progress.end();
  expect(shown.map((message) => [message.passing, plainText(message)])).toEqual([
    [true, 'Working on it: 30,000 rows read, 33 %.'],
    [true, 'Working on it: 60,000 rows read, 66 %.'],
    [true, 'Working on it: 90,000 rows read, 99 %.'],
  ]);
  expect(observed).toHaveLength(13);
  expect(observed[0]).toEqual({ kind: 'upload-progress', uploadId: 'one', rows: 30_000, percent: 33 });
});

test('without a known size only rows are said, and without a conversation nothing is posted', async () => {
  const { ports, shown, observed, at } = place();
  const quiet = makeProgress(ports, { uploadId: 'one', reply: null });
  const open = makeProgress(ports, { uploadId: 'two', reply });
  at(4_000);
  quiet.read(5, null);
  open.read(7, null);
  expect(observed.map((each) => 'percent' in each && each.percent)).toEqual([null, null]);
  expect(shown.map((message) => plainText(message))).toEqual(['Working on it: 7 rows read.']);
});

test('nothing is posted while the last word is under way, none after the end, and the end waits for it', async () => {
  let arrive: () => void = () => {};
  const { ports, shown, at } = place(() => new Promise((resolve) => (arrive = resolve)));
  const progress = makeProgress(ports, { uploadId: 'one', reply });
  at(3_000);
  progress.read(1, 0.1);
  at(9_000);
  progress.read(2, 0.2);
  expect(shown).toHaveLength(1);
  let over = false;
  const end = progress.end().then(() => (over = true));
  at(20_000);
  progress.read(3, 0.3);
  await settled();
  expect([over, shown.length]).toEqual([false, 1]);
  arrive();
  await end;
  expect(over).toBe(true);
});

test('a conversation that cannot show it does not fail the file', async () => {
  const { ports, observed, at } = place(() => Promise.reject(new Error('too many requests')));
  const progress = makeProgress(ports, { uploadId: 'one', reply });
  at(3_000);
  progress.read(1, 0.1);
  await progress.end();
  expect(observed.map(({ kind }) => kind)).toEqual(['upload-progress', 'warning']);
});

test('a large workbook says how far it is, never backwards, and its receipt comes last', async () => {
  const { ports: watching, shown, observed } = place();
  let seconds = 0;
  const clock = {
    now() {
      seconds += 1;
      return new Date(seconds * 1_000);
    },
  };
  const { app, ports } = productOver(database, { ...watching, clock });
  const headings = ['EAN', 'Product', 'Qty', 'Net sales', 'Date', 'Store', 'Currency', 'Reseller'];
  const rows = Array.from({ length: 4_000 }, (_, i) => {
    const day = `2025-03-${String((i % 28) + 1).padStart(2, '0')}`;
    return ['4006381333931', `Soap ${i}`, 1 + (i % 5), 10 + i, day, 'North', 'EUR', 'Shop'];
  });
  const bytes = await workbookOf(ports.workbooks, 'Export', headings, rows);
  const principal = await person(database);
  const { upload } = await app.receive({ name: 'export.xlsx', bytes, principal, reply });
  expect((await ports.uploads.find(upload.id))?.receipt?.rows.loaded).toBe(4_000);
  const percents = observed.flatMap((each) => (each.kind === 'upload-progress' ? [each.percent ?? -1] : []));
  expect(percents.length).toBeGreaterThan(8);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect(percents[0]).toBeGreaterThanOrEqual(0);
  expect(percents.at(-1)).toBe(99);
  expect(shown.length).toBeGreaterThan(2);
  expect(observed.at(-1)?.kind).toBe('upload-settled');
});
