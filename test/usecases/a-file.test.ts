import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { plainText } from '#src/message/plain-text.ts';
import type { Principal, Receipt } from '#src/ports.ts';
import { receiptMessage } from '#src/usecases/receipt-message.ts';
import { undoUpload } from '#src/usecases/undo-upload.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);

async function send(path: string, more: { name?: string; replace?: boolean; by?: Principal } = {}): Promise<Receipt> {
  const [file = ''] = globSync(`test/fixtures/samples/${path}/*.{xlsx,xlsm,bin}`);
  const { upload, settled } = await app.receive({
    name: more.name ?? basename(file),
    bytes: readFileSync(file),
    principal: more.by ?? ann,
    reply: null,
    replace: more.replace ?? false,
  });
  const receipt = settled ?? (await ports.uploads.find(upload.id))?.receipt;
  if (!receipt) throw new Error('expected a receipt');
  return receipt;
}

const stored = async () => {
  const { rows } = await database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM app.sales_data');
  return rows[0]?.n;
};

test('a report becomes rows in force and a receipt whose counts add up', async () => {
  const receipt = await send('boxnox/01-living-document');
  const { read, loaded, merged, quarantined, ignored } = receipt.rows;
  expect([receipt.status, receipt.vendor, loaded]).toEqual(['completed', 'boxnox', 48]);
  expect(read).toBe(loaded + merged + quarantined + ignored);
  expect(receipt.totals).toEqual([{ currency: 'EUR', quantity: 142, amount: 17295.88, amountBase: 17295.88 }]);
  expect(plainText(receiptMessage(receipt))).toContain('Amount without 21 % VAT');
  expect(await stored()).toBe(48);
});

test('the same file again changes nothing and says so', async () => {
  const receipt = await send('boxnox/01-living-document');
  expect([receipt.status, receipt.rows.loaded, receipt.rows.ignored]).toEqual(['duplicate', 0, 48]);
  expect(await stored()).toBe(48);
  expect(plainText(receiptMessage(receipt))).toContain('Nothing was changed');
});

test('a month that is loaded already with other figures waits for a decision, and is replaced on request', async () => {
  const held = await send('boxnox/02-messy');
  expect([held.status, held.rows.loaded]).toEqual(['needs_decision', 0]);
  expect(plainText(receiptMessage(held))).toContain('Jan 2025');
  expect(await stored()).toBe(48);
  const replaced = await send('boxnox/02-messy', { replace: true });
  expect([replaced.status, replaced.rows.loaded]).toEqual(['completed', 34]);
  expect(await stored()).toBe(48 - 12 + 34);
  await undoUpload(ports, replaced.uploadId, ann);
  expect(await stored()).toBe(48);
});

test('an upload that is being worked on again is not undone until that is over', async () => {
  const receipt = await send('boxnox/01-living-document');
  await ports.uploads.settle(receipt.uploadId, { ...receipt, status: 'processing' });
  await expect(undoUpload(ports, receipt.uploadId, ann)).rejects.toMatchObject({ code: 'UPLOAD_IN_WORK' });
  expect(await stored()).toBe(48);
  await ports.uploads.settle(receipt.uploadId, { ...receipt, status: 'completed' });
});

test('only the uploader or an administrator may undo', async () => {
  const bob = await person(database, 'bob@example.com', 'console:local', 'contributor');
  const { uploadId } = await send('skins_nl/01-euro-whole');
  await expect(undoUpload(ports, uploadId, bob)).rejects.toMatchObject({ code: 'UPLOAD_NOT_YOURS' });
  await expect(undoUpload(ports, 'nonsense', bob)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
});

test('a foreign currency is converted with a dated rate and its source', async () => {
  const { uploadId, totals } = await send('skins_sa/01-cy-february');
  expect(totals[0]?.currency).toBe('ZAR');
  expect(totals[0]?.amountBase).toBeGreaterThan(0);
  for await (const row of ports.batches.rows(uploadId)) {
    expect(row.fxSource).toContain('currency-api');
    expect(row.amountBase).toBeCloseTo((row.amountLocal ?? 0) * (row.fxRate ?? 0), 6);
  }
});

test.each([
  ['bad/only-headers', 'UPLOAD_NO_ROWS'],
  ['bad/encrypted-password', 'UPLOAD_ENCRYPTED'],
  ['bad/type-pdf', 'UPLOAD_NOT_XLSX'],
  ['bad/ext-xlsm', 'UPLOAD_EXTENSION'],
  ['bad/xml-xxe-file', 'UPLOAD_DTD'],
])('%s is refused with %s, its steps logged and nothing stored', async (sample, code) => {
  const before = await stored();
  const receipt = await send(sample, { name: `${sample.slice(4)}${sample.endsWith('xlsm') ? '.xlsm' : '.xlsx'}` });
  expect([receipt.status, receipt.error?.code]).toEqual(['refused', code]);
  expect(await stored()).toBe(before);
  const { rowCount } = await database.pool.query('SELECT FROM app.processing_logs WHERE upload_id = $1', [
    receipt.uploadId,
  ]);
  expect(rowCount).toBeGreaterThan(0);
});

test('an unknown layout is asked about, and nothing is stored', async () => {
  const before = await stored();
  const columns = ['Colour', 'Weather'].map((header) => ({ header, key: header }));
  const bytes = await ports.workbooks.write([{ name: 'Notes', columns, rows: [{ Colour: 'red', Weather: 'fine' }] }]);
  const { upload } = await app.receive({ name: 'notes.xlsx', bytes, principal: ann, reply: null, replace: false });
  const receipt = (await ports.uploads.find(upload.id))?.receipt;
  expect([receipt?.status, receipt?.error?.code]).toEqual(['needs_vendor', 'UPLOAD_UNKNOWN_VENDOR']);
  expect(await stored()).toBe(before);
});

test('a report without a period is asked about', async () => {
  const receipt = await send('taskifai/01-demo', { name: 'Demo report.xlsx' });
  expect([receipt.status, receipt.error?.code]).toEqual(['needs_decision', 'UPLOAD_NO_PERIOD']);
});

test('a lock file and a file that is too large are refused at the door', async () => {
  const base = { principal: ann, reply: null };
  const lock = await app.receive({ ...base, name: '~$report.xlsx', bytes: Buffer.from('x') });
  const large = await app.receive({ ...base, name: 'large.xlsx', bytes: Buffer.alloc(11 * 1_048_576) });
  expect([lock.settled?.error?.code, large.settled?.error?.code]).toEqual(['UPLOAD_LOCK_FILE', 'UPLOAD_TOO_LARGE']);
});
