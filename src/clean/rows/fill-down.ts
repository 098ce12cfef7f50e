// Fields that a report states once for several rows, carried into the rows below; each keeps the place where it really stands.

import type { Mapping } from '../map.ts';
import type { Cell, SheetRow } from '../sheet.ts';
import { isBlank } from '../values/text.ts';

interface Carried {
  cell: Cell;
  row: number;
}

export interface FillDown {
  /** The row with what was carried into it. Not for totals and notes. */
  fill(row: SheetRow): SheetRow;
  /** Whether the row that was filled last began something new. */
  began(): boolean;
}

export function makeFillDown(m: Mapping): FillDown {
  const { fill_down: fields } = m.vendor.rows;
  const key = fields[0] === undefined ? -1 : m.at[fields[0]];
  const columns = fields.filter((field) => field !== 'group').map((field) => m.at[field]);
  // What groups many products stays in force when the next product begins.
  const lasting = fields.includes('group') ? m.groups.filter((column) => !columns.includes(column)) : [];
  const carried = new Map<number, Carried>();
  let began = false;
  return {
    fill(row) {
      began = key >= 0 && !isBlank(row.cells[key]);
      if (fields.length === 0) return row;
      if (began) for (const column of columns) carried.delete(column);
      let filled: SheetRow | null = null;
      for (const column of [...columns, ...lasting]) {
        if (column < 0) continue;
        const cell = row.cells[column] ?? null;
        if (!isBlank(cell)) {
          carried.set(column, { cell, row: row.row });
          continue;
        }
        const from = carried.get(column);
        if (!from) continue;
        filled ??= { ...row, cells: [...row.cells], carried: new Map() };
        while (filled.cells.length <= column) filled.cells.push(null);
        filled.cells[column] = from.cell;
        filled.carried!.set(column, from.row);
      }
      return filled ?? row;
    },
    began: () => began,
  };
}
