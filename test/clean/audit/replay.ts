// The source cells and the transform log, and nothing else, into what must be stored: an auditor's reading, which knows no
// rule of the cleaning. A cell is what the log says that it became, else exactly what it holds.

import { expect } from 'vitest';
import type { Facet } from '#src/clean/columns/facets.ts';
import { locate } from '#src/clean/locate.ts';
import { type Cell, cellName, type SheetHead, type SheetRow } from '#src/clean/sheet.ts';
import type { CleanRow, Fix } from '#src/clean/types.ts';
import { cellText, isBlank } from '#src/clean/values/text.ts';
import type { Field, VendorDefinition } from '#src/vendors/vendor.ts';

interface Audited {
  rows: CleanRow[];
  fixes: Fix[];
}

/** Fails with the place of the first stored value that the log does not account for. */
export function replay(result: Audited, head: SheetHead, rows: SheetRow[], vendor: VendorDefinition): void {
  const place = locate(head, vendor);
  if (!place) throw new Error('there is no table');
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const log = new Map<string, Fix[]>();
  for (const fix of result.fixes) {
    const entries = log.get(fix.cell) ?? [];
    entries.push(fix);
    log.set(fix.cell, entries);
    expect(fix.original, `${fix.cell} is logged as it stands in the file`).toBe(sourceText(fix));
    expect(fix.cleaned, `${fix.cell} (${fix.rule}) changes nothing`).not.toBe(fix.original);
  }
  const used = new Set<string>();
  const taken = new Set<string>();

  for (const row of result.rows) {
    const is = (field: Field, stored: string | null, read: (text: string) => string | null = (text) => text) => {
      const column = place.fields.get(field);
      if (column === undefined) return;
      const cell = standing(row.row, column);
      expect(read(cell.text), `${cell.name} is ${field}`).toBe(stored ?? '');
    };
    if (row.productInFile === null) is('ean', row.productEan);
    is('store', row.store);
    is('channel', row.channel);
    if (vendor.currency.column) is('currency', row.currency);
    if (vendor.reseller.column) is('reseller', row.reseller, (text) => text || vendor.reseller.constant);
    if (row.weekEnding === null) {
      const own = row.salesDate;
      const dated = place.fields.has('date') && standing(row.row, place.fields.get('date')!).text !== '';
      is('year', String(row.year));
      is('month', String(row.month));
      if (dated) is('date', own);
      if (!dated && !place.fields.has('year')) is('period', own.slice(0, 7));
    }
    const facet = place.facets.first < 0 ? null : facetOf(row);
    const quantity = facet ? facet.quantity : place.fields.get('quantity')!;
    const amount = facet ? facet.amount : (place.fields.get('amount') ?? -1);
    expect(Number(standing(row.row, quantity).text), `quantity in row ${row.row}`).toBe(row.quantity);
    if (row.amountEstimated) estimated(row);
    else if (amount >= 0) {
      const { text, name } = standing(row.row, amount);
      if (row.amountLocal === null) expect(isNone(text), `${name} is no amount`).toBe(true);
      else expect(Number(text), name).toBe(row.amountLocal);
    }
    if (row.functionalName !== null) named(row);
  }
  for (const cell of log.keys())
    expect(used.has(cell), `${cell} is logged, but nothing stored comes from it`).toBe(true);

  /** A cell as the log leaves it; one that is stated above for several rows is found there. */
  function standing(at: number, column: number): { name: string; text: string } {
    let row = at;
    const field = [...place!.fields].find(([, where]) => where === column)?.[0];
    if (field && vendor.rows.fill_down.includes(field)) {
      while (isBlank(byRow.get(row)?.cells[column]) && row > place!.headerRow) row -= 1;
    }
    const name = cellName(row, column);
    used.add(name);
    const logged = log.get(name)?.at(-1);
    const text = logged ? (logged.cleaned ?? '') : plain(byRow.get(row)?.cells[column] ?? null);
    return { name, text };
  }

  /** The columns of the fact, each taken once. */
  function facetOf(row: CleanRow): Facet {
    const found = place!.facets.facts.find(
      (facet, i) =>
        !taken.has(`${row.row} ${i}`) &&
        (facet.store === null || facet.store === row.store) &&
        (facet.month === null || (facet.month.month === row.month && (facet.month.year ?? row.year) === row.year)) &&
        !isNone(
          standing(row.row, facet.quantity).text + (facet.amount < 0 ? '' : standing(row.row, facet.amount).text),
        ),
    );
    expect(found, `row ${row.row} has a column for it`).toBeDefined();
    taken.add(`${row.row} ${place!.facets.facts.indexOf(found!)}`);
    return found!;
  }

  /** An estimate stands in no cell: the log names the cells that it was made of, and what came out. */
  function estimated(row: CleanRow): void {
    const name = cellName(row.row, place!.fields.get('total_amount')!);
    used.add(name);
    const shares = (log.get(name) ?? []).filter(({ rule }) => rule === 'share-of-total').map(({ cleaned }) => cleaned);
    const whole = plain(byRow.get(row.row)?.cells[place!.fields.get('total_amount')!] ?? null);
    expect([...shares, whole]).toContain(String(row.amountLocal));
  }

  /** The name is what one of the cells says, or comes from the product list by the EAN. */
  function named(row: CleanRow): void {
    const columns = (['code', 'id', 'name', 'ean'] as const).flatMap((field) => place!.fields.get(field) ?? []);
    const said = columns.map((column) => standing(row.row, column).text);
    if (row.productEan !== null && row.productInFile === null) return;
    expect(said, `row ${row.row} says ${row.functionalName}`).toContain(row.functionalName);
  }

  function sourceText(fix: Fix): string {
    const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/.exec(fix.cell) ?? [];
    const column = [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    return cellText(byRow.get(Number(number))?.cells[column]);
  }
}

/** What a cell holds: of a number or a date the value, not how it is shown. */
function plain(cell: Cell): string {
  if (cell !== null && typeof cell === 'object' && cell.kind === 'number') return String(cell.value);
  return cellText(cell);
}

function isNone(text: string): boolean {
  return text.trim() === '';
}
