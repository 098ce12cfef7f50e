// What must hold of a report of a known layout whose every figure the test made itself: the right vendor, exactly those facts,
// every row accounted for, every cell in the log, and the report's own totals in agreement.

import fc from 'fast-check';
import { expect } from 'vitest';
import { detect } from '#src/clean/detect.ts';
import type { Cell, Sheet } from '#src/clean/sheet.ts';
import type { GivenPeriod } from '#src/clean/types.ts';
import { replay } from '../audit/replay.ts';
import { type CleanResult, clean, headOf, TODAY, vendors } from '../workbook.ts';

/** One fact of the report; what is left out is not compared. */
export interface Fact {
  /** EAN, or what the report calls the product. */
  product: string;
  year: number;
  month: number;
  quantity: number;
  amount: number | null;
  store?: string | null;
}

type ReadSheet = Sheet & { hidden?: boolean };

/** @param replayed whether a fact's column can be told from its month or store alone, so that the log can be replayed */
export function read(
  fileName: string,
  sheets: ReadSheet[],
  vendor: string,
  period: GivenPeriod | null = null,
  replayed = true,
): CleanResult {
  const head = headOf(fileName, sheets);
  const found = detect(head, vendors);
  expect(found.vendor?.id, `${fileName}: ${JSON.stringify(found.candidates.slice(0, 3))}`).toBe(vendor);
  const { rows } = sheets.find(({ name }) => name === found.sheet)!;
  const read = { head, vendor: found.vendor!, sheet: found.sheet!, rows, others: sheets };
  const result = clean({ ...read, products: [], today: TODAY, period });
  if (result.stop) return result;
  const { counts } = result;
  expect(counts.read).toBe(counts.loaded + counts.merged + counts.quarantined + counts.ignored);
  if (replayed) replay(result, head.sheets.find(({ name }) => name === found.sheet)!, rows, found.vendor!);
  return result;
}

/** Reads it and compares; returns the result for what else there is to look at. */
export function holds(
  fileName: string,
  sheets: ReadSheet[],
  vendor: string,
  facts: Fact[],
  replayed = true,
): CleanResult {
  const result = read(fileName, sheets, vendor, null, replayed);
  expect(result.stop).toBeUndefined();
  const stores = facts.some(({ store }) => store !== undefined);
  const found = result.rows.map((row) => ({
    product: row.productEan ?? row.functionalName ?? '',
    year: row.year,
    month: row.month,
    quantity: row.quantity,
    amount: row.amountLocal === null ? null : cents(row.amountLocal),
    ...(stores ? { store: row.store } : {}),
  }));
  const wanted = facts.map((fact) => ({ ...fact, amount: fact.amount === null ? null : cents(fact.amount) }));
  expect(sorted(found)).toEqual(sorted(wanted));
  expect(result.checks.filter(({ agrees }) => !agrees)).toEqual([]);
  return result;
}

/** The totals that do not agree after one figure of the body was changed: there are some, and each is off by just that. */
export function offBy(result: CleanResult, difference: number): string[] {
  const wrong = result.checks.filter(({ agrees }) => !agrees);
  for (const { found, stated, heldBack } of wrong) expect(cents(found + heldBack - stated)).toBe(cents(difference));
  for (const { what } of wrong)
    expect(result.issues.filter(({ rule, value }) => rule === 'total-differs' && value === what)).not.toEqual([]);
  expect(wrong).not.toEqual([]);
  return wrong.map(({ what }) => what);
}

export function cents(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

function sorted<T>(list: T[]): T[] {
  const key = (each: T) => JSON.stringify(each, Object.keys(each as object).sort());
  return [...list].sort((a, b) => key(a).localeCompare(key(b)));
}

export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const scents = [
  'Boy of Tune',
  'Santal Ferry',
  'Rainbow Fig',
  'Magic Harbour',
  'Soap Orchard',
  'Wolf Amber',
  'Ghost Iris',
  'Swim Lane',
];
const sizes = [
  'EDP 100 ml',
  'EDP 100ML',
  'EDP 30 ml',
  'EDP 30ML',
  'EDP 10 ml',
  'świeca zapachowa 310 g',
  'Discovery Set 5 x 2 ml',
];

/** Different names of products, in the several writings of one report. */
export const productNames = (least: number, most: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(
    fc.tuple(fc.constantFrom(...scents), fc.constantFrom(...sizes)).map((parts) => parts.join(' ')),
    { minLength: least, maxLength: most, selector: (name) => name.toLowerCase() },
  );

export const blank: fc.Arbitrary<Cell> = fc.constantFrom<Cell>(null, '', '\u00a0', ' ');
/** The same reports each time; other seeds and more runs are for whoever looks for more. */
export const runs = { numRuns: Number(process.env.LAYOUT_RUNS ?? 60), seed: Number(process.env.LAYOUT_SEED ?? 2025) };
