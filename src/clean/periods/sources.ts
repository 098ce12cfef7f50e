// The places that a vendor definition names for the period of a file, as what they say.

import type { PeriodSource } from '../../vendors/vendor.ts';
import type { Cell, WorkbookHead } from '../sheet.ts';
import type { Period } from '../types.ts';
import { type Day, readIso, readMonthYear } from '../values/date.ts';
import { monthOf } from '../values/months.ts';
import { datesInName, periodsInName } from '../values/names.ts';
import { cellText, headingKey, isBlank, squash } from '../values/text.ts';

/** Where the sources look. */
export interface Place {
  head: WorkbookHead;
  /** The sheet that is read. */
  sheet: string;
  /** The cells of its heading rows, left of the columns that repeat. */
  stub: Cell[];
}

/** The months that a source names, each once; none for sources of another kind. */
export function periodsFrom(place: Place, source: PeriodSource): Period[] {
  if (source.from === 'file_name') return source.gives === 'period' ? periodsInName(place.head.fileName) : [];
  if (source.from === 'sheet_name') return source.gives === 'period' ? periodsInName(place.sheet) : [];
  if (source.from === 'header') return source.gives === 'period' ? firstPeriod(place.stub) : [];
  if (source.from !== 'cell' || source.gives !== 'period') return [];
  return firstPeriod(labelled(place.head, source.sheet, source.label));
}

function firstPeriod(cells: Cell[]): Period[] {
  for (const cell of cells) {
    const day = cell !== null && typeof cell === 'object' && cell.kind === 'date' ? readIso(String(cell.value)) : null;
    const found = day ? { year: day.year, month: day.month } : readMonthYear(cellText(cell));
    if (found) return [found];
  }
  return [];
}

/** The years that a source names; none for sources of another kind. */
export function yearsFrom(place: Place, source: PeriodSource): number[] {
  if (source.from === 'sheet_name' && source.gives === 'year') return yearsIn(place.sheet);
  if (source.from === 'header' && source.gives === 'year') {
    return place.stub.flatMap((cell) => (/^20\d\d$/.test(squash(cellText(cell))) ? Number(cellText(cell)) : []));
  }
  return [];
}

/** `2025` alone; of `2023-24` each year from the first to the last. */
function yearsIn(text: string): number[] {
  return [...text.matchAll(/(?<!\d)(20\d\d)(?:\s?[-\u2013/]\s?(?:20)?(\d\d))?(?!\d)/g)].flatMap(([, from, to]) => {
    const first = Number(from);
    const last = to === undefined ? first : 2000 + Number(to);
    return last > first && last - first < 10 ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : [first];
  });
}

/** The last days of weeks that a source names. */
export function daysFrom(place: Place, source: PeriodSource): Day[] {
  return source.from === 'file_name' && source.gives === 'week' ? datesInName(place.head.fileName) : [];
}

/** A month alone, from a cell beside its label; null when there is none. */
export function monthCell(head: WorkbookHead, sheet: string, label: string): number | null {
  for (const cell of labelled(head, sheet, label)) {
    const text = squash(cellText(cell));
    const month = /^(0?[1-9]|1[0-2])$/.test(text) ? Number(text) : monthOf(text);
    if (month !== null) return month;
  }
  return null;
}

/** The cells to the right of and below a label, nearest first. Hidden sheets do not count. */
export function labelled(head: WorkbookHead, sheetName: string, label: string): Cell[] {
  const found: Cell[] = [];
  const key = headingKey(label);
  for (const sheet of head.sheets) {
    if (sheet.hidden || headingKey(sheet.name) !== headingKey(sheetName)) continue;
    for (const [r, row] of sheet.rows.entries()) {
      for (const [c, cell] of row.cells.entries()) {
        if (typeof cell === 'number' || headingKey(cellText(cell)) !== key) continue;
        const right = row.cells[c + 1];
        const below = sheet.rows[r + 1]?.cells[c];
        if (!isBlank(right)) found.push(right!);
        if (!isBlank(below)) found.push(below!);
      }
    }
  }
  return found;
}

/** A source in words. */
export function describe(source: PeriodSource): string {
  if (source.from === 'file_name') return 'the file name';
  if (source.from === 'sheet_name') return 'the name of the sheet';
  if (source.from === 'header') return 'the heading of the table';
  if (source.from === 'cell') return `"${source.label}" on sheet ${source.sheet}`;
  return 'the rows';
}
