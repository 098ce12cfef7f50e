// The totals that a report states, beside what its rows come to: of each store or month, of all, and across a row. Keeps
// running sums only.

import type { FigureColumns, Mapping } from '../map.ts';
import type { RowKind } from '../rows/classify.ts';
import type { SheetRow } from '../sheet.ts';
import type { TotalCheck } from '../types.ts';
import { readNumber } from '../values/number.ts';
import { cellText, isBlank } from '../values/text.ts';
import type { Statement } from './also-stated.ts';
import {
  check,
  closeGroup,
  enter,
  isUnlabelledTotal,
  type Ledger,
  makeLedger,
  meet,
  sameSum,
  sumFor,
} from './totals.ts';

/** How many subtotals that agree a receipt can bear; those that differ are all kept. */
const SUBTOTALS = 10;

type TotalRow = Extract<RowKind, { kind: 'total' }>;

export interface Books {
  /** The columns by which a total row is known, and the sums that they are compared with. */
  closing: { columns: FigureColumns; ledger: Ledger };
  /** Whether bare figures are the sums of the columns that repeat, at least in half of them: one wrong figure is no reason to take them for a sale. */
  sumsOfColumns(row: SheetRow): boolean;
  /** Groups of a data row, before it is known what becomes of it. */
  meet(groups: string[]): void;
  enter(facet: number, groups: string[], quantity: number, amount: number): void;
  /** A fact that was held back: totals that do not agree may be short of it. */
  enterHeld(facet: number, groups: string[], quantity: number, amount: number): void;
  /** A row of totals that the report states. */
  close(row: SheetRow, total: TotalRow): void;
  /** What a data row states as its own total, beside the sum of its facts; null where it agrees or states none. */
  across(row: SheetRow, quantity: number, amount: number): { stated: number; found: number } | null;
  checks(): TotalCheck[];
  /** What another table of the file states, beside what its rows come to. */
  beside(statement: Statement): TotalCheck;
}

