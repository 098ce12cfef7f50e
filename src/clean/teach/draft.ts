// What was found in a sheet into a vendor definition as it is written down: only what differs from the defaults, in the order
// of the files in src/vendors. And a definition that was taught before back into the choices that it came from.

import type { Field, PeriodSource, VendorDefinition } from '../../vendors/vendor.ts';
import { detectAs } from '../detect.ts';
import type { WorkbookHead } from '../sheet.ts';
import { headingKey } from '../values/text.ts';
import { type Assignment, resolveColumn } from './columns.ts';
import type { HeadingRow } from './heading-row.ts';
import type { Money } from './money.ts';
import { lastingHeadings, sheetPattern } from './naming.ts';
import type { Choices, ColumnChoice, Draft, PeriodFrom } from './proposal.ts';
import { share } from './shape.ts';
import type { When } from './when.ts';
import { synonyms } from './words.ts';

export interface Findings {
  sheet: string;
  header: HeadingRow;
  found: Assignment;
  money: Money;
  when: When;
  id: string;
  name: string;
  /** Words that the file's name has in common with the vendor's. */
  nameWords: string[];
  /** Whether only the file's name tells the layout from another vendor's. */
  shared: boolean;
  choices: Pick<Choices, 'decimal' | 'dates'>;
}

type Column = { headings?: string[]; left?: number; required?: true; decimal?: string; dates?: string; dash?: string };

export function draftOf(findings: Findings): Draft {
  const { header, found, money, when, nameWords } = findings;
  const has = (field: Field) => found.columns.some((column) => column.field === field);
  const columns = columnsOf(findings);
  const also = lastingHeadings(header).filter((heading) => !isColumn(heading, columns));
  const pattern = sheetPattern(findings.sheet);
  const detect = {
    ...(also.length > 0 ? { also } : {}),
    ...(nameWords.length > 0 ? { file_names: [nameWords] } : {}),
    ...(findings.shared && nameWords.length > 0 ? { identity_required: true } : {}),
  };
  return {
    id: findings.id,
    name: findings.name,
    reseller: { constant: findings.name, ...(has('reseller') ? { column: true } : {}) },
    currency: money.currency,
    amount: { basis: money.basis },
    detect,
    ...(pattern === null ? {} : { sheets: [pattern] }),
    ...repeatOf(header),
    columns,
    product: productOf(found),
    period: { sources: when.sources },
    // A report that shows last year keeps products in it that were not sold this year.
    ...(found.lastYear.length > 0 ? { rows: { no_sales: 'ignore' } } : {}),
    scope: {
      by_store: has('store') || header.repeat?.gives === 'store',
      rhythm: isWeekly(when) ? 'weekly' : 'monthly',
    },
  };
}

function isWeekly({ sources }: When): boolean {
  return sources.some((source) => source.from === 'file_name' && source.gives === 'week');
}

/** Stores or months over their columns, in the words of the vocabulary. */
function repeatOf({ repeat }: HeadingRow) {
  if (!repeat) return {};
  const { gives, measures } = repeat;
  if (!measures) return { repeat: { gives } };
  const { quantity, amount } = measures;
  const figures = amount === null ? { pick: [quantity] } : { measures: { quantity: [quantity], amount: [amount] } };
  return { header: { rows: 2 }, repeat: { gives, named_in: [1], ...figures } };
}

