// Converted rows as they go by -> what each reseller, store and month comes to, per currency: the totals of a receipt,
// once it is known which of them were loaded.

import type { ConvertedRow, Period } from '../clean/types.ts';
import type { Receipt, ScopeOutcome } from '../ports.ts';

export interface ScopeTotals {
  add(rows: ConvertedRow[]): void;
  /** Of these scopes; amounts rounded to the cent. `amountBase` is null when any part of it has no rate, `amount` when no row has one. */
  of(scopes: Pick<ScopeOutcome, 'reseller' | 'store' | 'period' | 'week'>[]): Receipt['totals'];
  /** Of every row. */
  all(): Receipt['totals'];
}

interface Total {
  quantity: number;
  amount: number | null;
  amountBase: number | null;
  /** A row has an amount and no rate. */
  unknown: boolean;
}

/** @param byStore whether a store is a scope of its own */
export function makeTotals(byStore: boolean): ScopeTotals {
  const scopes = new Map<string, Map<string, Total>>();

  function currenciesOf(row: ConvertedRow): Map<string, Total> {
    const key = keyOf(row.reseller, byStore ? row.store : null, row, row.weekEnding);
    let currencies = scopes.get(key);
    if (!currencies) {
      currencies = new Map();
      scopes.set(key, currencies);
    }
    return currencies;
  }

  return {
    add(rows) {
      let last: { of: ConvertedRow; currencies: Map<string, Total> } | null = null;
      for (const row of rows) {
        // Rows of one scope mostly follow each other.
        if (last === null || !isSameScope(last.of, row, byStore)) last = { of: row, currencies: currenciesOf(row) };
        enter(last.currencies, row.currency, row);
      }
    },
    of: (wanted) =>
      summed(
        wanted.flatMap(({ reseller, store, period, week }) => scopes.get(keyOf(reseller, store, period, week)) ?? []),
      ),
    all: () => summed([...scopes.values()]),
  };
}

function isSameScope(a: ConvertedRow, b: ConvertedRow, byStore: boolean): boolean {
  return (
    a.month === b.month &&
    a.year === b.year &&
    a.weekEnding === b.weekEnding &&
    a.reseller === b.reseller &&
    (a.store === b.store || !byStore)
  );
}

function enter(
  currencies: Map<string, Total>,
  currency: string,
  row: Pick<ConvertedRow, 'quantity' | 'amountLocal' | 'amountBase'>,
): void {
  const total = totalFor(currencies, currency);
  total.quantity += row.quantity;
  if (row.amountLocal === null) return;
  total.amount = (total.amount ?? 0) + row.amountLocal;
  if (row.amountBase === null) total.unknown = true;
  else total.amountBase = (total.amountBase ?? 0) + row.amountBase;
}

function totalFor(currencies: Map<string, Total>, currency: string): Total {
  let total = currencies.get(currency);
  if (!total) {
    total = { quantity: 0, amount: null, amountBase: null, unknown: false };
    currencies.set(currency, total);
  }
  return total;
}

function summed(parts: Map<string, Total>[]): Receipt['totals'] {
  const sums = new Map<string, Total>();
  for (const part of parts) {
    for (const [currency, total] of part) {
      const sum = totalFor(sums, currency);
      sum.quantity += total.quantity;
      if (total.amount !== null) sum.amount = (sum.amount ?? 0) + total.amount;
      if (total.amountBase !== null) sum.amountBase = (sum.amountBase ?? 0) + total.amountBase;
      sum.unknown ||= total.unknown;
    }
  }
  return [...sums].map(([currency, sum]) => ({
    currency,
    quantity: tidy(sum.quantity, 3),
    amount: sum.amount === null ? null : tidy(sum.amount, 2),
    amountBase: sum.unknown || sum.amountBase === null ? null : tidy(sum.amountBase, 2),
  }));
}

function keyOf(reseller: string, store: string | null, { year, month }: Period, week: string | null): string {
  return `${reseller}\u0000${store ?? ''}\u0000${year}-${month}\u0000${week ?? ''}`;
}

function tidy(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round((value + Math.sign(value) * 1e-9) * factor) / factor + 0;
}
