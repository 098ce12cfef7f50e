// Invented layouts that no definition describes, as rows of cells.

import type { Cell } from '#src/clean/sheet.ts';
import { eanOf, sheet } from '../workbook.ts';

export interface Layout {
  file: string;
  sheets: ReturnType<typeof sheet>[];
}

const date = (iso: string): Cell => ({ kind: 'date', value: iso, raw: '45000', format: 'dd/mm/yyyy' });
const money = (value: number, format: string): Cell => ({ kind: 'number', value, raw: String(value), format });

export const english: Layout = {
  file: 'Northgate sell-through 2025-04.xlsx',
  sheets: [
    sheet('Sell through', [
      ['Northgate Department Stores'],
      ['Supplier sell-through report'],
      [],
      ['Barcode', 'Item Description', 'Branch', 'Qty Sold', 'Stock on hand', 'RRP', 'Sales Value ex VAT £'],
      [eanOf(1), 'Rose Harbour EDP 100ml', 'Leeds', 3, 12, 95, 237.5],
      [eanOf(2), 'Paper Moon candle', 'Leeds', 1, 4, 40, 33.33],
      [eanOf(1), 'Rose Harbour EDP 100ml', 'York', -1, 2, 95, -79.17],
      ['Total', null, null, 3, 18, null, 191.66],
    ]),
  ],
};

export const german: Layout = {
  file: 'Kaufhalle Umsatz.xlsx',
  sheets: [
    sheet('Tabelle1', [
      [
        'Belegdatum',
        'EAN-Nummer',
        'Artikelbezeichnung',
        'Filiale',
        'Menge',
        'VK-Preis',
        'Umsatz netto EUR',
        'Umsatz Vorjahr EUR',
      ],
      ['14.04.2025', eanOf(3), 'Stiller Hafen', 'Köln', '2', '95,00', '159,66', '80,00'],
      ['15.04.2025', eanOf(4), 'Papiermond', 'Bonn', '1', '40,00', '1.033,61', '0,00'],
    ]),
  ],
};

export const french: Layout = {
  file: 'ventes Belle Rive.xlsx',
  sheets: [
    sheet('Feuil1', [
      ['Période :', 'avril 2025'],
      ['Devise :', 'EUR'],
      [],
      ['Code-barres', 'Libellé', 'Point de vente', 'Qté vendue', 'CA HT', 'Stock'],
      [eanOf(5), 'Lune de papier', 'Lyon', 4, 133.2, 9],
      [eanOf(6), 'Port tranquille', 'Nice', 2, 158.4, 3],
    ]),
  ],
};

export const spanish: Layout = {
  file: 'Perfumería Azahar.xlsx',
  sheets: [
    sheet('Ventas', [
      ['Año', 'Mes', 'Tienda', 'Código de barras', 'Descripción', 'Unidades vendidas', 'Importe neto', 'Divisa'],
      [2025, 'abril', 'Sevilla', eanOf(7), 'Luna de papel', 3, 99.9, 'EUR'],
      [2025, 'abril', 'Cádiz', eanOf(8), 'Puerto quieto', 1, 79.2, 'EUR'],
    ]),
  ],
};

export const dutch: Layout = {
  file: 'Gracht & Co verkoop 04-2025.xlsx',
  sheets: [
    sheet('Verkoop', [
      ['Artikelnummer', 'Omschrijving', 'Winkel', 'Aantal verkocht', 'Omzet excl. btw', 'Omzet vorig jaar'],
      ['100231', 'Papieren maan', 'Utrecht', 5, money(166.5, '[$€-413] #,##0.00'), money(120, '[$€-413] #,##0.00')],
      ['100232', 'Stille haven', 'Breda', 1, money(79.2, '[$€-413] #,##0.00'), money(0, '[$€-413] #,##0.00')],
    ]),
  ],
};

