import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import type { Principal, Receipt } from '#src/ports.ts';
import { correctCells, discardRows, releaseRows } from '#src/usecases/review/decide-rows.ts';
import { undoUpload } from '#src/usecases/undo-upload.ts';
import { BOXNOX, boxnoxRow } from '#test/clean/workbook.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { workbookOf } from '#test/support/workbook-file.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);
const sheet = 'SELL OUT BY EAN';
let month = 0;

/** A report of a month of its own, with the good row first. */
async function send(...rows: Cell[][]): Promise<Receipt> {
  month += 1;
  const moved = [boxnoxRow(), ...rows].map((row) => row.map((cell, i) => (BOXNOX[i] === 'MONTH' ? month : cell)));
  return sendRows(moved, ann);
}

async function sendRows(rows: Cell[][], principal: Principal): Promise<Receipt> {
  const bytes = await workbookOf(ports.workbooks, sheet, BOXNOX, rows);
  const name = `BOXNOX report ${month}.xlsx`;
  const { upload, settled } = await app.receive({ name, bytes, principal, reply: null });
  return settled ?? receiptOf(upload.id);
}

async function receiptOf(uploadId: string): Promise<Receipt> {
  const receipt = (await ports.uploads.find(uploadId))?.receipt;
  if (!receipt) throw new Error('expected a receipt');
  const { read, loaded, merged, quarantined, ignored } = receipt.rows;
  expect(read).toBe(loaded + merged + quarantined + ignored);
  return receipt;
}

async function inForce(uploadId: string): Promise<number> {
  const { rows } = await database.pool.query<{ units: number }>(
    'SELECT coalesce(sum(quantity), 0)::int AS units FROM app.sales_data WHERE upload_id = $1',
    [uploadId],
  );
  return rows[0]!.units;
}

const cell = (row: number, heading: string, text: string) => ({ sheet, row, column: BOXNOX.indexOf(heading), text });
const allHeld = { reason: null, rows: [] };

test('a corrected row is loaded, counts in the totals, and the log says who corrected which cell', async () => {
  const { uploadId, rows, totals } = await send(boxnoxRow({ QTY: 'three' }));
  expect(rows).toMatchObject({ loaded: 1, quarantined: 1 });
  const units = totals[0]!.quantity;
  expect(await correctCells(ports, uploadId, [cell(3, 'QTY', '3')], ann)).toMatchObject({ rows: 1 });
  const after = await receiptOf(uploadId);
  expect([after.status, after.rows.loaded, after.totals[0]?.quantity]).toEqual(['completed', 2, units + 3]);
  expect(await inForce(uploadId)).toBe(units + 3);
  expect(await ports.batches.quarantined(uploadId)).toEqual([]);
  expect(await ports.review.fixes(uploadId, { sheet, row: 3 })).toContainEqual(
    expect.objectContaining({ original: 'three', cleaned: '3', rule: 'corrected' }),
  );
  expect(await ports.review.decisions(uploadId)).toMatchObject([{ row: 3, kind: 'edit', by: 'ann@example.com' }]);
});

test('a second correction of a cell takes the place of the first, and both are on record', async () => {
  const { uploadId, totals } = await send(boxnoxRow({ QTY: 'three', AMOUNT: 'n/a' }));
  const units = totals[0]!.quantity;
  await correctCells(ports, uploadId, [cell(3, 'QTY', '3')], ann);
  expect((await receiptOf(uploadId)).quarantinedByReason).toEqual([{ reason: 'invalid_amount', count: 1 }]);
  await correctCells(ports, uploadId, [cell(3, 'QTY', '4'), cell(3, 'AMOUNT', '10')], ann);
  expect(await inForce(uploadId)).toBe(units + 4);
  const { rows } = await database.pool.query<{ decisions: string }>(
    "SELECT details ->> 'decisions' AS decisions FROM app.security_logs WHERE kind = 'rows-decided' AND details ->> 'uploadId' = $1 ORDER BY at",
    [uploadId],
  );
  expect(rows.map(({ decisions }) => JSON.parse(decisions)[0].cells.length)).toEqual([1, 2]);
});

test('a released code names the product, and a cell that was corrected before stays corrected', async () => {
  const { uploadId, totals } = await send(boxnoxRow({ EAN: '7000000004393', SKU: null, QTY: 'two' }));
  await releaseRows(ports, uploadId, { reason: 'invalid_ean', rows: [] }, ann);
  expect((await receiptOf(uploadId)).quarantinedByReason).toEqual([{ reason: 'invalid_quantity', count: 1 }]);
  await correctCells(ports, uploadId, [cell(3, 'QTY', '2')], ann);
  expect((await receiptOf(uploadId)).rows).toMatchObject({ loaded: 2, quarantined: 0 });
  expect(await inForce(uploadId)).toBe(totals[0]!.quantity + 2);
});

