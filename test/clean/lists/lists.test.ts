import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { readProductList } from '#src/clean/lists/product-list.ts';
import { readRateList } from '#src/clean/lists/rate-list.ts';
import { type EuroRate, monthlyMeans } from '#src/clean/lists/rates.ts';
import type { SheetRow } from '#src/clean/sheet.ts';

function rowsOf(text: string): SheetRow[] {
  const lines = parse(text, {
    relax_column_count: true,
    delimiter: /^[^\n]*;/.test(text) && !/^[^\n]*,/.test(text) ? ';' : ',',
  }) as string[][];
  return lines
    .map((cells, i) => ({ row: i + 1, cells: cells.map((cell) => (cell === '' ? null : cell)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== null));
}
const rates = (text: string, base = 'EUR', known: EuroRate[] = []) =>
  readRateList('list.csv', rowsOf(text), base, known);

test('the headings of a product list may stand lower down and be called otherwise', () => {
  const text = 'Our products,,,\n,,,\nGTIN,Item code,Description,Shop-Name\n4006381333931,SOAP100,Soap,Soap 100 g;SOAP';
  expect(readProductList('list.csv', rowsOf(text), ['shop', 'shop_two'])).toEqual({
    entries: [
      {
        row: 4,
        ean: '4006381333931',
        functionalName: 'SOAP100',
        name: 'Soap',
        brand: null,
        listPrice: null,
        aliases: [
          { vendor: 'shop', text: 'Soap 100 g' },
          { vendor: 'shop', text: 'SOAP' },
        ],
      },
    ],
    refused: [],
  });
});

test('a text that two products of a list share for one vendor, and a code that stands twice without EAN, are refused', () => {
  const text = 'ean,code,shop_name\n4006381333931,A,Soap 100 ML\n,B,soap 100ml\n,C,\n,c,\n7359990010005,C,\n';
  const { entries, refused } = readProductList('list.csv', rowsOf(text), ['shop']);
  expect(entries.map(({ row }) => row)).toEqual([6]);
  expect(refused.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
    '2 "soap 100ml" names the product of row 3 too',
    '3 "soap 100ml" names the product of row 2 too',
    '4 C stands in row 5, 6 too',
    '5 c stands in row 4, 6 too',
  ]);
});

test.each([
  ['currency,month,EUR per unit\nGBP,2025-04,1.25', 1.25],
  ['currency,month,eur_per_unit\nGBP,04/2025,"1,25"', 1.25],
  ['currency,month,Units per EUR\nGBP,April 2025,0.8', 1.25],
  ['currency,year,month,rate,direction\nGBP,2025,4,0.8,foreign currency units per 1 euro', 1.25],
  ['currency;month;Rate (base currency for one unit)\nGBP;2025-04-30;1,25', 1.25],
])('%j means one rate', (text, eurPerUnit) => {
  expect(rates(text).rates).toMatchObject([{ currency: 'GBP', year: 2025, month: 4, eurPerUnit }]);
});

test.each(['rate', 'EUR/GBP', 'GBP', 'EUR rate'])('the heading %j does not say which way it is meant', (heading) => {
  expect(() => rates(`currency,month,${heading}\nGBP,2025-04,1.25`)).toThrow('which way its rates are meant');
});

test('a list against another base goes through what the euro is worth in it', () => {
  const text = 'currency,month,USD per unit\nGBP,2025-04,1.25\nEUR,2025-04,1.1\nGBP,2025-05,1.3\nGBP,2025-06,1.3';
  const may = { currency: 'USD', year: 2025, month: 5, eurPerUnit: 0.9, source: 'x' };
  const { rates: found, refused } = rates(text, 'USD', [may]);
  expect(found.map(({ currency, month, eurPerUnit }) => [currency, month, eurPerUnit])).toEqual([
    ['GBP', 4, 1.136363636],
    ['USD', 4, 0.9090909091],
    ['GBP', 5, 1.17],
  ]);
  expect(refused).toEqual([{ row: 5, reason: 'without the rate of EUR to USD for that month it cannot be used' }]);
});

test('a monthly mean is that of the published figures, turned round', () => {
  const day = (date: string, unitsPerEuro: number) => ({ date, currency: 'USD', unitsPerEuro });
  expect(monthlyMeans([day('2025-04-01', 1), day('2025-04-02', 3), day('2025-05-02', 4)], 'ECB')).toEqual([
    { currency: 'USD', year: 2025, month: 4, eurPerUnit: 0.5, source: 'ECB 2025-04 (mean of 2 days)' },
    { currency: 'USD', year: 2025, month: 5, eurPerUnit: 0.25, source: 'ECB 2025-05 (mean of 1 day)' },
  ]);
});
