// What must hold for every sheet, also for one that nobody would make.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from '#src/clean/detect.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { isEan } from '#src/clean/values/ean.ts';
import {
  BOXNOX,
  boxnoxRow,
  type CleanResult,
  clean,
  cleanFile,
  eanOf,
  headOf,
  SKINS_NL,
  SKINS_SA,
  sheet,
  TODAY,
  vendors,
} from './workbook.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '\u00a0',
    'Total',
    'Grand Total',
    'SKINS Total',
    'n/a',
    '-',
    '(n/a)',
    '#N/A',
    '1.234',
    '1,5',
    '€ 12,50',
    '2/1/2025',
    '__proto__',
    '7,35999E+12',
    '\u0000',
    '\ud800',
  ),
  fc.integer({ min: 0, max: 9999 }).map(eanOf),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constant(null),
  fc.double(),
  fc.integer({ min: -5, max: 2030 }),
  fc.integer({ min: 0, max: 9999 }).map((n) => Number(eanOf(n))),
  fc.boolean(),
  fc.record({
    kind: fc.constantFrom('number', 'date', 'boolean', 'text', 'error', 'missing' as const),
    value: fc.oneof(
      fc.double(),
      fc.string(),
      fc.constantFrom('2025-02-03', '2025-02-03T10:00:00', '#DIV/0!'),
      fc.boolean(),
      fc.constant(null),
    ),
    raw: fc.string(),
  }) as fc.Arbitrary<Cell>,
);
const headings = fc.constantFrom<Cell[]>(BOXNOX, SKINS_SA, SKINS_NL, [
  'Date',
  'EAN',
  'Product',
  'Qty',
  'Amount',
  'Currency',
]);
const fileName = fc.constantFrom(
  'BOXNOX APR2025.xlsx',
  'x 02-2025.xlsx',
  'Demo_ReportPeriod02-2025.xlsx',
  '',
  '\ud800.xlsx',
);
const body = fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 25 });

/** @param repeats where columns repeat, a row of the sheet is several rows of the result */
function lawful(result: CleanResult, repeats = false): void {
  const { counts } = result;
  expect(counts.read).toBe(counts.loaded + counts.merged + counts.quarantined + counts.ignored);
  if (!result.stop || result.stop.code === 'UPLOAD_ALL_BAD' || result.stop.code === 'UPLOAD_NO_ROWS') {
    const places = [...result.rows, ...result.quarantined, ...result.ignored].map((r) => r.row);
    expect((repeats ? places.length : new Set(places).size) + counts.merged).toBe(counts.read);
  }
  for (const row of result.rows) {
    expect(row.productEan === null || isEan(row.productEan)).toBe(true);
    expect(row.productEan ?? row.functionalName ?? row.rawProduct).not.toBeNull();
    expect(row.month >= 1 && row.month <= 12 && row.year >= 2000 && row.year <= 2026).toBe(true);
    expect(row.salesDate.startsWith(`${row.year}-${String(row.month).padStart(2, '0')}-`)).toBe(true);
    expect(Number.isInteger(row.quantity)).toBe(true);
    expect(row.amountLocal === null || Number.isFinite(row.amountLocal)).toBe(true);
    expect(row.currency).toMatch(/^[A-Z]{3}$/);
    expect(row.reseller).not.toBe('');
    for (const stored of [row.functionalName, row.rawProduct, row.store, row.channel])
      expect(stored ?? '').not.toContain('\u0000');
  }
  const loaded = new Set(result.rows.map((r) => r.row));
  for (const fix of result.fixes) expect(loaded.has(fix.row)).toBe(true);
  for (const held of result.quarantined) expect(held.reason).not.toBe('');
  expect(result.quarantinedByReason.reduce((n, q) => n + q.count, 0)).toBe(counts.quarantined);
  expect(result.ignoredByReason.reduce((n, q) => n + q.count, 0)).toBe(counts.ignored);
}

