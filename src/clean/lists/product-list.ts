// A client's product list -> its products, with what vendors call them. A row is refused, with its reason, rather than half
// believed: a wrong check digit, an EAN that stands twice, a price that is none.

import { AppError } from '../../errors.ts';
import { aliasKey } from '../products/alias-key.ts';
import type { Cell, SheetRow } from '../sheet.ts';
import { readEan } from '../values/ean.ts';
import { readNumber } from '../values/number.ts';
import { cellText, headingKey, isBlank, squash, storedText } from '../values/text.ts';
import { findList, type RefusedRow } from './columns.ts';

/** A row of the list; null where it says nothing. */
export interface ProductEntry {
  row: number;
  ean: string | null;
  functionalName: string | null;
  name: string | null;
  brand: string | null;
  listPrice: number | null;
  /** `vendor` is `*` for what anybody may call it. */
  aliases: { vendor: string; text: string }[];
}

const synonyms = {
  ean: ['ean', 'ean13', 'ean code', 'gtin', 'barcode', 'product ean'],
  functionalName: ['functional name', 'code', 'sku', 'product code', 'item code', 'article code', 'reference'],
  name: ['name', 'product name', 'description', 'product', 'title', 'article'],
  brand: ['brand'],
  listPrice: ['list price', 'price', 'retail price', 'rrp'],
} as const;
const forEverybody = new Set(['alias', 'aliases', 'synonyms'].map(headingKey));
const longest = 1000;

/**
 * @param vendors ids: a heading that begins with one (`shop_name`, `shop_item`) holds what that vendor calls the product
 * @throws AppError DATA_INVALID when there is no such list in the rows
 */
export function readProductList(
  file: string,
  rows: SheetRow[],
  vendors: readonly string[],
): { entries: ProductEntry[]; refused: RefusedRow[] } {
  const table = findList(rows, synonyms, (at) => at.ean >= 0 || at.functionalName >= 0);
  if (!table) {
    const reason = `${file} has no row of headings with an EAN or a functional name`;
    throw new AppError('DATA_INVALID', { reason });
  }
  const aliasColumns = table.headings.flatMap((heading, column) => {
    const vendor = aliasVendor(heading, vendors);
    return vendor === null ? [] : [{ vendor, column }];
  });
  const refused: RefusedRow[] = [];
  const entries: ProductEntry[] = [];
  for (const { row, cells } of table.rows) {
    if (cells.every(isBlank)) continue;
    const text = (column: number) => storedText(cellText(cells[column])) || null;
    const entry = { row, functionalName: text(table.at.functionalName), name: text(table.at.name) };
    const ean = eanOf(cells[table.at.ean]);
    const price = priceOf(cells[table.at.listPrice]);
    if ('reason' in ean) refused.push({ row, reason: ean.reason });
    else if ('reason' in price) refused.push({ row, reason: price.reason });
    else if (ean.ean === null && entry.functionalName === null)
      refused.push({ row, reason: 'it has neither an EAN nor a functional name' });
    else if ([entry.functionalName, entry.name].some((each) => (each?.length ?? 0) > longest))
      refused.push({ row, reason: 'a name is too long' });
    else {
      const aliases = aliasColumns.flatMap(({ vendor, column }) => aliasesIn(cells[column], vendor));
      entries.push({ ...entry, ean: ean.ean, brand: text(table.at.brand), listPrice: price.price, aliases });
    }
  }
  return withoutRepeats(entries, refused);
}

function aliasVendor(heading: string, vendors: readonly string[]): string | null {
  if (forEverybody.has(headingKey(heading))) return '*';
  const name = heading.toLowerCase().replace(/[\s-]+/g, '_');
  const fitting = vendors.filter((vendor) => name === vendor || name.startsWith(`${vendor}_`));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}

function aliasesIn(cell: Cell | undefined, vendor: string): { vendor: string; text: string }[] {
  const texts = cellText(cell)
    .split(';')
    .map(squash)
    .filter((text) => text !== '' && text.length <= longest);
  return texts.map((text) => ({ vendor, text }));
}

function eanOf(cell: Cell | undefined): { ean: string | null } | { reason: string } {
  const read = readEan(cell);
  if (read.ok) return { ean: read.ean };
  const text = squash(cellText(cell)).slice(0, 60);
  switch (read.problem) {
    case 'missing':
      return { ean: null };
    case 'check-digit':
      return { reason: `the EAN ${text} has a wrong check digit` };
    case 'precision':
      return { reason: `the EAN ${text} has lost digits` };
    case 'not-an-ean':
      return { reason: `${text} is not an EAN` };
  }
}

function priceOf(cell: Cell | undefined): { price: number | null } | { reason: string } {
  if (isBlank(cell)) return { price: null };
  const number = typeof cell === 'number' ? cell : typeof cell === 'object' && cell?.kind === 'number' && cell.value;
  const read = typeof number === 'number' ? null : readNumber(cellText(cell), 'auto');
  const price = typeof number === 'number' ? number : read?.ok ? read.value : Number.NaN;
  if (price >= 0 && price < 1e9) return { price: Math.round(price * 100) / 100 };
  return { reason: `the price ${squash(cellText(cell)).slice(0, 60)} cannot be read` };
}

/** Which of two rows is right cannot be known: both are refused. */
function withoutRepeats(
  entries: ProductEntry[],
  refused: RefusedRow[],
): { entries: ProductEntry[]; refused: RefusedRow[] } {
  const repeats = (keysOf: (entry: ProductEntry) => string[]): Map<string, number[]> => {
    const rows = new Map<string, Set<number>>();
    for (const entry of entries)
      for (const key of keysOf(entry)) rows.set(key, (rows.get(key) ?? new Set()).add(entry.row));
    return new Map([...rows].filter(([, found]) => found.size > 1).map(([key, found]) => [key, [...found]]));
  };
  const aliasOf = ({ aliases }: ProductEntry) => aliases.map(({ vendor, text }) => `${vendor}\t${aliasKey(text)}`);
  const codeOf = ({ functionalName }: ProductEntry) => (functionalName === null ? [] : [aliasKey(functionalName)]);
  const eans = repeats(({ ean }) => (ean === null ? [] : [ean]));
  const codes = repeats(codeOf);
  const aliases = repeats(aliasOf);
  const kept = entries.filter((entry) => {
    const others = (rows: number[]) => rows.filter((row) => row !== entry.row).join(', ');
    const sameEan = entry.ean === null ? undefined : eans.get(entry.ean);
    // Two EANs may share a code; without an EAN the code is all there is.
    const sameCode = entry.ean === null ? codeOf(entry).flatMap((key) => codes.get(key) ?? []) : [];
    const sameAlias = aliasOf(entry).find((key) => aliases.has(key));
    if (sameEan) refused.push({ row: entry.row, reason: `the EAN ${entry.ean} stands in row ${others(sameEan)} too` });
    else if (sameCode.length > 0)
      refused.push({ row: entry.row, reason: `${entry.functionalName} stands in row ${others(sameCode)} too` });
    else if (sameAlias !== undefined) {
      const rows = others(aliases.get(sameAlias) ?? []);
      refused.push({ row: entry.row, reason: `"${sameAlias.split('\t')[1]}" names the product of row ${rows} too` });
    } else return true;
    return false;
  });
  return { entries: kept, refused: refused.sort((a, b) => a.row - b.row) };
}
