// Columns that add up week after week -> what they come to, beside the week itself; and, with those of the week before, whether
// anything happened between the two reports that neither of them says.

import type { FigureColumns, Mapping } from '../map.ts';
import type { SheetRow } from '../sheet.ts';
import type { Running, TotalCheck } from '../types.ts';
import { figure } from './books.ts';
import { check } from './totals.ts';

/** The report before, and what it came to. */
export interface WeekBefore {
  fileName: string;
  running: Running;
}

export interface RunningSums {
  enter(row: SheetRow): void;
  /** null where the report has no such columns. */
  sums(): Running | null;
}

export function makeRunningSums(m: Mapping): RunningSums {
  const running: Running = { toDate: { quantity: 0, amount: 0 }, week: { quantity: 0, amount: 0 } };
  const add = (to: Running['week'], row: SheetRow, columns: FigureColumns[]) => {
    for (const { quantity, amount } of columns) {
      to.quantity += figure(row, quantity, m.locale.quantity) ?? 0;
      to.amount += figure(row, amount, m.locale.amount) ?? 0;
    }
  };
  return {
    enter(row) {
      if (m.running.length === 0) return;
      add(running.toDate, row, m.running);
      add(running.week, row, m.facets);
    },
    sums: () => (m.running.length === 0 ? null : running),
  };
}

/** Says nothing where the sums fell, as they do when a year begins anew. */
export function sinceWeekBefore(now: Running, before: WeekBefore, tolerance: number): TotalCheck[] {
  const grew = (of: 'quantity' | 'amount') => Math.round((now.toDate[of] - before.running.toDate[of]) * 1e6) / 1e6;
  if (now.toDate.quantity < before.running.toDate.quantity) return [];
  const since = `since "${before.fileName}"`;
  return [
    check(`Units to date ${since}`, grew('quantity'), now.week.quantity, 0),
    check(`Amount to date ${since}`, grew('amount'), now.week.amount, tolerance),
  ];
}
