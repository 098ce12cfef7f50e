// A vendor definition: YAML text into a checked value. It chooses and configures parsers from the closed vocabulary
// below and holds no code. Refuses unknown keys, unknown words and definitions that could not clean any file.

import { parseDocument } from 'yaml';
import { z } from 'zod';

/** What a column may mean. A new layout extends this list (and `parse`), never a `switch` over vendors. */
export const FIELDS = [
  'ean',
  'id',
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
  'total_quantity',
  'total_amount',
] as const;
export type Field = (typeof FIELDS)[number];

const words = z.array(z.string().min(1)).min(1);

const column = z.strictObject({
  /** Heading synonyms, most trusted first; case, blanks, underscores and accents are ignored. */
  headings: z.array(z.string().min(1)).default([]),
  /** A column without a heading: how many columns left of the first that repeats. */
  left: z.number().int().min(1).max(20).optional(),
  required: z.boolean().default(false),
  /** The decimal mark where one mark and three digits leave it open; `auto` lets the rest of the column decide. */
  decimal: z.enum(['comma', 'point', 'auto']).default('auto'),
  /** The order of day and month in numeric text dates; `auto` lets the rest of the column decide. */
  dates: z.enum(['mdy', 'dmy', 'auto']).default('auto'),
  /** What a lone dash means. */
  dash: z.enum(['zero', 'empty']).default('zero'),
});
export type ColumnDefinition = z.infer<typeof column>;

const probe = z.strictObject({
  /** Where to look: below a heading, anywhere on a sheet (by name), or at a cell such as A1. */
  column: z.string().optional(),
  sheet: z.string().optional(),
  cell: z
    .string()
    .regex(/^[A-Z]{1,3}\d{1,4}$/)
    .optional(),
  /** Any of these as a whole word. */
  words: words.optional(),
  /** A sheet of this name, with `{year}` and `{month}` for the numbers in it. */
  sheet_named: z.string().optional(),
  /** The cell is a number in this range (for example a year). */
  between: z.tuple([z.number(), z.number()]).optional(),
  /** `identity`: says that it is this vendor; `exclude`: that it is not. */
  says: z.enum(['identity', 'exclude']).default('identity'),
});
export type Probe = z.infer<typeof probe>;

const periodSource = z.discriminatedUnion('from', [
  /** Year and month, date, or period columns, or headings that are dates: each row or column has its own month. */
  z.strictObject({ from: z.literal('columns') }),
  /** A month; or the last day of a week, day first, which is assigned to the month that holds most of its days. */
  z.strictObject({ from: z.literal('file_name'), gives: z.enum(['period', 'week']).default('period') }),
  /** The name of the sheet that is read: a month, or only a year for headings that name months. */
  z.strictObject({ from: z.literal('sheet_name'), gives: z.enum(['period', 'year']).default('period') }),
  /** A cell of the heading rows, left of the columns that repeat. */
  z.strictObject({ from: z.literal('header'), gives: z.enum(['period', 'year']).default('period') }),
  z.strictObject({
    from: z.literal('cell'),
    sheet: z.string(),
    label: z.string(),
    /** `month`: only a month; it cannot decide alone, a difference is a warning. */
    gives: z.enum(['period', 'month']).default('period'),
  }),
]);
export type PeriodSource = z.infer<typeof periodSource>;

/** Columns that stand again for each store or each month. */
const repeat = z.strictObject({
  gives: z.enum(['store', 'month']),
  /** The heading rows (1 is the topmost) that name a repetition; the lowest that says something counts. */
  named_in: z.array(z.number().int().min(1).max(3)).min(1).default([1]),
  /** One of these must stand over a column for it to count, in any heading row (for example `Actual`, where there is `YTD` too). */
  pick: z.array(z.string().min(1)).default([]),
  /** Stands over columns that add up week after week, in the place of one of `pick`: they tell whether a week is missing. */
  running: z.array(z.string().min(1)).default([]),
  /** Headings that state the sum of the others; `Total` in any language is known. */
  totals: z.array(z.string().min(1)).default([]),
  /** Headings that are neither. */
  drop: z.array(z.string().min(1)).default([]),
  /** The lowest heading of each measure; left out where each column is a quantity. */
  measures: z.strictObject({ quantity: words, amount: words }).optional(),
});
export type RepeatDefinition = z.infer<typeof repeat>;

