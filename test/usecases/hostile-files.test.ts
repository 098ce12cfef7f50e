// Files of a shape that no report has, through the whole product: each is read or refused with a sentence, within the time
// and the memory that a file may take, and the next file works.

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { catalogue } from '#src/errors.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { Receipt } from '#src/ports.ts';
import { receiptMessage } from '#src/usecases/receipt-message.ts';
import { testDatabase } from '#test/support/database.ts';
import { hostileFile, hostileNames } from '#test/support/hostile.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { children, watched } from '#test/support/watch.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);
const [good = ''] = globSync('test/fixtures/samples/boxnox/01-living-document/*.xlsx');

const seen: string[] = [];
// For whoever wants the figures: HOSTILE_REPORT=FILE.
afterAll(() => {
  if (process.env.HOSTILE_REPORT) writeFileSync(process.env.HOSTILE_REPORT, `${seen.join('\n')}\n`);
});

async function send(name: string, bytes: Uint8Array): Promise<Receipt> {
  const { upload, settled } = await app.receive({ name, bytes, principal: ann, reply: null });
  const receipt = settled ?? (await ports.uploads.find(upload.id))?.receipt;
  if (!receipt) throw new Error('expected a receipt');
  return receipt;
}

test.each([
  ['../../../../tmp/BOXNOX pwned APR2025.xlsx', 'BOXNOX pwned APR2025.xlsx'],
  ['C:\\Users\\eve\\BOXNOX \u202EAPR\u200B2025.xlsx', 'BOXNOX APR2025.xlsx'],
  [`BOXNOX ${'x'.repeat(300)}.xlsx`, `BOXNOX ${'x'.repeat(243)}.xlsx`],
  ['\u0000.xlsx', 'unnamed.xlsx'],
  ['AUX.xlsx', '_AUX.xlsx'],
])('a file that comes as %j is stored, read and shown as %j', async (given, kept) => {
  const receipt = await send(given, readFileSync(good));
  expect([receipt.file, receipt.vendor]).toEqual([kept, 'boxnox']);
  expect((await ports.uploads.find(receipt.uploadId))?.fileName).toBe(kept);
  // A long name is shown on several lines.
  expect(plainText(receiptMessage(receipt)).replace(/\s/g, '')).toContain(kept.replace(/\s/g, ''));
});

test.each(['~$BOXNOX APR2025.xlsx', '.~lock.BOXNOX APR2025.xlsx#'])('%s is known as a lock file', async (name) => {
  expect((await send(`\u200B/${name}`, readFileSync(good))).error?.code).toBe('UPLOAD_LOCK_FILE');
});

test.each(hostileNames)('%s: read or refused in time, and the next file works', { timeout: 120_000 }, async (what) => {
  const bytes = hostileFile(what);
  const { result, seconds, peakMb, baseMb } = await watched(() => send('Sales 04-2025.xlsx', bytes));
  const outcome = result.error
    ? `${result.status}: ${result.error.message}`
    : `${result.status}, ${result.rows.loaded} rows`;
  seen.push(
    [
      what,
      `${(bytes.length / 1e6).toFixed(2)} MB`,
      `${seconds.toFixed(1)} s`,
      `${Math.round(peakMb - baseMb)} MB above ${Math.round(baseMb)}`,
      outcome,
    ].join(' | '),
  );
  expect(seconds).toBeLessThan(20);
  expect(peakMb).toBeLessThan(768);
  if (result.error) {
    expect(Object.keys(catalogue)).toContain(result.error.code);
    expect(result.error.message).toContain('Sales 04-2025.xlsx');
  }
  expect(children()).toEqual([]);
  expect(['completed', 'duplicate']).toContain((await send('BOXNOX APR2025.xlsx', readFileSync(good))).status);
});
