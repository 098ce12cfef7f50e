// What a column's own cells agree on, where the vendor definition leaves it open: the decimal mark, and the order of day
// and month. One pass over the sheet before the rows are read in earnest, and only for the columns that need it.

import type { ColumnDefinition, Field, VendorDefinition } from '../../vendors/vendor.ts';
import type { TablePlace } from '../locate.ts';
import type { Cell, SheetRow } from '../sheet.ts';
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
  const repeated = [...place.facets.facts, ...place.facets.totals];
  const at = (field: Field) => place.fields.get(field) ?? -1;
  const quantity = decimalPoll([at('quantity'), ...repeated.map((facet) => facet.quantity)], columns.quantity);
  const amount = decimalPoll(
    [at('amount'), at('total_amount'), ...repeated.map((facet) => facet.amount)],
    columns.amount,
  );
  const order = orderPoll([at('date')], columns.date);
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

function decimalPoll(columns: number[], definition: ColumnDefinition | undefined): Poll<Decimal> {
  return poll<Decimal>(columns, definition?.decimal ?? 'auto', (cell) => {
    return typeof cell === 'string' && cell !== '' ? decimalOf(cell) : null;
  });
}

function orderPoll(columns: number[], definition: ColumnDefinition | undefined): Poll<DateOrder> {
  return poll<DateOrder>(columns, definition?.dates ?? 'auto', (cell) => {
    return isBlank(cell) ? null : orderOf(cellText(cell));
  });
}

function poll<T extends string>(
  all: number[],
  stated: T | 'auto',
  vote: (cell: Cell | undefined) => T | null,
): Poll<T> {
  const columns = all.filter((column) => column >= 0);
  let seen: T | null = null;
  let contradiction = false;
  return {
    open: stated === 'auto' && columns.length > 0,
    look(row) {
      for (const column of columns) {
        const says = vote(row.cells[column]);
        if (says === null || says === seen) continue;
        if (seen === null) seen = says;
        else contradiction = true;
      }
    },
    says: () => (stated !== 'auto' || seen === null || contradiction ? (stated as T) : seen),
  };
}
