// Parsed values into a clean row, or the reason why the row is held back. One bad cell holds back its row, never the file.

import type { FigureColumns, Mapping } from './map.ts';
import { fix } from './rows/fix.ts';
import type { ParsedRow } from './rows/parsed-row.ts';
import { articleName } from './rows/product.ts';
import { type Held, held } from './rows/reasons.ts';
import { timeOf } from './rows/when.ts';
import type { SheetRow } from './sheet.ts';
import type { CleanRow } from './types.ts';
import { currencyCode, fitsCurrency } from './values/currency.ts';
import { cellText, storedText } from './values/text.ts';

const LONGEST_NAME = 1000;
// Beyond these a figure stands in the wrong column (an EAN as quantity), or is no figure of a sales report.
const LARGEST_QUANTITY = 1e8;
const LARGEST_AMOUNT = 1e12;

export type Verdict = { row: CleanRow } | { held: Held };

export function validateRow(source: SheetRow, p: ParsedRow, m: Mapping, columns: FigureColumns): Verdict {
  const { vendor } = m;
  const product = productOf(source, p, m);
  if ('held' in product) return product;
  const bad = figuresProblem(p, m);
  if (bad !== null) return { held: bad };
  const whole = Math.round(p.quantity) + 0;
  if (vendor.rows.whole_quantities && p.quantity !== whole) {
    // 2.0000000001 is what is left of a calculation in the sheet.
    p.quantity = whole;
    fix(source, m, columns.quantity, String(whole), 'float-noise', p);
  }
  const time = timeOf(source, p, m, columns.period);
  if ('held' in time) return time;
  const currency = m.currency ?? currencyCode(p.currency);
  if (currency === null) return held('invalid_currency', p.currency);
  if (p.amountCurrency !== null && !fitsCurrency(p.amountCurrency, currency))
    return held('currency_mismatch', p.amountCurrency);
  const { functionalName, rawProduct } = product;
  if ((functionalName?.length ?? 0) > LONGEST_NAME || (rawProduct?.length ?? 0) > LONGEST_NAME)
    return held('text_too_long', '');
  return {
    row: {
      sheet: m.sheet,
      row: source.row,
      productEan: product.ean,
      functionalName,
      rawProduct,
      year: time.year,
      month: time.month,
      salesDate: time.salesDate,
      weekEnding: m.week?.ending ?? null,
      quantity: p.quantity,
      amountLocal: p.amount,
      amountEstimated: p.amountEstimated,
      currency,
      amountBasis: vendor.amount.basis,
      reseller: (vendor.reseller.column && p.reseller) || vendor.reseller.constant,
      store: p.store || columns.store,
      channel: p.channel || null,
    },
  };
}

interface Product {
  ean: string | null;
  functionalName: string | null;
  rawProduct: string | null;
}

function productOf(source: SheetRow, p: ParsedRow, m: Mapping): Product | { held: Held } {
  const { vendor, at } = m;
  let ean = p.ean;
  let code = p.code;
  let codeColumn = at.code;
  if (ean === null && at.ean >= 0) {
    const policy = p.released ? 'released' : vendor.product.ean;
    // A code that a person has released is the product's name, not its EAN.
    if (policy === 'released') {
      if (p.eanText.trim() !== '') {
        code = storedText(p.eanText);
        codeColumn = at.ean;
      }
    } else if (p.eanProblem === 'precision') return held('ean_precision_lost', p.eanText);
    else if (p.eanProblem === 'check-digit') return held('ean_check_digit', p.eanText);
    else if (p.eanProblem === 'not-an-ean') {
      if (policy !== 'or_code' || !/\p{L}/u.test(p.eanText) || p.eanText.trim().startsWith('#'))
        return held('invalid_ean', p.eanText);
      code = storedText(p.eanText);
      codeColumn = at.ean;
      ean = null;
    } else if (policy !== 'optional') {
      return held('missing_ean', '');
    }
  }
  if (ean === null && code === '' && p.name.trim() === '') return held('missing_product', '');
  const rawProduct = p.name.trim() === '' ? (code === '' ? null : cellText(source.cells[codeColumn])) : p.name;
  return {
    ean,
    functionalName: nameOf(source, p, m, ean, code, codeColumn),
    rawProduct: rawProduct?.replaceAll('\u0000', '') ?? null,
  };
}

function nameOf(
  source: SheetRow,
  p: ParsedRow,
  m: Mapping,
  ean: string | null,
  code: string,
  codeColumn: number,
): string | null {
  const { product } = m.vendor;
  for (const from of product.name) {
    if (from === 'list') {
      const known = ean === null ? undefined : m.names.get(ean);
      if (known !== undefined) return known;
    } else if (from === 'code') {
      if (code === '') continue;
      // Only what looks like a code (letters and digits) is upper-cased: words in that column stay as they are.
      const cleaned =
        product.code_case === 'upper' && /^(?=.*\d)[\p{L}\p{N}_./-]+$/u.test(code) ? code.toUpperCase() : code;
      if (cleaned !== code) fix(source, m, codeColumn, cleaned, 'upper-case', p);
      else if (codeColumn === m.at.ean && cleaned !== p.eanText) fix(source, m, codeColumn, cleaned, 'trimmed', p);
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

function figuresProblem(p: ParsedRow, m: Mapping): Held | null {
  if (p.quantityProblem === 'empty') return { code: 'missing_quantity', detail: '' };
  if (p.quantityProblem === 'ambiguous') return { code: 'ambiguous_number', detail: 'quantity' };
  if (p.quantityProblem !== null) return { code: 'invalid_quantity', detail: '' };
  if (
    !Number.isFinite(p.quantity) ||
    (m.vendor.rows.whole_quantities && Math.abs(p.quantity - Math.round(p.quantity)) > 1e-9)
  ) {
    return { code: 'invalid_quantity', detail: String(p.quantity) };
  }
  if (Math.abs(p.quantity) > LARGEST_QUANTITY) return { code: 'invalid_quantity', detail: String(p.quantity) };
  if (p.amountProblem === 'ambiguous') return { code: 'ambiguous_number', detail: 'amount' };
  if (p.amountProblem !== null || (p.amount !== null && !(Math.abs(p.amount) <= LARGEST_AMOUNT)))
    return { code: 'invalid_amount', detail: '' };
  return null;
}
