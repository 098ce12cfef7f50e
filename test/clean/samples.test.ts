// Every sample workbook gives the rows that a careful person would extract, through the real reader.

import { describe, expect, test } from 'vitest';
import { detect } from '#src/clean/detect.ts';
import type { CleanRow } from '#src/clean/types.ts';
import { type ExpectedRow, readSamples } from './samples.ts';
import { clean, headOf, TODAY, vendors } from './workbook.ts';

const ours = readSamples();

function fits(row: CleanRow, wanted: ExpectedRow): boolean {
  const names = wanted.functional_name_any ?? [wanted.functional_name];
  return (
    row.productEan === wanted.product_ean &&
    row.year === wanted.year &&
    row.month === wanted.month &&
    row.quantity === wanted.quantity &&
    sameMoney(row.amountLocal, wanted.sales_amount_local) &&
    row.currency === wanted.currency &&
    // A tab or a line break around a name is no part of it.
    names.some((name) => row.functionalName === name || row.functionalName === name?.trim())
  );
}

function sameMoney(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) <= 0.005;
}

/** Sums by product, under one of the names that are right for it. */
function grouped(rows: CleanRow[], wanted: ExpectedRow[]): CleanRow[] {
  const sums = new Map<string, CleanRow>();
  for (const row of rows) {
    const key = `${row.productEan ?? row.functionalName}`;
    const sum = sums.get(key);
    if (!sum) {
      const source = wanted.find((each) =>
        fits({ ...row, quantity: each.quantity, amountLocal: each.sales_amount_local }, each),
      );
      sums.set(key, { ...row, row: source?.source?.row ?? row.row });
    } else {
      sum.quantity += row.quantity;
      sum.amountLocal = (sum.amountLocal ?? 0) + (row.amountLocal ?? 0);
    }
  }
  return [...sums.values()];
}

describe('the samples of the vendors that are described', () => {
  test.each(ours.map((s) => [s.expected.case, s] as const))('%s', async (_, { expected, uploadName, sheets }) => {
    const all = await sheets();
    const head = headOf(uploadName, all);
    const found = detect(head, vendors);
    expect(found.outcome, JSON.stringify(found.candidates)).toBe('recognised');
    expect([expected.vendor, ...(expected.vendor_aliases ?? [])]).toContain(found.vendor!.id);

    const rows = all.find((s) => s.name === found.sheet)!.rows;
    const input = { head, vendor: found.vendor!, sheet: found.sheet!, rows, products: [], today: TODAY };
    if (expected.outcome === 'ask_period') expect(clean(input).stop?.code).toBe('UPLOAD_NO_PERIOD');
    const period = expected.outcome === 'ask_period' ? { ...expected.report_period!, day: null } : null;
    const result = clean({ ...input, period });
    expect(result.stop).toBeUndefined();
    const { counts } = result;
    expect(counts.read).toBe(counts.loaded + counts.merged + counts.quarantined + counts.ignored);

    const wanted = [...(expected.rows ?? expected.rows_if_accepted ?? []), ...(expected.other_period_rows ?? [])];
    const left = [...wanted];
    // Of a growing workbook only the newest month may be written down.
    const own = expected.report_period;
    const months = wanted.every((each) => each.month === own?.month && each.year === own.year)
      ? result.rows.filter((row) => row.month === own?.month && row.year === own.year)
      : result.rows;
    for (const row of expected.compare === 'grouped' ? grouped(months, wanted) : months) {
      const at = left.findIndex((w) => fits(row, w) && (w.source === undefined || w.source.row === row.row));
      expect(at, `no such row is expected: ${JSON.stringify(row)}`).toBeGreaterThanOrEqual(0);
      left.splice(at, 1);
      const resellers = expected.reseller_any ?? (wanted[0]?.reseller ? [wanted[0].reseller] : null);
      if (resellers) expect(resellers).toContain(row.reseller);
    }
    expect(left.filter((w) => !w.optional)).toEqual([]);

    for (const rejected of expected.rejected ?? []) {
      const held = result.quarantined.find((q) => q.row === rejected.row && q.sheet === rejected.sheet);
      expect(held?.reasonCode, `row ${rejected.row}`).toBe(rejected.reason_code);
      expect(held!.reason.length).toBeGreaterThan(5);
      expect(Object.keys(held!.raw).length).toBeGreaterThan(0);
    }
    if (expected.rejected) expect(result.quarantined.length).toBe(expected.rejected.length);
    for (const ignored of expected.ignored ?? []) {
      expect(months.some((r) => r.row === ignored.row)).toBe(false);
      expect(result.quarantined.some((r) => r.row === ignored.row)).toBe(false);
    }
    expect(result.fixesByRule.reduce((n, f) => n + f.count, 0)).toBe(result.fixes.length);
    for (const fix of result.fixes) expect(fix.original, JSON.stringify(fix)).not.toBe(fix.cleaned);
  });
});

test('every sample is claimed by exactly one definition', async () => {
  for (const { expected, uploadName, sheets } of ours) {
    const head = headOf(uploadName, await sheets());
    const alone = vendors
      .filter((v) => !v.detect.fallback && detect(head, [v]).outcome === 'recognised')
      .map((v) => v.id);
    expect(alone, expected.case).toEqual(expected.vendor === 'unknown' ? [] : [expected.vendor]);
  }
});
