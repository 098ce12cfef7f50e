// The sample workbooks that are to be accepted, as the real reader gives them, each beside what is expected of it.

import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeSheets } from '#adapters/excel/index.ts';
import type { Sheet } from '#src/clean/sheet.ts';

export interface ExpectedRow {
  product_ean: string | null;
  month: number;
  year: number;
  quantity: number;
  sales_amount_local: number | null;
  currency: string;
  reseller: string | null;
  functional_name: string | null;
  functional_name_any?: (string | null)[];
  optional?: boolean;
  source?: { sheet: string; row: number };
}

export interface Expectation {
  case: string;
  file: string;
  upload_name: string;
  outcome: string;
  /** `grouped`: sums by product, since one row a shop is as right as one row a product. */
  compare?: 'rows' | 'grouped';
  report_period?: { month: number; year: number };
  vendor?: string;
  vendor_aliases?: string[];
  rows?: ExpectedRow[];
  rows_if_accepted?: ExpectedRow[];
  other_period_rows?: ExpectedRow[];
  rejected?: { sheet: string; row: number; reason_code: string }[];
  ignored?: { sheet: string; row: number; reason: string }[];
  reseller_any?: (string | null)[] | null;
}

export interface Sample {
  expected: Expectation;
  /** The name under which it was uploaded, without a path. */
  uploadName: string;
  /** Read once. */
  sheets: () => Promise<(Sheet & { hidden: boolean })[]>;
}

const root = new URL('../fixtures/samples/', import.meta.url).pathname;

/** Those of the vendors that are described, or that leave it to the generic one. */
export function readSamples(): Sample[] {
  return globSync('*/*/expected.json', { cwd: root })
    .sort()
    .map((path) => {
      const expected = JSON.parse(readFileSync(join(root, path), 'utf8')) as Expectation;
      const uploadName = expected.upload_name.split('/').at(-1)!;
      let read: ReturnType<Sample['sheets']> | null = null;
      const sheets = () => {
        read ??= readAll(uploadName, join(root, dirname(path), expected.file));
        return read;
      };
      return { expected, uploadName, sheets };
    })
    .filter(({ expected }) => expected.outcome !== 'reject' && expected.vendor !== undefined);
}

async function readAll(name: string, path: string): ReturnType<Sample['sheets']> {
  const workbook = await makeSheets().open({ name, bytes: readFileSync(path) });
  try {
    const all = [];
    for (const head of workbook.sheets) {
      const rows = [];
      for await (const batch of workbook.rows(head.name)) rows.push(...batch);
      all.push({ name: head.name, hidden: head.hidden, rows });
    }
    return all;
  } finally {
    await workbook.close();
  }
}
