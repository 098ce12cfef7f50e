// What a column's own cells agree on, where the vendor definition leaves it open: the decimal mark, and the order of day
// and month. One pass over the sheet before the rows are read in earnest, and only for the columns that need it. Where they
// leave it open it gives a cell with both its readings, to ask a person with.

import type { ColumnDefinition, Field, VendorDefinition } from '../../vendors/vendor.ts';
import type { TablePlace } from '../locate.ts';
import { impossible } from '../periods/file-period.ts';
import { type Cell, cellName, type SheetRow } from '../sheet.ts';
import type { GivenReading, Period } from '../types.ts';
import { type DateOrder, type Day, orderOf, readDate } from '../values/date.ts';
import { type Decimal, decimalOf, readNumber } from '../values/number.ts';
import { cellText, isBlank } from '../values/text.ts';

/** How the cells of a table are to be read. `auto`: they leave it open, or contradict each other. */
export interface Locale {
  quantity: Decimal;
  amount: Decimal;
  order: DateOrder;
}

/** A column that holds cells with two readings, and none that settles which. */
export interface OpenReading {
  about: 'numbers' | 'dates';
  heading: string;
  /** `C5` */
  cell: string;
  text: string;
  /** What the cell is as `comma` and `point`, or as `dmy` and `mdy`. */
  either: string;
  or: string;
}

export interface Survey {
  /** Whether the cells have to be looked at; otherwise the definition has said it all. */
  needed: boolean;
  look(rows: SheetRow[]): void;
  locale(): Locale;
  /** The first column that only a person can settle; null when there is none. */
  open(): OpenReading | null;
}

export function makeSurvey(
  vendor: VendorDefinition,
  place: TablePlace,
  given: GivenReading | null,
  today: Period,
): Survey {
  const { columns, rows: policy } = vendor;
  const repeated = [...place.facets.facts, ...place.facets.totals];
  const at = (field: Field) => place.fields.get(field) ?? -1;
  const stated = (field: Field) => given?.decimal ?? decimalIn(columns[field]);
  const quantity = poll<Decimal>(
    [at('quantity'), ...repeated.map((facet) => facet.quantity)],
    stated('quantity'),
    policy.whole_quantities ? (cell) => numberVote(cell) ?? wholeVote(cell) : numberVote,
    twoNumbers,
  );
  const amount = poll<Decimal>(
    [at('amount'), at('total_amount'), ...repeated.map((facet) => facet.amount)],
    stated('amount'),
    numberVote,
    twoNumbers,
  );
  // Where a month stands beside the date it says which way round the date is meant.
  const settled = place.fields.has('year') && place.fields.has('month');
  const order = poll<DateOrder>(
    [at('date')],
    given?.dates ?? columns.date?.dates ?? 'auto',
    (cell) => dateVote(cell, today),
    settled ? () => null : twoDates,
  );
  const polls = [quantity, amount, order].filter((each) => each.undecided);
  return {
    needed: polls.length > 0,
    look(rows) {
      for (const row of rows) {
        if (row.row <= place.headerRow) continue;
        for (const each of polls) each.look(row);
      }
    },
    locale: () => ({ quantity: quantity.says(), amount: amount.says(), order: order.says() }),
    open() {
      for (const each of polls) {
        const doubt = each.doubt();
        if (doubt) return { ...doubt, heading: place.headings[doubt.column]?.trim() ?? '' };
      }
      return null;
    },
  };
}

function decimalIn(column: ColumnDefinition | undefined): Decimal {
  return column?.decimal ?? 'auto';
}

/** Two ways to read a text; null when it has only one. */
type Readings = Pick<OpenReading, 'about' | 'text' | 'either' | 'or'> | null;

/** Cells in doubt up to this share of a column are strays: their rows are held back, the file is not. */
const strays = 0.05;

interface Poll<T> {
  /** The definition leaves it open, and there are cells to ask. */
  undecided: boolean;
  look(row: SheetRow): void;
  says(): T;
  /** The first cell with two readings, when no cell of the columns settles which and they are no strays. */
  doubt(): (Omit<OpenReading, 'heading'> & { column: number }) | null;
}

function poll<T extends string>(
  all: number[],
  stated: T | 'auto',
  vote: (cell: Cell | undefined) => T | null,
  readings: (cell: Cell | undefined) => Readings,
): Poll<T> {
  const columns = all.filter((column) => column >= 0);
  let seen: T | null = null;
  let contradiction = false;
  let doubt: ReturnType<Poll<T>['doubt']> = null;
  let filled = 0;
  let doubtful = 0;
  return {
    undecided: stated === 'auto' && columns.length > 0,
    look(row) {
      for (const column of columns) {
        const cell = row.cells[column];
        if (seen === null && !isBlank(cell)) filled += 1;
        const says = vote(cell);
        if (says === null && seen === null) weigh(row, column);
        if (says === null || says === seen) continue;
        if (seen === null) seen = says;
        else contradiction = true;
      }
    },
    says: () => (stated !== 'auto' || seen === null || contradiction ? (stated as T) : seen),
    doubt: () => (seen === null && doubtful > filled * strays ? doubt : null),
  };

  function weigh(row: SheetRow, column: number): void {
    const two = readings(row.cells[column]);
    if (!two) return;
    doubtful += 1;
    doubt ??= { ...two, column, cell: cellName(row.row, column) };
  }
}

function numberVote(cell: Cell | undefined): Decimal | null {
  return typeof cell === 'string' && cell !== '' ? decimalOf(cell) : null;
}

/** `1,234` pieces are no 1.234 pieces, where pieces are whole. */
function wholeVote(cell: Cell | undefined): Decimal | null {
  const two = twoNumbers(cell);
  if (!two) return null;
  const [comma, point] = [Number(two.either), Number(two.or)];
  if (Number.isInteger(comma) === Number.isInteger(point)) return null;
  return Number.isInteger(comma) ? 'comma' : 'point';
}

function twoNumbers(cell: Cell | undefined): Readings {
  if (typeof cell !== 'string' || cell === '') return null;
  const open = readNumber(cell, 'auto');
  if (open.ok || open.problem !== 'ambiguous') return null;
  const comma = readNumber(cell, 'comma');
  const point = readNumber(cell, 'point');
  if (!comma.ok || !point.ok) return null;
  return { about: 'numbers', text: cell.trim(), either: String(comma.value), or: String(point.value) };
}

/** A day above 12 tells, and so does a reading that lies in the future. */
function dateVote(cell: Cell | undefined, today: Period): DateOrder | null {
  if (isBlank(cell)) return null;
  const text = cellText(cell);
  const shown = orderOf(text);
  if (shown !== null) return shown;
  const days = twoDays(text);
  if (!days) return null;
  const [dayFirst, monthFirst] = days.map((day) => impossible(day, today) === null);
  return dayFirst === monthFirst ? null : dayFirst ? 'dmy' : 'mdy';
}

function twoDates(cell: Cell | undefined): Readings {
  const text = cellText(cell);
  const days = twoDays(text);
  if (!days) return null;
  const [dayFirst, monthFirst] = days;
  return { about: 'dates', text: text.trim(), either: iso(dayFirst), or: iso(monthFirst) };
}

function twoDays(text: string): [Day, Day] | null {
  const open = readDate(text, 'auto');
  if (open.ok || open.problem !== 'ambiguous') return null;
  const dayFirst = readDate(text, 'dmy');
  const monthFirst = readDate(text, 'mdy');
  return dayFirst.ok && monthFirst.ok ? [dayFirst.day, monthFirst.day] : null;
}

function iso({ year, month, day }: Day): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
