// How much of what was sold came back, in a file and before it.

import { formatNumber, formatPercent } from '../../message/format.ts';
import type { Issue } from '../types.ts';
import type { Beside } from './beside.ts';
import { finding } from './finding.ts';

/** Fewer units than these come back by chance. */
const leastUnits = 5;
/** A rate is unusual when it is so many times the usual one and so many points above it. */
const rise = { times: 2, points: 0.05 };
/** A rate of so few reports says nothing. */
const enoughReports = 3;

export function returnFindings({ reseller, products, lately }: Beside): Issue[] {
  if (lately < enoughReports) return [];
  const sum = (of: 'sold' | 'returned' | 'soldBefore' | 'returnedBefore') =>
    products.reduce((total, product) => total + product[of], 0);
  const [sold, returned, soldBefore, returnedBefore] = [
    sum('sold'),
    sum('returned'),
    sum('soldBefore'),
    sum('returnedBefore'),
  ];
  if (sold === 0 || soldBefore === 0) return [];
  const [rate, usual] = [returned / sold, returnedBefore / soldBefore];
  const rates = `${formatNumber(returned)} of ${formatNumber(sold)} units (${percent(rate)}) came back; usual at ${reseller} is ${percent(usual)}`;
  if (returned >= leastUnits && rate >= rise.times * usual && rate - usual >= rise.points) {
    return [finding('warning', 'returns-unusual', `${rates}.`)];
  }
  if (returned === 0 && usual * sold >= leastUnits) {
    const hint = `${rates}, which would be about ${formatNumber(Math.round(usual * sold))} units. Are the returns left out?`;
    return [finding('warning', 'returns-unusual', hint)];
  }
  return [];
}

function percent(share: number): string {
  return formatPercent(share * 100);
}
