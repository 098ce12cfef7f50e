// A report by article, and the demo that shares its layout: last year beside this one, whole euros, the month in the name.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { eanOf, SKINS_NL, sheet } from '../workbook.ts';
import { type Fact, holds, offBy, read, runs } from './read.ts';

const article = fc.record({
  ean: fc.integer({ min: 1, max: 40 }),
  // Gifts have pieces and no money; a negative amount may stand beside pieces; last year only has neither.
  figures: fc.constantFrom(
    { quantity: 5, amount: 610 },
    { quantity: 815, amount: 0 },
    { quantity: 6, amount: -1488 },
    { quantity: 1, amount: 202 },
    null,
  ),
  signs: fc.boolean(),
});

function articles(
  list: { ean: number; figures: { quantity: number; amount: number } | null; signs: boolean }[],
  brand: string,
  code: (n: number) => string,
) {
  const facts: Omit<Fact, 'year' | 'month'>[] = [];
  const rows = list.map(({ ean, figures, signs }, i): Cell[] => {
    if (figures) facts.push({ product: code(ean), ...figures });
    const money = (value: number): Cell => (signs ? `€ ${value}` : value);
    const values: Record<string, Cell> = {
      Brand: brand,
      Article: brand === 'TaskifAI' ? `Article ${i + 1}` : `${131362 + i} - Tester Santal Ferry EDP 100ml`,
      EANCode: code(ean),
      SalesAmount: figures ? money(figures.amount) : null,
      SalesAmountSPLY: money(142),
      SalesQuantity: figures ? figures.quantity : null,
      SalesQuantitySPLY: 2,
    };
    return SKINS_NL.map((heading) => values[String(heading)] ?? null);
  });
  return { facts, sheet: sheet('SalesPerSKU', [SKINS_NL, ...rows]) };
}

const info = (brand: string, month: number) =>
  sheet('Info', [
    ['Brand', 'BrandName', 'Month', 'Information'],
    [brand, `${brand} X`, month, 'Test'],
  ]);
const places = sheet('SalesPerLocation', [
  ['Location', 'SalesAmount', 'SalesAmountSPLY'],
  ['Amsterdam', 99999, 1],
]);

test('Skins NL: the month stands in the file name; rows of last year only are left out with that reason', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(article, { minLength: 1, maxLength: 30, selector: ({ ean }) => ean }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (list, month, stated) => {
        const made = articles(list, 'NOVAPARFU', eanOf);
        fc.pre(made.facts.length > 0);
        const facts = made.facts.map((fact) => ({ ...fact, year: 2025, month }));
        const result = holds(
          `BIBBIPARFU_ReportPeriod0${month}-2025.xlsx`,
          [info('NOVA', stated), places, made.sheet],
          'skins_nl',
          facts,
        );
        const lastYear = list.filter(({ figures }) => figures === null).length;
        expect(result.ignored.filter(({ reason }) => reason.includes('last year'))).toHaveLength(lastYear);
        expect(result.issues.some(({ rule }) => rule === 'period-month-differs')).toBe(month !== stated);
      },
    ),
    runs,
  );
});

test('Skins NL: a row of totals is no article, and one changed figure shows in it', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(article, { minLength: 2, maxLength: 30, selector: ({ ean }) => ean }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (list, more, signs) => {
        const made = articles(list, 'NOVAPARFU', eanOf);
        const first = made.sheet.rows.slice(1).find(({ cells }) => cells[6] !== null);
        fc.pre(first !== undefined);
        const sum = made.facts.reduce((all, fact) => all + fact.quantity, 0);
        const money = made.facts.reduce((all, fact) => all + (fact.amount ?? 0), 0);
        const total: Cell[] = ['Total', null, null, signs ? `€ ${money},00` : money, null, null, sum];
        made.sheet.rows.push({ row: made.sheet.rows.length + 1, cells: total });
        const name = 'BIBBIPARFU_ReportPeriod02-2025.xlsx';
        const sheets = [info('NOVA', 2), made.sheet];
        const { checks } = holds(
          name,
          sheets,
          'skins_nl',
          made.facts.map((fact) => ({ ...fact, year: 2025, month: 2 })),
        );
        expect(checks).toHaveLength(2);
        first!.cells[6] = (first!.cells[6] as number) + more;
        offBy(read(name, sheets, 'skins_nl'), more);
      },
    ),
    runs,
  );
});

