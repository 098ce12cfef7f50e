// What a table says of each product and month, and which of them another table means by a name: the same words, else the same letters
// and digits where no other has them, else what the product list knows by that name.

import type { ProductIndex } from '../products/product-index.ts';
import type { CleanRow, Period } from '../types.ts';
import { headingKey, squash } from '../values/text.ts';

export interface TableProducts {
  meet(row: CleanRow): void;
  /** Null for a name that is no product's, neither in the table nor on the list. */
  keyOf(name: string): string | null;
  /** By key, what the table calls it. */
  names(): Map<string, string>;
  /** As it stands in the table. */
  rawOf(key: string): string;
  /** 0 where the table has none. */
  quantity(key: string, month: Period): number;
  /** Whether the table has any row of the month. */
  isSold(month: Period): boolean;
  /** Whether two rows of the month are of one product, so that nobody knows whose the pieces of another table are. */
  isTwice(month: Period): boolean;
}

/** Beyond it nobody states them again store by store. */
const mostProducts = 20_000;

interface Known {
  raw: string;
  months: Map<number, number>;
}

export function makeTableProducts(list: ProductIndex): TableProducts {
  const own = new Map<string, Known>();
  /** Null where several have the same letters and digits. */
  const loosely = new Map<string, string | null>();
  const byProduct = new Map<string, string>();
  const sold = new Set<number>();
  const twice = new Set<number>();

  return {
    meet({ rawProduct, productEan, functionalName, year, month, quantity }) {
      const at = numberOf({ year, month });
      sold.add(at);
      if (rawProduct === null) return;
      const key = squash(rawProduct);
      if (own.size === mostProducts && !own.has(key)) return;
      const known = own.get(key) ?? { raw: rawProduct, months: new Map<number, number>() };
      if (!own.has(key)) {
        own.set(key, known);
        const loose = headingKey(key);
        loosely.set(loose, loosely.has(loose) ? null : key);
      }
      const product = identity(productEan, functionalName);
      if (product !== null && !byProduct.has(product)) byProduct.set(product, key);
      if (known.months.has(at) || known.raw !== rawProduct) twice.add(at);
      known.months.set(at, (known.months.get(at) ?? 0) + quantity);
    },
    keyOf(name) {
      if (own.has(name)) return name;
      const loose = loosely.get(headingKey(name));
      if (loose) return loose;
      const listed = list.byAlias(name) ?? list.byCode(name);
      if (listed === undefined) return null;
      const product = identity(listed.ean, listed.functionalName);
      return (product === null ? undefined : byProduct.get(product)) ?? name;
    },
    names: () => new Map([...own].map(([key, { raw }]) => [key, squash(raw)])),
    rawOf: (key) => own.get(key)?.raw ?? key,
    quantity: (key, month) => own.get(key)?.months.get(numberOf(month)) ?? 0,
    isSold: (month) => sold.has(numberOf(month)),
    isTwice: (month) => twice.has(numberOf(month)),
  };
}

function identity(ean: string | null, functionalName: string | null): string | null {
  return ean === null && functionalName === null ? null : `${ean ?? ''}\n${functionalName ?? ''}`;
}

function numberOf({ year, month }: Period): number {
  return year * 12 + month;
}
