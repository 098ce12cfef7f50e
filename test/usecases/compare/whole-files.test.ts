import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { receiptDocument } from '#src/commands/documents.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { Receipt } from '#src/ports.ts';
import { receiptMessage } from '#src/usecases/receipt-message.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const principal = await person(database);

async function send(sample: string, name: string): Promise<Receipt> {
  const [file = ''] = globSync(`test/fixtures/samples/${sample}/*.xlsx`);
  const { upload, settled } = await app.receive({ name, bytes: readFileSync(file), principal, reply: null });
  const receipt = settled ?? (await ports.uploads.find(upload.id))?.receipt;
  if (!receipt) throw new Error('expected a receipt');
  return receipt;
}

const shown = (receipt: Receipt) => plainText(receiptMessage(receipt), { width: 400 });

test('the same file for another month is stored, and its receipt names the file that holds the same', async () => {
  const may = await send('taskifai/01-demo', 'Demo_ReportPeriod05-2025.xlsx');
  const june = await send('taskifai/01-demo', 'Demo_ReportPeriod06-2025.xlsx');
  expect([may.issues, june.status, june.rows.loaded]).toEqual([[], 'completed', may.rows.loaded]);
  expect(shown(june)).toContain(
    `Jun 2025 holds exactly what "Demo_ReportPeriod05-2025.xlsx" (upload ${may.uploadId}) gave`,
  );
  const { rows } = await database.pool.query(
    'SELECT month, count(*)::int AS n FROM app.sales_data GROUP BY 1 ORDER BY 1',
  );
  expect(rows).toEqual([5, 6].map((month) => ({ month, n: may.rows.loaded })));
});

test('the same file under another name for the same month counts once, and its receipt says where it is', async () => {
  const again = await send('taskifai/01-demo', 'Demo_ReportPeriod05-2025 (1).xlsx');
  expect([again.status, again.rows.loaded]).toEqual(['duplicate', 0]);
  expect(shown(again)).toContain('It came in "Demo_ReportPeriod05-2025.xlsx". Nothing was changed');
});

test('a month that differs stands in the receipt and in its document with what it would change', async () => {
  await send('boxnox/01-living-document', 'BOXNOX report APR2025.xlsx');
  const held = await send('boxnox/02-messy', 'BOXNOX report JAN2025.xlsx');
  const [scope] = held.scopes;
  const [difference, ...none] = held.differences;
  expect(none).toEqual([]);
  expect(difference?.quantity).toMatchObject({ before: scope?.before?.quantity, after: scope?.quantity });
  expect(difference?.amount).toMatchObject({ before: scope?.before?.amount, after: scope?.amount });
  expect((difference?.added ?? 0) - (difference?.gone ?? 0)).toBe((scope?.rows ?? 0) - (scope?.before?.rows ?? 0));
  expect(difference?.products).toHaveLength(3);
  expect(receiptDocument(held).differences[0]).toMatchObject({ period: '2025-01', products: difference?.products });
});

test('a weekly file says its week, and how many of its names wait to be matched', async () => {
  const receipt = await send('liberty/01-weekly', 'Continuity Supplier Size Report 01-06-2025.xlsx');
  expect(shown(receipt)).toMatch(/^Week: +ending Sun 1 Jun 2025, counted in May 2025$/m);
  const { rows } = await database.pool.query<{ n: number }>(
    'SELECT count(DISTINCT product_in_file)::int AS n FROM app.processed_data WHERE upload_id = $1 AND product_ean IS NULL',
    [receipt.uploadId],
  );
  expect(receipt.unmatched).toBe(rows[0]?.n);
  expect(shown(receipt)).toContain(`${receipt.unmatched} names in this file wait to be matched to products.`);
});
