import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeWorkbooks } from '../../adapters/excel/index.ts';
import { eanOf } from '../clean/workbook.ts';
import { workbookOf } from '../support/workbook-file.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'taskifai-decide-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Runs the command line as a program would. */
function cli(...args: string[]): Promise<{ code: number; out: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'development', LOG_LEVEL: 'error' };
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/start.js', ...args], { env, maxBuffer: 2 ** 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out: out + err });
    });
  });
}

const undated = 'test/fixtures/samples/liberty/04-no-date-in-name/Continuity Supplier Size Report (4).xlsx';

test('a file without a month waits, says how to answer, and is loaded under the month that a person gives', async () => {
  const asked = await cli('ingest', undated);
  expect(asked.code).toBe(1);
  const [, uploadId = ''] = /taskifai decide ([0-9a-f-]{36}) --period YYYY-MM/.exec(asked.out) ?? [];

  const wrong = await cli('decide', uploadId, '--period', '2025-06-30');
  expect(wrong.code).toBe(2);
  expect(wrong.out).toContain('the Sunday that ends a week');

  const { code, out } = await cli('decide', uploadId, '--period', '2025-06', '--json');
  const receipt = JSON.parse(out);
  expect(code).toBe(0);
  expect(receipt).toMatchObject({
    uploadId,
    status: 'completed',
    period: { from: '2025-06', to: '2025-06' },
    totals: [{ currency: 'GBP', quantity: 50, amount: 5858.95 }],
  });
  expect((await cli('decide', uploadId, '--period', '2025-05')).out).toContain('does not wait for a decision');

  const held = JSON.parse((await cli('rows', uploadId, '--quarantined', '--json')).out);
  if (held.length > 0) {
    const again = JSON.parse((await cli('discard', uploadId, '--json')).out);
    expect(again.receipt.period).toEqual({ from: '2025-06', to: '2025-06' });
  }
  expect((await cli('undo', uploadId)).code).toBe(0);
}, 120_000);

test('a week that a person gives while sending is the week of the file', async () => {
  const { out, code } = await cli('ingest', undated, '--period', '2025-06-29', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).scopes).toMatchObject([{ period: '2025-06', week: '2025-06-29' }]);
}, 60_000);

test('figures that can be read in two ways are asked about with both, and loaded as a person says', async () => {
  const file = join(dataDir, 'sales march.xlsx');
  const rows = [
    ['2025-03-31', eanOf(1), 3, '1.234', 'EUR'],
    ['2025-03-31', eanOf(2), 1, '2.500', 'EUR'],
  ];
  writeFileSync(
    file,
    await workbookOf(makeWorkbooks(), 'Sales', ['Date', 'EAN', 'Quantity', 'Amount', 'Currency'], rows),
  );
  const asked = await cli('ingest', file);
  expect(asked.code).toBe(1);
  expect(asked.out.replaceAll(/\s+/g, ' ')).toContain('"1.234" in D2 is 1234, or 1.234.');
  const [, uploadId = ''] = /taskifai decide\s+([0-9a-f-]{36})\s+--decimal comma/.exec(asked.out) ?? [];
  expect((await cli('decide', uploadId, '--decimal', 'dot')).out).toContain('--decimal takes comma or point');

  const { code, out } = await cli('decide', uploadId, '--decimal', 'comma', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).totals).toMatchObject([{ currency: 'EUR', quantity: 4, amount: 3734 }]);
}, 60_000);
