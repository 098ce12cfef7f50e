// The product list, the names in files that nobody has matched, a person's word on one of them, and a list that comes in.
// What is learnt reaches the rows that are stored already, in the same transaction.

import type { RefusedRow } from '../../clean/lists/columns.ts';
import { readProductList } from '../../clean/lists/product-list.ts';
import { aliasKey } from '../../clean/products/alias-key.ts';
import {
  knownProducts,
  type ListedProduct,
  type NameInFiles,
  type ProductChange,
} from '../../clean/products/listed.ts';
import { afterwards, mergeProducts } from '../../clean/products/merge.ts';
import { isNamed, namesToChange, productOfNames } from '../../clean/products/names.ts';
import { makeProductIndex } from '../../clean/products/product-index.ts';
import { makeSuggestions } from '../../clean/products/suggestions.ts';
import { isEan } from '../../clean/values/ean.ts';
import { squash } from '../../clean/values/text.ts';
import { AppError } from '../../errors.ts';
import type { Ports, Principal } from '../../ports.ts';
import { type ListFile, readRows } from './read-rows.ts';
import { mustBe } from './roles.ts';

/** A name that waits for a person, and the products that it may mean. */
export type UnmatchedName = NameInFiles & { suggestions: ListedProduct[] };

/** Most units first. A contributor sees the names of the files that they may see, an administrator all. */
export async function unmatchedNames(
  ports: Pick<Ports, 'catalogue' | 'audit'>,
  by: Principal,
): Promise<UnmatchedName[]> {
  await mustBe(ports, by, 'contributor', 'products to be matched');
  const products = await ports.catalogue.products();
  const names = await ports.catalogue.names(by.role === 'admin' ? null : by);
  const find = productOfNames(knownProducts(products));
  const suggest = makeSuggestions(products);
  return names
    .filter((name) => name.rows > 0 && name.ean === null && find(name) === undefined)
    .sort((a, b) => Math.abs(b.quantity) - Math.abs(a.quantity) || (textOf(a) < textOf(b) ? -1 : 1))
    .map((name) => ({ ...name, suggestions: suggest(textOf(name)) }));
}

/** What the file says, for a person to read and to repeat. */
export function textOf({ rawProduct, productInFile }: NameInFiles): string {
  return squash(rawProduct ?? productInFile ?? '');
}

/**
 * A person's word: this vendor means this product by this text, in files to come and in rows that are stored.
 * @param product an EAN or a functional name of the list
 */
export async function matchProduct(
  ports: Pick<Ports, 'catalogue' | 'audit'>,
  match: { text: string; vendor: string; product: string },
  by: Principal,
): Promise<{ product: ListedProduct; rows: number }> {
  await mustBe(ports, by, 'contributor', 'product match');
  const key = aliasKey(match.text);
  if (key === '' || key.length > 1000) throw new AppError('DATA_INVALID', { reason: 'the text is empty or too long' });
  const products = await ports.catalogue.products();
  const product = meant(products, match.product);
  const codes = makeProductIndex(knownProducts(products), match.vendor);
  const itself = codes.byCode(match.text);
  if (itself && (itself.ean !== product.ean || itself.functionalName !== product.functionalName)) {
    const reason = `"${match.text}" is itself the code of a product of the list (${itself.ean ?? 'without EAN'})`;
    throw new AppError('DATA_INVALID', { reason });
  }
  const { id, ean, functionalName, name, brand, listPrice } = product;
  const aliases = [{ vendor: match.vendor, text: key }];
  const change: ProductChange = { id, ean, functionalName, name, brand, listPrice, aliases };
  const find = productOfNames(knownProducts(afterwards(products, [change])));
  const names = (await ports.catalogue.names(null)).filter((each) => isNamed(each, match.vendor, match.text));
  const { rows } = await ports.catalogue.learn([change], namesToChange(names, find), `matched by ${by.email}`, by);
  const details = { vendor: match.vendor, product: ean ?? functionalName ?? '', rows: String(rows) };
  await ports.audit.security({ principal: by, kind: 'product-matched', details });
  return { product, rows };
}

function meant(products: ListedProduct[], said: string): ListedProduct {
  const text = said.trim();
  const found = isEan(text)
    ? products.filter(({ ean }) => ean === text)
    : products.filter(({ functionalName }) => functionalName !== null && aliasKey(functionalName) === aliasKey(text));
  const [one] = found;
  if (found.length > 1) {
    const eans = found.map(({ ean }) => ean ?? 'none').join(', ');
    throw new AppError('DATA_INVALID', { reason: `several products have the code ${text}; say the EAN (${eans})` });
  }
  if (one) return one;
  const wrong = /^\d{13}$/.test(text) && !isEan(text) ? ' (its check digit is wrong)' : '';
  throw new AppError('DATA_INVALID', { reason: `no product of the list is ${text}${wrong}` });
}

export interface ImportedProducts {
  file: string;
  added: number;
  changed: number;
  unchanged: number;
  refused: RefusedRow[];
  /** Stored rows that carry another product now. */
  rows: number;
}

/** @param vendors ids whose columns may hold what they call a product */
export async function importProducts(
  ports: Pick<Ports, 'catalogue' | 'sheets' | 'audit'>,
  file: ListFile,
  vendors: string[],
  by: Principal,
): Promise<ImportedProducts> {
  await mustBe(ports, by, 'admin', 'products import');
  const { entries, refused } = readProductList(file.name, await readRows(ports, file), vendors);
  const products = await ports.catalogue.products();
  const merge = mergeProducts(products, entries);
  const changes = [...merge.added, ...merge.changed];
  const find = productOfNames(knownProducts(afterwards(products, changes)));
  const names = namesToChange(await ports.catalogue.names(null), find);
  const { rows } = await ports.catalogue.learn(changes, names, 'product-list', by);
  const counts = { added: merge.added.length, changed: merge.changed.length };
  const details = { file: file.name, added: String(counts.added), changed: String(counts.changed), rows: String(rows) };
  await ports.audit.security({ principal: by, kind: 'products-imported', details });
  const all = [...refused, ...merge.refused].sort((a, b) => a.row - b.row);
  return { file: file.name, ...counts, unchanged: merge.unchanged, refused: all, rows };
}
