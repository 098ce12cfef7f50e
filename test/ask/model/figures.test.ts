import { expect, test } from 'vitest';
import { unfounded } from '#src/ask/model/figures.ts';

const sales = { columns: ['sales'], rows: [{ sales: 2_067_041.36 }] };
const ranking = {
  columns: ['product', 'units', 'sales'],
  rows: [
    { product: 'Rose 100 ml', units: 120, sales: 24_600.5 },
    { product: 'Fig 30 ml', units: 80, sales: 9_600 },
    { product: 'No. 5 Candle', units: 50, sales: 5_500 },
  ],
};
const growth = { columns: ['current', 'previous'], rows: [{ current: 1500, previous: 1200 }] };

test.each([
  ['You sold for €2,067,041.36.', '', [sales]],
  ['You sold for 2,067,041 euros in 2024.', '', [sales]],
  ['About €2.07M in Q1 2024 and April 2024.', '', [sales]],
  ['Rund 2,1 million Euro.', '', [sales]],
  ['2 067 041 EUR, seit dem 3. März 2025.', '', [sales]],
  ['Rose 100 ml leads with 120 units, 40 more than Fig 30 ml.', '', [ranking]],
  ['The 3 products sold 250 units, No. 5 Candle 20% of them.', '', [ranking]],
  ['Your top 3: Rose 100 ml at €205.00 each.', 'top 3 products', [ranking]],
  ['Sales grew by 25% from 1,200 to 1,500, that is +300.', '', [growth]],
  ['On average 83.3 units each.', '', [ranking]],
  ['There are no such data.', '', []],
  ['The 5 best since 2024-03: see the table.', 'best 5 since March 2024', [ranking]],
])('is content with %j', (text, question, results) => {
  expect(unfounded(text, question, results)).toEqual([]);
});

test.each([
  ['You sold for €2,067,042.36.', [sales], ['2,067,042.36']],
  ['You sold for €3.1M.', [sales], ['3.1M']],
  ['It was 9,876 units in 2024.', [ranking], ['9,876']],
  ['Rose 100 ml has a share of 51%.', [ranking], ['51']],
  ['It grew by 26%.', [growth], ['26']],
  ['You sold 12 boxes.', [], ['12']],
  ['Rose 275 ml leads with 120 units.', [ranking], ['275']],
])('finds what nothing gives in %j', (text, results, found) => {
  expect(unfounded(text, '', results)).toEqual(found);
});