function columnsOf({ header, found, choices }: Findings): Partial<Record<Field, Column>> {
  const columns: Partial<Record<Field, Column>> = {};
  const main = mainProduct(found.columns);
  const ean = found.columns.find(({ field }) => field === 'ean');
  for (const { field, heading, column } of found.columns) {
    const required =
      ['quantity', 'amount', 'date', 'year', 'month', 'period'].includes(field) ||
      field === main ||
      field === ean?.field;
    const left = (header.own[column] ?? '') === '' ? (header.repeat?.columns[0] ?? column) - column : 0;
    columns[field] = {
      ...(left > 0 ? { left } : { headings: [heading] }),
      ...(required ? { required: true as const } : {}),
      ...((field === 'quantity' || field === 'amount') && choices.decimal !== null ? { decimal: choices.decimal } : {}),
      ...(field === 'date' && choices.dates !== null ? { dates: choices.dates } : {}),
    };
  }
  if (header.repeat) {
    const decimal = choices.decimal === null ? {} : { decimal: choices.decimal };
    columns.quantity = { dash: 'empty', ...decimal };
    if (header.repeat.measures?.amount != null && choices.decimal !== null) columns.amount = decimal;
  }
  if (found.lastYear.length > 0) {
    const headings = [...new Set(found.lastYear.map((column) => header.headings[column]!))];
    columns.last_year = { headings };
  }
  return columns;
}

/** The column without which a row names no product. */
export function mainProduct(columns: ColumnChoice[]): Field | null {
  const order: Field[] = ['ean', 'name', 'code', 'id'];
  return order.find((field) => columns.some((column) => column.field === field)) ?? null;
}

function productOf({ columns, shapes }: Assignment) {
  const at = (field: Field) => columns.find((column) => column.field === field);
  const ean = at('ean');
  const name = at('name');
  const names = ['list', ...(at('code') || isCodes(ean, shapes) ? ['code'] : []), ...(name ? ['text'] : [])];
  const numbered = name !== undefined && share(shapes[name.column]!, shapes[name.column]!.numbered) >= 0.6;
  return {
    ean: ean === undefined ? 'optional' : isCodes(ean, shapes) ? 'or_code' : 'required',
    name: names,
    ...(numbered ? { strip: 'article-number' } : {}),
  };
}

/** Letters where EANs might stand: the client's own codes. */
function isCodes(ean: ColumnChoice | undefined, shapes: Assignment['shapes']): boolean {
  return ean !== undefined && share(shapes[ean.column]!, shapes[ean.column]!.code) >= 0.1;
}

function isColumn(heading: string, columns: Partial<Record<Field, Column>>): boolean {
  const key = headingKey(heading);
  return Object.values(columns).some(
    ({ required, headings }) => required && headings?.some((h) => headingKey(h) === key),
  );
}

/** What an earlier version says, as choices, under what is chosen now. */
export function withEarlier(choices: Choices, base: VendorDefinition, head: WorkbookHead): Choices {
  const { id, name, amount, currency, columns, period } = base;
  const decimal = columns.amount?.decimal ?? columns.quantity?.decimal ?? 'auto';
  const dates = columns.date?.dates ?? 'auto';
  return {
    ...choices,
    sheet: choices.sheet ?? detectAs(head, base).sheet,
    id: choices.id ?? id,
    name: choices.name ?? name,
    basis: choices.basis ?? (amount.basis === 'unknown' ? null : amount.basis),
    currency: choices.currency ?? (currency.column || currency.cell ? null : currency.constant),
    decimal: choices.decimal ?? (decimal === 'auto' ? null : decimal),
    dates: choices.dates ?? (dates === 'auto' ? null : dates),
    periodFrom: choices.periodFrom ?? placeOf(period.sources),
  };
}

/** null where the file itself shows it. */
function placeOf([source, ...others]: PeriodSource[]): PeriodFrom | null {
  if (others.length > 0) return null;
  if (source?.from === 'file_name') return source.gives === 'week' ? 'week' : 'file_name';
  return source?.from === 'sheet_name' || source?.from === 'header' ? source.from : null;
}

/** The columns that an earlier version took, as far as they are there, and `null` for those that it did not take. */
export function earlierColumns(base: VendorDefinition, header: HeadingRow): Map<Field, number | null> {
  const found = new Map<Field, number | null>();
  for (const field of Object.keys(synonyms) as Field[]) {
    const column = base.columns[field];
    if (column?.left !== undefined) continue;
    const at = column?.headings[0] === undefined ? null : resolveColumn(header, column.headings[0]);
    if (at !== undefined) found.set(field, at);
  }
  return found;
}
