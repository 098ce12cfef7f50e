// The currencies of a file beside those in which this reseller has reported until now.

import type { Issue } from '../types.ts';
import type { Beside } from './beside.ts';
import { finding } from './finding.ts';

export function currencyFindings({ reseller, currencies: { file, before } }: Beside): Issue[] {
  const fresh = file.filter((currency) => !before.includes(currency));
  if (before.length === 0 || fresh.length === 0) return [];
  const hint = `The amounts are in ${fresh.join(' and ')}; until now ${reseller} reported in ${before.join(' and ')}.`;
  return [finding('warning', 'currency-new', hint)];
}
