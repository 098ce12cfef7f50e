import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'taskifai-many-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Runs the command line as a program would. */
function cli(...args: string[]): Promise<{ code: number; out: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'development', LOG_LEVEL: 'error' };
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/start.js', ...args], { env, maxBuffer: 2 ** 26 }, (error, out) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out });
    });
  });
}

const sample = 'test/fixtures/samples/liberty/04-no-date-in-name/Continuity Supplier Size Report (4).xlsx';

/** The Sunday that ends the week so many weeks into 2025, as the sender writes it. */
function sunday(weeks: number): string {
  const [year, month, day] = new Date(Date.UTC(2025, 0, 5 + 7 * weeks)).toISOString().slice(0, 10).split('-');
  return `${day}-${month}-${year}`;
}

test('twenty files in one go give their receipts in the order given, and a bad one holds up nobody', async () => {
  const bad = join(dataDir, 'bad.xlsx');
  writeFileSync(bad, 'this is no workbook');
  const lines = Array.from({ length: 20 }, (_, i) => ({
    file: i === 6 ? bad : sample,
    name: `Continuity Supplier Size Report ${sunday(i)}.xlsx`,
  }));
  const list = join(dataDir, 'list.jsonl');
  writeFileSync(list, lines.map((line) => JSON.stringify(line)).join('\n'));

  const { code, out } = await cli('ingest', '--from', list, '--jsonl');
  const receipts = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(1);
  expect(receipts.map(({ file }) => file)).toEqual(lines.map(({ name }) => name));
  expect(receipts.map(({ status }) => status)).toEqual(lines.map((_, i) => (i === 6 ? 'refused' : 'completed')));
}, 120_000);
