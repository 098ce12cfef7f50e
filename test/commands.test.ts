import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'taskifai-cli-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Runs the command line as a program would. */
function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'development', LOG_LEVEL: 'error' };
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/start.js', ...args], { env, maxBuffer: 2 ** 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err });
    });
  });
}

const sample = 'test/fixtures/samples/boxnox/02-messy/BOXNOX - BIBBI Monthly Sales Report JAN2025.xlsx';

test('ingest, rows, fixes, ask and undo give the documents that programs rely on', async () => {
  const ingested = await cli('ingest', sample, '--json');
  const receipt = JSON.parse(ingested.out);
  expect(ingested.code).toBe(0);
  expect(receipt).toMatchObject({
    status: 'completed',
    vendor: 'boxnox',
    period: { from: '2025-01', to: '2025-01' },
    rows: { read: 44, loaded: 34, merged: 0, quarantined: 8, ignored: 2 },
    totals: [{ currency: 'EUR', quantity: 231, amount: 38222.46, amountBase: 38222.46 }],
  });
  const rows = (await cli('rows', receipt.uploadId, '--jsonl')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(34);
  expect(rows[0]).toMatchObject({
    product_ean: '7359990010005',
    month: 1,
    year: 2025,
    quantity: 42,
    sales_amount_local: 8023.05,
    currency: 'EUR',
    reseller: 'Boxnox',
    source: { sheet: 'SELL OUT BY EAN', row: 2 },
  });
  const held = JSON.parse((await cli('rows', receipt.uploadId, '--quarantined', '--json')).out);
  expect(held).toHaveLength(8);
  const fixes = JSON.parse((await cli('fixes', receipt.uploadId, '--json')).out);
  expect(fixes).toHaveLength(receipt.fixes);
  expect(Object.keys(fixes[0])).toEqual(['sheet', 'row', 'column', 'cell', 'original', 'cleaned', 'rule']);

  const asked = JSON.parse((await cli('ask', 'total units in January 2025', '--today', '2025-03-01', '--json')).out);
  expect(asked).toMatchObject({ kind: 'answer', engine: 'offline', rows: [{ units: 231 }], evidence: { uploads: 1 } });

  expect((await cli('undo', receipt.uploadId)).code).toBe(0);
  const after = JSON.parse((await cli('ask', 'total units in January 2025', '--today', '2025-03-01', '--json')).out);
  expect(after.rows).toEqual([]);
  expect((await cli('undo', receipt.uploadId, '--json')).code).toBe(1);
});

test('one bad file does not stop the others, and a list names, places and attributes them', async () => {
  const list = join(dataDir, 'list.jsonl');
  const lines = [
    { file: 'test/fixtures/samples/bad/type-pdf/BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx' },
    { file: join(dataDir, 'missing.xlsx') },
    { file: 'test/fixtures/samples/bad/name-emoji/file.bin', name: 'BOXNOX 🧴💶 APR2025.xlsx', space: 'sales' },
  ];
  writeFileSync(list, lines.map((line) => JSON.stringify(line)).join('\n'));
  const { code, out } = await cli('ingest', '--from', list, '--jsonl');
  const documents = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(1);
  expect(documents.map((document) => document.error?.code ?? document.status)).toEqual([
    'UPLOAD_NOT_XLSX',
    'DATA_INVALID',
    'completed',
  ]);
});

test('sql runs under the guard: 0 for what is allowed, 1 for what is refused', async () => {
  const allowed = await cli('sql', 'SELECT count(*) AS n FROM sales_data', '--json');
  expect([allowed.code, JSON.parse(allowed.out).verdict]).toEqual([0, 'allow']);
  const refused = await cli('sql', 'SELECT * FROM users', '--json');
  expect([refused.code, JSON.parse(refused.out).verdict]).toEqual([1, 'deny']);
});

test('wrong usage ends with 2 and the nearest command', async () => {
  const { code, err } = await cli('ingst', 'x');
  expect(code).toBe(2);
  expect(err).toContain('Did you mean "ingest"');
});

test('a configuration with problems ends with all of them, and without values', async () => {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: 'abc', BASE_CURRENCY: 'euro' };
  const { err, code } = await new Promise<{ err: string; code: number }>((resolve) => {
    execFile(process.execPath, ['src/start.js', 'vendors'], { env }, (error, _out, text) =>
      resolve({ err: text, code: Number(error?.code ?? 0) }),
    );
  });
  expect(code).toBe(1);
  expect(err).toContain('PORT');
  expect(err).toContain('BASE_CURRENCY');
  expect(err).not.toContain('euro');
});