test('Skins NL: the money by place is compared where it states a total, within what rounding may do, and never added', () => {
  const list = [1, 2, 3].map((ean) => ({ ean, figures: { quantity: 5, amount: 610 }, signs: false }));
  const of = (rows: Cell[][]) =>
    read(
      'BIBBIPARFU_ReportPeriod02-2025.xlsx',
      [
        info('NOVA', 2),
        sheet('SalesPerLocation', [['Location', 'SalesAmount'], ...rows]),
        articles(list, 'NOVA', eanOf).sheet,
      ],
      'skins_nl',
    );
  const agreeing = of([
    ['Amsterdam', 1200],
    ['Online', '€ 631'],
    ['Total', 1831],
  ]);
  expect(agreeing.checks).toMatchObject([
    { what: 'SalesPerLocation row 4, SalesAmount', stated: 1831, found: 1830, agrees: true, tolerance: 2 },
  ]);
  const differing = of([
    ['Amsterdam', 1200],
    ['Online', 500],
    ['Total', 1700],
  ]);
  expect(differing.checks).toMatchObject([{ stated: 1700, found: 1830, agrees: false }]);
  // Without a total of its own nothing says that every place is listed.
  const open = of([
    ['Amsterdam', 1200],
    ['Online', 500],
  ]);
  expect(open.checks).toEqual([]);
  expect(open.issues).toContainEqual(expect.objectContaining({ severity: 'info', rule: 'other-table-differs' }));
  expect(
    of([
      ['Amsterdam', 1200],
      ['Online', 630],
    ]).checks,
  ).toMatchObject([{ stated: 1830, found: 1830, agrees: true }]);
});

test('Skins NL: thirteen figures that are no EAN are held back, and never a product of their own', () => {
  const made = articles([{ ean: 1, figures: { quantity: 1, amount: 202 }, signs: false }], 'NOVAPARFU', (n) =>
    n === 1 ? '7000000004393' : eanOf(n),
  );
  const result = read('BIBBIPARFU_ReportPeriod08-2025.xlsx', [info('NOVA', 8), made.sheet], 'skins_nl');
  expect(result.rows).toEqual([]);
  expect(result.quarantined).toMatchObject([{ reasonCode: 'invalid_ean', raw: { EANCode: '7000000004393' } }]);
});

test('the demo: short codes are the products, eight of them over forty rows, and the brand decides whose it is', () => {
  fc.assert(
    fc.property(
      fc.array(article, { minLength: 40, maxLength: 40 }),
      fc.constantFrom(
        'Demo_ReportPeriod01-2025 .xlsx',
        'ReportPeriod01-2025.xlsx',
        'BIBBIPARFU_ReportPeriod01-2025.xlsx',
      ),
      (list, name) => {
        const codes = ['PRDT35', 'PRGL40', 'PREX90', 'PRBT75', 'PRMX60', 'PRRC30', 'PRWS25', 'PRNP50'];
        const made = articles(list, 'TaskifAI', (n) => codes[n % 8]!);
        fc.pre(made.facts.length > 0);
        const facts = made.facts.map((fact) => ({ ...fact, year: 2025, month: 1 }));
        const result = holds(name, [info('DEMO', 2), made.sheet], 'taskifai', facts);
        expect(result.rows.every(({ productEan }) => productEan === null)).toBe(true);
        expect(result.counts.merged).toBe(0);
      },
    ),
    runs,
  );
});
