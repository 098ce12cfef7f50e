// What the reading process can reach, and what becomes of a file that takes too long or too much.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import { sandbox } from '#adapters/excel/reading-process.ts';
import { read, refusal, workbook } from './support/workbook.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'excel-test-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = workbook({ sheets: ['<row><c><v>1</v></c></row>'] });

test('the reading process reaches its one file and nothing else: no other file, no network, no process', () => {
  const file = join(folder, 'one-file');
  writeFileSync(file, small);
  const probe = resolve('test/adapters/excel/support/probe.ts');
  const printed = execFileSync(process.execPath, [...sandbox(file, 512), `--allow-fs-read=${probe}`, probe, file], {
    env: {},
    encoding: 'utf8',
  });
  expect(printed.trim().split('\n')).toEqual(['reads the workbook']);
});

test('stops a file that takes too long, says so, leaves nothing behind, and reads the next one', async () => {
  const row = `<row>${'<c><v>1</v></c>'.repeat(12)}</row>`;
  const slow = workbook({ sheets: [row.repeat(200_000)], strings: '' });
  const began = performance.now();
  const error = await refusal(slow, 'slow.xlsx', { maxSeconds: 0.6, tempDir: folder });
  expect(error.code).toBe('UPLOAD_READ_LIMIT');
  expect(error.message).toContain('more than 0.6 seconds');
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(readdirSync(folder).filter((name) => name.startsWith('taskifai'))).toEqual([]);
  expect((await read(small)).sheets[0]!.rows).toEqual([{ row: 1, cells: [1] }]);
});

test('stops a file that takes too much memory', async () => {
  let strings = '';
  for (let n = 0; n < 400_000; n += 1) strings += `<si><t>${n.toString(36)}-a text of some length-${n * 7}</t></si>`;
  const error = await refusal(workbook({ sheets: [''], strings }), 'large.xlsx', { maxMemoryMb: 90 });
  expect(error.code).toBe('UPLOAD_READ_LIMIT');
  expect(error.message).toContain('memory');
});

test('the time in which nobody asks for rows does not count, and nothing piles up meanwhile', async () => {
  const rows = Array.from({ length: 12_000 }, (_, at) => `<row><c><v>${at}</v></c></row>`).join('');
  const book = await makeSheets({ maxSeconds: 2 }).open({ name: 'x.xlsx', bytes: workbook({ sheets: [rows] }) });
  let count = 0;
  for await (const batch of book.rows('S1')) {
    if (count === 0) await new Promise((done) => setTimeout(done, 2_500));
    expect(batch.length).toBeLessThanOrEqual(1_000);
    count += batch.length;
  }
  expect(count).toBe(12_000);
  await book.close();
  await book.close();
});

test('rows may be left early, and read again from the start', async () => {
  const rows = '<row><c><v>1</v></c></row>'.repeat(9_000);
  const book = await makeSheets().open({
    name: 'x.xlsx',
    bytes: workbook({ sheets: [rows, '<row><c><v>2</v></c></row>'] }),
  });
  for await (const _ of book.rows('S1')) break;
  const first = [];
  for await (const batch of book.rows('S1')) first.push(...batch);
  expect(first).toHaveLength(9_000);
  const second = [];
  for await (const batch of book.rows('S2')) second.push(...batch);
  expect(second).toEqual([{ row: 1, cells: [2] }]);
  await book.close();
});

test('the bytes lie in a file that only this user may read, for as long as it is opened', async () => {
  const opening = makeSheets({ tempDir: folder }).open({ name: 'x.xlsx', bytes: small });
  let seen: string[] = [];
  for (let n = 0; n < 200 && !seen.some((name) => readdirSync(join(folder, name)).length > 0); n += 1) {
    await new Promise((done) => setTimeout(done, 1));
    seen = readdirSync(folder).filter((name) => name.startsWith('taskifai'));
  }
  for (const name of seen) {
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    expect(statSync(join(folder, name, 'workbook')).mode & 0o777).toBe(0o600);
  }
  const book = await opening;
  expect(seen).toHaveLength(1);
  expect(readdirSync(folder).filter((name) => name.startsWith('taskifai'))).toEqual([]);
  await book.close();
});
