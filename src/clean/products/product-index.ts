// The product list -> answers to "which product is that?": by EAN, by the client's own code, by what one vendor calls it.
// Refuses a code that two products share: which one is meant must be said by a person.

import type { KnownProduct } from '../types.ts';
import { aliasKey } from './alias-key.ts';

export interface ProductIndex {
  /** undefined for an EAN that is not on the list. */
  byEan(ean: string): KnownProduct | undefined;
  /** The only product with this functional name, case-blind. */
  byCode(code: string): KnownProduct | undefined;
  /** What a person said that the vendor means by this id or text. */
  byAlias(text: string): KnownProduct | undefined;
}

/** @param vendor whose aliases count, and those of `*`; another vendor may mean another product by the same text */
export function makeProductIndex(products: readonly KnownProduct[], vendor: string): ProductIndex {
  const eans = new Map<string, KnownProduct>();
  const codes = new Map<string, KnownProduct | null>();
  const aliases = new Map<string, KnownProduct>();
  for (const product of products) {
    if (product.ean !== null) eans.set(product.ean, product);
    const code = aliasKey(product.functionalName);
    if (code !== '') codes.set(code, codes.has(code) ? null : product);
    for (const alias of product.aliases) {
      const key = aliasKey(alias.text);
      // What everybody may call it gives way to what this vendor means by it.
      if (alias.vendor === vendor || (alias.vendor === '*' && !aliases.has(key))) aliases.set(key, product);
    }
  }
  return {
    byEan: (ean) => eans.get(ean),
    byCode: (code) => codes.get(aliasKey(code)) ?? undefined,
    byAlias: (text) => aliases.get(aliasKey(text)),
  };
}
