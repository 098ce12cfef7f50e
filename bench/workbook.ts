// A big report in a real layout (the same that bench/baseline.py reads), with the mess that real ones have: comma decimals
// as text, lower-case codes, a sheet before the one that counts.

import { makeWorkbooks } from '#adapters/excel/index.ts';

const months = 24;

/** XLSX bytes with `rows` sales rows over 24 months. The same arguments give the same figures. */
export function bigReport(rows: number): Promise<Uint8Array> {
  const random = generator(rows);
  const data = Array.from({ length: rows }, (_, index) => {
    const product = Math.floor(random() * 400);
    const quantity = 1 + Math.floor(random() * 20);
    const amount = (quantity * (20 + product * 0.37)).toFixed(2);
    const month = Math.floor((index / rows) * months);
    return {
      YEAR: 2024 + Math.floor(month / 12),
      MONTH: (month % 12) + 1,
      CHANNEL: index % 3 === 0 ? 'Online' : 'Retail',
      POS: `Shop ${1 + Math.floor(random() * 60)}`,
      EAN: ean(product),
      QTY: quantity,
      AMOUNT: index % 2 === 0 ? amount.replace('.', ',') : Number(amount),
      DESCRIPTION: `Scent ${product} EDP 100 ml`,
      SKU: index % 5 === 0 ? `nb${product}x100` : `NB${product}X100`,
    };
  });
  const columns = Object.keys(data[0] ?? {}).map((key) => ({ header: key, key }));
  return makeWorkbooks().write([
    { name: 'Summary', columns: [{ header: 'Note', key: 'note' }], rows: [{ note: 'See the next sheet' }] },
    { name: 'SELL OUT BY EAN', columns, rows: data },
  ]);
}

function ean(product: number): string {
  const digits = `735999${String(100000 + product)}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Mulberry32: small, seeded, good enough for test data. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
