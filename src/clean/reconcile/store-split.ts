// Another sheet that states the figures of the table once more by store -> its rows, for the months in which they are the table's to
// the piece in every product. What does not add up is not kept, and said with both figures.

import type { AlsoStates } from '../../vendors/vendor.ts';
import type { Mapping } from '../map.ts';
import { fileIssue } from '../rows/issue-list.ts';
import { cellName, type SheetRow } from '../sheet.ts';
import type { CleanRow, Fix, Issue, Period, SplitRow } from '../types.ts';
import { readNumber } from '../values/number.ts';
import { cellText, headingKey, isBlank, squash, storedText } from '../values/text.ts';
import { columnsOf, type FigureColumn } from './also-stated.ts';
import { figure } from './books.ts';
import { firstFlaw, groupsBySums, isSame, rounded, type SplitLine, type StoreGroup } from './store-groups.ts';
import { makeTableProducts } from './table-products.ts';
import { totalLabel } from './totals.ts';

export interface StoreSplit {
  sheet: string;
  /** Rows of the table, as they are loaded. */
  meet(rows: CleanRow[]): void;
  /** Rows of the other sheet, in order. */
  take(rows: SheetRow[]): void;
  /** Once, after all rows of both. */
  end(): { rows: SplitRow[]; fixes: Fix[]; issues: Issue[] };
}

interface Line extends SplitLine {
  row: SheetRow;
  /** The column of its name. */
  at: number;
}

/** A month of the split that is in the table too. */
interface Month extends FigureColumn {
  /** Its place among the figures of a line. */
  place: number;
  period: Period;
}

/** Beyond it nobody lists products store by store in a workbook. */
const mostLines = 20_000;

