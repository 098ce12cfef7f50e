// What a column's own cells agree on, where the vendor definition leaves it open: the decimal mark, and the order of day
// and month. One pass over the sheet before the rows are read in earnest, and only for the columns that need it.

import type { ColumnDefinition, VendorDefinition } from '../../vendors/vendor.ts';
import type { TablePlace } from '../locate.ts';
import type { SheetRow } from '../sheet.ts';
import { type DateOrder, orderOf } from '../values/date.ts';
import { type Decimal, decimalOf } from '../values/number.ts';
import { cellText, isBlank } from '../values/text.ts';

/** How the cells of a table are to be read. `auto`: they leave it open, or contradict each other. */
export interface Locale {
  quantity: Decimal;
  amount: Decimal;
  order: DateOrder;
}

export interface Survey {
  /** Whether the cells have to be looked at; otherwise the definition has said it all. */
  needed: boolean;
  look(rows: SheetRow[]): void;
  locale(): Locale;
}

export function makeSurvey(vendor: VendorDefinition, place: TablePlace): Survey {
  const { columns } = vendor;
  const quantity = decimalPoll(place.fields.get('quantity') ?? -1, columns.quantity);
  const amount = decimalPoll(place.fields.get('amount') ?? -1, columns.amount);
  const order = orderPoll(place.fields.get('date') ?? -1, columns.date);
  const open = [quantity, amount, order].filter((poll) => poll.open);
  return {
    needed: open.length > 0,
    look(rows) {
      for (const row of rows) {
        if (row.row <= place.headerRow) continue;
        for (const poll of open) poll.look(row);
      }
    },
    locale: () => ({ quantity: quantity.says(), amount: amount.says(), order: order.says() }),
  };
}

interface Poll<T> {
  open: boolean;
  look(row: SheetRow): void;
  says(): T;
}

function decimalPoll(column: number, definition: ColumnDefinition | undefined): Poll<Decimal> {
  return poll<Decimal>(column, definition?.decimal ?? 'auto', (row) => {
    const cell = row.cells[column];
    return typeof cell === 'string' && cell !== '' ? decimalOf(cell) : null;
  });
}

function orderPoll(column: number, definition: ColumnDefinition | undefined): Poll<DateOrder> {
  return poll<DateOrder>(column, definition?.dates ?? 'auto', (row) => {
    const cell = row.cells[column];
    return isBlank(cell) ? null : orderOf(cellText(cell));
  });
}

function poll<T extends string>(column: number, stated: T | 'auto', vote: (row: SheetRow) => T | null): Poll<T> {
  let seen: T | null = null;
  let contradiction = false;
  return {
    open: stated === 'auto' && column >= 0,
    look(row) {
      const says = vote(row);
      if (says === null || says === seen) return;
      if (seen === null) seen = says;
      else contradiction = true;
    },
    says: () => (stated !== 'auto' || seen === null || contradiction ? (stated as T) : seen),
  };
}
