// The first rows of a sheet into the row that holds its headings: the one whose texts are most like what headings are called,
// with rows below it. Null where no row of the first thirty is like one.

import type { Field } from '../../vendors/vendor.ts';
import { headingMonth } from '../columns/facets.ts';
import type { Cell, SheetHead, SheetRow } from '../sheet.ts';
import { cellText, squash } from '../values/text.ts';
import { bestLikeness } from './words.ts';

/** Headings stand in one of the first rows. */
const WITHIN = 30;

/** All words for each field. */
export type Vocabulary = Map<Field, readonly string[]>;

export interface HeadingRow {
  row: SheetRow;
  /** Of each column, without outer blanks; empty where there is none. */
  headings: string[];
  /** Columns whose heading is a month. */
  months: { column: number; year: number | null; month: number }[];
  score: number;
}

export function findHeadingRow(sheet: SheetHead, vocabulary: Vocabulary): HeadingRow | null {
  let best: HeadingRow | null = null;
  const rows = sheet.rows.filter(({ row }) => row <= WITHIN);
  for (const [at, row] of rows.entries()) {
    if (at + 1 >= sheet.rows.length) break;
    const found = judge(row, vocabulary);
    if (found && (best === null || found.score > best.score)) best = found;
  }
  return best;
}

function judge(row: SheetRow, vocabulary: Vocabulary): HeadingRow | null {
  const headings = row.cells.map(headingText);
  const months = row.cells.flatMap((cell, column) => {
    const month = headingMonth(cell);
    return month === null ? [] : [{ column, ...month }];
  });
  const repeats = months.length >= 2 ? months : [];
  const isMonth = new Set(repeats.map(({ column }) => column));
  // A field counts once, by the heading that is most like it.
  const scores = new Map<Field, number>();
  for (const [column, heading] of headings.entries()) {
    if (heading === '' || heading.length > 60 || isMonth.has(column)) continue;
    for (const [field, words] of vocabulary) {
      const { value } = bestLikeness(heading, words);
      if (value > (scores.get(field) ?? 0)) scores.set(field, value);
    }
  }
  const named = [...scores.values()].reduce((sum, value) => sum + value, 0);
  const score = named + Math.min(repeats.length, 6) * 0.5;
  const columns = headings.filter((heading) => heading !== '').length;
  // A title of one cell may hold every word there is.
  return columns + repeats.length >= 2 && score >= 1 ? { row, headings, months: repeats, score } : null;
}

function headingText(cell: Cell): string {
  return typeof cell === 'number' || typeof cell === 'boolean' ? '' : squash(cellText(cell));
}
