import { describe, expect, test } from 'vitest';
import { recognise } from '#src/clean/teach/recognise.ts';
import { clean, headOf, TODAY, vendors } from '../workbook.ts';
import {
  czech,
  dutch,
  english,
  french,
  german,
  italian,
  type Layout,
  lithuanian,
  numbered,
  spanish,
  swedish,
  wide,
} from './layouts.ts';
import { asked, cleaned, columnsOf, proposed } from './teaching.ts';

/** Only whose file it is has to be said. */
const clear: [
  string,
  Layout,
  Record<string, string>,
  { rows: number; quantity: number; amount: number; currency: string; month: number },
][] = [
  [
    'English, under a title',
    english,
    { ean: 'Barcode', name: 'Item Description', store: 'Branch', quantity: 'Qty Sold', amount: 'Sales Value ex VAT £' },
    { rows: 3, quantity: 3, amount: 191.66, currency: 'GBP', month: 4 },
  ],
  [
    'German, with last year beside it',
    german,
    {
      date: 'Belegdatum',
      ean: 'EAN-Nummer',
      name: 'Artikelbezeichnung',
      store: 'Filiale',
      quantity: 'Menge',
      amount: 'Umsatz netto EUR',
    },
    { rows: 2, quantity: 3, amount: 1193.27, currency: 'EUR', month: 4 },
  ],
  [
    'French, with month and currency in cells above',
    french,
    { ean: 'Code-barres', name: 'Libellé', store: 'Point de vente', quantity: 'Qté vendue', amount: 'CA HT' },
    { rows: 2, quantity: 6, amount: 291.6, currency: 'EUR', month: 4 },
  ],
  [
    'Spanish, with year, month and currency in columns',
    spanish,
    {
      year: 'Año',
      month: 'Mes',
      store: 'Tienda',
      ean: 'Código de barras',
      name: 'Descripción',
      quantity: 'Unidades vendidas',
      amount: 'Importe neto',
      currency: 'Divisa',
    },
    { rows: 2, quantity: 4, amount: 179.1, currency: 'EUR', month: 4 },
  ],
  [
    'Dutch, with the vendor’s own numbers and no EAN',
    dutch,
    {
      id: 'Artikelnummer',
      name: 'Omschrijving',
      store: 'Winkel',
      quantity: 'Aantal verkocht',
      amount: 'Omzet excl. btw',
    },
    { rows: 2, quantity: 6, amount: 245.7, currency: 'EUR', month: 4 },
  ],
  [
    'Czech',
    czech,
    {
      ean: 'Čárový kód',
      name: 'Název zboží',
      store: 'Prodejna',
      quantity: 'Počet kusů',
      amount: 'Tržby bez DPH',
      currency: 'Měna',
    },
    { rows: 2, quantity: 5, amount: 2702.4, currency: 'CZK', month: 4 },
  ],
  [
    'Italian',
    italian,
    {
      period: 'Periodo',
      code: 'Codice articolo',
      name: 'Descrizione',
      store: 'Negozio',
      quantity: 'Pezzi',
      amount: 'Fatturato €',
    },
    { rows: 2, quantity: 7, amount: 301.5, currency: 'EUR', month: 4 },
  ],
  [
    'Swedish',
    swedish,
    {
      ean: 'Streckkod',
      name: 'Benämning',
      store: 'Butik',
      quantity: 'Antal sålda',
      amount: 'Försäljning exkl moms SEK',
    },
    { rows: 2, quantity: 3, amount: 3480, currency: 'SEK', month: 4 },
  ],
  [
    'Lithuanian',
    lithuanian,
    { ean: 'Barkodas', name: 'Prekės pavadinimas', store: 'Parduotuvė', quantity: 'Kiekis', amount: 'Suma be PVM EUR' },
    { rows: 2, quantity: 5, amount: 160, currency: 'EUR', month: 4 },
  ],
  [
    'one whose names begin with article numbers',
    numbered,
    { period: 'Period', store: 'Location', name: 'Product', quantity: 'Sales Qty', amount: 'Sales £' },
    { rows: 3, quantity: 2, amount: 445, currency: 'GBP', month: 4 },
  ],
];

describe('a layout that nobody has described', () => {
  test.each(clear)('%s: every column is found, and only the name is asked', (_, layout, columns, total) => {
    const proposal = proposed(layout);
    expect(columnsOf(proposal)).toEqual(columns);
    expect(asked(proposal)).toEqual(['name']);
    for (const { reason, confidence } of proposal.columns) {
      expect(reason.length).toBeGreaterThan(5);
      expect(confidence).toBeGreaterThan(0.5);
    }
    const result = cleaned(layout, proposal);
    expect(result.stop).toBeUndefined();
    expect(result.quarantined).toEqual([]);
    expect(result.rows.length).toBe(total.rows);
    expect(result.rows.reduce((sum, row) => sum + row.quantity, 0)).toBe(total.quantity);
    expect(result.rows.reduce((sum, row) => sum + (row.amountLocal ?? 0), 0)).toBeCloseTo(total.amount, 6);
    expect(new Set(result.rows.map((row) => `${row.currency} ${row.year}-${row.month}`))).toEqual(
      new Set([`${total.currency} 2025-${total.month}`]),
    );
  });

  test.each(clear)('%s: the next file is recognised by itself, and is not another vendor’s', (_, layout) => {
    const { definition } = proposed(layout, { name: 'Some Shop', id: 'some_shop' });
    const next = headOf('another name 2025-05.xlsx', layout.sheets);
    expect(recognise(next, { shipped: vendors, taught: [definition!] }).vendor?.id).toBe('some_shop');
  });

  test('months side by side become a fact each, of the year in the name of the sheet', () => {
    const proposal = proposed(wide, { name: 'Nordisk', currency: 'DKK' });
    expect(asked(proposal)).toEqual([]);
    expect(proposal.draft.sheets).toEqual(['Salg {year}']);
    const { rows } = cleaned(wide, proposal);
    expect(rows.map(({ month, quantity }) => `${month}:${quantity}`)).toEqual([
      '1:3',
      '2:1',
      '4:4',
      '2:2',
      '3:2',
      '4:1',
    ]);
    const nextYear = { ...wide, sheets: wide.sheets.map((each) => ({ ...each, name: 'Salg 2026' })) };
    const next = headOf('export.xlsx', nextYear.sheets);
    expect(recognise(next, { shipped: vendors, taught: [proposal.definition!] })).toMatchObject({ sheet: 'Salg 2026' });
  });

  test('a workbook that grows by a month each time stays the same layout', () => {
    const { definition } = proposed(wide, { name: 'Nordisk', currency: 'DKK' });
    const [only] = wide.sheets;
    const rows = only!.rows.map(({ row, cells }) => ({
      row,
      cells: [...cells.slice(0, 6), row === 1 ? 'Maj' : 5, ...cells.slice(6)],
    }));
    const head = headOf('next.xlsx', [{ ...only!, rows }]);
    const found = recognise(head, { shipped: vendors, taught: [definition!] });
    expect(found.vendor?.id).toBe('nordisk');
    const result = clean({ head, vendor: definition!, sheet: found.sheet!, rows, products: [], today: TODAY });
    expect(result.rows.filter(({ month }) => month === 5).map(({ quantity }) => quantity)).toEqual([5, 5]);
  });

  test('article numbers before the names are cut off, and kept beside them', () => {
    const { rows } = cleaned(numbered, proposed(numbered));
    expect(rows[0]).toMatchObject({
      functionalName: 'boy of june edpno colour100ml',
      rawProduct: '86033221 - boy of june edpno colour100ml',
      store: 'London',
    });
  });
});