/** A table beside the one that is read, that states the same figures again: compared, never loaded. */
const alsoStates = z.strictObject({
  /** The sheet it stands on, with `{year}` and `{month}` as in `sheets`; left out: the sheet that is read, above its table or under it. */
  sheet: z.string().optional(),
  /** A heading that tells this table from others. */
  headed: z.string().optional(),
  /** What a figure is of: a month or a store that repeats, named over its column as in the table that is read; or everything. */
  by: z.enum(['all', 'month', 'store']),
  /** For `all`: the headings of its figures, each of which must stand over one column. */
  measures: z.strictObject({ quantity: words.optional(), amount: words.optional() }).optional(),
  /** `total`: its row of totals; `each`: where it has none, its rows together, and then a difference is no more than a note. */
  rows: z.enum(['total', 'each']).default('total'),
  /** Money is rounded to this in every row of both tables, so that their sums may drift apart by half of it a row. */
  rounded_to: z.number().positive().optional(),
  /** Its rows are those of the table by store, a store followed by its products: kept beside them, never added to them. */
  keep_by: z.literal('store').optional(),
});
export type AlsoStates = z.infer<typeof alsoStates>;

const definition = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  name: z.string().min(1),
  country: z.string().length(2).nullable().default(null),
  reseller: z.strictObject({ constant: z.string().min(1), column: z.boolean().default(false) }),
  currency: z.strictObject({
    /** ISO 4217; null: only what the file says. */
    constant: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable(),
    /** A currency column, or a code in the amount's heading, decides over the constant. */
    column: z.boolean().default(false),
    /** A cell beside or below a label states the currency; it decides over the constant. */
    cell: z.strictObject({ sheet: z.string(), label: z.string() }).optional(),
  }),
  amount: z.strictObject({
    basis: z.enum(['gross', 'net', 'unknown']),
    /** Per cent. */
    vat: z.number().min(0).max(100).nullable().default(null),
  }),
  detect: z.strictObject({
    /** Considered only when no other vendor fits. */
    fallback: z.boolean().default(false),
    /** Headings of the layout beyond the required columns. */
    also: z.array(z.string()).default([]),
    forbidden: z.array(z.string()).default([]),
    /** Each entry: words that all stand in the file name. */
    file_names: z.array(words).default([]),
    probes: z.array(probe).default([]),
    /** The layout is shared: without a file name word or a probe that says so it is only a candidate. */
    identity_required: z.boolean().default(false),
  }),
  /**
   * Sheet names to use, best first, with `{year}` and `{month}` for the numbers in them (the newest is taken); the heading set
   * decides when none is there.
   */
  sheets: z.array(z.string()).default([]),
  /** Headings that any summary has: on a sheet of another name they are not this table. */
  sheet_required: z.boolean().default(false),
  repeat: repeat.optional(),
  header: z
    .strictObject({
      rows: z.number().int().min(1).max(3).default(1),
      within: z.number().int().min(1).max(40).default(40),
    })
    .prefault({}),
  columns: z.partialRecord(z.enum(FIELDS), column),
  /** At least one of each list must be there, for example [[date], [year, month]] as alternatives. */
  needs: z.array(z.array(z.array(z.enum(FIELDS)).min(1)).min(1)).default([]),
  product: z.strictObject({
    /** `required`: a row without a valid EAN is held back; `or_code`: letters are the client's own code; `optional`: the name may stand alone. */
    ean: z.enum(['required', 'or_code', 'optional']).default('required'),
    /** Where the functional name comes from, first that has one. */
    name: z.array(z.enum(['list', 'code', 'text'])).default(['list']),
    code_case: z.enum(['upper', 'as_is']).default('as_is'),
    /** The code ends before the first of these characters: `ABC100(BLUE` with `(` is `ABC100`. */
    code_until: z.string().min(1).optional(),
    /** What stands before the name in the text: `article-number` is `131362 - `. */
    strip: z.enum(['article-number', 'nothing']).default('nothing'),
  }),
  period: z.strictObject({
    sources: z.array(periodSource).min(1),
    /** Sources that are only compared with what the rows say. */
    compare: z.array(periodSource).default([]),
  }),
  rows: z
    .strictObject({
      /** No quantity and no amount, though a product: `ignore` where last year's figures keep such rows in the report. */
      no_sales: z.enum(['ignore', 'hold']).default('hold'),
      whole_quantities: z.boolean().default(true),
      sign_conflict: z.enum(['flag', 'keep']).default('flag'),
      /** Exact repeats: `keep` where every line is a sale, `merge` where a repeat can only be a copy. */
      repeats: z.enum(['keep', 'merge']).default('keep'),
      /** Neither pieces nor money, 0 and 0: a give-away to keep, or nothing that was sold. */
      zero: z.enum(['keep', 'ignore']).default('keep'),
      /** Fields that a report states once for several rows; a new value of the first one begins anew. */
      fill_down: z.array(z.enum(FIELDS)).default([]),
    })
    .prefault({}),
  /** What a report owns, and so what a newer one replaces. */
  scope: z
    .strictObject({
      by_store: z.boolean().default(false),
      rhythm: z.enum(['weekly', 'monthly', 'none']).default('monthly'),
    })
    .prefault({}),
  /** By how much a stated total may differ from ours. */
  total_tolerance: z.number().min(0).default(0.01),
  also_states: z.array(alsoStates).default([]),
});

