// Parsed values into a clean row, or the reason why the row is held back. One bad cell holds back its row, never the file.

import type { FigureColumns, Mapping } from './map.ts';
import { productOf } from './products/product-of-row.ts';
import { fix, fixText } from './rows/fix.ts';
import type { ParsedRow } from './rows/parsed-row.ts';
import { type Held, held } from './rows/reasons.ts';
import { timeOf } from './rows/when.ts';
import type { SheetRow } from './sheet.ts';
import type { CleanRow } from './types.ts';
import { currencyCode, fitsCurrency } from './values/currency.ts';

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
  if (m.currency === null) fixText(source, m, m.at.currency, currency, 'currency-code', p);
  if (p.amountCurrency !== null && !fitsCurrency(p.amountCurrency, currency))
    return held('currency_mismatch', p.amountCurrency);
  if (tooLong(product.functionalName) || tooLong(product.rawProduct) || tooLong(product.productInFile))
    return held('text_too_long', '');
  return {
    row: {
      sheet: m.sheet,
      row: source.row,
      ...product,
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

function tooLong(text: string | null): boolean {
  return text !== null && text.length > LONGEST_NAME;
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
