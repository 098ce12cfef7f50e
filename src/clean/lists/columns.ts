// The rows of a list that somebody keeps -> its heading row and the column of each field, by heading synonyms.

import type { SheetRow } from '../sheet.ts';
import { cellText, headingKey } from '../values/text.ts';

/** How far down the headings may stand. */
const within = 20;

export interface ListTable<Field extends string> {
  /** Column of a field, -1 where the list has none. */
  at: Record<Field, number>;
  /** The headings' words by column. */
  headings: string[];
  /** What stands below the headings. */
  rows: SheetRow[];
}

/** @param enough whether these columns make the list; null when no row is its heading row */
export function findList<Field extends string>(
  rows: SheetRow[],
  synonyms: Record<Field, readonly string[]>,
  enough: (at: Record<Field, number>) => boolean,
): ListTable<Field> | null {
  const fields = Object.entries(synonyms) as [Field, readonly string[]][];
  for (const [index, { cells }] of rows.slice(0, within).entries()) {
    const headings = cells.map((cell) => cellText(cell).trim());
    const keys = headings.map(headingKey);
    const at = {} as Record<Field, number>;
    for (const [field, words] of fields) {
      // The most trusted synonym first, not the leftmost column.
      const found = words.map((word) => keys.indexOf(headingKey(word))).find((column) => column >= 0);
      at[field] = found ?? -1;
    }
    if (enough(at)) return { at, headings, rows: rows.slice(index + 1) };
  }
  return null;
}

/** A row of a list that was not taken, and why. */
export interface RefusedRow {
  /** 1-based, as in the file. */
  row: number;
  reason: string;
}
