// What a reader hands to the pipeline: rows of cells, exactly as the workbook holds them. No interpretation yet.

/**
 * A cell. Empty cells are `null`. A primitive is used where nothing would be lost: text; a number whose XML text equals
 * `String(value)` and whose number format is General; a boolean. Everything else is a RichCell.
 */
export type Cell = null | string | number | boolean | RichCell;

export interface RichCell {
  /** `missing`: a formula without a cached result. It is a missing value, never 0. */
  kind: 'number' | 'date' | 'boolean' | 'text' | 'error' | 'missing';
  /** number: the number; date: ISO text, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; error: `#DIV/0!` and the like; missing: null. */
  value: string | number | boolean | null;
  /** The text as the XML holds it (a serial number for dates), for the audit trail. */
  raw: string;
  /** The number format code when it is not General. */
  format?: string;
}

export interface SheetRow {
  /** 1-based, as Excel shows it. */
  row: number;
  /** Index 0 is column A. May be shorter than the sheet is wide; never sparse (empty cells are null). */
  cells: Cell[];
  /** The row in which a cell really stands, by column, where a report states it once for several rows. */
  carried?: Map<number, number>;
  /** Cells that a person has corrected, as the file holds them, by column. */
  corrected?: Map<number, Cell>;
}

/** The beginning of a sheet: enough to recognise a layout by. */
export interface SheetHead {
  name: string;
  /** Hidden and very hidden sheets are listed, so that a vendor definition may want them; detection ignores them by default. */
  hidden: boolean;
  /** The first rows that hold anything, at most HEAD_ROWS. */
  rows: SheetRow[];
}

/** How many non-empty rows of a sheet its head holds. */
export const HEAD_ROWS = 40;

export interface WorkbookHead {
  /** The name under which the file was uploaded (base name only). */
  fileName: string;
  /** In the order of the workbook. */
  sheets: SheetHead[];
}

export interface Sheet {
  name: string;
  rows: SheetRow[];
}

/** `C5` from a 1-based row and a 0-based column. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}
