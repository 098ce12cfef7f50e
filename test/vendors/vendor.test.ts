import { describe, expect, test } from 'vitest';
import { parseVendor } from '#src/vendors/vendor.ts';
import { vendors } from '../clean/workbook.ts';

const smallest = `
id: acme
name: Acme
reseller: { constant: Acme }
currency: { constant: EUR }
amount: { basis: gross }
detect: {}
columns:
  ean: { headings: [EAN], required: true }
  quantity: { headings: [Qty], required: true }
product: {}
period: { sources: [{ from: file_name }] }
`;

test('every definition in the folder is valid, and no two share an id', () => {
  expect(vendors.length).toBeGreaterThanOrEqual(5);
  expect(new Set(vendors.map((v) => v.id)).size).toBe(vendors.length);
});

test('a definition needs only what cannot be assumed', () => {
  const acme = parseVendor(smallest, 'acme.yaml');
  expect(acme).toMatchObject({ id: 'acme', product: { ean: 'required' }, rows: { no_sales: 'hold', repeats: 'keep' } });
});

describe('a wrong definition is refused with the place and the reason', () => {
  test.each([
    ['a key that means nothing', `${smallest}colour: blue`, /acme\.yaml.*colour/s],
    ['a word outside the vocabulary', smallest.replace('file_name', 'guess'), /period\.sources\.0/],
    ['a column that does not exist', smallest.replace('  ean:', '  barcode:'), /columns/],
    ['broken YAML', 'id: [', /not valid YAML/],
    ['no quantity', smallest.replace('  quantity: { headings: [Qty], required: true }\n', ''), /columns\.quantity/],
    ['no currency from anywhere', smallest.replace('constant: EUR', 'constant: null'), /currency/],
    ['a period from columns that are not there', smallest.replace('file_name', 'columns'), /period\.sources/],
    [
      'pieces by store of rows without months of their own',
      `${smallest}also_states: [{ sheet: Stores, by: all, measures: { quantity: [Qty] }, keep_by: store }]`,
      /also_states\.0: keep_by takes a sheet of months/,
    ],
    [
      'pieces by store of rows that have stores',
      `${smallest}scope: { by_store: true, rhythm: monthly }\nalso_states: [{ sheet: Stores, by: month, keep_by: store }]`,
      /also_states\.0: keep_by, where the rows have stores already/,
    ],
    [
      'columns to date without those of the week',
      `${smallest}repeat: { gives: store, running: [YTD] }`,
      /repeat\.running: only beside pick/,
    ],
    [
      'an identity that nothing could show',
      smallest.replace('detect: {}', 'detect: { identity_required: true }'),
      /identity_required/,
    ],
    ['a probe without a place', smallest.replace('detect: {}', 'detect: { probes: [{ words: [a] }] }'), /probes\.0/],
  ])('%s', (_, text, message) => {
    expect(() => parseVendor(text, 'acme.yaml')).toThrow(message);
  });

  test('all problems at once', () => {
    const text = smallest.replace('id: acme', 'id: Acme!').replace('gross', 'grossish');
    expect(() => parseVendor(text, 'acme.yaml')).toThrow(/id:[\s\S]*amount\.basis:/);
  });
});
