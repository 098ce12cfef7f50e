import { expect, test } from 'vitest';
import { findHeadingRow, type Vocabulary } from '#src/clean/teach/heading-row.ts';
import { synonyms } from '#src/clean/teach/words.ts';
import { vendorText } from '#src/vendors/text.ts';
import { type Field, parseVendor } from '#src/vendors/vendor.ts';
import { eanOf, sheet } from '../workbook.ts';
import type { Layout } from './layouts.ts';
import { proposed } from './teaching.ts';

test('sheets as wide as they can be, full of long texts, come to an end', () => {
  const wide = Array.from({ length: 16_384 }, (_, i) => `quantity sold of sales value ${i} ${'x'.repeat(i % 90)}`);
  const long = Array.from({ length: 200 }, () => 'qty '.repeat(8_000));
  const rows = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? wide : long));
  const vocabulary: Vocabulary = new Map(Object.entries(synonyms) as [Field, readonly string[]][]);
  for (const { rows: head, name } of [sheet('A', rows), sheet('B', rows)]) {
    expect(() => findHeadingRow({ name, hidden: false, rows: head }, vocabulary)).not.toThrow();
  }
});

test('what a heading or a name holds stays a text in the definition', () => {
  const headings = ['EAN', 'Units: [1]\n# "x"', "Sales 'EUR' {a}", '- detect: &a *a', '!!js/function', 'a\u0000b'];
  const layout: Layout = {
    file: 'y: &x.xlsx',
    sheets: [sheet('%YAML 1.2', [headings, [eanOf(1), 2, 80, 'x', 'y', 'z']])],
  };
  const proposal = proposed(layout, {
    name: '*alias: "quoted"\n---',
    set: [
      { field: 'quantity', to: 'B' },
      { field: 'amount', to: 'C' },
    ],
    currency: 'EUR',
  });
  const text = vendorText(proposal.draft, 'a comment\n---\nid: other');
  expect(parseVendor(text, 'again')).toEqual(proposal.definition);
  expect(text).not.toContain('\u0000');
});
