// The worked example of the recipe: a definition, a report and what a careful person takes from it, made by following README.md.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import { detect } from '#src/clean/detect.ts';
import { parseVendor } from '#src/vendors/vendor.ts';
import { replay } from '#test/clean/audit/replay.ts';
import { readSamples } from '#test/clean/samples.ts';
import { clean, headOf, TODAY, vendors } from '#test/clean/workbook.ts';

const folder = 'test/fixtures/vendors/nordlys/';
const nordlys = parseVendor(readFileSync(`${folder}nordlys.yaml`, 'utf8'), 'nordlys.yaml');
const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'));

test('the example is claimed by its definition alone, gives the expected rows, and its totals are accounted for', async () => {
  const name: string = expected.upload_name;
  const workbook = await makeSheets().open({ name, bytes: readFileSync(folder + expected.file) });
  const rows = [];
  for await (const some of workbook.rows('Salg')) rows.push(...some);
  await workbook.close();
  const head = headOf(name, [{ name: 'Salg', rows }]);
  expect(detect(head, vendors).vendor).toBeNull();
  expect(detect(head, [...vendors, nordlys]).vendor?.id).toBe('nordlys');

  const result = clean({ head, vendor: nordlys, sheet: 'Salg', rows, products: [], today: TODAY });
  expect(
    result.rows.map((row) => ({
      product_ean: row.productEan,
      month: row.month,
      year: row.year,
      quantity: row.quantity,
      sales_amount_local: row.amountLocal,
      currency: row.currency,
      reseller: row.reseller,
      functional_name: row.functionalName,
      source: { sheet: row.sheet, row: row.row },
    })),
  ).toEqual(expected.rows);
  expect(result.quarantined).toMatchObject([
    { row: expected.rejected[0].row, reasonCode: expected.rejected[0].reason_code },
  ]);
  replay(result, head.sheets[0]!, rows, nordlys);
  // What the totals are short of is what was held back.
  expect(result.checks).toHaveLength(6);
  for (const { stated, found, heldBack } of result.checks) expect(found + heldBack).toBeCloseTo(stated, 6);
});

test('the example claims no report of another vendor', async () => {
  for (const { uploadName, sheets, expected: other } of readSamples()) {
    const found = detect(headOf(uploadName, await sheets()), [...vendors, nordlys]);
    expect(found.vendor?.id, other.case).not.toBe('nordlys');
  }
});
