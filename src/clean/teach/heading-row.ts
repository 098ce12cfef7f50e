// The first rows of a sheet into the row that holds its headings: the one whose texts are most like what headings are called,
// with rows below it; or two rows, where the upper one names stores or months and the lower one says Qty, Value under each of
// them. Null where no row of the first thirty is like one.

import type { Field } from '../../vendors/vendor.ts';
import { headingMonth } from '../columns/facets.ts';
import { readHeader } from '../columns/header.ts';
import { totalLabel } from '../reconcile/totals.ts';
import type { Cell, SheetHead, SheetRow } from '../sheet.ts';
import { cellText, headingKey, squash } from '../values/text.ts';
import { bestLikeness, headingOf, isLastYear, isOtherFigure } from './words.ts';

/** Headings stand in one of the first rows. */
const WITHIN = 30;
/** Columns further right, and longer texts, are no headings of a report. */
const WIDEST = 120;
const LONGEST = 120;

/** All words for each field. */
export type Vocabulary = Map<Field, readonly string[]>;

export interface HeadingRow {
  /** The lowest row of headings. */
  row: SheetRow;
  /** Of each column, without outer blanks, from the lowest row that has one; empty where there is none. */
  headings: string[];
  /** Of the lowest row alone: by these a column is known again. */
  own: string[];
  /** Columns that stand again for each store or month; null in a plain table. */
  repeat: Repeat | null;
  /** The months that headings name; empty where columns repeat for stores, or not at all. */
  months: { column: number; year: number | null; month: number }[];
  /** What stands left of the columns that repeat. */
  stub: Cell[];
  /** Why columns that repeat cannot be read as they stand, in words; null where they can. */
  problem: string | null;
  score: number;
}

export interface Repeat {
  gives: 'month' | 'store';
  /** All of them, totals among them, from the left. */
  columns: number[];
  /** The lower headings; null where there is one row of headings, or no money. */
  measures: { quantity: string; amount: string | null } | null;
}

export function findHeadingRow(sheet: SheetHead, vocabulary: Vocabulary): HeadingRow | null {
  let best: HeadingRow | null = null;
  const all = sheet.rows.map((row) => ({ ...row, cells: row.cells.slice(0, WIDEST).map(shortened) }));
  for (const [at, row] of all.entries()) {
    if (row.row > WITHIN || at + 1 >= all.length) break;
    for (const found of [oneRow(row, all[at + 1]!, vocabulary), twoRows(row, all, vocabulary)]) {
      if (found && (best === null || found.score > best.score)) best = found;
    }
  }
  return best;
}

function oneRow(row: SheetRow, next: SheetRow, vocabulary: Vocabulary): HeadingRow | null {
  const headings = row.cells.map(headingText);
  const named = monthsIn(row.cells);
  const months = named.length >= 2 ? named : [];
  const columns = months.map(({ column }) => column);
  const filled = headings.filter((heading) => heading !== '').length;
  const score = likenessOf(headings, columns, vocabulary) + Math.min(months.length, 6) * 0.5;
  // A title of one cell may hold every word there is.
  if (filled + months.length < 2 || score < 1) return null;
  const repeat: Repeat | null = months.length > 0 ? { gives: 'month', columns, measures: null } : null;
  const stub = row.cells.slice(0, columns[0] ?? 0);
  const problem = problemOfMonths(months, next, headings);
  return { row, headings, own: headings, repeat, months, stub, problem, score };
}

/** @param row the lower one of the two */
function twoRows(row: SheetRow, rows: SheetRow[], vocabulary: Vocabulary): HeadingRow | null {
  const own = row.cells.map(headingText);
  const quantity = mostRepeated(own, vocabulary.get('quantity') ?? []);
  if (quantity === null || !rows.some((each) => each.row === row.row - 1)) return null;
  const amount = mostRepeated(own, vocabulary.get('amount') ?? []);
  const { levels } = readHeader(rows, row, 2);
  const upper = levels[0] ?? [];
  const measures = [quantity, amount].filter((word) => word !== null).map(headingKey);
  const columns = own.flatMap((text, column) => (measures.includes(headingKey(text)) ? [column] : []));
  const over = columns.filter((column) => headingKey(own[column]!) === headingKey(quantity));
  const facts = over.filter((column) => !totalLabel(squash(cellText(upper[column]))));
  const names = new Set(facts.map((column) => headingKey(cellText(upper[column]))).filter((key) => key !== ''));
  if (names.size < 2) return null;
  const months = facts.flatMap((column) => {
    const month = headingMonth(upper[column] ?? null);
    return month === null ? [] : [{ column, ...month }];
  });
  const gives = months.length === facts.length ? 'month' : 'store';
  const width = Math.max(own.length, upper.length);
  const headings = Array.from({ length: width }, (_, column) => own[column] || headingText(upper[column] ?? null));
  const score = likenessOf(headings, columns, vocabulary) + Math.min(names.size, 6) * 0.5 + 1.5;
  const repeat: Repeat = { gives, columns, measures: { quantity, amount } };
  const problem =
    problemOfTwoRows(
      facts,
      upper,
      rows.find((each) => each.row === row.row - 2),
    ) ?? twiceIn(gives === 'month' ? months : []);
  const stub = levels.flatMap((cells) => cells.slice(0, columns[0]!));
  return { row, headings, own, repeat, months: gives === 'month' ? months : [], stub, problem, score };
}

