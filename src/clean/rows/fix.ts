// A cell that is stored otherwise than it stood, as an entry of the transform log.

import type { Mapping } from '../map.ts';
import { cellName, type SheetRow } from '../sheet.ts';
import { cellText } from '../values/text.ts';
import type { ParsedRow } from './parsed-row.ts';

/** As `fix`, when the text differs at all. */
export function fixText(
  row: SheetRow,
  m: Mapping,
  column: number,
  cleaned: string,
  rule: string,
  out: ParsedRow,
): void {
  if (cellText(row.cells[column]) !== cleaned) fix(row, m, column, cleaned, rule, out);
}

/** Notes that a cell is stored otherwise than it stood; where a person has corrected it, that is the reason. */
export function fix(
  row: SheetRow,
  m: Mapping,
  column: number,
  cleaned: string | null,
  rule: string,
  out: ParsedRow,
): void {
  const before = row.corrected?.get(column);
  const place = row.carried?.get(column) ?? row.row;
  out.fixes.push({
    sheet: m.sheet,
    row: place,
    column: (m.headings[column] ?? '').trim(),
    cell: cellName(place, column),
    original: cellText(before === undefined ? row.cells[column] : before),
    cleaned,
    rule: before === undefined ? rule : 'corrected',
  });
}
