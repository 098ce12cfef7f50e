// A table's beginning into whether its currency is stated: a currency column with codes, or a code in the amount's heading.

import type { TablePlace } from '../locate.ts';
import type { SheetHead } from '../sheet.ts';
import { currencyCode, currencyInHeading } from './currency.ts';
import { cellText, isBlank } from './text.ts';

export function knowsCurrency(sheet: SheetHead, place: TablePlace): boolean {
  const amount = place.fields.get('amount');
  if (amount !== undefined && currencyInHeading(place.headings[amount] ?? '') !== null) return true;
  const column = place.fields.get('currency');
  if (column === undefined) return false;
  for (const row of sheet.rows) {
    if (row.row <= place.headerRow || isBlank(row.cells[column])) continue;
    return currencyCode(cellText(row.cells[column])) !== null;
  }
  return true;
}
