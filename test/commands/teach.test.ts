// A file that nobody has described is taught on the command line, and the next one is recognised by itself, by another process.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSheets, makeWorkbooks } from '#adapters/excel/index.ts';
import { detect } from '#src/clean/detect.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { parseVendor } from '#src/vendors/vendor.ts';
import { clean, TODAY, vendors } from '../clean/workbook.ts';
import { workbookOf } from '../support/workbook-file.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'taskifai-teach-'));
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

async function json(...args: string[]) {
  return JSON.parse((await cli(...args, '--json')).out);
}

async function fileOf(name: string, rows: Cell[][]): Promise<string> {
  const path = join(dataDir, name);
  writeFileSync(path, await workbookOf(makeWorkbooks(), 'Brand report', ['Concession report', '', '', ''], rows));
  return path;
}

const headings = ['Location', 'Product', 'Sales Qty', 'Sales'];
const april = [
  headings,
  ['London', '86033221 - boy of june edpno colour100ml', 2, 390],
  ['Online', '86033222 - rose harbour edpno colour30ml', 1, 95.5],
  ['Online', '86033223 - paper moon candleno colour', 'three', 120],
];
const may = [headings, ['London', '86033221 - boy of june edpno colour100ml', 4, 780]];

test('an unknown file waits, is taught, is loaded, and the next month’s file needs nobody', async () => {
  const asked = await cli('ingest', await fileOf('Selfridges BIBBI 2025-04.xlsx', april));
  expect(asked.code).toBe(1);
  const [, uploadId = ''] = /taskifai teach ([0-9a-f-]{36})/.exec(asked.out) ?? [];

  const shown = await json('teach', uploadId);
  expect(
    shown.proposal.questions.filter((q: { needed: boolean }) => q.needed).map((q: { about: string }) => q.about),
  ).toEqual(['currency', 'name']);
  expect(shown.preview).toMatchObject({
    rows: { read: 3, loaded: 2, quarantined: 1 },
    totals: [{ currency: 'XXX', period: '2025-04', rows: 2, quantity: 3, amount: 485.5 }],
    first_rows: [{ functional_name: 'boy of june edpno colour100ml', store: 'London' }, {}],
    quarantined: [{ reason_code: 'invalid_quantity' }],
  });
  expect((await cli('teach', uploadId)).out).toContain('not said yet');
  const open = await cli('teach', uploadId, '--save');
  expect(open.code).toBe(1);
  expect(open.out).toContain('Which currency are the amounts in?');
  expect(await json('rows', uploadId)).toEqual([]);

  const choices = ['--name', 'Selfridges', '--currency', 'GBP', '--basis', 'gross'];
  const people = await cli('teach', uploadId, ...choices);
  expect(people.out).toContain('Nothing is open.');
  expect(people.out).toContain('2025-04');
  const saved = await json('teach', uploadId, ...choices, '--save');
  expect(saved).toMatchObject({
    vendor: 'selfridges',
    version: 1,
    receipt: {
      status: 'completed',
      vendor: 'selfridges',
      period: { from: '2025-04', to: '2025-04' },
      totals: [{ currency: 'GBP', quantity: 3, amount: 485.5 }],
      amountBasis: { basis: 'gross' },
      rows: { loaded: 2, quarantined: 1 },
    },
  });

  const check = await json('vendor', 'check', await fileOf('Selfridges BIBBI 2025-05.xlsx', may));
  expect(check).toMatchObject({ outcome: 'recognised', vendor: 'selfridges' });
  const next = await json('ingest', join(dataDir, 'Selfridges BIBBI 2025-05.xlsx'));
  expect(next).toMatchObject({ status: 'completed', vendor: 'selfridges', totals: [{ quantity: 4, amount: 780 }] });

  const listed = await json('vendors');
  expect(listed.find((vendor: { id: string }) => vendor.id === 'selfridges')).toMatchObject({
    name: 'Selfridges',
    taught: { version: 1, taught_by: 'local@console', sample_upload_id: uploadId },
  });
  expect((await cli('vendors')).out).toContain('version 1, by local@console');

  // A correction is the next version, and the file is worked on again with it.
  const corrected = await json('teach', uploadId, '--set', 'store=none', '--save');
  expect(corrected).toMatchObject({
    version: 2,
    receipt: { status: 'completed', totals: [{ currency: 'GBP', amount: 485.5 }] },
  });
  expect((await json('rows', uploadId)).map((row: { store: string | null }) => row.store)).toEqual([null, null]);

  const out = join(dataDir, 'contribution');
  const exported = await json('vendor', 'export', 'selfridges', '--out', out);
  expect(exported).toMatchObject({ id: 'selfridges', version: 2 });
  await passesAsShipped(out, 'selfridges');
  expect((await cli('vendor', 'export', 'selfridges')).out).toContain('id: selfridges');
  expect((await cli('vendor', 'export', 'nobody')).out).toContain('Nobody has taught a vendor nobody.');
}, 180_000);

/** What test/clean/samples.test.ts asks of a vendor that ships with the product. */
async function passesAsShipped(folder: string, id: string): Promise<void> {
  const vendor = parseVendor(readFileSync(join(folder, `${id}.yaml`), 'utf8'), `${id}.yaml`);
  const sample = join(folder, id, '01-taught');
  const expected = JSON.parse(readFileSync(join(sample, 'expected.json'), 'utf8'));
  const name = expected.upload_name;
  const workbook = await makeSheets().open({ name, bytes: readFileSync(join(sample, expected.file)) });
  const head = { fileName: name, sheets: workbook.sheets };
  const found = detect(head, [...vendors, vendor]);
  expect(found.vendor?.id).toBe(id);
  expect(vendors.filter((each) => !each.detect.fallback && detect(head, [each]).vendor !== null)).toEqual([]);
  const rows = [];
  for await (const batch of workbook.rows(found.sheet!)) rows.push(...batch);
  await workbook.close();
  const result = clean({ head, vendor, sheet: found.sheet!, rows, products: [], today: TODAY });
  expect(result.stop).toBeUndefined();
  expect(result.rows.map((row) => [row.row, row.functionalName, row.quantity, row.amountLocal, row.reseller])).toEqual(
    expected.rows.map((row: Record<string, unknown> & { source: { row: number } }) => [
      row.source.row,
      row.functional_name,
      row.quantity,
      row.sales_amount_local,
      row.reseller,
    ]),
  );
  expect(result.quarantined.map(({ row, reasonCode }) => ({ row, reason_code: reasonCode }))).toEqual(
    expected.rejected.map(({ row, reason_code }: { row: number; reason_code: string }) => ({ row, reason_code })),
  );
  expect(expected).toMatchObject({ outcome: 'accept', vendor: id });
}
