import { expect, test } from 'vitest';
import { withHistory } from '#src/usecases/compare/what-changed.ts';
import { emptyReceipt } from '#src/usecases/receipt.ts';
import { testDatabase } from '#test/support/database.ts';
import { batchOf, openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';

const database = await testDatabase();
const { batches, history, uploads } = storesOf(database);
const ann = await person(database);

const sundays = Array.from({ length: 8 }, (_, i) => new Date(Date.UTC(2025, 0, 5 + 7 * i)).toISOString().slice(0, 10));

/** A week's report of five products; what was found about it. */
async function week(sunday: string, quantity: number, reversed = false) {
  const uploadId = await openUpload(database, ann, `Week to ${sunday}.xlsx`);
  const rows = ['A', 'B', 'C', 'D', 'E'].map((name, i) => {
    const named = { productEan: null, functionalName: name, rawProduct: name, productInFile: name };
    return saleOf(sunday.slice(0, 7), quantity + i, 10 * (quantity + i), { ...named, weekEnding: sunday });
  });
  const scopes = await batches.save(batchOf(uploadId, reversed ? rows.reverse() : rows));
  const upload = await uploads.find(uploadId);
  if (!upload) throw new Error('expected the upload');
  const { issues } = await withHistory(history, { ...emptyReceipt(upload), scopes }, null);
  return issues.map(({ rule, hint }) => `${rule}: ${hint}`);
}

test('weeks are compared with weeks, and the same rows in another order are the same rows', async () => {
  for (const [i, sunday] of sundays.slice(0, 6).entries()) expect(await week(sunday, 100 + i)).toEqual([]);
  const [same, ...none] = await week(sundays[6]!, 105, true);
  expect(none).toEqual([]);
  expect(same).toMatch(/^same-content: The week to 16 Feb 2025 holds exactly what "Week to 2025-02-09.xlsx"/);
  expect(await week(sundays[7]!, 200)).toEqual([
    'total-unusual: The week to 23 Feb 2025 of Shop comes to €10,100.00; the middle of the 7 weeks before is €5,250.00, and €3,937.50 to €6,562.50 would be usual.',
  ]);
});
