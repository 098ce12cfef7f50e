// Another sheet that states the figures of the table once more by store -> its rows, where they are the table's to the piece in every
// product and month. A row of a store is followed by its products, and nothing but names and sums tells one from the other; what
// does not add up is not kept and said.

import type { AlsoStates } from '../../vendors/vendor.ts';
import type { Mapping } from '../map.ts';
import { fileIssue } from '../rows/issue-list.ts';
import type { SheetRow } from '../sheet.ts';
import type { CleanRow, Issue, Period, SplitRow } from '../types.ts';
import { cellText, headingKey, isBlank, squash, storedText } from '../values/text.ts';
import { columnsOf, type FigureColumn } from './also-stated.ts';
import { figure } from './books.ts';
import { totalLabel } from './totals.ts';

export interface StoreSplit {
  sheet: string;
  /** Rows of the table, as they are loaded. */
  meet(rows: CleanRow[]): void;
  /** Rows of the other sheet, in order. */
  take(rows: SheetRow[]): void;
  /** Once, after all rows of both. */
  end(): { rows: SplitRow[]; issues: Issue[] };
}

interface Group {
  row: number;
  store: string;
  stated: number[];
  products: { key: string; figures: number[] }[];
}

/** Beyond it nobody lists products store by store in a workbook. */
const mostProducts = 20_000;

export function makeStoreSplit(m: Mapping, wanted: AlsoStates, sheet: string): StoreSplit {
  /** By product and month: what the table says. */
  const own = new Map<string, { raw: string; months: Map<string, number> }>();
  const twice = new Set<string>();
  const groups: Group[] = [];
  let window: SheetRow[] = [];
  let columns: FigureColumn[] | null = null;
  let over = false;

  function meetOne({ rawProduct, year, month, quantity }: CleanRow): void {
    if (rawProduct === null || own.size > mostProducts) return;
    const key = headingKey(rawProduct);
    const known = own.get(key) ?? { raw: rawProduct, months: new Map<string, number>() };
    own.set(key, known);
    const at = monthKey(year, month);
    // Two rows of one product in a month: nobody knows whose the pieces are.
    if (known.months.has(at) || known.raw !== rawProduct) twice.add(at);
    known.months.set(at, (known.months.get(at) ?? 0) + quantity);
  }

  function takeOne(row: SheetRow): void {
    window = [...window.slice(-2), row];
    if (!columns) {
      columns = columnsOf(window, row, m, wanted, sheet)?.filter(({ measure }) => measure === 'quantity') ?? null;
      return;
    }
    const label = labelOf(row, columns);
    if (label === null) return;
    if (totalLabel(label)?.exact) {
      over = true;
      return;
    }
    const figures = columns.map(({ column }) => figure(row, column, m.locale.quantity) ?? 0);
    const key = headingKey(label);
    const group = groups.at(-1);
    if (group && own.has(key)) group.products.push({ key, figures });
    else groups.push({ row: row.row, store: storedText(squash(label)), stated: figures, products: [] });
  }

  /** In words, what does not add up; null when every store is the sum of its products. */
  function flaw(found: FigureColumn[]): string | null {
    for (const { row, store, stated, products } of groups) {
      for (const [i, { heading }] of found.entries()) {
        const sum = products.reduce((total, { figures }) => total + figures[i]!, 0);
        if (sum !== stated[i])
          return `row ${row} says ${stated[i]} for ${store} in ${heading}, the rows below come to ${sum}`;
      }
    }
    const stores = groups.map(({ store }) => headingKey(store));
    return new Set(stores).size < stores.length ? 'it names a store twice' : null;
  }

  /** Null when the month is the table's in every product; else the first that is not. */
  function difference(at: number, month: string): string | null {
    if (twice.has(month)) return 'a product stands in it twice';
    const sums = new Map<string, { sum: number; any: boolean }>();
    for (const { products } of groups) {
      for (const { key, figures } of products) {
        const each = sums.get(key) ?? { sum: 0, any: false };
        sums.set(key, { sum: each.sum + figures[at]!, any: each.any || figures[at] !== 0 });
      }
    }
    for (const [key, { raw, months }] of own) {
      const { sum, any } = sums.get(key) ?? { sum: 0, any: false };
      const said = months.get(month) ?? 0;
      if (sum !== said || (any && sum === 0)) return `${raw} is ${said} in the table and ${sum} by store`;
    }
    return null;
  }

  function piecesOf(at: number, { year, month }: Period): SplitRow[] {
    return groups.flatMap(({ store, products }) => {
      const sums = new Map<string, number>();
      for (const { key, figures } of products) sums.set(key, (sums.get(key) ?? 0) + figures[at]!);
      return [...sums]
        .filter(([, quantity]) => quantity !== 0)
        .map(([key, quantity]) => ({ rawProduct: own.get(key)!.raw, store, year, month, quantity }));
    });
  }

  return {
    sheet,
    meet: (rows) => rows.forEach(meetOne),
    take(rows) {
      for (const row of rows) if (!over) takeOne(row);
    },
    end() {
      const found = columns ?? [];
      const told = (severity: 'info' | 'warning', rule: string, hint: string) => fileIssue(severity, rule, hint, sheet);
      // Another layout under the name: nothing is claimed about it.
      if (groups.length === 0) return { rows: [], issues: [] };
      const wrong = flaw(found);
      if (wrong !== null) {
        const hint = `The split by store on sheet "${sheet}" is not kept: ${wrong}.`;
        return { rows: [], issues: [told('warning', 'split-not-kept', hint)] };
      }
      const rows: SplitRow[] = [];
      const issues: Issue[] = [];
      const kept: string[] = [];
      for (const [i, { facet, heading }] of found.entries()) {
        const period = facet === null ? null : m.facets[facet]?.period;
        // A month that nobody has filled in yet.
        if (
          !period ||
          groups.every(({ stated, products }) => stated[i] === 0 && products.every(({ figures }) => figures[i] === 0))
        )
          continue;
        const differs = difference(i, monthKey(period.year, period.month));
        if (differs !== null) {
          const hint = `The split by store of ${heading} on sheet "${sheet}" is not kept: ${differs}.`;
          issues.push(told('warning', 'split-not-kept', hint));
          continue;
        }
        kept.push(heading);
        rows.push(...piecesOf(i, period));
      }
      if (kept.length > 0) {
        const others = m.facets.length - kept.length;
        const rest =
          others === 0 ? '' : `; the other ${others === 1 ? 'month is' : `${others} months are`} by product only`;
        const hint = `Kept by store too, from sheet "${sheet}": ${groups.length} stores, ${kept.join(', ')}${rest}.`;
        issues.push(told('info', 'split-kept', hint));
      }
      return { rows, issues };
    },
  };
}

/** What stands left of the figures; null for an empty row. */
function labelOf(row: SheetRow, columns: FigureColumn[]): string | null {
  const first = Math.min(...columns.map(({ column }) => column));
  const cell = row.cells.slice(0, first).find((each) => !isBlank(each));
  const text = cell === undefined ? '' : squash(cellText(cell));
  return text === '' ? null : text;
}

function monthKey(year: number, month: number): string {
  return `${year}-${month}`;
}
