// The reading process is killed in the middle of a file, as a container that runs out of memory or a bug of a library does it.

import { globSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import { makeJobs } from '#adapters/jobs/index.ts';
import type { Ports, Receipt, Sheets } from '#src/ports.ts';
import { workbook } from '#test/adapters/excel/support/workbook.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { children } from '#test/support/watch.ts';

const database = await testDatabase();
const ann = await person(database);
const [good = ''] = globSync('test/fixtures/samples/boxnox/01-living-document/*.xlsx');

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const headings = ['EAN', 'Product', 'Quantity', 'Amount', 'Currency', 'Date'].map(text).join('');
const sale = `<c><v>4006381333931</v></c>${text('Soap')}<c><v>1</v></c><c><v>9.5</v></c>${text('EUR')}${text('2025-04-01')}`;
const large = workbook({ sheets: [`<row>${headings}</row>${`<row>${sale}</row>`.repeat(20_000)}`] });

/** Reads like the real ones; so many times the process is killed from outside after so many batches. */
function killed(signal: NodeJS.Signals, batches: number, times: number): Sheets {
  const sheets = makeSheets();
  let left = times;
  return {
    async open(file) {
      const book = await sheets.open(file);
      const kill = left > 0;
      left -= 1;
      return {
        ...book,
        async *rows(sheet) {
          let count = 0;
          for await (const batch of book.rows(sheet)) {
            if (kill && count === batches) for (const pid of children()) process.kill(pid, signal);
            count += 1;
            yield batch;
          }
        },
      };
    },
  };
}

const names = ['Sales 03-2025.xlsx', 'Sales 04-2025.xlsx'];

/** Sends a file through the queue, which tries again, and the next one after it. */
async function send(sheets: Sheets): Promise<[Receipt, Receipt]> {
  const jobs = await makeJobs({ databaseUrl: database.productUrl, onError: () => {} });
  const observer = { record: () => {}, failure: () => 'abcd1234' };
  const { app, ports } = productOver(database, { sheets, jobs, observer });
  await app.work();
  try {
    const receipts = [];
    for (const [name, bytes] of [
      [names.shift()!, large] as const,
      ['BOXNOX APR2025.xlsx', readFileSync(good)] as const,
    ]) {
      const { upload, settled } = await app.receive({ name, bytes, principal: ann, reply: null });
      receipts.push(settled ?? (await settledReceipt(ports, upload.id)));
    }
    return receipts as [Receipt, Receipt];
  } finally {
    await jobs.stop();
  }
}

async function settledReceipt({ uploads }: Pick<Ports, 'uploads'>, id: string): Promise<Receipt> {
  for (;;) {
    const upload = await uploads.find(id);
    if (upload?.receipt && !['pending', 'processing'].includes(upload.status)) return upload.receipt;
    await sleep(50);
  }
}

const stored = async (uploadId: string): Promise<unknown> =>
  (await database.pool.query('SELECT count(*)::int AS n FROM app.sales_data WHERE upload_id = $1', [uploadId])).rows[0]
    .n;

test('a reader that is killed once is started again, and every row is stored once', async () => {
  const [receipt, next] = await send(killed('SIGKILL', 8, 1));
  expect([receipt.status, receipt.rows.loaded]).toEqual(['completed', 20_000]);
  expect(await stored(receipt.uploadId)).toBe(20_000);
  expect(next.status).toBe('completed');
});

test('a reader that dies on every try ends in a sentence, stores nothing, and the next file works', async () => {
  const [receipt, next] = await send(killed('SIGSEGV', 8, 4));
  expect([receipt.status, receipt.error?.code, receipt.rows.loaded]).toEqual(['failed', 'UPLOAD_FAILED', 0]);
  expect(receipt.error?.message).toContain(receipt.file);
  expect(await stored(receipt.uploadId)).toBe(0);
  expect(children()).toEqual([]);
  expect(['completed', 'duplicate']).toContain(next.status);
});
