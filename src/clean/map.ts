// A vendor definition and a located table into one compiled mapping: every column's index and every choice made once,
// so that the loop over the rows decides nothing. Undecided number and date styles are settled by the column's own cells.

import type { ColumnDefinition, Field, VendorDefinition } from '../vendors/vendor.ts';
import type { TablePlace } from './locate.ts';
import { labelled } from './period.ts';
import { fileIssue } from './rows/issue-list.ts';
import type { SheetRow, WorkbookHead } from './sheet.ts';
import type { Issue, KnownProduct, Period } from './types.ts';
import { currencyCode, currencyInHeading } from './values/currency.ts';
import { type DateOrder, orderOf } from './values/date.ts';
import { type Decimal, decimalOf } from './values/number.ts';
import { cellText, isBlank } from './values/text.ts';

export interface Mapping {
  vendor: VendorDefinition;
  sheet: string;
  headings: string[];
  headerRow: number;
  /** Column index of a field, -1 where the table has none. */
  at: Record<Field, number>;
  lastYear: number[];
  decimal: { quantity: Decimal; amount: Decimal };
  dash: { quantity: 'zero' | 'empty'; amount: 'zero' | 'empty' };
  order: DateOrder;
  /** The file's currency; null when each row states its own. */
  currency: string | null;
  /** What the amount's heading names; null when it names none. */
  headingCurrency: string | null;
  /** The file's period; null when each row states its own. */
  period: Period | null;
  /** Functional name by EAN. */
  names: Map<string, string>;
  today: Period;
}

export function compileMapping(input: {
  vendor: VendorDefinition;
  sheet: string;
  place: TablePlace;
  head: WorkbookHead;
  rows: SheetRow[];
  products: KnownProduct[];
  period: Period | null;
  today: Period;
}): { mapping: Mapping; issues: Issue[] } {
  const { vendor, place, rows } = input;
  const at = {} as Record<Field, number>;
  for (const field of FIELD_NAMES) at[field] = place.fields.get(field) ?? -1;
  const names = new Map<string, string>();
  for (const product of input.products) if (product.ean !== null) names.set(product.ean, product.functionalName);
  const { currency, issues } = settleCurrency(input.head, vendor, place);
  const mapping: Mapping = {
    vendor,
    sheet: input.sheet,
    headings: place.headings,
    headerRow: place.headerRow,
    at,
    lastYear: place.lastYear,
    decimal: {
      quantity: settleDecimal(rows, at.quantity, vendor.columns.quantity),
      amount: settleDecimal(rows, at.amount, vendor.columns.amount),
    },
    dash: { quantity: vendor.columns.quantity?.dash ?? 'zero', amount: vendor.columns.amount?.dash ?? 'zero' },
    order: settleOrder(rows, at.date, vendor.columns.date),
    currency,
    headingCurrency: vendor.currency.column ? currencyInHeading(place.headings[at.amount] ?? '') : null,
    period: input.period,
    names,
    today: input.today,
  };
  return { mapping, issues };
}

const FIELD_NAMES: readonly Field[] = [
  'ean',
  'code',
  'name',
  'quantity',
  'amount',
  'year',
  'month',
  'date',
  'period',
  'store',
  'channel',
  'currency',
  'reseller',
  'group',
  'last_year',
];

/** A currency column, a stated cell or the amount's heading decides over what the vendor usually sends. */
function settleCurrency(
  head: WorkbookHead,
  vendor: VendorDefinition,
  place: TablePlace,
): { currency: string | null; issues: Issue[] } {
  const issues: Issue[] = [];
  if (vendor.currency.column && place.fields.has('currency')) return { currency: null, issues };
  let currency = vendor.currency.constant;
  const amount = place.fields.get('amount');
  const inHeading =
    vendor.currency.column && amount !== undefined ? currencyInHeading(place.headings[amount] ?? '') : null;
  if (inHeading !== null) currency = inHeading;
  const cell = vendor.currency.cell;
  for (const stated of cell ? labelled(head, cell.sheet, cell.label) : []) {
    const code = currencyCode(cellText(stated));
    if (code === null) continue;
    if (currency !== null && code !== currency) {
      issues.push(
        fileIssue(
          'warning',
          'currency-stated',
          `The file says its amounts are in ${code}; ${vendor.name} usually sends ${currency}. Taken as ${code}.`,
          cell!.sheet,
          code,
        ),
      );
    }
    currency = code;
    break;
  }
  return { currency, issues };
}

/** What the unambiguous cells of a column agree on; `auto` when they do not. */
function settleDecimal(rows: SheetRow[], column: number, definition: ColumnDefinition | undefined): Decimal {
  const stated = definition?.decimal ?? 'auto';
  if (stated !== 'auto' || column < 0) return stated;
  let seen: 'comma' | 'point' | null = null;
  for (const row of rows) {
    const cell = row.cells[column];
    const text = typeof cell === 'string' ? cell : '';
    const says = text === '' ? null : decimalOf(text);
    if (says === null) continue;
    if (seen !== null && seen !== says) return 'auto';
    seen = says;
  }
  return seen ?? 'auto';
}

function settleOrder(rows: SheetRow[], column: number, definition: ColumnDefinition | undefined): DateOrder {
  const stated = definition?.dates ?? 'auto';
  if (stated !== 'auto' || column < 0) return stated;
  let seen: DateOrder = 'auto';
  for (const row of rows) {
    if (isBlank(row.cells[column])) continue;
    const says = orderOf(cellText(row.cells[column]));
    if (says === null) continue;
    if (seen !== 'auto' && seen !== says) return 'auto';
    seen = says;
  }
  return seen;
}
