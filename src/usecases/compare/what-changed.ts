// An upload that is stored -> how it stands beside the other files of its vendor: the months that differ, and what is worth
// knowing before somebody signs the receipt.

import type { Ports, Receipt } from '../../ports.ts';

/** Adds to a receipt what comparing its upload with the other files of its vendor gives. */
export async function withHistory(ports: Pick<Ports, 'history'>, receipt: Receipt): Promise<Receipt> {
  if (receipt.scopes.length === 0) return receipt;
  const differs = receipt.scopes.some(({ state }) => state === 'differs');
  return { ...receipt, differences: differs ? await ports.history.differences(receipt.uploadId) : [] };
}
