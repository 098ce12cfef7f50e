// Columns that add up week after week -> what they come to, beside the week itself; and, with those of the week before, whether
// anything happened between the two reports that neither of them says.

import type { FigureColumns, Mapping } from '../map.ts';
import type { SheetRow } from '../sheet.ts';
import type { Running, RunningFigures, TotalCheck } from '../types.ts';
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
  const stores = new Map<string, RunningFigures>();
  const add = (row: SheetRow, when: keyof RunningFigures, columns: FigureColumns[]) => {
    for (const { quantity, amount, store } of columns) {
      const own = stores.get(store ?? '') ?? nothing();
      own[when].quantity += figure(row, quantity, m.locale.quantity) ?? 0;
      own[when].amount += figure(row, amount, m.locale.amount) ?? 0;
      stores.set(store ?? '', own);
    }
  };
  return {
    enter(row) {
      if (m.running.length === 0) return;
      add(row, 'toDate', m.running);
      add(row, 'week', m.facets);
    },
    sums() {
      if (m.running.length === 0) return null;
      const all = [...stores].map(([store, own]) => ({ store, ...rounded(own) }));
      return { ...rounded(sumOf(all)), stores: all };
    },
  };
}

/** Store by store, where both reports have the same; says nothing where the sums fell, as they do when a year begins anew. */
export function sinceWeekBefore(now: Running, before: WeekBefore, tolerance: number): TotalCheck[] {
  if (now.toDate.quantity < before.running.toDate.quantity) return [];
  const since = `since "${before.fileName}"`;
  const checks = (where: string, own: RunningFigures, earlier: RunningFigures) => {
    const grew = (of: 'quantity' | 'amount') => inFull(own.toDate[of] - earlier.toDate[of]);
    return [
      check(`Units to date${where} ${since}`, grew('quantity'), own.week.quantity, 0),
      check(`Amount to date${where} ${since}`, grew('amount'), own.week.amount, tolerance),
    ];
  };
  const pairs = (now.stores ?? []).flatMap((own) => {
    const earlier = before.running.stores?.find(({ store }) => store === own.store);
    return earlier ? [{ own, earlier }] : [];
  });
  const apart =
    pairs.length > 1 && pairs.length === now.stores?.length && pairs.length === before.running.stores?.length;
  if (!apart) return checks('', now, before.running);
  return pairs.flatMap(({ own, earlier }) => checks(` of ${own.store}`, own, earlier));
}

function nothing(): RunningFigures {
  return { toDate: { quantity: 0, amount: 0 }, week: { quantity: 0, amount: 0 } };
}

function sumOf(all: RunningFigures[]): RunningFigures {
  const sum = nothing();
  for (const each of all) {
    for (const when of ['toDate', 'week'] as const) {
      sum[when].quantity += each[when].quantity;
      sum[when].amount += each[when].amount;
    }
  }
  return sum;
}

function rounded({ toDate, week }: RunningFigures): RunningFigures {
  return {
    toDate: { quantity: inFull(toDate.quantity), amount: inFull(toDate.amount) },
    week: { quantity: inFull(week.quantity), amount: inFull(week.amount) },
  };
}

/** Without what adding up binary fractions leaves behind. */
function inFull(sum: number): number {
  return Math.round(sum * 1e6) / 1e6;
}
