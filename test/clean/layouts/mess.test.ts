// Plain tables in any order and writing: every vendor's own headings, each figure and code as reports write them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { eanOf, SKINS_NL, sheet } from '../workbook.ts';
import { amountCell, codeWriting, mess, messy, pieceCell, writing } from './mess.ts';
import { cents, type Fact, holds, runs } from './read.ts';

const line = fc.record({
  ean: fc.integer({ min: 1, max: 900 }),
  back: fc.integer({ min: 0, max: 16 }),
  quantity: fc.oneof(fc.integer({ min: 1, max: 1500 }), fc.integer({ min: -30, max: -1 })),
  pence: fc.integer({ min: 1, max: 2_500_000 }),
  store: fc.constantFrom('Serrano', 'Diagonal Online', 'Plaça 9'),
  code: codeWriting,
  money: writing,
  pieces: writing,
});

/** What can be wrong with a line, and why it is held back then: nothing of it is guessed, and nothing is lost. */
const flaws: { reason: string; cells: { ean?: Cell; quantity?: Cell; amount?: Cell } }[] = [
  { reason: 'missing_ean', cells: { ean: null } },
  { reason: 'missing_ean', cells: { ean: '\u00a0' } },
  { reason: 'ean_precision_lost', cells: { ean: '7,35999E+12' } },
  { reason: 'invalid_ean', cells: { ean: '73599900' } },
  { reason: 'invalid_ean', cells: { ean: '7000000004393' } },
  { reason: 'invalid_ean', cells: { ean: 'see below' } },
  { reason: 'invalid_quantity', cells: { quantity: 1.5 } },
  { reason: 'invalid_quantity', cells: { quantity: { kind: 'error', value: '#DIV/0!', raw: '#DIV/0!' } } },
  { reason: 'invalid_amount', cells: { amount: 'on request' } },
  { reason: 'invalid_amount', cells: { amount: { kind: 'error', value: '#N/A', raw: '#N/A' } } },
];

interface Layout {
  vendor: string;
  file: string;
  sheet: string;
  sign: string;
  headings: string[];
  /** The month of every row; null where each has its own. */
  month: { year: number; month: number } | null;
  stores: boolean;
  values: (given: { ean: Cell; quantity: Cell; amount: Cell; year: number; month: number; store: string }) => Cell[];
}

const layouts: Layout[] = [
  {
    vendor: 'boxnox',
    file: 'BOXNOX - NOVA Monthly Sales Report APR2025.xlsx',
    sheet: 'SELL OUT BY EAN',
    sign: '€',
    headings: ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'DESCRIPTION', 'SKU'],
    month: null,
    stores: true,
    values: ({ ean, quantity, amount, year, month, store }) => [
      year,
      month,
      'Retail',
      store,
      ean,
      quantity,
      amount,
      'EDP SOAP ORCHARD',
      'nbso100',
    ],
  },
  {
    vendor: 'skins_sa',
    file: 'Skins SA NOVA CY 2025 February.xlsx',
    sheet: 'NOVA',
    sign: 'R',
    headings: [
      'Branch',
      'OrderDate',
      'StockCode',
      'OrderQty',
      'StockDescription',
      'NetSalesValue',
      ' ExVatNetsales',
      'MONTH',
      'YEAR',
      'STATUS',
    ],
    month: null,
    stores: true,
    values: ({ ean, quantity, amount, year, month, store }) => [
      store,
      `${month}/7/${year}`,
      ean,
      quantity,
      'Nova Boy of Tune',
      5920,
      amount,
      month,
      year,
      'ACTIVE',
    ],
  },
  {
    vendor: 'skins_nl',
    file: 'BIBBIPARFU_ReportPeriod02-2025.xlsx',
    sheet: 'SalesPerSKU',
    sign: '€',
    headings: SKINS_NL.map(String),
    month: { year: 2025, month: 2 },
    stores: false,
    values: ({ ean, quantity, amount }) => [
      'NOVAPARFU',
      '131362 - Tester Fig',
      ean,
      amount,
      '€ 142',
      '−18,1%',
      quantity,
      2,
      '0,0%',
    ],
  },
  {
    vendor: 'taskifai',
    file: 'Demo_ReportPeriod02-2025 .xlsx',
    sheet: 'SalesPerSKU',
    sign: '€',
    headings: SKINS_NL.map(String),
    month: { year: 2025, month: 2 },
    stores: false,
    values: ({ ean, quantity, amount }) => [
      'TaskifAI',
      'Article 7',
      ean,
      amount,
      '€ 142',
      '−18,1%',
      quantity,
      2,
      '0,0%',
    ],
  },
];

