// The first rows of a sheet into the place of its table: which row holds the headings, and which column is which field.
// Judges by headings, never by position. Refuses a heading row in which a needed column is missing or stands twice.

import type { ColumnDefinition, Field, VendorDefinition } from '../vendors/vendor.ts';
import { type Facet, type Facets, findFacets, runningFacets } from './columns/facets.ts';
import { readHeader } from './columns/header.ts';
import { type Cell, cellName, type SheetHead, type SheetRow } from './sheet.ts';
import { headingKey } from './values/text.ts';

export interface TablePlace {
  /** Row number of the (lowest) headings, as Excel shows it. */
  headerRow: number;
  /** What to call each column, by index; empty where it has no heading. */
  headings: string[];
  facets: Facets;
  /** Those that add up week after week, beside the facets. */
  running: Facet[];
  /** What stands in the heading rows left of the columns that repeat. */
  stub: Cell[];
  /** Column index of each field that was found. */
  fields: Map<Field, number>;
  /** Every column of the fields that may stand in several. */
  lastYear: number[];
  groups: number[];
  /** Fields whose heading stands over two columns, so that neither can be trusted. */
  twice: Field[];
  /** Headings of needed columns that are missing. */
  missing: string[];
  /** How much of the layout's headings is there, 0 to 1. */
  share: number;
}

/** The best place for this vendor's table on a sheet; null when hardly any heading is there. */
export function locate(head: SheetHead, vendor: VendorDefinition): TablePlace | null {
  const wanted = compile(vendor);
  let best: TablePlace | null = null;
  for (const row of head.rows.slice(0, vendor.header.within)) {
    const place = tryRow(row, head.rows, wanted, vendor);
    if (place && (best === null || place.share > best.share)) best = place;
    if (best && best.share === 1) break;
  }
  return best;
}

interface Wanted {
  columns: { field: Field; keys: string[]; definition: ColumnDefinition }[];
  /** A heading, or any synonym of the column that it belongs to. */
  also: string[][];
  forbidden: Set<string>;
}

const compiled = new WeakMap<VendorDefinition, Wanted>();

function compile(vendor: VendorDefinition): Wanted {
  const known = compiled.get(vendor);
  if (known) return known;
  const all = Object.values(vendor.columns).map((definition) => definition.headings.map(headingKey));
  const wanted: Wanted = {
    columns: Object.entries(vendor.columns).map(([field, definition]) => ({
      field: field as Field,
      keys: definition.headings.map(headingKey),
      definition,
    })),
    also: vendor.detect.also.map(headingKey).map((key) => all.find((synonyms) => synonyms.includes(key)) ?? [key]),
    forbidden: new Set(vendor.detect.forbidden.map(headingKey)),
  };
  compiled.set(vendor, wanted);
  return wanted;
}

function tryRow(row: SheetRow, rows: SheetRow[], wanted: Wanted, vendor: VendorDefinition): TablePlace | null {
  const header = readHeader(rows, row, vendor.header.rows);
  const keys = keysOf(row, header.own);
  if (keys.some((key) => wanted.forbidden.has(key))) return null;
  const fields = new Map<Field, number>();
  const several = { last_year: [] as number[], group: [] as number[] };
  const facets = findFacets(header, vendor);
  const twice: Field[] = [];
  const missing: string[] = [];
  let possible = wanted.also.length;
  let found = wanted.also.filter((synonyms) => firstOf(keys, synonyms) >= 0).length;
  for (const { field, keys: synonyms, definition } of wanted.columns) {
    if (field === 'last_year' || field === 'group') {
      for (const [i, key] of keys.entries()) if (key !== '' && synonyms.includes(key)) several[field].push(i);
      continue;
    }
    const headed = firstOf(keys, synonyms);
    const at = headed < 0 && definition.left !== undefined ? facets.first - definition.left : headed;
    if (at >= 0) {
      fields.set(field, at);
      if (
        headed >= 0 &&
        (keys.indexOf(keys[at]!, at + 1) >= 0 || (vendor.detect.fallback && severalFit(keys, synonyms)))
      )
        twice.push(field);
    }
    if (!definition.required) continue;
    // Where a column stands proves nothing; only what stands over it does.
    if (definition.left !== undefined && headed < 0) {
      if (at < 0) missing.push(field);
      else header.names[at] ||= `column ${cellName(0, at).slice(0, -1)}`;
      continue;
    }
    possible += 1;
    if (at >= 0) found += 1;
    else missing.push(definition.headings[0] ?? field);
  }
  if (vendor.repeat) {
    // What repeats is most of such a layout.
    possible += 2;
    if (facets.first >= 0) found += 2;
    else missing.push(`each ${vendor.repeat.gives}`);
  }
  for (const alternatives of vendor.needs) {
    possible += 1;
    if (alternatives.some((set) => set.every((field) => fields.has(field)))) found += 1;
    else
      missing.push(
        alternatives.map((set) => set.map((f) => vendor.columns[f]?.headings[0] ?? f).join(' and ')).join(' or '),
      );
  }
  if (found === 0) return null;
  // Of two columns under one heading only a needed one is in doubt.
  const doubtful = twice.filter(
    (f) => f === 'ean' || f === 'quantity' || f === 'amount' || f === 'date' || f === 'year' || f === 'month',
  );
  return {
    headerRow: row.row,
    headings: header.names,
    facets,
    running: runningFacets(header, vendor),
    stub: header.levels.flatMap((cells) => cells.slice(0, Math.max(0, facets.first))),
    fields,
    lastYear: several.last_year,
    groups: several.group,
    twice: doubtful,
    missing,
    share: possible === 0 ? 0 : found / possible,
  };
}

const knownKeys = new WeakMap<SheetRow, string[]>();

/** Every vendor looks at the same rows. */
function keysOf(row: SheetRow, own: string[]): string[] {
  const known = knownKeys.get(row) ?? own.map(headingKey);
  knownKeys.set(row, known);
  return known;
}

/** In a layout that nobody has described, two columns that could both be meant are a question, not a choice. */
function severalFit(keys: string[], synonyms: string[]): boolean {
  return keys.filter((key) => key !== '' && synonyms.includes(key)).length > 1;
}

function firstOf(keys: string[], synonyms: string[]): number {
  for (const synonym of synonyms) {
    const at = keys.indexOf(synonym);
    if (at >= 0) return at;
  }
  return -1;
}

/** A table that can be read: nothing needed is missing or doubtful. */
export function isComplete(place: TablePlace): boolean {
  return place.missing.length === 0 && place.twice.length === 0;
}
