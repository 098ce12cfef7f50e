// A vendor definition and a located table into one compiled mapping: every column's index and every choice made once,
// so that the loop over the rows decides nothing.

import { FIELDS, type Field, type VendorDefinition } from '../vendors/vendor.ts';
import type { Facet } from './columns/facets.ts';
import type { Locale } from './columns/survey.ts';
import type { TablePlace } from './locate.ts';
import type { FilePeriod } from './periods/file-period.ts';
import { labelled } from './periods/sources.ts';
import type { Week } from './periods/week.ts';
import { makeProductIndex, type ProductIndex } from './products/product-index.ts';
import { fileIssue } from './rows/issue-list.ts';
import type { WorkbookHead } from './sheet.ts';
import type { Issue, KnownProduct, Period } from './types.ts';
import { currencyCode, currencyInHeading } from './values/currency.ts';
import { cellText } from './values/text.ts';

export interface Mapping {
  vendor: VendorDefinition;
  sheet: string;
  headings: string[];
  headerRow: number;
  /** Column index of a field, -1 where the table has none. */
  at: Record<Field, number>;
  lastYear: number[];
  /** Columns whose words a subtotal may name. */
  groups: number[];
  /** One for a plain table; one for each store or month where columns repeat. */
  facets: FigureColumns[];
  /** Columns that state the sum of the facets. */
  totals: FigureColumns[];
  /** Columns that add up week after week; empty where there are none. */
  running: FigureColumns[];
  /** Every column that holds figures of this period, those of totals among them. */
  figures: Set<number>;
  /** Whether columns repeat, so that a row holds several facts, or none. */
  repeats: boolean;
  locale: Locale;
  dash: { quantity: 'zero' | 'empty'; amount: 'zero' | 'empty' };
  /** The file's currency; null when each row states its own. */
  currency: string | null;
  /** What the amount's heading names; null when it names none. */
  headingCurrency: string | null;
  /** The file's period; null when each row or column states its own. */
  period: Period | null;
  /** The week that the file is about; null for months. */
  week: Week | null;
  /** What is known of the products that this vendor names. */
  products: ProductIndex;
  today: Period;
}

export interface FigureColumns {
  /** -1 where there is none. */
  quantity: number;
  amount: number;
  store: string | null;
  period: Period | null;
}

export function compileMapping(input: {
  vendor: VendorDefinition;
  sheet: string;
  place: TablePlace;
  head: WorkbookHead;
  locale: Locale;
  products: KnownProduct[];
  period: FilePeriod;
  today: Period;
}): { mapping: Mapping; issues: Issue[] } {
  const { vendor, place } = input;
  const at = {} as Record<Field, number>;
  for (const field of FIELDS) at[field] = place.fields.get(field) ?? -1;
  const { period } = input;
  const repeats = place.facets.first >= 0;
  const plain: FigureColumns = { quantity: at.quantity, amount: at.amount, store: null, period: null };
  const facets = repeats
    ? place.facets.facts.map((facet, i) => figureColumns(facet, period.years?.[i] ?? null))
    : [plain];
  // Where months begin anew a total may be of one year, or of all.
  const one = new Set(period.years).size <= 1;
  const totals = one ? place.facets.totals.map((facet) => figureColumns(facet, null)) : [];
  const { currency, issues } = settleCurrency(input.head, vendor, place);
  const mapping: Mapping = {
    vendor,
    sheet: input.sheet,
    headings: place.headings,
    headerRow: place.headerRow,
    at,
    lastYear: place.lastYear,
    groups: place.groups,
    facets,
    totals,
    running: place.running.map((facet) => figureColumns(facet, null)),
    figures: new Set(columnsOf([...facets, ...totals]).concat(at.total_quantity, at.total_amount)),
    repeats,
    locale: input.locale,
    dash: { quantity: vendor.columns.quantity?.dash ?? 'zero', amount: vendor.columns.amount?.dash ?? 'zero' },
    currency,
    headingCurrency: vendor.currency.column ? currencyInHeading(place.headings[at.amount] ?? '') : null,
    period: period.period,
    week: period.week,
    products: makeProductIndex(input.products, vendor.id),
    today: input.today,
  };
  return { mapping, issues };
}

function columnsOf(facets: FigureColumns[]): number[] {
  return facets.flatMap(({ quantity, amount }) => [quantity, amount]);
}

function figureColumns({ quantity, amount, store, month }: Facet, year: number | null): FigureColumns {
  const of = month && (month.year ?? year);
  return { quantity, amount, store, period: month && of !== null ? { year: of, month: month.month } : null };
}

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
