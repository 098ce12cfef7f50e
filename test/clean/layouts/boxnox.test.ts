// A growing workbook of lines: year and month as columns, the report not on the first sheet, every line a fact.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { eanOf, sheet } from '../workbook.ts';
import { cents, type Fact, holds, read, runs } from './read.ts';

const headings = {
  full: ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'DESCRIPTION', 'SKU'],
  short: ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'SKU'],
  spanish: [
    'YEAR',
    'MONTH',
    'CHANNEL',
    'POS',
    'Código de barras',
    'QTY',
    'AMOUNT',
    'DESCRIPTION',
    'Referencia interna',
  ],
};
const line = fc.record({
  back: fc.integer({ min: 0, max: 16 }),
  ean: fc.integer({ min: 1, max: 12 }),
  store: fc.constantFrom('Abanuc Online', 'Serrano', 'Diagonal', 'Web'),
  // Give-aways (0 and 0), corrections (0 with an amount), returns.
  figures: fc.oneof(
    fc.record({ quantity: fc.integer({ min: 1, max: 31 }), amount: fc.integer({ min: 0, max: 600_000 }) }),
    fc.constant({ quantity: 0, amount: -20_248 }),
    fc.constant({ quantity: 12, amount: 0 }),
    fc.constant({ quantity: 0, amount: 0 }),
    fc.constant({ quantity: -1, amount: -20_248 }),
  ),
  asText: fc.constantFrom('number', 'comma', 'thousands'),
});

function written(amount: number, how: string): Cell {
  if (how === 'number') return amount;
  const [whole = '', fraction] = Math.abs(amount).toFixed(2).split('.');
  const grouped = how === 'thousands' ? whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0') : whole;
  return `${amount < 0 ? '-' : ''}${grouped},${fraction}`;
}

test.each(Object.entries(headings))('every line of seventeen months is read (%s headings)', (_, wanted) => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 25 }), (lines) => {
      const facts: Fact[] = [];
      const body = lines.map(({ back, ean, store, figures, asText }): Cell[] => {
        const at = new Date(Date.UTC(2025, 3 - back, 1));
        const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + 1];
        const amount = cents(figures.amount / 100);
        facts.push({ product: eanOf(ean), year, month, quantity: figures.quantity, amount, store });
        const values: Record<string, Cell> = {
          YEAR: year,
          MONTH: month,
          CHANNEL: 'Retail',
          POS: store,
          QTY: figures.quantity,
          AMOUNT: written(amount, asText),
          DESCRIPTION: 'EDP SOAP ORCHARD',
        };
        return wanted.map((heading) =>
          heading in values ? values[heading]! : /EAN|barras/.test(heading) ? eanOf(ean) : `nbso${ean}00`,
        );
      });
      const decoy = sheet('SUMMARY', [
        ['EAN', 'QTY', 'AMOUNT'],
        [eanOf(1), 999, 9999],
      ]);
      const sheets = [decoy, sheet('SELL OUT BY EAN', [wanted, ...body])];
      const result = holds('BOXNOX - NOVA Monthly Sales Report APR2025 (1).xlsx', sheets, 'boxnox', facts);
      // Equal lines are sales of their own.
      expect(result.counts.merged).toBe(0);
    }),
    runs,
  );
});

test('the sheet is found under another writing of its name, and by its headings where it has another', () => {
  for (const name of ['Sell Out By EAN', 'SELL_OUT_BY_EAN', 'Hoja1']) {
    const rows: Cell[][] = [headings.full, [2025, 4, 'Retail', 'Serrano', eanOf(3), 2, '404,96', 'EDP', 'NBSO100']];
    const result = read('BOXNOX JAN2025.xlsx', [sheet('Portada', [['Informe']]), sheet(name, rows)], 'boxnox');
    expect(result.rows).toMatchObject([{ productEan: eanOf(3), functionalName: 'NBSO100', amountLocal: 404.96 }]);
  }
});
