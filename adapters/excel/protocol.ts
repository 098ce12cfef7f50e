// What the parent process and the reading process say to each other: one JSON value a line, over stdin and stdout.

import type { RichCell } from '#src/clean/sheet.ts';

/** What the parent says. `more` gives leave to send one further batch, so that nobody piles up what the other cannot take. */
export type Command =
  | { do: 'open'; file: string; headRows: number; maxMemoryMb: number }
  | { do: 'rows'; sheet: number }
  | { do: 'more' }
  /** No more batches of this sheet; `end` follows. */
  | { do: 'stop' };

/** What the reading process answers. */
export type Reply =
  | { is: 'heads'; sheets: { name: string; hidden: boolean; rows: WireRow[] }[]; notes: string[]; formats: string[] }
  /** `share` of the sheet has been read, 0 to 1. */
  | { is: 'batch'; rows: WireRow[]; share: number }
  | { is: 'end' }
  | { is: 'refused'; code: RefusalCode; params: Record<string, string> };

/** A row on the wire: its number, then its cells. A run of empty cells is `{ skip: count }`. */
export type WireRow = [row: number, ...cells: WireCell[]];
export type WireCell = null | string | number | boolean | RichCell | FormattedCell | { skip: number };

/**
 * A number or a date (as ISO text) with a number format, which most cells of a report are: its format by position in
 * `formats`, and its raw text unless that is the number as JavaScript writes it.
 */
export type FormattedCell = [value: number | string, format: number, raw?: string];

export type RefusalCode =
  | 'UPLOAD_NOT_XLSX'
  | 'UPLOAD_MACROS'
  | 'UPLOAD_BOMB'
  | 'UPLOAD_DTD'
  | 'UPLOAD_UNSAFE_ZIP'
  | 'UPLOAD_CORRUPT'
  | 'UPLOAD_READ_LIMIT';

/** How many batches may be under way before the consumer has taken one. */
export const CREDIT = 2;
