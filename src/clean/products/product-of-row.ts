// What a row says of its product -> EAN and name, in this order: the EAN in the file, the vendor's code, its own id, its text.
// Beyond the EAN only what the product list or a person has said is taken; the file's words are always kept.

import type { Mapping } from '../map.ts';
import { fix, fixText } from '../rows/fix.ts';
import type { ParsedRow } from '../rows/parsed-row.ts';
import { articleName } from '../rows/product.ts';
import { type Held, held } from '../rows/reasons.ts';
import type { SheetRow } from '../sheet.ts';
import type { CleanRow } from '../types.ts';
import { cellText, squash, storedText } from '../values/text.ts';

export type Product = Pick<CleanRow, 'productEan' | 'functionalName' | 'rawProduct' | 'productInFile'>;

/** A code as it stands in the file; empty where there is none. */
interface Code {
  text: string;
  column: number;
}

/** Held back: a code that looks like an EAN and is none, and a row that names no product at all. */
export function productOf(source: SheetRow, p: ParsedRow, m: Mapping): Product | { held: Held } {
  const code = codeOf(p, m);
  if ('held' in code) return code;
  const short = beforeMark(code.text, m.vendor.product.code_until);
  const id = p.ean === null && m.at.id >= 0 ? storedText(cellText(source.cells[m.at.id])) : '';
  const text = p.name.trim() === '' ? '' : storedText(p.name);
  if (p.ean === null && short === '' && id === '' && text === '') return held('missing_product', '');
  const asItStands = text === '' ? (code.text === '' ? id : cellText(source.cells[code.column])) : p.name;
  const rawProduct = asItStands === '' ? null : asItStands.replaceAll('\u0000', '');
  if (p.ean !== null) {
    const functionalName = nameOf(source, p, m, code, short);
    return { productEan: p.ean, functionalName, rawProduct, productInFile: null };
  }
  const productInFile = [short, id].map(squash).filter(Boolean).join('\n') || text;
  const known = resolve(source, p, m, { code, short, id, text });
  if (known === undefined) {
    return { productEan: null, functionalName: nameOf(source, p, m, code, short), rawProduct, productInFile };
  }
  return { productEan: known.ean, functionalName: known.functionalName, rawProduct, productInFile };
}

/** The code column, or what stands in the EAN column where that is the client's own code. */
function codeOf(p: ParsedRow, { vendor, at }: Mapping): Code | { held: Held } {
  const code = { text: p.code, column: at.code };
  if (p.ean !== null || at.ean < 0) return code;
  const instead = { text: storedText(p.eanText), column: at.ean };
  // A code that a person has released is the product's name, not its EAN.
  if (p.released) return instead.text === '' ? code : instead;
  const policy = vendor.product.ean;
  if (p.eanProblem === 'precision') return held('ean_precision_lost', p.eanText);
  if (p.eanProblem === 'check-digit') return held('ean_check_digit', p.eanText);
  if (p.eanProblem === 'not-an-ean') {
    const isCode = policy === 'or_code' && /\p{L}/u.test(p.eanText) && !p.eanText.trim().startsWith('#');
    return isCode ? instead : held('invalid_ean', p.eanText);
  }
  return policy === 'optional' ? code : held('missing_ean', '');
}

function beforeMark(code: string, marks: string | undefined): string {
  if (marks === undefined) return code;
  const at = [...code].findIndex((character) => marks.includes(character));
  return at < 0 ? code : storedText([...code].slice(0, at).join(''));
}

/** What the list or a person says, noted where the name that is stored is not what the cell says. */
function resolve(
  source: SheetRow,
  p: ParsedRow,
  m: Mapping,
  { code, short, id, text }: { code: Code; short: string; id: string; text: string },
) {
  const byCode = short === '' ? undefined : m.products.byCode(short);
  if (byCode !== undefined) {
    const rule = short === code.text ? 'product-list' : 'code-cut-off';
    fixText(source, m, code.column, byCode.functionalName, rule, p);
    return byCode;
  }
  const said: [words: string, column: number][] = [
    [id, m.at.id],
    [short, code.column],
    [code.text, code.column],
    [text, m.at.name],
  ];
  for (const [words, column] of said) {
    const known = words === '' ? undefined : m.products.byAlias(words);
    if (known === undefined) continue;
    fixText(source, m, column, known.functionalName, 'alias', p);
    return known;
  }
  // A text that is one of the client's own codes, to the letter, needs nobody's word.
  const named = [id, text].map((words) => (words === '' ? undefined : m.products.byCode(words)));
  return named.find((known) => known !== undefined);
}

/** The functional name, from where the vendor definition says; null where none of those has one. */
function nameOf(source: SheetRow, p: ParsedRow, m: Mapping, code: Code, short: string): string | null {
  const { product } = m.vendor;
  for (const from of product.name) {
    if (from === 'list') {
      const known = p.ean === null ? undefined : m.products.byEan(p.ean);
      if (known !== undefined) return known.functionalName;
    } else if (from === 'code') {
      if (short === '') continue;
      // Only what looks like a code (letters and digits) is upper-cased: words in that column stay as they are.
      const cleaned =
        product.code_case === 'upper' && /^(?=.*\d)[\p{L}\p{N}_./-]+$/u.test(short) ? short.toUpperCase() : short;
      if (short !== code.text) fix(source, m, code.column, cleaned, 'code-cut-off', p);
      else if (cleaned !== short) fix(source, m, code.column, cleaned, 'upper-case', p);
      else if (code.column === m.at.ean && cleaned !== p.eanText) fix(source, m, code.column, cleaned, 'trimmed', p);
      return cleaned;
    } else {
      const cleaned = articleName(storedText(p.name), product.strip);
      if (cleaned === '') continue;
      if (cleaned !== p.name)
        fix(source, m, m.at.name, cleaned, product.strip === 'nothing' ? 'trimmed' : product.strip, p);
      return cleaned;
    }
  }
  return null;
}
