import { expect, test } from 'vitest';
import { vendorText } from '#src/vendors/text.ts';
import { parseVendor } from '#src/vendors/vendor.ts';

const draft = {
  id: 'blue_door',
  name: 'Blue Door: London',
  reseller: { constant: 'Blue Door: London' },
  currency: { constant: 'GBP' },
  amount: { basis: 'unknown' },
  detect: { also: ['Branch', '# of doors'], file_names: [['blue', 'door']] },
  columns: { ean: { headings: ['Barcode'], required: true }, quantity: { headings: ['Qty, sold'], required: true } },
  product: { ean: 'required', name: ['list', 'text'] },
  period: { sources: [{ from: 'file_name', gives: 'period' }] },
};

test('a definition is written so that it reads the same again, a column a line', () => {
  const text = vendorText(draft, 'Blue Door, taught.\nSecond line.');
  expect(text).toBe(`# Blue Door, taught.
# Second line.

id: blue_door
name: "Blue Door: London"
reseller: { constant: "Blue Door: London" }
currency: { constant: GBP }
amount: { basis: unknown }
detect:
  also: [ Branch, "# of doors" ]
  file_names: [ [ blue, door ] ]
columns:
  ean: { headings: [ Barcode ], required: true }
  quantity: { headings: [ "Qty, sold" ], required: true }
product: { ean: required, name: [ list, text ] }
period:
  sources: [ { from: file_name, gives: period } ]
`);
  expect(parseVendor(text, 'again')).toEqual(parseVendor(JSON.stringify(draft), 'draft'));
});
