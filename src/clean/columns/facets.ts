// Columns that repeat, for each store or each month, into facets: every one of them is a fact of its own in every row. Those
// that state the row's total are kept apart, to check with.

import type { RepeatDefinition, VendorDefinition } from '../../vendors/vendor.ts';
import { totalLabel } from '../reconcile/totals.ts';
import type { Cell } from '../sheet.ts';
import { readDate, readIso, readMonthYear } from '../values/date.ts';
import { monthOf } from '../values/months.ts';
import { cellText, headingKey, squash } from '../values/text.ts';
import type { Header } from './header.ts';

/** One repetition. A plain table has a single one, with neither store nor month. */
export interface Facet {
  /** Column of the quantity and of the amount; -1 where there is none. */
  quantity: number;
  amount: number;
  store: string | null;
  /** `year` is null where the heading names a month alone. */
  month: { year: number | null; month: number } | null;
}

export interface Facets {
  facts: Facet[];
  /** Columns whose figures are the sum of the facts in their row. */
  totals: Facet[];
  /** The leftmost column that repeats; -1 when none does. */
  first: number;
}

export function findFacets(header: Header, vendor: VendorDefinition): Facets {
  const { repeat } = vendor;
  const found: Facets = { facts: [], totals: [], first: -1 };
  if (!repeat) return found;
  const named = new Map<string, Facet>();
  for (let column = 0; column < header.names.length; column += 1) {
    const measure = measureOf(header.own[column] ?? '', repeat);
    if (measure === null || !isPicked(header, column, repeat)) continue;
    const heading = headingOf(header, column, repeat);
    const text = squash(cellText(heading));
    const kind = kindOf(text, heading, repeat);
    if (kind === null) continue;
    const key = `${kind.total} ${headingKey(text)}`;
    let facet = named.get(key);
    if (!facet || facet[measure] >= 0) {
      facet = { quantity: -1, amount: -1, store: repeat.gives === 'store' ? text : null, month: kind.month };
      named.set(key, facet);
      (kind.total ? found.totals : found.facts).push(facet);
    }
    facet[measure] = column;
    if (found.first < 0) found.first = column;
  }
  found.facts = found.facts.filter((facet) => facet.quantity >= 0);
  // Where a layout states pieces and money side by side, pieces alone are another layout.
  if (repeat.measures && found.facts.every((facet) => facet.amount < 0)) found.facts = [];
  found.totals = found.totals.filter((facet) => facet.quantity >= 0);
  if (found.facts.length === 0) found.first = -1;
  return found;
}

/** The columns that add up week after week, those of totals left out; none where the vendor names none. */
export function runningFacets(header: Header, vendor: VendorDefinition): Facet[] {
  const { repeat } = vendor;
  if (!repeat || repeat.running.length === 0) return [];
  return findFacets(header, { ...vendor, repeat: { ...repeat, pick: repeat.running } }).facts;
}

function measureOf(own: string, repeat: RepeatDefinition): 'quantity' | 'amount' | null {
  const { measures } = repeat;
  if (!measures) return 'quantity';
  const key = headingKey(own);
  if (key === '') return null;
  if (measures.quantity.some((word) => headingKey(word) === key)) return 'quantity';
  return measures.amount.some((word) => headingKey(word) === key) ? 'amount' : null;
}

/** Every other heading over the column must be one of the wanted ones, where some are named. */
function isPicked(header: Header, column: number, repeat: RepeatDefinition): boolean {
  if (repeat.pick.length === 0) return true;
  const keys = header.levels.map((cells) => headingKey(cellText(cells[column])));
  return repeat.pick.some((word) => keys.includes(headingKey(word)));
}

/** The lowest of the naming rows that says something. */
function headingOf(header: Header, column: number, repeat: RepeatDefinition): Cell {
  const rows = repeat.named_in.map((level) => header.levels[level - 1]?.[column] ?? null);
  return rows.findLast((cell) => cellText(cell).trim() !== '') ?? null;
}

function kindOf(
  text: string,
  heading: Cell,
  repeat: RepeatDefinition,
): { total: boolean; month: Facet['month'] } | null {
  if (text === '') return null;
  const key = headingKey(text);
  if (repeat.drop.some((word) => headingKey(word) === key)) return null;
  const label = totalLabel(text);
  if (label?.exact || repeat.totals.some((word) => headingKey(word) === key)) return { total: true, month: null };
  if (label) return null;
  if (repeat.gives === 'store') return { total: false, month: null };
  const month = headingMonth(heading);
  return month === null ? null : { total: false, month };
}

/** `Mar`, `sept `, `March 2025`, `01.03.2025`, a date cell, `березня-25`; null when it names no month. */
export function headingMonth(cell: Cell): Facet['month'] {
  if (typeof cell === 'number' || typeof cell === 'boolean') return null;
  if (cell !== null && typeof cell === 'object' && cell.kind === 'date') {
    const day = readIso(String(cell.value));
    return day && { year: day.year, month: day.month };
  }
  const text = squash(cellText(cell));
  const month = monthOf(text);
  if (month !== null) return { year: null, month };
  const named = readMonthYear(text);
  if (named) return named;
  const day = readDate(text, 'dmy');
  return day.ok ? { year: day.day.year, month: day.day.month } : null;
}
