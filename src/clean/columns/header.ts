// One to three heading rows into what stands over each column: merged or first-cell-only headings are carried right, as far
// as the heading above them reaches.

import type { Cell, SheetRow } from '../sheet.ts';
import { cellText, isBlank } from '../values/text.ts';

/** No report has more columns, and no heading more characters: what has may be hostile, and every vendor looks at it. */
const widest = 2_000;
const longest = 200;

export interface Header {
  /** Cells of each heading row by column, topmost row first; a carried heading stands over every column it covers. */
  levels: Cell[][];
  /** The lowest row's own texts by column; a number is no heading. */
  own: string[];
  /** What to call each column: its headings from top to bottom. */
  names: string[];
}

/** @param rows the beginning of the sheet; @param last the lowest heading row; @param count how many rows the headings take */
export function readHeader(rows: SheetRow[], last: SheetRow, count: number): Header {
  const above = (distance: number): Cell[] =>
    headingCells(rows.find((each) => each.row === last.row - distance)?.cells ?? []);
  const lowest = headingCells(last.cells);
  const raw = Array.from({ length: count }, (_, level) => (level === count - 1 ? lowest : above(count - 1 - level)));
  const width = Math.max(...raw.map((cells) => cells.length));
  const levels: Cell[][] = [];
  for (const [level, cells] of raw.entries())
    levels.push(level === count - 1 ? cells : carried(cells, width, levels, raw));
  const own = lowest.map((cell) => (typeof cell === 'number' || typeof cell === 'boolean' ? '' : cellText(cell)));
  const names = Array.from({ length: width }, (_, column) => {
    const texts = levels.map((cells) => cellText(cells[column]).trim()).filter((text) => text !== '');
    return count === 1 ? (own[column] ?? '') : [...new Set(texts)].join(' / ');
  });
  return { levels, own, names };
}

/** A text that is too long for a heading is none. */
function headingCells(cells: Cell[]): Cell[] {
  const own = cells.length > widest ? cells.slice(0, widest) : cells;
  return own.some(isTooLong) ? own.map((cell) => (isTooLong(cell) ? null : cell)) : own;
}

function isTooLong(cell: Cell): boolean {
  return typeof cell === 'string' ? cell.length > longest : typeof cell === 'object' && cellText(cell).length > longest;
}

/** A heading reaches to the next one in its row, or to where a heading above begins anew. */
function carried(cells: Cell[], width: number, upper: Cell[][], raw: Cell[][]): Cell[] {
  const filled: Cell[] = [];
  let last: Cell = null;
  for (let column = 0; column < width; column += 1) {
    const cell = cells[column] ?? null;
    if (!isBlank(cell)) last = cell;
    else if (upper.some((_, level) => !isBlank(raw[level]?.[column]))) last = null;
    filled.push(last);
  }
  return filled;
}
