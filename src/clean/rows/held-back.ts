// A row that is held back, as a person will see it: why, and what its cells hold.

import type { Mapping } from '../map.ts';
import type { SheetRow } from '../sheet.ts';
import type { QuarantinedRow } from '../types.ts';
import { cellText, isBlank } from '../values/text.ts';
import { REASONS, type ReasonCode } from './reasons.ts';

export function heldBack(row: SheetRow, m: Mapping, code: ReasonCode, detail: string): QuarantinedRow {
  const raw: Record<string, string> = {};
  for (const [i, cell] of row.cells.entries()) {
    if (isBlank(cell)) continue;
    const heading = m.headings[i]?.trim() || `column ${i + 1}`;
    raw[heading in raw ? `${heading} (${i + 1})` : heading] = cellText(cell);
  }
  const reasonCode = code === 'ean_check_digit' ? 'invalid_ean' : code;
  const reason = detail === '' ? REASONS[code] : `${REASONS[code]}: ${detail.trim().slice(0, 60)}`;
  return { sheet: m.sheet, row: row.row, reasonCode, reason, raw };
}
