// Fifteen months of three invented resellers: one silent in the last month, one with a currency that has no rate.

import type { DigestInput } from '../../src/digest/input.ts';
import { monthsBefore } from '../../src/digest/input.ts';

export function digestInput(): DigestInput {
  const months = Array.from({ length: 15 }, (_, back) => monthsBefore('2025-04', 14 - back));
  return {
    clientName: 'Aurora & Sons',
    baseCurrency: 'EUR',
    today: '2025-05-12',
    monthly: months.flatMap((month, index) => [
      {
        month,
        reseller: 'Nordlys',
        quantity: 100 + index,
        amount: month === '2025-04' ? 9000.1 : 3000 + (index % 4) * 50,
        rows: 10,
        withoutRate: 0,
      },
      {
        month,
        reseller: 'Ελλάδα Store',
        quantity: 40,
        amount: month < '2025-03' ? 1200.2 : null,
        rows: 4,
        withoutRate: month === '2025-04' ? 4 : 0,
      },
      ...(month === '2025-04'
        ? []
        : [{ month, reseller: 'Quiet Shop', quantity: 7, amount: 700, rows: 2, withoutRate: 0 }]),
    ]),
    truncated: false,
    products: [
      { product: 'Rain 100 ml', amount: 7000, before: 1500, rows: 9, rowsBefore: 3 },
      { product: 'Moss 30 ml', amount: null, before: 700, rows: 0, rowsBefore: 2 },
      { product: 'Same', amount: 5, before: 5, rows: 1, rowsBefore: 1 },
      { product: 'No rate', amount: null, before: 900, rows: 4, rowsBefore: 4 },
    ],
    heldBack: 3,
    lastUpload: { fileName: 'april.xlsx', at: '2025-05-03T10:00:00Z' },
  };
}
