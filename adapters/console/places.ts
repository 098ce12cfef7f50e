// What somebody types for a place in a workbook -> sheet, row and column: `SALES!7`, `SALES!F7`, `SALES!F7=3`. A sheet may be
// written in apostrophes, as Excel writes it. Null when it is no such place.

export interface TypedRow {
  sheet: string;
  /** 1-based. */
  row: number;
}

export interface TypedCell extends TypedRow {
  /** 0-based. */
  column: number;
}

export function rowPlace(word: string): TypedRow | null {
  const found = /^(.+)!([1-9]\d{0,6})$/s.exec(word);
  return found && { sheet: sheetName(found[1]!), row: Number(found[2]) };
}

export function cellPlace(word: string): TypedCell | null {
  const found = /^(.+)!\$?([a-z]{1,3})\$?([1-9]\d{0,6})$/is.exec(word);
  return found && { sheet: sheetName(found[1]!), row: Number(found[3]), column: columnIndex(found[2]!) };
}

/** The first `=` after a place ends it, so that a text may hold any. */
export function cellText(word: string): (TypedCell & { text: string }) | null {
  const found = /^(.+?![$a-z]{1,4}\$?\d+)=(.*)$/is.exec(word);
  const place = found && cellPlace(found[1]!);
  return place && { ...place, text: found[2]! };
}

function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function sheetName(typed: string): string {
  return /^'.*'$/s.test(typed) ? typed.slice(1, -1).replaceAll("''", "'") : typed;
}
