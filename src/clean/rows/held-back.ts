// A row that is held back, as a person will see it: why, what its cells hold, and which of them is to blame.

import type { FigureColumns, Mapping } from '../map.ts';
import type { SheetRow } from '../sheet.ts';
import type { QuarantinedRow } from '../types.ts';
import { cellText, isBlank } from '../values/text.ts';
import { REASONS, type ReasonCode } from './reasons.ts';

/** @param columns the figures that are held back, where columns repeat; null for the row as a whole */
export function heldBack(
  row: SheetRow,
  m: Mapping,
  code: ReasonCode,
  detail: string,
  columns: FigureColumns | null,
): QuarantinedRow {
  const raw: Record<string, string> = {};
  const cells: QuarantinedRow['cells'] = [];
  const blamed = columnToBlame(row, m, code, detail, columns);
  for (let column = 0; column < Math.max(row.cells.length, (blamed ?? -1) + 1); column += 1) {
    const cell = row.cells[column] ?? null;
    const heading = m.headings[column]?.trim() || `column ${column + 1}`;
    const text = isBlank(cell) ? '' : cellText(cell);
    if (text !== '' || column === blamed) cells.push({ column, heading, text });
    if (text === '') continue;
    raw[heading in raw ? `${heading} (${column + 1})` : heading] = text;
  }
  const reasonCode = code === 'ean_check_digit' ? 'invalid_ean' : code;
  const reason = detail === '' ? REASONS[code] : `${REASONS[code]}: ${detail.trim().slice(0, 60)}`;
  return { sheet: m.sheet, row: row.row, reasonCode, reason, raw, cells, column: blamed };
}

function columnToBlame(
  row: SheetRow,
  { at, facets }: Mapping,
  code: ReasonCode,
  detail: string,
  columns: FigureColumns | null,
): number | null {
  const { quantity, amount } = columns ?? facets[0]!;
  const asks: Record<ReasonCode, number[]> = {
    missing_ean: [at.ean],
    invalid_ean: [at.ean],
    ean_check_digit: [at.ean],
    ean_precision_lost: [at.ean],
    missing_product: [at.code, at.name, at.id],
    missing_quantity: [quantity],
    invalid_quantity: [quantity],
    invalid_amount: [amount],
    ambiguous_number: [detail === 'amount' ? amount : quantity],
    currency_mismatch: [amount],
    invalid_currency: [at.currency],
    invalid_month: [at.month, at.period],
    invalid_year: [at.year, at.period],
    invalid_date: [at.date],
    ambiguous_date: [at.date],
    missing_period: [at.date, at.period, at.month],
    period_conflict: [at.date],
    future_period: [at.date, at.period, at.month],
    only_a_total: [at.total_quantity, at.total_amount],
    text_too_long: [at.name, at.code],
  };
  // A cell that a report states once for several rows stands in another row.
  return asks[code].find((column) => column >= 0 && !row.carried?.has(column)) ?? null;
}
