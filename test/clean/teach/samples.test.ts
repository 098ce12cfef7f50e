// A taught layout stays away from the files of the vendors that ship with the product, whatever it looks like.

import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import { detect } from '#src/clean/detect.ts';
import type { WorkbookHead } from '#src/clean/sheet.ts';
import { noChoices } from '#src/clean/teach/proposal.ts';
import { propose } from '#src/clean/teach/propose.ts';
import { recognise } from '#src/clean/teach/recognise.ts';
import { headOf, vendors } from '../workbook.ts';
import * as layouts from './layouts.ts';

const root = new URL('../../fixtures/samples/', import.meta.url).pathname;

async function headOfSample(path: string): Promise<WorkbookHead> {
  const workbook = await makeSheets().open({ name: basename(path), bytes: readFileSync(path) });
  await workbook.close();
  return { fileName: basename(path), sheets: workbook.sheets };
}

test('taught layouts change nothing for any sample file, not even a layout taught with such a file', async () => {
  const known = { shipped: vendors, taught: [] };
  const taught = Object.values(layouts).flatMap(({ file, sheets }, i) => {
    const choices = { ...noChoices, name: `Taught ${i}`, currency: 'EUR' };
    const found = propose({ head: headOf(file, sheets), rows: new Map(), known, choices, base: null });
    return 'refused' in found || !found.definition ? [] : [found.definition];
  });
  expect(taught.length).toBe(Object.keys(layouts).length);
  const paths = globSync('*/*/*.xlsx', { cwd: root }).filter((path) => !path.startsWith('bad/'));
  expect(paths.length).toBeGreaterThan(20);
  for (const path of paths) {
    const head = await headOfSample(join(root, path));
    const before = detect(head, vendors);
    // Somebody teaches this very file as another vendor's, by mistake, without a name that would tell it apart.
    const choices = { ...noChoices, name: 'Mistaken', id: 'mistaken', currency: 'EUR' };
    const mistaken = propose({ head: { ...head, fileName: 'x.xlsx' }, rows: new Map(), known, choices, base: null });
    const all = 'refused' in mistaken || !mistaken.definition ? taught : [...taught, mistaken.definition];
    const owner = before.vendor?.id ?? null;
    expect(recognise(head, { shipped: vendors, taught }).vendor?.id ?? null, path).toBe(owner);
    // A file that no definition describes is free to be taught.
    if (before.vendor === null || before.vendor.detect.fallback) continue;
    expect(recognise(head, { shipped: vendors, taught: all }).vendor?.id, path).toBe(owner);
  }
}, 120_000);
