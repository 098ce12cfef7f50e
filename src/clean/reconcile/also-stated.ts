// Another table of the file that states the same figures again, row by row, into what it says of each month, each store or
// everything. Refuses columns that are not filled yet, and what could be meant in two ways: then it says nothing.

import type { AlsoStates } from '../../vendors/vendor.ts';
import { type Facet, findFacets } from '../columns/facets.ts';
import { readHeader } from '../columns/header.ts';
import type { Mapping } from '../map.ts';
import type { SheetHead, SheetRow } from '../sheet.ts';
import type { Period } from '../types.ts';
import { sheetRank } from '../values/names.ts';
import { cellText, headingKey, isBlank, squash } from '../values/text.ts';
import { figure } from './books.ts';
import { totalLabel } from './totals.ts';

/** A figure of another table, and which of our sums it speaks of. */
export interface Statement {
  /** For example `Split_by_store_2025 row 102, Mar`. */
  what: string;
  measure: 'quantity' | 'amount';
  /** The index of the facet; null for all of them. */
  facet: number | null;
  stated: number;
  /** The table states no total: its rows were added up here, and nothing says that they are all. */
  added: boolean;
  /** By how much each row of ours may be rounded, and the stated figure altogether. */
  rounding: { each: number; stated: number };
}

export interface OtherTable {
  /** Its sheet. */
  sheet: string;
  take(rows: SheetRow[]): void;
  /** Whether a row under the table that is read is this table's heading. */
  begins(row: SheetRow): boolean;
  says(): Statement[];
}

export function otherTables(m: Mapping, sheets: SheetHead[]): OtherTable[] {
  return placesOfOthers(m, sheets).map(({ wanted, sheet }) => makeOtherTable(m, wanted, sheet));
}

/** One for each table that the vendor names and each sheet it may stand on; hidden sheets do not count. */
export function placesOfOthers(m: Mapping, sheets: SheetHead[]): { wanted: AlsoStates; sheet: string }[] {
  return m.vendor.also_states.flatMap((wanted) => {
    const named = sheets.filter((each) =>
      wanted.sheet === undefined
        ? each.name === m.sheet
        : each.name !== m.sheet && !each.hidden && sheetRank(each.name, [wanted.sheet]) > 0,
    );
    return named.map(({ name }) => ({ wanted, sheet: name }));
  });
}

export interface FigureColumn {
  column: number;
  measure: Statement['measure'];
  facet: number | null;
  heading: string;
  /** Of its rows, without totals. */
  sum: number;
  /** Whether any row but the totals has a figure other than 0: if not, nobody has filled it in yet. */
  filled: boolean;
}

function makeOtherTable(m: Mapping, wanted: AlsoStates, sheet: string): OtherTable {
  // On the sheet that is read it stands above the table that is read, or under it.
  const own = wanted.sheet === undefined;
  const above = m.headerRow - m.vendor.header.rows;
  let window: SheetRow[] = [];
  let columns: FigureColumn[] | null = null;
  let total: SheetRow | null = null;
  let details = 0;
  let over = false;

  function one(row: SheetRow): void {
    window = [...window.slice(-2), row];
    const figures = (columns ?? []).map(({ column, measure }) => figure(row, column, m.locale[measure]));
    if (!columns || figures.every((value) => value === null)) {
      const found = columnsOf(window, row, m, wanted, sheet);
      // Another table begins: what it states is not asked for.
      if (found && total) over = true;
      else if (found) [columns, details] = [found, 0];
      return;
    }
    const label = labelOf(row, columns);
    if (label?.exact) total = row;
    if (label) return;
    details += 1;
    for (const [i, each] of columns.entries()) {
      each.sum += figures[i] ?? 0;
      each.filled ||= (figures[i] ?? 0) !== 0;
    }
  }

  function statement(each: FigureColumn): Statement[] {
    if (details > 0 && !each.filled) return [];
    const { measure, facet, heading } = each;
    const half = measure === 'amount' ? (wanted.rounded_to ?? 0) / 2 : 0;
    if (total) {
      const stated = figure(total, each.column, m.locale[measure]);
      const what = `${sheet} row ${total.row}, ${heading}`;
      const rounding = { each: half, stated: half };
      return stated === null ? [] : [{ what, measure, facet, stated, added: false, rounding }];
    }
    if (wanted.rows === 'total' || details === 0) return [];
    const what = `${sheet}, ${details} rows of ${heading}`;
    return [{ what, measure, facet, stated: each.sum, added: true, rounding: { each: half, stated: half * details } }];
  }

  return {
    sheet,
    take(rows) {
      for (const row of rows) {
        if (over) return;
        // What stands above the table that is read ends where that begins.
        if (own && row.row > above && row.row <= m.headerRow) over = columns !== null;
        else one(row);
      }
    },
    begins: (row) => own && columnsOf([row], row, m, wanted, sheet) !== null,
    says: () => (columns ?? []).flatMap(statement),
  };
}