export function makeStoreSplit(m: Mapping, wanted: AlsoStates, sheet: string): StoreSplit {
  const table = makeTableProducts(m.products);
  const lines: Line[] = [];
  let window: SheetRow[] = [];
  let columns: FigureColumn[] | null = null;
  let heading: SheetRow | null = null;
  let over = false;

  function takeOne(row: SheetRow): void {
    if (!columns) {
      window = [...window.slice(-2), row];
      columns = columnsOf(window, row, m, wanted, sheet)?.filter(({ measure }) => measure === 'quantity') ?? null;
      heading = row;
      return;
    }
    const first = Math.min(...columns.map(({ column }) => column));
    const at = row.cells.slice(0, first).findIndex((cell) => !isBlank(cell));
    const label = at < 0 ? '' : squash(cellText(row.cells[at]));
    if (label === '') return;
    over = totalLabel(label)?.exact === true || lines.length === mostLines;
    const figures = columns.map(({ column }) => figure(row, column, m.locale.quantity) ?? 0);
    if (!over) lines.push({ row, at, label, product: null, figures });
  }

  function grouped(found: FigureColumn[]): StoreGroup<Line>[] | { flaw: string } {
    for (const line of lines) line.product = table.keyOf(line.label);
    const groups = groupsBySums(lines);
    const wrong = groups ? null : firstFlaw(lines);
    if (wrong) {
      const { store, stated, sum, column } = wrong;
      const flaw = `row ${store.row.row} says ${stated} for ${store.label} in ${found[column]!.heading}, the rows below come to ${sum}`;
      return { flaw };
    }
    if (!groups) return { flaw: 'its stores and its products cannot be told apart' };
    const stores = new Set(groups.map(({ store }) => headingKey(store.label)));
    return stores.size < groups.length ? { flaw: 'it names a store twice' } : groups;
  }

  /** Null when the month is the table's in every product; else the first that is not. */
  function difference(groups: StoreGroup<Line>[], { place, period }: Month): string | null {
    if (table.isTwice(period)) return 'a product stands in it twice';
    const sums = new Map<string, { label: string; sum: number; any: boolean }>();
    for (const { label, product, figures } of groups.flatMap(({ products }) => products)) {
      const each = sums.get(product ?? label) ?? { label, sum: 0, any: false };
      sums.set(product ?? label, { label, sum: each.sum + figures[place]!, any: each.any || figures[place] !== 0 });
    }
    const names = new Map([...sums].map(([key, { label }]) => [key, label]));
    for (const [key, label] of new Map([...names, ...table.names()])) {
      const { sum, any } = sums.get(key) ?? { sum: 0, any: false };
      const said = table.quantity(key, period);
      if (!isSame(sum, said)) return `${label} is ${said} in the table and ${rounded(sum)} by store`;
      // The table has no row of it that could be taken apart.
      if (any && isSame(sum, 0)) return `${label} is 0 in the table, and by store it comes and goes back`;
    }
    return null;
  }

  function piecesOf(groups: StoreGroup<Line>[], { place, period }: Month): SplitRow[] {
    return groups.flatMap(({ store, products }) => {
      const sums = new Map<string, number>();
      for (const { product, figures } of products)
        if (product !== null) sums.set(product, (sums.get(product) ?? 0) + figures[place]!);
      return [...sums]
        .filter(([, quantity]) => !isSame(quantity, 0))
        .map(([key, quantity]) => ({
          rawProduct: table.rawOf(key),
          store: storedText(store.label),
          ...period,
          quantity: rounded(quantity),
        }));
    });
  }

  /** Cells of which something else is stored than what stands in them. */
  function fixesOf(groups: StoreGroup<Line>[], kept: Month[]): Fix[] {
    const fixes: Fix[] = [];
    const note = (row: SheetRow, column: number, cleaned: string, rule: string) => {
      const original = cellText(row.cells[column]);
      if (original === cleaned) return;
      const named = squash(cellText(heading?.cells[column]));
      fixes.push({ sheet, row: row.row, column: named, cell: cellName(row.row, column), original, cleaned, rule });
    };
    for (const { store, products } of groups) {
      note(store.row, store.at, storedText(store.label), 'trimmed');
      for (const { row, at, label, product, figures } of products) {
        const sold = kept.filter(({ place }) => figures[place] !== 0);
        if (product === null || sold.length === 0) continue;
        const raw = table.rawOf(product);
        note(row, at, raw, squash(raw) === label ? 'trimmed' : 'name-in-table');
        for (const { column } of sold) {
          const read = readNumber(cellText(row.cells[column]), m.locale.quantity);
          if (typeof row.cells[column] === 'string' && read.ok) note(row, column, String(read.value), read.rule);
        }
      }
    }
    return fixes;
  }

  /** The months that both have; without those that nobody has filled in yet. */
  function monthsOf(groups: StoreGroup<Line>[], found: FigureColumn[]): Month[] {
    const all = groups.flatMap(({ products }) => products);
    return found.flatMap((each, place) => {
      const period = each.facet === null ? null : m.facets[each.facet]?.period;
      return period && all.some(({ figures }) => figures[place] !== 0) ? [{ ...each, place, period }] : [];
    });
  }

  function told(severity: 'info' | 'warning', rule: string, hint: string): Issue {
    return fileIssue(severity, rule, hint, sheet);
  }

  /** In one line: how many stores, which months, and which months are by product only. */
  function keptLine(groups: StoreGroup<Line>[], kept: Month[]): Issue {
    const rest = m.facets.filter(
      ({ period }) => period && table.isSold(period) && !kept.some((each) => sameMonth(each.period, period)),
    );
    const only = rest.map(({ quantity }) => (m.headings[quantity] ?? '').trim());
    const stores = groups.length === 1 ? 'one store' : `${groups.length} stores`;
    const hint = `Kept by store too, from sheet "${sheet}": ${stores}, ${kept.map(({ heading: name }) => name).join(', ')}${only.length === 0 ? '' : `; by product only: ${only.join(', ')}`}.`;
    return told('info', 'split-kept', hint);
  }

  return {
    sheet,
    meet: (rows) => rows.forEach(table.meet),
    take(rows) {
      for (const row of rows) if (!over) takeOne(row);
    },
    end() {
      const found = columns ?? [];
      // Another layout under the name: nothing is claimed about it.
      if (found.length === 0 || lines.length === 0) return { rows: [], fixes: [], issues: [] };
      const groups = grouped(found);
      if ('flaw' in groups) {
        const hint = `The split by store on sheet "${sheet}" is not kept: ${groups.flaw}.`;
        return { rows: [], fixes: [], issues: [told('warning', 'split-not-kept', hint)] };
      }
      const kept: Month[] = [];
      const issues: Issue[] = [];
      for (const month of monthsOf(groups, found)) {
        const differs = difference(groups, month);
        const hint = `The split by store of ${month.heading} on sheet "${sheet}" is not kept: ${differs}.`;
        if (differs === null) kept.push(month);
        else issues.push(told('warning', 'split-not-kept', hint));
      }
      if (kept.length === 0) return { rows: [], fixes: [], issues };
      const rows = kept.flatMap((month) => piecesOf(groups, month));
      return { rows, fixes: fixesOf(groups, kept), issues: [...issues, keptLine(groups, kept)] };
    },
  };
}

function sameMonth(a: Period, b: Period): boolean {
  return a.year === b.year && a.month === b.month;
}