test.each(layouts.map((layout) => [layout.vendor, layout] as const))('%s', (vendor, layout) => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 25 }), mess, fc.boolean(), (lines, made, totalled) => {
      const facts: Fact[] = [];
      const sum = { quantity: 0, amount: 0 };
      const rows = lines.map(({ ean, back, quantity, pence, store, code, money, pieces }): Cell[] => {
        const at = new Date(Date.UTC(2025, 1 - back, 1));
        const { year, month } = layout.month ?? { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1 };
        const amount = cents((quantity < 0 ? -pence : pence) / 100);
        sum.quantity += quantity;
        sum.amount += amount;
        facts.push({ product: eanOf(ean), year, month, quantity, amount, ...(layout.stores ? { store } : {}) });
        const cells = {
          ean: code(eanOf(ean)),
          quantity: pieceCell(quantity, pieces),
          amount: amountCell(amount, money, layout.sign),
        };
        return layout.values({ ...cells, year, month, store });
      });
      // The sums stand where the figures stand, and their label where nothing else does.
      const total = layout
        .values({ ean: null, quantity: sum.quantity, amount: cents(sum.amount), year: 0, month: 0, store: '' })
        .map(
          (cell, i): Cell => (i === 0 ? 'Total' : cell === sum.quantity || cell === cents(sum.amount) ? cell : null),
        );
      const decoy = sheet('Cover', [['Sales report'], ['Brand', 'NOVA']]);
      const table = sheet(layout.sheet, messy(layout.headings, rows, made, totalled ? total : null));
      const result = holds(layout.file, [decoy, table], vendor, facts);
      expect(result.quarantined).toEqual([]);
      if (totalled) expect(result.checks.length).toBeGreaterThan(0);
    }),
    runs,
  );
});

test.each(layouts.filter(({ vendor }) => vendor !== 'taskifai').map((layout) => [layout.vendor, layout] as const))(
  '%s, with lines that are wrong among those that are right',
  (vendor, layout) => {
    const some = fc.record({ line, flaw: fc.option(fc.constantFrom(...flaws), { freq: 2 }) });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 25 }), mess, (lines, made) => {
        const facts: Fact[] = [];
        const rows = lines.map(({ line: { ean, quantity, pence, store, code, money, pieces }, flaw }): Cell[] => {
          const { year, month } = layout.month ?? { year: 2025, month: 2 };
          const amount = cents((quantity < 0 ? -pence : pence) / 100);
          if (!flaw)
            facts.push({ product: eanOf(ean), year, month, quantity, amount, ...(layout.stores ? { store } : {}) });
          return layout.values({
            ean: code(eanOf(ean)),
            quantity: pieceCell(quantity, pieces),
            amount: amountCell(amount, money, layout.sign),
            year,
            month,
            store,
            ...flaw?.cells,
          });
        });
        fc.pre(facts.length > 0);
        const table = sheet(layout.sheet, messy(layout.headings, rows, made));
        const result = holds(layout.file, [table], vendor, facts);
        const wrong = lines.flatMap(({ flaw }) => (flaw ? [flaw.reason] : []));
        expect(result.quarantined.map(({ reasonCode }) => reasonCode)).toEqual(wrong);
      }),
      runs,
    );
  },
);
