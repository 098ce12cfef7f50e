// The transform log is complete: with it the source cells give exactly what is stored, and no cell is logged that stayed as it was.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '#src/clean/detect.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { readSamples } from '../samples.ts';
import { clean, eanOf, headOf, sheet, TODAY, vendor, vendors } from '../workbook.ts';
import { replay } from './replay.ts';

describe('on the samples', () => {
  test.each(readSamples().map((sample) => [sample.expected.case, sample] as const))('%s', async (_, sample) => {
    const sheets = await sample.sheets();
    const head = headOf(sample.uploadName, sheets);
    const found = detect(head, vendors);
    const rows = sheets.find(({ name }) => name === found.sheet)!.rows;
    const period = { ...(sample.expected.report_period ?? { year: 2025, month: 5 }), day: null };
    const result = clean({
      head,
      vendor: found.vendor!,
      sheet: found.sheet!,
      rows,
      products: [],
      today: TODAY,
      period,
    });
    expect(result.rows.length).toBeGreaterThan(0);
    replay(result, head.sheets.find(({ name }) => name === found.sheet)!, rows, found.vendor!);
  });
});

/** Cells of every kind that a column may hold, right and wrong. */
const blanks = fc.constantFrom('', ' ', '\u00a0', '  ');
const padded = (inner: fc.Arbitrary<string>) => fc.tuple(blanks, inner, blanks).map((parts) => parts.join(''));
const numberCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.integer({ min: -20, max: 900 }),
  fc.integer({ min: -99999, max: 999999 }).map((cents) => cents / 100),
  padded(fc.integer({ min: 0, max: 99999 }).map((cents) => (cents / 100).toFixed(2).replace('.', ','))),
  padded(fc.constantFrom('1 234,50', '(22,50)', '−18,10', '5-', '€ 116', '£1 777,50', '-', 'n/a', '12,-', '1.234,56')),
  fc.record({
    kind: fc.constant('number' as const),
    value: fc.integer({ min: 0, max: 50 }),
    raw: fc.constantFrom('2.000', '2'),
  }),
  fc.constant(2.0000000000001),
  fc.constant(null),
);
const eanCell: fc.Arbitrary<Cell> = fc
  .integer({ min: 0, max: 999 })
  .chain((n) =>
    fc.constantFrom<Cell>(eanOf(n), Number(eanOf(n)), `${eanOf(n)}.0`, ` ${eanOf(n)} `, 'PRDT35', null, '123'),
  );
const textCell: fc.Arbitrary<Cell> = fc.oneof(
  padded(fc.constantFrom('Rose 100', 'Szafran', 'a\tb', 'bbrt100')),
  fc.constant(null),
);
const yearCell = fc.constantFrom<Cell>(2025, '2025', ' 2025', '2024.0', null);
const monthCell = fc.constantFrom<Cell>(3, '3', 'March', ' mar ', '03', 'XII', null);
const dateCell = fc.constantFrom<Cell>(
  '2025-03-31',
  '31/03/2025',
  '31.3.25',
  45000,
  { kind: 'date', value: '2025-03-31', raw: '45747' },
  { kind: 'date', value: '2025-03-31T10:30:00', raw: '45747.4375' },
  '20250331',
  null,
);
const periodCell = fc.constantFrom<Cell>('2025-03', 'March 2025', '202503', {
  kind: 'date',
  value: '2025-03-31',
  raw: '45747',
});
const currencyCell = fc.constantFrom<Cell>('EUR', 'eur', ' gbp', '€', 'zł', 'SEK', null);

const layouts: { id: string; headings: Cell[]; cells: fc.Arbitrary<Cell>[] }[] = [
  {
    id: 'boxnox',
    headings: ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'DESCRIPTION', 'SKU'],
    cells: [yearCell, monthCell, textCell, textCell, eanCell, numberCell, numberCell, textCell, textCell],
  },
  {
    id: 'generic',
    headings: ['Date', 'Shop', 'EAN', 'Product', 'Qty', 'Amount', 'Currency'],
    cells: [dateCell, textCell, eanCell, textCell, numberCell, numberCell, currencyCell],
  },
  {
    id: 'generic',
    headings: ['Period', 'SKU', 'Product', 'Qty', 'Amount', 'Currency', 'Reseller'],
    cells: [periodCell, textCell, textCell, numberCell, numberCell, currencyCell, textCell],
  },
];

describe('on random tables', () => {
  test.each(layouts.map((layout) => [layout.headings.join(', '), layout] as const))('%s', (_, layout) => {
    let stored = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(...layout.cells), { minLength: 1, maxLength: 12 }), (body) => {
        const s = sheet('SELL OUT BY EAN', [layout.headings, ...body]);
        const head = headOf('sales.xlsx', [s]);
        const input = { head, vendor: vendor(layout.id), sheet: s.name, rows: s.rows, products: [], today: TODAY };
        const result = clean({ ...input, reading: { decimal: 'comma', dates: 'dmy' } });
        stored += result.rows.length;
        replay(result, head.sheets[0]!, s.rows, input.vendor);
      }),
      { numRuns: 400 },
    );
    expect(stored).toBeGreaterThan(200);
  });
});