export const polish: Layout = {
  file: 'Perfumeria Wisła.xlsx',
  sheets: [
    sheet('Arkusz1', [
      ['Data sprzedaży', 'Kod kreskowy', 'Nazwa towaru', 'Sklep', 'Ilość', 'Wartość netto', 'Wartość brutto'],
      [date('2025-04-02'), eanOf(9), 'Papierowy księżyc', 'Gdynia', 2, '325,20 zł', '400,00 zł'],
      [date('2025-04-09'), eanOf(10), 'Cichy port', 'Sopot', 1, '162,60 zł', '200,00 zł'],
    ]),
  ],
};

export const wide: Layout = {
  file: 'Nordisk Parfumeri.xlsx',
  sheets: [
    sheet('Salg 2025', [
      ['Stregkode', 'Varenavn', 'Jan', 'Feb', 'Mar', 'Apr', 'Total'],
      [eanOf(11), 'Papirmåne', 3, 1, null, 4, 8],
      [eanOf(12), 'Stille havn', null, 2, 2, 1, 5],
    ]),
  ],
};

export const titled: Layout = {
  file: 'sales report (3).xlsx',
  sheets: [
    sheet('Notes', [['This report was made by hand.'], ['Ask Bo.']]),
    sheet('Data', [
      ['Sales by product', 'and quantity', 'in pieces'],
      ['Printed', '2025-05-02'],
      [],
      ['', 'Product', 'Units', 'Value'],
      ['', 'Paper Moon', 3, 99],
      ['', 'Quiet Harbour', 2, 158],
      ['', 'Total', 5, 257],
    ]),
  ],
};

export const numbered: Layout = {
  file: 'Selfridges BIBBI weekly.xlsx',
  sheets: [
    sheet('Brand report', [
      ['Concession brand report'],
      [],
      ['Period', 'Location', 'Product', 'Sales Qty', 'Sales £', 'Sales £ LY'],
      ['Apr 2025', 'London', '86033221 - boy of june edpno colour100ml', 2, 390, 195],
      ['Apr 2025', 'Online', '86033222 - rose harbour edpno colour30ml', 1, 95, 0],
      ['Apr 2025', 'Trafford', '86033223 - paper moon candleno colour', -1, -40, 40],
    ]),
  ],
};

export const czech: Layout = {
  file: 'Parfumerie Vltava 2025-04.xlsx',
  sheets: [
    sheet('List1', [
      ['Čárový kód', 'Název zboží', 'Prodejna', 'Počet kusů', 'Tržby bez DPH', 'Měna'],
      [eanOf(13), 'Papírový měsíc', 'Praha', 2, 812.4, 'CZK'],
      [eanOf(14), 'Tichý přístav', 'Brno', 3, 1890, 'CZK'],
    ]),
  ],
};

export const italian: Layout = {
  file: 'Profumeria Sole.xlsx',
  sheets: [
    sheet('Foglio1', [
      ['Periodo', 'Codice articolo', 'Descrizione', 'Negozio', 'Pezzi', 'Fatturato €', 'Giacenza'],
      ['04/2025', 'RH100', 'Porto quieto', 'Milano', 3, 201.5, 4],
      ['04/2025', 'PM310', 'Luna di carta', 'Torino', 4, 100, 2],
    ]),
  ],
};

export const swedish: Layout = {
  file: 'Parfymeri Norr 2025-04.xlsx',
  sheets: [
    sheet('Blad1', [
      ['Streckkod', 'Benämning', 'Butik', 'Antal sålda', 'Försäljning exkl moms SEK', 'Lager'],
      [eanOf(15), 'Pappersmåne', 'Umeå', 1, 1160, 4],
      [eanOf(16), 'Stilla hamn', 'Luleå', 2, 2320, 4],
    ]),
  ],
};

export const lithuanian: Layout = {
  file: 'Kvapai.xlsx',
  sheets: [
    sheet('2025 04', [
      ['Barkodas', 'Prekės pavadinimas', 'Parduotuvė', 'Kiekis', 'Suma be PVM EUR'],
      [eanOf(17), 'Popierinis mėnulis', 'Vilnius', 4, 120],
      [eanOf(18), 'Ramus uostas', 'Kaunas', 1, 40],
    ]),
  ],
};
