// A taught layout stays away from the files of the vendors that ship with the product, whatever it looks like.

import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import { detect } from '#src/clean/detect.ts';
import type { SheetRow, WorkbookHead } from '#src/clean/sheet.ts';
import { noChoices } from '#src/clean/teach/proposal.ts';
import { propose } from '#src/clean/teach/propose.ts';
import { recognise } from '#src/clean/teach/recognise.ts';
import { clean, headOf, TODAY, vendors } from '../workbook.ts';
import * as layouts from './layouts.ts';

const root = new URL('../../fixtures/samples/', import.meta.url).pathname;

interface Expected {
  outcome: string;
  file: string;
  upload_name: string;
  currency?: string;
  rows?: { quantity: number; sales_amount_local: number | null }[];
  other_period_rows?: { quantity: number; sales_amount_local: number | null }[];
}

/** Pieces and money, and how many rows. */
function sums(rows: { quantity: number; amount: number | null }[]) {
  const sum = (of: (row: { quantity: number; amount: number | null }) => number) =>
    Math.round(rows.reduce((total, row) => total + of(row), 0) * 100) / 100;
  return { rows: rows.length, quantity: sum((row) => row.quantity), amount: sum((row) => row.amount ?? 0) };
}

test('taught from nothing, a sample gives what a careful person reads in it, or something is asked', async () => {
  const generic = vendors.filter(({ detect }) => detect.fallback);
  const outcomes: Record<string, number> = { right: 0, asked: 0 };
  const paths = globSync('*/*/expected.json', { cwd: root }).filter((path) => !/^(bad|writers)/.test(path));
  for (const path of paths) {
    const expected: Expected = JSON.parse(readFileSync(join(root, path), 'utf8'));
    if (!expected.rows) continue;
    const name = basename(expected.upload_name);
    const workbook = await makeSheets().open({
      name,
      bytes: readFileSync(join(root, dirname(path), expected.file)),
    });
    const rows = new Map<string, SheetRow[]>();
    for (const { name: sheet } of workbook.sheets) {
      rows.set(sheet, []);
      for await (const batch of workbook.rows(sheet)) rows.get(sheet)!.push(...batch);
    }
    await workbook.close();
    const head = { fileName: name, sheets: workbook.sheets };
    const choices = { ...noChoices, name: 'Somebody', currency: expected.currency ?? null };
    const proposal = propose({ head, rows, known: { shipped: generic, taught: [] }, choices, base: null });
    if ('refused' in proposal || proposal.questions.some(({ needed }) => needed)) {
      outcomes.asked! += 1;
      continue;
    }
    const { sheet, definition } = proposal;
    const result = clean({ head, vendor: definition!, sheet, rows: rows.get(sheet)!, products: [], today: TODAY });
    const wanted = [...expected.rows, ...(expected.other_period_rows ?? [])];
    expect(sums(result.rows.map((row) => ({ quantity: row.quantity, amount: row.amountLocal }))), path).toEqual(
      sums(wanted.map((row) => ({ quantity: row.quantity, amount: row.sales_amount_local }))),
    );
    outcomes.right! += 1;
  }
  // Plain tables need nothing but a name; no figure is taken silently that is not right.
  expect(outcomes.right).toBeGreaterThanOrEqual(5);
}, 120_000);

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