/** The heading that stands over several columns and is most like one of the words; null when none does. */
function mostRepeated(headings: string[], words: readonly string[]): string | null {
  const counts = Map.groupBy(
    headings.filter((text) => text !== ''),
    headingKey,
  );
  const several = [...counts.values()].filter((texts) => texts.length >= 2).map((texts) => texts[0]!);
  const ranked = several
    .map((text) => ({ text, value: bestLikeness(text, words).value }))
    .filter(({ value }) => value >= 0.7)
    .sort((a, b) => b.value - a.value);
  return ranked[0]?.text ?? null;
}

/** How much is like a field's name; a field counts once, by the heading that is most like it. */
function likenessOf(headings: string[], without: number[], vocabulary: Vocabulary): number {
  const scores = new Map<Field, number>();
  for (const [column, heading] of headings.entries()) {
    if (heading === '' || without.includes(column)) continue;
    const phrase = headingOf(heading);
    for (const [field, words] of vocabulary) {
      const { value } = bestLikeness(phrase, words);
      if (value > (scores.get(field) ?? 0)) scores.set(field, value);
    }
  }
  return [...scores.values()].reduce((sum, value) => sum + value, 0);
}

function monthsIn(cells: Cell[]): HeadingRow['months'] {
  return cells.flatMap((cell, column) => {
    const month = headingMonth(cell);
    return month === null ? [] : [{ column, ...month }];
  });
}

function problemOfMonths(months: HeadingRow['months'], next: SheetRow, headings: string[]): string | null {
  const texts = months.map(({ column }) => squash(cellText(next.cells[column]))).filter((text) => /\p{L}/u.test(text));
  if (texts.length > months.length / 2) {
    return `Below the months stands a second row of headings (${[...new Set(texts)].slice(0, 4).join(', ')}) that I cannot read.`;
  }
  const last = headings.find((heading) => heading !== '' && isLastYear(heading));
  return last === undefined || months.length === 0
    ? twiceIn(months)
    : `"${last}" stands beside the months: they may be last year's too.`;
}

/** November 2023 and November 2024 are two months; without a year November, December, January are of nobody knows which. */
function twiceIn(months: HeadingRow['months']): string | null {
  const seen = months.map(({ year, month }) => `${year ?? ''} ${month}`);
  if (new Set(seen).size < seen.length) {
    return 'A month stands over two columns, and nothing says of which years they are.';
  }
  if (months.every(({ year }) => year !== null)) return null;
  const follows = (step: number) =>
    months.every(({ month }, at) => at === 0 || (month - months[at - 1]!.month) * step > 0);
  return follows(1) || follows(-1)
    ? null
    : 'The months run over the end of a year, and nothing says which year each is of.';
}

function problemOfTwoRows(facts: number[], upper: Cell[], above: SheetRow | undefined): string | null {
  const third = facts.filter((column) => /\p{L}/u.test(cellText(above?.cells[column])));
  if (third.length >= 2) return 'Three rows of headings stand over the figures.';
  const other = facts
    .map((column) => squash(cellText(upper[column])))
    .find((text) => isOtherFigure(text) || isLastYear(text));
  return other === undefined ? null : `Under "${other}" stand other figures than those of this month.`;
}

function headingText(cell: Cell): string {
  return typeof cell === 'number' || typeof cell === 'boolean' ? '' : squash(cellText(cell));
}

function shortened(cell: Cell): Cell {
  return cellText(cell).length > LONGEST ? null : cell;
}
