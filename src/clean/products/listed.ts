// The product list as a person keeps it, and the names under which stored rows go.

import type { KnownProduct } from '../types.ts';

export interface ListedProduct {
  id: string;
  ean: string | null;
  functionalName: string | null;
  name: string | null;
  brand: string | null;
  listPrice: number | null;
  /** false: only met in a file. */
  confirmed: boolean;
  aliases: { vendor: string; text: string }[];
}

/** A product to be added (`id` null) or brought to these values; its aliases, as keys (see alias-key), come to those that it has. */
export type ProductChange = Omit<ListedProduct, 'id' | 'confirmed'> & { id: string | null };

/** What a vendor's files call a product for which they give no EAN, and what is stored under that name. */
export interface NameInFiles {
  vendor: string;
  rawProduct: string | null;
  /** The file's code, id or text: what decides (see CleanRow). */
  productInFile: string | null;
  /** What the rows carry now. */
  ean: string | null;
  functionalName: string | null;
  /** Rows that count in answers, and what they come to. */
  rows: number;
  quantity: number;
  /** null where no row has one, or where they are in several currencies. */
  amount: number | null;
  currency: string;
  /** `YYYY-MM` */
  from: string;
  to: string;
  uploads: number;
}

/** The product of a name, as rows carry it. */
export interface NamedProduct {
  name: NameInFiles;
  ean: string | null;
  functionalName: string;
  brand: string | null;
}

/** What cleaning may use of the list: a name that was only met in a file is not the client's own. */
export function knownProducts(products: ListedProduct[]): KnownProduct[] {
  return products.flatMap(({ ean, functionalName, name, brand, confirmed, aliases }) => {
    const called = functionalName ?? name;
    return confirmed && called !== null ? [{ ean, functionalName: called, brand, aliases }] : [];
  });
}
