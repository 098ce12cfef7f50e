// What there is in the data -> questions that it can answer.

import type { Names } from './names.ts';

/** Three of them, the same for the same data. `today` is `YYYY-MM-DD`. */
export function suggestions(names: Names, today: string): string[] {
  const year = (names.months?.to ?? today).slice(0, 4);
  const [reseller] = names.resellers;
  const found = [`Total sales by reseller in ${year}`, `Top 5 products in ${year} by units`];
  found.push(reseller === undefined ? `Sales by month in ${year}` : `Sales of ${reseller} by month in ${year}`);
  return found;
}
