// Workbooks for the tests of the pipeline, built in memory: rows of cells as the reader hands them over.

import { readdirSync, readFileSync } from 'node:fs';
import { detect } from '#src/clean/detect.ts';
import { type CleanInput, isPlan, isStarted, planCleaning } from '#src/clean/pipeline.ts';
import { type Cell, HEAD_ROWS, type Sheet, type SheetRow, type WorkbookHead } from '#src/clean/sheet.ts';
import type { CleanChunk, CleanSummary, Fix, KnownProduct, RowDecision, SplitRow } from '#src/clean/types.ts';
import { parseVendor, type VendorDefinition } from '#src/vendors/vendor.ts';

const folder = new URL('../../src/vendors/', import.meta.url);

export const vendors: VendorDefinition[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parseVendor(readFileSync(new URL(name, folder), 'utf8'), name));

export function vendor(id: string): VendorDefinition {
  const found = vendors.find((v) => v.id === id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}

/** Rows in order; an empty array is an empty row, which the reader does not hand over. */
export function sheet(name: string, rows: Cell[][], hidden = false): Sheet & { hidden: boolean } {
  const filled = rows.map((cells, i) => ({ row: i + 1, cells })).filter((r) => r.cells.length > 0);
  return { name, rows: filled, hidden };
}

export function headOf(fileName: string, sheets: (Sheet & { hidden?: boolean })[]): WorkbookHead {
  return {
    fileName,
    sheets: sheets.map((s) => ({ name: s.name, hidden: s.hidden ?? false, rows: s.rows.slice(0, HEAD_ROWS) })),
  };
}

export const TODAY = '2026-11-23';

/** All that came of a sheet. */
export type CleanResult = CleanChunk & CleanSummary & { split: SplitRow[]; splitFixes: Fix[] };

/** Cleans a sheet whose rows are all there, a few at a time: how they are cut must not matter. `others` are the file's other sheets. */
export function clean(
  input: Omit<CleanInput, 'decisions' | 'period' | 'reading'> & { rows: SheetRow[] } & Partial<
      Pick<CleanInput, 'decisions' | 'period' | 'reading'>
    > & { others?: Sheet[] },
  atOnce = 7,
): CleanResult {
  const all: CleanChunk = { rows: [], quarantined: [], ignored: [], fixes: [] };
  const plan = planCleaning({ decisions: [], period: null, reading: null, ...input });
  if (!isPlan(plan)) return { ...all, ...plan, split: [], splitFixes: [] };
  if (plan.survey.needed) plan.survey.look(input.rows);
  const cleaning = plan.start();
  if (!isStarted(cleaning)) return { ...all, ...cleaning, split: [], splitFixes: [] };
  for (let from = 0; from < input.rows.length; from += atOnce) {
    const chunk = cleaning.take(input.rows.slice(from, from + atOnce));
    for (const row of chunk.rows) all.rows.push(row);
    for (const fix of chunk.fixes) all.fixes.push(fix);
    for (const row of chunk.ignored) all.ignored.push(row);
    for (const row of chunk.quarantined) all.quarantined.push(row);
  }
  for (const other of input.others ?? []) {
    if (cleaning.comparable.includes(other.name)) cleaning.compare(other.name, other.rows);
  }
  const { rows: split, fixes: splitFixes } = cleaning.split();
  return { ...all, ...cleaning.finish(), split, splitFixes };
}

/** Detects and cleans; fails where the vendor is not recognised. */
export function cleanFile(
  fileName: string,
  sheets: (Sheet & { hidden?: boolean })[],
  products: KnownProduct[] = [],
  decisions: RowDecision[] = [],
): CleanResult {
  const head = headOf(fileName, sheets);
  const found = detect(head, vendors);
  if (!found.vendor) throw new Error(`not recognised: ${JSON.stringify(found.candidates)}`);
  const rows = sheets.find((s) => s.name === found.sheet)!.rows;
  return clean({
    head,
    vendor: found.vendor,
    sheet: found.sheet!,
    rows,
    products,
    decisions,
    today: TODAY,
    others: sheets,
  });
}

/** Thirteen digits with a right check digit, from a number. */
export function eanOf(n: number): string {
  const digits = `735${String(n).padStart(9, '0')}`.slice(0, 12);
  let sum = 0;
  for (let i = 0; i < 12; i += 1) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

export const BOXNOX = ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'DESCRIPTION', 'SKU'];
export const SKINS_SA = [
  'Branch',
  'OrderDate',
  'StockCode',
  'OrderQty',
  'StockDescription',
  'NetSalesValue',
  ' ExVatNetsales',
  'MONTH',
  'YEAR',
  'STATUS',
];
export const SKINS_NL = [
  'Brand',
  'Article',
  'EANCode',
  'SalesAmount',
  'SalesAmountSPLY',
  'SalesAmountVariance',
  'SalesQuantity',
  'SalesQuantitySPLY',
  'SalesQuantityVariance',
];

export function boxnoxRow(over: Partial<Record<string, Cell>> = {}): Cell[] {
  const base: Record<string, Cell> = {
    YEAR: 2025,
    MONTH: 4,
    CHANNEL: 'Retail',
    POS: 'Lisboa',
    EAN: eanOf(1),
    QTY: 1,
    AMOUNT: '10,50',
    DESCRIPTION: 'ROSE',
    SKU: 'AB100',
  };
  return BOXNOX.map((h) => (h in over ? over[h]! : base[h]!));
}