/** The figures under this row's headings; null when it is no heading row of the wanted table. */
export function columnsOf(
  window: SheetRow[],
  row: SheetRow,
  m: Mapping,
  wanted: AlsoStates,
  sheet: string,
): FigureColumn[] | null {
  const header = readHeader(window, row, wanted.by === 'all' ? 1 : m.vendor.header.rows);
  const keys = header.own.map(headingKey);
  if (wanted.headed !== undefined && !keys.includes(headingKey(wanted.headed))) return null;
  const found =
    wanted.by === 'all' ? headedColumns(keys, wanted) : repeatedColumns(findFacets(header, m.vendor), m, row, sheet);
  if (found === null) return null;
  const columns = found.map((each) => ({ ...each, heading: (header.names[each.column] ?? '').trim() }));
  // What stands twice could be either.
  const twice = (a: (typeof columns)[number]) =>
    columns.some((b) => a !== b && a.measure === b.measure && a.facet === b.facet);
  return columns.filter((each) => !twice(each)).map((each) => ({ ...each, sum: 0, filled: false }));
}

type Place = Pick<FigureColumn, 'column' | 'measure' | 'facet'>;

function headedColumns(keys: string[], { measures }: AlsoStates): Place[] | null {
  const places = (['quantity', 'amount'] as const).flatMap((measure) => {
    const synonyms = (measures?.[measure] ?? []).map(headingKey);
    return keys.flatMap((key, column): Place[] => (synonyms.includes(key) ? [{ column, measure, facet: null }] : []));
  });
  return places.length === 0 ? null : places;
}

/** Null where nothing repeats; columns of months or stores that the table read does not have are left out. */
function repeatedColumns(
  { facts, totals, first }: ReturnType<typeof findFacets>,
  m: Mapping,
  row: SheetRow,
  sheet: string,
): Place[] | null {
  const ofStores = m.vendor.repeat?.gives === 'store';
  if (facts.length === 0 && !(ofStores && totals.length > 0)) return null;
  const year = yearOf(row, first, sheet);
  const places = facts.flatMap((facet) => {
    const index = m.facets.findIndex((own) => isSame(own, facet, year));
    return index < 0 ? [] : placesOf(facet, index);
  });
  // The total of stores is that of the whole; the total of months may be of fewer months.
  const all = ofStores ? totals.flatMap((facet) => placesOf(facet, null)) : [];
  return [...places, ...all];
}

function placesOf({ quantity, amount }: Facet, facet: number | null): Place[] {
  const places: Place[] = [
    { column: quantity, measure: 'quantity', facet },
    { column: amount, measure: 'amount', facet },
  ];
  return places.filter(({ column }) => column >= 0);
}

function isSame(own: { store: string | null; period: Period | null }, facet: Facet, year: number | null): boolean {
  if (facet.month === null) return own.store !== null && headingKey(own.store) === headingKey(facet.store ?? '');
  return own.period?.month === facet.month.month && own.period.year === (facet.month.year ?? year);
}

/** Of headings that name months alone; null where the row and the sheet's name say nothing, or not the same. */
function yearOf(row: SheetRow, first: number, sheet: string): number | null {
  const left = row.cells.slice(0, first).map((cell) => squash(cellText(cell)));
  const texts = [...left.filter((text) => /^20\d\d$/.test(text)), ...(sheet.match(/(?<!\d)20\d\d(?!\d)/g) ?? [])];
  const years = new Set(texts);
  return years.size === 1 ? Number(texts[0]) : null;
}

/** What a row calls itself, left of its figures or anywhere between them, if it is a total. */
function labelOf(row: SheetRow, columns: FigureColumn[]): ReturnType<typeof totalLabel> {
  const taken = new Set(columns.map(({ column }) => column));
  const at = row.cells.findIndex(
    (cell, column) => !taken.has(column) && !isBlank(cell) && /\p{L}{2}/u.test(cellText(cell)),
  );
  return at < 0 ? null : totalLabel(cellText(row.cells[at]));
}
