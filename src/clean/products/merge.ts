// A product list that came in -> what it changes in the list that is kept. A row means a product by its EAN, or by its code
// where it has no EAN; what it leaves empty stays as it was. Refuses a code that two kept products share.

import type { RefusedRow } from '../lists/columns.ts';
import type { ProductEntry } from '../lists/product-list.ts';
import { aliasKey } from './alias-key.ts';
import type { ListedProduct, ProductChange } from './listed.ts';

export interface Merge {
  added: ProductChange[];
  changed: ProductChange[];
  unchanged: number;
  refused: RefusedRow[];
}

export function mergeProducts(kept: ListedProduct[], entries: ProductEntry[]): Merge {
  const byEan = new Map(kept.flatMap((product) => (product.ean === null ? [] : [[product.ean, product] as const])));
  const byCode = Map.groupBy(kept, ({ functionalName }) => aliasKey(functionalName ?? ''));
  const merge: Merge = { added: [], changed: [], unchanged: 0, refused: [] };
  for (const entry of entries) {
    const found = productOf(entry, byEan, byCode);
    if (found === 'several') {
      const reason = `several products of the list have the code ${entry.functionalName}: give the EAN`;
      merge.refused.push({ row: entry.row, reason });
    } else if (found === null) {
      const { row: _row, ...values } = entry;
      merge.added.push({ id: null, ...values, aliases: keysOf(entry) });
    } else {
      const change = changeOf(found, entry);
      if (change === null) merge.unchanged += 1;
      else merge.changed.push(change);
    }
  }
  return merge;
}

function productOf(
  entry: ProductEntry,
  byEan: Map<string, ListedProduct>,
  byCode: Map<string, ListedProduct[]>,
): ListedProduct | 'several' | null {
  const sameEan = entry.ean === null ? undefined : byEan.get(entry.ean);
  if (sameEan) return sameEan;
  const code = aliasKey(entry.functionalName ?? '');
  const sameCode = code === '' ? [] : (byCode.get(code) ?? []);
  // A product that was kept by its code alone may now get its EAN; one with another EAN is another product.
  const fitting = entry.ean === null ? sameCode : sameCode.filter(({ ean }) => ean === null);
  return fitting.length > 1 ? 'several' : (fitting[0] ?? null);
}

/** null when the row says nothing new. */
function changeOf(kept: ListedProduct, entry: ProductEntry): ProductChange | null {
  const aliases = keysOf(entry).filter(
    ({ vendor, text }) => !kept.aliases.some((alias) => alias.vendor === vendor && alias.text === text),
  );
  const change: ProductChange = {
    id: kept.id,
    ean: entry.ean ?? kept.ean,
    functionalName: entry.functionalName ?? kept.functionalName,
    name: entry.name ?? kept.name,
    brand: entry.brand ?? kept.brand,
    listPrice: entry.listPrice ?? kept.listPrice,
    aliases,
  };
  const same =
    kept.confirmed &&
    aliases.length === 0 &&
    change.ean === kept.ean &&
    change.functionalName === kept.functionalName &&
    change.name === kept.name &&
    change.brand === kept.brand &&
    change.listPrice === kept.listPrice;
  return same ? null : change;
}

function keysOf({ aliases }: ProductEntry): { vendor: string; text: string }[] {
  return aliases.map(({ vendor, text }) => ({ vendor, text: aliasKey(text) }));
}

/** The list as it will be. */
export function afterwards(kept: ListedProduct[], changes: ProductChange[]): ListedProduct[] {
  const moved = new Set(changes.flatMap(({ aliases }) => aliases.map(({ vendor, text }) => `${vendor}\t${text}`)));
  const changed = new Map(changes.map((change) => [change.id, change]));
  const staying = kept.map((product): ListedProduct => {
    // A text means one product: what another one is now called, this one no longer is.
    const aliases = product.aliases.filter(({ vendor, text }) => !moved.has(`${vendor}\t${text}`));
    const change = changed.get(product.id);
    return change
      ? { ...product, ...change, id: product.id, confirmed: true, aliases: [...aliases, ...change.aliases] }
      : { ...product, aliases };
  });
  const added = changes
    .filter(({ id }) => id === null)
    .map((change, place): ListedProduct => ({ ...change, id: `new ${place}`, confirmed: true }));
  return [...staying, ...added];
}
