// Whatever a sheet holds: a proposal never throws, and what is offered as certain can be read and kept.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectAs } from '#src/clean/detect.ts';
import type { Cell } from '#src/clean/sheet.ts';
import type { Choices } from '#src/clean/teach/proposal.ts';
import { vendorText } from '#src/vendors/text.ts';
import { parseVendor } from '#src/vendors/vendor.ts';
import { eanOf, headOf, sheet } from '../workbook.ts';
import type { Layout } from './layouts.ts';
import { cleaned, offer } from './teaching.ts';

const heading = fc.constantFrom(
  ...[
    'EAN',
    'Units',
    'Menge',
    'Sales EUR',
    'Sales',
    'Net sales',
    'Umsatz',
    'Date',
    'Year',
    'Month',
    'Store',
    'Product',
    'SKU',
  ],
  ...[
    'Jan',
    'Feb',
    'March 2025',
    'Total',
    'Stock',
    'Sales LY',
    'Currency',
    '',
    ' ',
    '2025',
    'Qty',
    'Qty',
    'Period',
    'Brand',
  ],
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.integer({ min: -5, max: 3000 }),
  fc.double({ min: -100, max: 5000, noNaN: true }),
  fc.constantFrom<Cell>(
    null,
    eanOf(1),
    eanOf(2),
    'AB100',
    'Moon',
    'EUR',
    '1,234',
    '12,50 €',
    '2025-04-02',
    '3/4/2025',
    'Apr',
  ),
  fc.constantFrom<Cell>('Total', '04/2025', '86033221 - moon', '#REF!', 'x'.repeat(300)),
  fc.string({ maxLength: 12 }),
  fc.constant<Cell>({ kind: 'date', value: '2025-04-02', raw: '45749', format: 'dd/mm/yyyy' }),
);
const anything = fc
  .tuple(
    fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 3 }),
    fc.array(heading, { minLength: 1, maxLength: 9 }),
    fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 12 }),
  )
  .map(([above, headings, rows]): Cell[][] => [...above, headings, ...rows]);

/** Columns whose cells mostly suit their headings. */
const kinds: [string[], fc.Arbitrary<Cell>][] = [
  [['EAN', 'Barcode', 'Artikel'], fc.constantFrom(eanOf(1), eanOf(2), eanOf(3))],
  [['Units', 'Menge', 'Qty sold', 'Net qty'], fc.integer({ min: -5, max: 40 })],
  [['Sales EUR', 'Umsatz', 'Net sales', 'CA HT'], fc.double({ min: -100, max: 5000, noNaN: true })],
  [['Date', 'Launch date', 'Period'], fc.constantFrom('2025-04-02', '2025-05-12', '04/2025')],
  [['Store', 'Stock', 'Brand'], fc.constantFrom<Cell>('Leeds', 'York', 3)],
  [['Jan', 'Feb', 'March 2025'], fc.integer({ min: 0, max: 9 })],
];
const column = fc
  .constantFrom(...kinds)
  .chain(([names, cells]) =>
    fc.tuple(
      fc.constantFrom(...names),
      fc.array(fc.oneof({ weight: 12, arbitrary: cells }, cell), { minLength: 8, maxLength: 8 }),
    ),
  );
const likely = fc
  .array(column, { minLength: 3, maxLength: 7 })
  .map((columns): Cell[][] => [
    columns.map(([name]) => name),
    ...Array.from({ length: 8 }, (_, row) => columns.map(([, cells]) => cells[row]!)),
  ]);
const table = fc.oneof(anything, likely);
const fileName = fc.constantFrom(
  'x.xlsx',
  'Harbour 2025-04.xlsx',
  'Harbour 2025-06-01.xlsx',
  '2024 2025.xlsx',
  '[]{}: &*.xlsx',
);
const said: fc.Arbitrary<Partial<Choices>> = fc.record({
  name: fc.constantFrom('Harbour', 'x', '###'),
  currency: fc.constantFrom('EUR', null),
  period: fc.constantFrom({ year: 2025, month: 4, day: null }, null),
  decimal: fc.constantFrom<Choices['decimal']>('comma', null),
  dates: fc.constantFrom<Choices['dates']>('dmy', null),
  set: fc.array(
    fc.record({
      field: fc.constantFrom<Choices['set'][number]['field']>('quantity', 'amount', 'name', 'date', 'store'),
      to: fc.constantFrom('A', 'B', 'C', 'none', 'Sales', 'Units'),
    }),
    { maxLength: 3 },
  ),
});

test('nothing throws, and what leaves no question open is a definition that reads the sheet', () => {
  let certain = 0;
  fc.assert(
    fc.property(fileName, table, said, (file, rows, choices) => {
      const layout: Layout = { file, sheets: [sheet('Data', rows)] };
      const found = offer(layout, choices);
      if ('refused' in found) return;
      for (const { question } of found.questions) expect(question.length).toBeGreaterThan(10);
      if (found.questions.some(({ needed }) => needed)) return;
      certain += 1;
      const { definition, draft } = found;
      expect(definition).not.toBeNull();
      expect(parseVendor(vendorText(draft, 'x'), 'x')).toEqual(definition);
      expect(definition!.currency.constant).not.toBe('XXX');
      expect(detectAs(headOf(file, layout.sheets), definition!).outcome).toBe('recognised');
      const { counts } = cleaned(layout, found, choices.period ?? null);
      expect(counts.read).toBe(counts.loaded + counts.merged + counts.quarantined + counts.ignored);
    }),
    { numRuns: 1500, seed: 7 },
  );
  expect(certain).toBeGreaterThan(15);
}, 60_000);