test('a discarded row counts as left out, with who said so, and may be corrected after all', async () => {
  const { uploadId } = await send(boxnoxRow({ QTY: 'three' }));
  await discardRows(ports, uploadId, { reason: null, rows: [{ sheet, row: 3 }] }, ann);
  const after = await receiptOf(uploadId);
  expect(after.rows).toMatchObject({ loaded: 1, quarantined: 0, ignored: 1 });
  expect(after.ignoredByReason).toEqual([{ reason: 'discarded by ann@example.com', count: 1 }]);
  await correctCells(ports, uploadId, [cell(3, 'QTY', '3')], ann);
  expect((await receiptOf(uploadId)).rows).toMatchObject({ loaded: 2, ignored: 0 });
});

test('a file of which every row was held back is completed by a correction', async () => {
  month += 1;
  const { uploadId, status, error } = await sendRows([boxnoxRow({ MONTH: month, QTY: 'three' })], ann);
  expect([status, error?.code]).toEqual(['refused', 'UPLOAD_ALL_BAD']);
  await correctCells(ports, uploadId, [cell(2, 'QTY', '3')], ann);
  expect(await receiptOf(uploadId)).toMatchObject({ status: 'completed', rows: { loaded: 1, quarantined: 0 } });
  expect(await inForce(uploadId)).toBe(3);
});

test('an upload that took the place of another keeps it, and an undo brings the other back', async () => {
  const first = await send();
  const rows = [boxnoxRow({ MONTH: month }), boxnoxRow({ MONTH: month, EAN: '7359990010013', QTY: 'x' })];
  const bytes = await workbookOf(ports.workbooks, sheet, BOXNOX, [
    ...rows,
    boxnoxRow({ MONTH: month, QTY: 9, SKU: 'Z' }),
  ]);
  const name = `BOXNOX report ${month} again.xlsx`;
  const { upload } = await app.receive({ name, bytes, principal: ann, reply: null, replace: true });
  expect(await inForce(first.uploadId)).toBe(0);
  const units = await inForce(upload.id);
  await discardRows(ports, upload.id, allHeld, ann);
  expect([(await receiptOf(upload.id)).status, await inForce(upload.id)]).toEqual(['completed', units]);
  await undoUpload(ports, upload.id, ann);
  expect(await inForce(first.uploadId)).toBeGreaterThan(0);
});

test('what cannot be decided is refused with a sentence', async () => {
  const { uploadId } = await send(boxnoxRow({ QTY: 'three' }));
  const vera = await person(database, 'vera@example.com', 'console:local', 'viewer');
  const bob = await person(database, 'bob@example.com', 'console:local', 'contributor');
  const refused = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });
  await refused(discardRows(ports, uploadId, allHeld, vera), 'ACCESS_ROLE');
  await refused(discardRows(ports, uploadId, allHeld, bob), 'UPLOAD_NOT_YOURS');
  await refused(releaseRows(ports, uploadId, allHeld, ann), 'REVIEW_NO_SUCH_ROW');
  await refused(discardRows(ports, uploadId, { reason: 'bad_luck', rows: [] }, ann), 'REVIEW_NO_SUCH_ROW');
  await refused(correctCells(ports, uploadId, [cell(99, 'QTY', '1')], ann), 'REVIEW_NO_SUCH_ROW');
  await undoUpload(ports, uploadId, ann);
  await refused(correctCells(ports, uploadId, [cell(3, 'QTY', '3')], ann), 'REVIEW_CLOSED');
  expect(await inForce(uploadId)).toBe(0);
});

test('of two decisions at the same time the second waits until the file was worked on', async () => {
  const receipt = await send(boxnoxRow({ QTY: 'three' }));
  const { uploadId } = receipt;
  await ports.uploads.settle(uploadId, { ...receipt, status: 'processing' });
  expect(await ports.review.decide(uploadId, [{ sheet, row: 3, kind: 'discard', cells: [] }], ann)).toBe(false);
  expect(await ports.review.decisions(uploadId)).toEqual([]);
  await expect(discardRows(ports, uploadId, allHeld, ann)).rejects.toMatchObject({ code: 'REVIEW_CLOSED' });
});
