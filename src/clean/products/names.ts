// The names under which stored rows go, beside the product list -> which of them are products now, and which wait for a
// person. The same order as for a new file: code, then what the vendor means by code, id or text.

import type { KnownProduct } from '../types.ts';
import { aliasKey } from './alias-key.ts';
import type { NamedProduct, NameInFiles } from './listed.ts';
import { makeProductIndex, type ProductIndex } from './product-index.ts';

/** undefined for a name that nobody has matched. */
export type ProductOfName = (name: NameInFiles) => KnownProduct | undefined;

export function productOfNames(products: KnownProduct[]): ProductOfName {
  const indexes = new Map<string, ProductIndex>();
  return ({ vendor, productInFile, rawProduct }) => {
    let index = indexes.get(vendor);
    if (!index) {
      index = makeProductIndex(products, vendor);
      indexes.set(vendor, index);
    }
    const [first = '', ...others] = wordsOf({ productInFile, rawProduct });
    const ways = [
      index.byCode(first),
      ...[first, ...others].map((words) => index.byAlias(words)),
      ...others.map((words) => index.byCode(words)),
    ];
    return ways.find((known) => known !== undefined);
  };
}

function wordsOf({ productInFile, rawProduct }: Pick<NameInFiles, 'productInFile' | 'rawProduct'>): string[] {
  return [...(productInFile ?? '').split('\n'), rawProduct ?? ''].filter((words) => words !== '');
}

/** The rows that carry something else than what is known now. */
export function namesToChange(names: NameInFiles[], find: ProductOfName): NamedProduct[] {
  return names.flatMap((name) => {
    const known = find(name);
    if (!known || (known.ean === name.ean && known.functionalName === name.functionalName)) return [];
    return [{ name, ean: known.ean, functionalName: known.functionalName, brand: known.brand }];
  });
}

/** Whether a vendor's text is this name. */
export function isNamed(name: NameInFiles, vendor: string, text: string): boolean {
  const key = aliasKey(text);
  return name.vendor === vendor && wordsOf(name).some((each) => aliasKey(each) === key);
}
