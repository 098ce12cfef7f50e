// Cells that a person has corrected, in place of those of the file, and their entries in the transform log.

import type { Mapping } from '../map.ts';
import { type Cell, cellName, type SheetRow } from '../sheet.ts';
import type { RowDecision } from '../types.ts';
import { fix } from './fix.ts';
import type { ParsedRow } from './parsed-row.ts';

/** The row as it is to be read. */
export function corrected(row: SheetRow, decision: RowDecision): SheetRow {
  if (decision.cells.length === 0) return row;
  const cells = [...row.cells];
  const before = new Map<number, Cell>();
  for (const { column, text } of decision.cells) {
    while (cells.length <= column) cells.push(null);
    before.set(column, cells[column]!);
    cells[column] = text;
  }
  return { row: row.row, cells, corrected: before };
}

/** A corrected cell that was stored as the person wrote it has no entry yet. */
export function noteCorrections(row: SheetRow, m: Mapping, out: ParsedRow): void {
  for (const column of row.corrected?.keys() ?? []) {
    const cell = cellName(row.carried?.get(column) ?? row.row, column);
    if (out.fixes.some((noted) => noted.cell === cell)) continue;
    fix(row, m, column, String(row.cells[column] ?? ''), 'corrected', out);
  }
}