export function makeBooks(m: Mapping): Books {
  const all = makeLedger();
  const facets = m.facets.length > 1 ? m.facets.map(makeLedger) : [all];
  const ledgers = m.facets.length > 1 ? [all, ...facets] : [all];
  const held = new Map(ledgers.map((ledger) => [ledger, makeLedger()]));
  const closing =
    m.totals[0] || !m.repeats
      ? { columns: m.totals[0] ?? m.facets[0]!, ledger: all }
      : { columns: m.facets[0]!, ledger: facets[0]! };
  const checks: TotalCheck[] = [];
  const acrossSums = { stated: 0, found: 0, rows: 0, money: 0 };
  let subtotals = 0;

  function compare(row: SheetRow, columns: FigureColumns, ledger: Ledger, total: TotalRow): void {
    const quantity = figure(row, columns.quantity, m.locale.quantity);
    const amount = figure(row, columns.amount, m.locale.amount);
    const sum = sumFor(ledger, { ...total, quantity, amount });
    if (!sum) return;
    const kept = sameSum(ledger, sum, held.get(ledger)!);
    const what = (column: number) => `${m.sheet} row ${row.row}, ${m.headings[column]?.trim() ?? ''}`;
    if (quantity !== null)
      keep(check(what(columns.quantity), quantity, sum.quantity, 0, kept?.quantity), total.label.exact);
    if (amount !== null) {
      keep(check(what(columns.amount), amount, sum.amount, m.vendor.total_tolerance, kept?.amount), total.label.exact);
    }
  }

  /** Money for all months together, beside the sum of the shares that were taken of it. */
  function compareMoney(row: SheetRow): void {
    const stated = figure(row, m.at.total_amount, m.locale.amount);
    if (stated === null) return;
    const what = `${m.sheet} row ${row.row}, ${m.headings[m.at.total_amount]?.trim() ?? ''}`;
    // A share is rounded to a hundredth of a cent a piece.
    const tolerance = Math.max(m.vendor.total_tolerance, all.all.quantity * 1e-4);
    keep(check(what, stated, all.all.amount, tolerance, held.get(all)!.all.amount), true);
  }

  function keep(made: TotalCheck, whole: boolean): void {
    if (made.agrees && !whole) {
      subtotals += 1;
      if (subtotals > SUBTOTALS) return;
    }
    checks.push(made);
  }

  return {
    closing,
    sumsOfColumns(row) {
      if (!m.repeats) return false;
      let stated = 0;
      let agreeing = 0;
      const ofRows = [
        [figure(row, m.totals[0]?.quantity ?? -1, m.locale.quantity), acrossSums.stated],
        [figure(row, m.at.total_amount, m.locale.amount), acrossSums.money],
      ] as const;
      for (const [figures, sum] of ofRows) {
        if (figures === null || acrossSums.rows < 2) continue;
        stated += 1;
        if (Math.abs(figures - sum) < 0.01) agreeing += 1;
      }
      for (const [i, { quantity, amount }] of m.facets.entries()) {
        const pieces = figure(row, quantity, m.locale.quantity);
        const money = figure(row, amount, m.locale.amount);
        if ((pieces ?? 0) === 0 && (money ?? 0) === 0) continue;
        stated += 1;
        if (isUnlabelledTotal(facets[i]!, pieces, money, all.all.rows)) agreeing += 1;
      }
      return stated > 0 && agreeing * 2 >= stated;
    },
    meet(groups) {
      for (const ledger of ledgers) meet(ledger, groups);
    },
    enter(facet, groups, quantity, amount) {
      enter(all, groups, quantity, amount);
      if (facets.length > 1) enter(facets[facet]!, groups, quantity, amount);
    },
    enterHeld(facet, groups, quantity, amount) {
      enter(held.get(all)!, groups, quantity, amount);
      if (facets.length > 1) enter(held.get(facets[facet]!)!, groups, quantity, amount);
    },
    close(row, total) {
      for (const [i, columns] of m.facets.entries()) compare(row, columns, facets[i]!, total);
      for (const columns of m.totals) compare(row, columns, all, total);
      if (total.label.exact) compareMoney(row);
      for (const ledger of [...ledgers, ...held.values()]) closeGroup(ledger);
    },
    across(row, quantity, amount) {
      const columns = m.totals[0];
      if (!columns) return null;
      const pieces = figure(row, columns.quantity, m.locale.quantity);
      const money = figure(row, columns.amount, m.locale.amount);
      acrossSums.money += figure(row, m.at.total_amount, m.locale.amount) ?? 0;
      if (pieces !== null) {
        acrossSums.rows += 1;
        acrossSums.stated += pieces;
        acrossSums.found += quantity;
        if (Math.abs(pieces - quantity) > 1e-9) return { stated: pieces, found: quantity };
      }
      if (money !== null && Math.abs(money - amount) > m.vendor.total_tolerance + 1e-9) {
        return { stated: money, found: Math.round(amount * 100) / 100 };
      }
      return null;
    },
    checks() {
      const columns = m.totals[0];
      if (!columns || acrossSums.rows === 0) return checks;
      const what = `${m.sheet}, ${acrossSums.rows} rows of column ${m.headings[columns.quantity]?.trim() ?? ''}`;
      return [...checks, check(what, acrossSums.stated, acrossSums.found, 0)];
    },
    beside({ what, measure, facet, stated, rounding }) {
      const ledger = facet === null ? all : facets[facet]!;
      const kept = held.get(ledger)!.all;
      const rounded = rounding.stated + rounding.each * (ledger.all.rows + kept.rows);
      const tolerance = measure === 'quantity' ? 0 : Math.max(m.vendor.total_tolerance, rounded);
      return check(what, stated, ledger.all[measure], tolerance, kept[measure]);
    },
  };
}

/** The number in a cell, however it is written; null when it holds none. */
export function figure(row: SheetRow, column: number, decimal: Parameters<typeof readNumber>[1]): number | null {
  if (column < 0) return null;
  const cell = row.cells[column] ?? null;
  if (typeof cell === 'number') return cell;
  if (isBlank(cell)) return null;
  if (cell !== null && typeof cell === 'object' && cell.kind === 'number') return cell.value as number;
  const read = readNumber(cellText(cell), decimal);
  return read.ok ? read.value : null;
}
