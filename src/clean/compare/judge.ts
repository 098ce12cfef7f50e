// The figures of a file beside those of the others of its vendor -> what is worth saying, and nothing else.

import type { Issue } from '../types.ts';
import type { Beside, EuroWorth } from './beside.ts';
import { currencyFindings } from './currencies.ts';
import { priceFindings } from './prices.ts';
import { productFindings } from './products.ts';
import { returnFindings } from './returns.ts';
import { totalFindings } from './totals.ts';

/** Nothing of a reseller's first file. */
export function besideFindings({ resellers, worth }: { resellers: Beside[]; worth: EuroWorth[] }): Issue[] {
  return resellers
    .filter(({ previousFile }) => previousFile !== null)
    .flatMap((beside) => [
      ...currencyFindings(beside),
      ...totalFindings(beside),
      ...priceFindings(beside, worth),
      ...returnFindings(beside),
      ...productFindings(beside),
    ]);
}