export type VendorDefinition = z.infer<typeof definition>;

/**
 * @param source the file's name, for the message
 * @throws Error with every problem and where it stands: a wrong definition is a mistake in the product's own files
 */
export function parseVendor(text: string, source: string): VendorDefinition {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new Error(`${source} is not valid YAML:\n${document.errors.map((e) => `  ${e.message}`).join('\n')}`);
  }
  const parsed = definition.safeParse(document.toJS());
  if (!parsed.success) {
    const lines = parsed.error.issues.map((i) => `  ${i.path.join('.') || '(top)'}: ${i.message}`);
    throw new Error(`${source} is not a vendor definition:\n${lines.join('\n')}`);
  }
  const problems = contradictions(parsed.data);
  if (problems.length > 0)
    throw new Error(`${source} contradicts itself:\n${problems.map((p) => `  ${p}`).join('\n')}`);
  return parsed.data;
}

function contradictions(vendor: VendorDefinition): string[] {
  const problems: string[] = [];
  const columns = vendor.columns;
  if (!columns.quantity && !vendor.repeat) problems.push('columns.quantity: every row needs a quantity');
  for (const [field, column] of Object.entries(columns)) {
    const repeats = vendor.repeat && (field === 'quantity' || field === 'amount');
    if (column.headings.length === 0 && column.left === undefined && !repeats)
      problems.push(`columns.${field}: say headings, or left`);
    if (column.left !== undefined && !vendor.repeat) problems.push(`columns.${field}.left: no column repeats`);
  }
  for (const level of vendor.repeat?.named_in ?? []) {
    if (level > vendor.header.rows) problems.push(`repeat.named_in: there is no heading row ${level}`);
  }
  if (!columns.ean && !columns.code && !columns.name) problems.push('columns: nothing names the product');
  if (vendor.product.ean === 'required' && !columns.ean)
    problems.push('product.ean is required, but there is no column for it');
  if (vendor.currency.constant === null && !vendor.currency.column && !vendor.currency.cell) {
    problems.push('currency: no constant, and nowhere to read it from');
  }
  const perRow = (columns.year && columns.month) || columns.date || columns.period || vendor.repeat?.gives === 'month';
  if (vendor.period.sources.some((s) => s.from === 'columns') && !perRow) {
    problems.push('period.sources: columns, but no year and month, date or period column');
  }
  if (vendor.detect.identity_required && vendor.detect.file_names.length === 0 && vendor.detect.probes.length === 0) {
    problems.push('detect.identity_required: nothing could ever identify it');
  }
  if (
    vendor.repeat &&
    vendor.repeat.running.length > 0 &&
    (vendor.repeat.pick.length === 0 || vendor.scope.rhythm !== 'weekly')
  )
    problems.push('repeat.running: only beside pick, in a weekly report');
  if (vendor.sheet_required && vendor.sheets.length === 0) problems.push('sheet_required: sheets names none');
  for (const [i, { by, measures, sheet, headed, keep_by }] of vendor.also_states.entries()) {
    if (sheet === undefined && headed === undefined) problems.push(`also_states.${i}: say sheet, or headed`);
    if (by !== 'all' && vendor.repeat?.gives !== by)
      problems.push(`also_states.${i}: no column repeats for each ${by}`);
    if (keep_by && (by !== 'month' || sheet === undefined))
      problems.push(`also_states.${i}: keep_by takes a sheet of months`);
    if (keep_by && vendor.scope.by_store)
      problems.push(`also_states.${i}: keep_by, where the rows have stores already`);
    if (by === 'all' && !measures?.quantity && !measures?.amount) problems.push(`also_states.${i}: say measures`);
  }
  for (const [i, p] of vendor.detect.probes.entries()) {
    if (p.sheet_named !== undefined) continue;
    if (!p.column && !p.sheet && !p.cell) problems.push(`detect.probes.${i}: say column, sheet, cell or sheet_named`);
    if (!p.words && !p.between) problems.push(`detect.probes.${i}: say words or between`);
  }
  return problems;
}
