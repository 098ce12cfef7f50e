// Headings that name months alone, in a row, into the year of each: one for all, or one for each run of months that begins
// anew (`nov dec TOTAL 2023 jan feb`). Refuses runs to which nothing gives a year: then a person is asked.

import type { TablePlace } from '../locate.ts';
import { totalLabel } from '../reconcile/totals.ts';

interface Run {
  /** How many months it has. */
  length: number;
  /** From a heading such as `TOTAL 2023` that closes it; null where none does. */
  stated: number | null;
}

/** The months of a table in runs that each lie in one year; a single run for most tables. */
export function runsOf({ facets, headings }: TablePlace): Run[] {
  const runs: Run[] = [];
  let before: { column: number; month: number } | null = null;
  for (const { quantity: column, month } of facets.facts) {
    if (month === null) continue;
    const closing: number | null = before === null ? null : closingYear(headings, before.column, column);
    if (before === null || closing !== null || month.month <= before.month) {
      if (closing !== null) runs.at(-1)!.stated = closing;
      runs.push({ length: 0, stated: null });
    }
    runs.at(-1)!.length += 1;
    before = { column, month: month.month };
  }
  if (before !== null) runs.at(-1)!.stated = closingYear(headings, before.column, headings.length);
  return runs;
}

/** The year that a total between two columns names. */
function closingYear(headings: string[], after: number, until: number): number | null {
  for (const heading of headings.slice(after + 1, until)) {
    const year = /^(20\d\d)$/.exec(totalLabel(heading)?.of.trim() ?? '');
    if (year) return Number(year[1]);
  }
  return null;
}

/**
 * The year of each month; null when nothing gives it to every run, or two places disagree.
 * @param list years that one place names, for all runs in order
 */
export function yearsOfRuns(runs: Run[], list: number[]): number[] | null {
  const named = runs.findIndex(({ stated }) => stated !== null);
  const first = list.length === runs.length ? list[0]! : named < 0 ? null : runs[named]!.stated! - named;
  if (first === null) return null;
  const fits = runs.every(({ stated }, i) => stated === null || stated === first + i);
  const follows = list.length !== runs.length || list.every((year, i) => year === first + i);
  return fits && follows ? runs.flatMap(({ length }, i) => Array<number>(length).fill(first + i)) : null;
}