test('every row read is loaded, merged, held back or left out, on any sheet, for any vendor', () => {
  fc.assert(
    fc.property(headings, fileName, body, fc.constantFrom(...vendors), (heads, name, rows, vendor) => {
      const s = sheet('S', [heads, ...rows]);
      const head = headOf(name, [s]);
      const result = clean({ head, vendor, sheet: 'S', rows: s.rows, products: [], today: TODAY });
      lawful(result, vendor.repeat !== undefined);
    }),
    { numRuns: 400 },
  );
});

test('never throws on a workbook of anything, and never recognises one without its headings', () => {
  fc.assert(
    fc.property(fileName, fc.array(fc.tuple(fc.string(), body, fc.boolean()), { maxLength: 3 }), (name, sheets) => {
      const head = headOf(
        name,
        sheets.map(([n, rows, hidden]) => sheet(n, rows, hidden)),
      );
      expect(detect(head, vendors).vendor).toBeNull();
    }),
    { numRuns: 100 },
  );
});

test('a good row is loaded with the same values whatever stands around it', () => {
  const good = fc.record({
    n: fc.integer({ min: 0, max: 9999 }),
    q: fc.integer({ min: -50, max: 900 }),
    cents: fc.integer({ min: -99999, max: 9999999 }),
    m: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(good, { minLength: 1, maxLength: 10 }), body, (rows, noise) => {
      const lines = rows.map((r) => boxnoxRow({ EAN: eanOf(r.n), QTY: r.q, AMOUNT: r.cents / 100, MONTH: r.m }));
      const result = cleanFile('BOXNOX.xlsx', [
        sheet('SELL OUT BY EAN', [BOXNOX, ...lines, ...noise.map((c) => c.slice(0, 9))]),
      ]);
      lawful(result);
      const first = result.rows.filter((r) => r.row <= rows.length + 1);
      expect(first.map((r) => [r.productEan, r.quantity, r.amountLocal, r.month])).toEqual(
        rows.map((r) => [eanOf(r.n), r.q, r.cents / 100, r.m]),
      );
    }),
    { numRuns: 100 },
  );
});

test('the order of the columns and what stands above or before the table change nothing', () => {
  const shuffled = fc.shuffledSubarray([...BOXNOX.keys()], { minLength: BOXNOX.length, maxLength: BOXNOX.length });
  fc.assert(
    fc.property(shuffled, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 3 }), (order, above, before) => {
      const shift = (cells: Cell[]): Cell[] => [...Array<Cell>(before).fill(null), ...order.map((i) => cells[i]!)];
      const lines = [BOXNOX as Cell[], boxnoxRow(), boxnoxRow({ QTY: -3 })].map(shift);
      const titles = Array.from({ length: above }, (): Cell[] => ['Sell out report 2025']);
      const result = cleanFile('BOXNOX.xlsx', [sheet('SELL OUT BY EAN', [...titles, ...lines])]);
      const plain = cleanFile('BOXNOX.xlsx', [sheet('SELL OUT BY EAN', [BOXNOX, boxnoxRow(), boxnoxRow({ QTY: -3 })])]);
      expect(result.rows.map((r) => ({ ...r, row: 0 }))).toEqual(plain.rows.map((r) => ({ ...r, row: 0 })));
    }),
  );
});

test('cells of hostile length come to an end', () => {
  const long = [' '.repeat(32_000), '1,', "'", '(', '-', '€ ', 'Total '].flatMap((part) => {
    const filled = part.repeat(Math.floor(32_000 / part.length));
    return [`a${filled}b`, `1${filled}1`, filled];
  });
  const rows = long.map((value): Cell[] => BOXNOX.map(() => value));
  const s = sheet('S', [
    BOXNOX,
    boxnoxRow(),
    ...rows,
    ...long.map((v) => boxnoxRow({ AMOUNT: v, QTY: v, EAN: v, MONTH: v })),
  ]);
  const vendor = vendors.find((v) => v.id === 'boxnox')!;
  lawful(clean({ head: headOf('x.xlsx', [s]), vendor, sheet: 'S', rows: s.rows, products: [], today: TODAY }));
});
