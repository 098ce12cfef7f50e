// One row a sale line: repeats are sales of their own, codes and amounts in several writings, subtotals of the branches.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '#src/clean/sheet.ts';
import { eanOf, sheet } from '../workbook.ts';
import { cents, type Fact, holds, offBy, read, runs } from './read.ts';

const sa: Cell[] = [
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
  'SUPPLIER',
  'CATEGORY',
  'BRAND',
  'ABC MAP',
];

const saLine = fc.record({
  branch: fc.constantFrom('SKINS GATEWAY', 'SKINS SANDTON', 'SKINS ONLINE'),
  day: fc.date({ min: new Date('2024-01-01'), max: new Date('2025-10-31'), noInvalidDate: true }),
  ean: fc.integer({ min: 1, max: 9 }),
  quantity: fc.constantFrom(1, 2, 12, -1),
  gross: fc.integer({ min: 100, max: 900_000 }),
  conflict: fc.constantFrom(false, false, false, true),
  writing: fc.record({
    ean: fc.constantFrom('text', 'number', 'float'),
    amount: fc.constantFrom('number', 'blanks'),
    date: fc.constantFrom('text', 'cell'),
  }),
  without: fc.constantFrom(false, false, false, false, true),
});

test('Skins SA: every line is a fact, repeats included, without VAT, and lines without a code are held back', () => {
  fc.assert(
    fc.property(fc.array(saLine, { minLength: 1, maxLength: 30 }), fc.boolean(), (made, twice) => {
      const lines = twice ? made.flatMap((line) => [line, line]) : made;
      fc.pre(lines.some(({ without }) => !without));
      const facts: Fact[] = [];
      const body = lines.map(({ branch, day, ean, quantity, gross, conflict, writing, without }): Cell[] => {
        const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
        const sign = quantity < 0 !== conflict ? -1 : 1;
        const net = (sign * gross) / 115;
        const shown = Math.abs(net)
          .toFixed(2)
          .replace('.', ',')
          .replace(/\B(?=(\d{3})+,)/g, ' ');
        const amount = writing.amount === 'number' ? net : cents(Math.abs(net)) * sign;
        if (!without) facts.push({ product: eanOf(ean), year, month, quantity, amount, store: branch });
        return [
          branch,
          writing.date === 'text'
            ? `${month}/${date}/${year}`
            : { kind: 'date', value: day.toISOString().slice(0, 10), raw: '45000' },
          without
            ? null
            : writing.ean === 'text'
              ? eanOf(ean)
              : writing.ean === 'number'
                ? Number(eanOf(ean))
                : `${eanOf(ean)}.0`,
          quantity,
          'Nova Boy of Tune EDP 100ml',
          (sign * gross) / 100,
          writing.amount === 'number' ? net : `   ${sign < 0 ? '-' : ''}${shown} `,
          month,
          year,
          'ACTIVE',
          'SKINS NETHERLANDS',
          'FRAGRANCE',
          'NOVA',
          'D',
        ];
      });
      const summary = sheet('sales summary', [
        ['MONTH', 'TOTAL'],
        [1, 12345],
      ]);
      const result = holds(
        'Skins_SA_NOVA_Sell_Out_2025.xlsx',
        [sheet('NOVA', [sa, ...body]), summary],
        'skins_sa',
        facts,
      );
      expect(result.quarantined.map(({ reasonCode }) => reasonCode)).toEqual(
        lines.filter(({ without }) => without).map(() => 'missing_ean'),
      );
      const conflicts = lines.filter(({ conflict, without }) => conflict && !without).length;
      const flagged = result.issues.filter(({ rule }) => rule === 'sign-conflict').length;
      expect(flagged > 0).toBe(conflicts > 0);
    }),
    runs,
  );
});

test('Skins SA: subtotals of the branches and the grand total are no lines; one changed line shows in both', () => {
  fc.assert(
    fc.property(
      fc.array(saLine, { minLength: 2, maxLength: 30 }),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (lines, at, more) => {
        const whole = lines.map((each) => ({ ...each, gross: 115 + each.gross - (each.gross % 115), without: false }));
        const branches = [...new Set(whole.map(({ branch }) => branch))];
        const facts: Fact[] = [];
        const rows: Cell[][] = [];
        const places: number[] = [];
        const all = { quantity: 0, net: 0 };
        for (const branch of branches) {
          const sum = { quantity: 0, net: 0 };
          for (const { day, ean, quantity, gross, ...line } of whole.filter((each) => each.branch === branch)) {
            const net = (gross / 115) * (quantity < 0 ? -1 : 1);
            const month = day.getUTCMonth() + 1;
            const year = day.getUTCFullYear();
            places.push(rows.length);
            rows.push([branch, null, eanOf(ean), quantity, 'Nova', net * 1.15, net, month, year, 'ACTIVE']);
            facts.push({ product: eanOf(ean), year, month, quantity, amount: net, store: line.branch });
            sum.quantity += quantity;
            sum.net += net;
          }
          rows.push([`${branch} Total`, null, null, sum.quantity, null, sum.net * 1.15, sum.net]);
          all.quantity += sum.quantity;
          all.net += sum.net;
        }
        rows.push(['Grand Total', null, null, all.quantity, null, all.net * 1.15, all.net]);
        const made = sheet('NOVA', [sa, ...rows]);
        const result = holds('Skins SA NOVA CY 2025 February.xlsx', [made], 'skins_sa', facts);
        expect(result.checks.length).toBeGreaterThanOrEqual(2);
        const { cells } = made.rows[1 + places[at % places.length]!]!;
        cells[3] = (cells[3] as number) + more;
        const wrong = offBy(read('Skins SA NOVA CY 2025 February.xlsx', [made], 'skins_sa'), more);
        expect(wrong).toContain(`NOVA row ${rows.length + 1}, OrderQty`);
      },
    ),
    runs,
  );
});
