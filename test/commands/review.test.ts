import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'taskifai-review-'));
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

const sample = 'test/fixtures/samples/boxnox/02-messy/BOXNOX - BIBBI Monthly Sales Report JAN2025.xlsx';

test('review, correct, release, discard, errors and why work on one upload through the queue', async () => {
  const { uploadId } = JSON.parse((await cli('ingest', sample, '--json')).out);
  const json = async (...args: string[]) => JSON.parse((await cli(...args, '--json')).out);
  const review = await json('review', uploadId);
  expect(review.reasons[0]).toMatchObject({ reason_code: 'invalid_ean', count: 2, rows: [{ cell: 'E40' }, {}] });

  const out = join(dataDir, 'errors.xlsx');
  expect((await json('errors', uploadId, '--out', out)).text).toContain('8 rows of 44');
  expect(existsSync(out)).toBe(true);

  const corrected = await json('correct', uploadId, 'SELL OUT BY EAN!F42=2', 'SELL OUT BY EAN!F43=1');
  expect(corrected).toMatchObject({ rows: 2, receipt: { status: 'completed', rows: { loaded: 36, quarantined: 6 } } });
  const released = await json('release', uploadId, '--row', 'SELL OUT BY EAN!40');
  expect(released.receipt.rows).toMatchObject({ loaded: 37, quarantined: 5 });
  const discarded = await json('discard', uploadId);
  expect(discarded.receipt.rows).toEqual({ read: 44, loaded: 37, merged: 0, quarantined: 0, ignored: 7 });

  const why = await json('why', uploadId, 'SELL OUT BY EAN!F42');
  expect(why).toMatchObject({
    in_force: true,
    uploaded_by: 'local@console',
    cells: [{ text: '#N/A', stored: [2], rule: 'corrected', corrected: { by: 'local@console' } }],
  });
  expect((await cli('why', uploadId, '--row', 'SELL OUT BY EAN!41')).out).toContain('discarded by local@console');
  expect((await cli('undo', uploadId)).code).toBe(0);
  expect((await cli('discard', uploadId)).code).toBe(1);
}, 120_000);
