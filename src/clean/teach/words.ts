// What headings are called, by field and language, beside the synonyms of the layout that nobody has described; and how much
// a heading resembles such a word. Likeness is a reason to propose a column, never enough to load by.

import type { Field } from '../../vendors/vendor.ts';
import { currencyOf } from '../values/currency.ts';
import { headingKey, wordsOf } from '../values/text.ts';

/** Synonyms in English, German, French, Spanish, Dutch, Polish, Lithuanian, Ukrainian, Italian, Swedish, Portuguese, Danish, Czech. */
export const synonyms: Partial<Record<Field, readonly string[]>> = {
  ean: split(
    'EAN|EAN code|EAN-13|EAN13|GTIN|GTIN-13|barcode|bar code|UPC|Strichcode|EAN-Nummer|code-barres|code barre|código de barras|codigo EAN|streepjescode|kod kreskowy|kod EAN|brūkšninis kodas|barkodas|штрихкод|штрих-код|codice a barre|codice EAN|streckkod|EAN-kod|código EAN|stregkode|čárový kód|EAN kód',
  ),
  code: split(
    'SKU|code|product code|item code|style code|supplier reference|reference|ref|référence|referencia|model|Artikelcode|Lieferantenartikelnummer|indeks|symbol|kod produktu|kod towaru|prekės kodas|kodas|артикул|код|код товару|codice|codice articolo|artikelkod|código|código do produto|varekode|kód|kód zboží|kód produktu',
  ),
  id: split(
    'item no|item number|item id|article number|article no|product id|product number|Artikelnummer|Artikelnr|Art.-Nr.|Materialnummer|numéro article|n° article|número de artículo|artikelnummer|nr artykułu|prekės numeris|номер товару|numero articolo|artikelnr|varenummer|varenr|número do artigo|číslo zboží|číslo artiklu',
  ),
  name: split(
    'product|product name|product description|description|item|item name|article|item description|title|Artikel|Artikelbezeichnung|Bezeichnung|Produkt|Produktname|Artikelname|produit|désignation|libellé|nom du produit|article|producto|artículo|descripción|nombre del producto|omschrijving|productnaam|product omschrijving|nazwa|nazwa produktu|nazwa towaru|towar|prekė|prekės pavadinimas|pavadinimas|produktas|товар|назва|найменування|назва товару|prodotto|descrizione|articolo|nome prodotto|produktnamn|benämning|artikelnamn|produto|descrição|nome do produto|artigo|vare|varenavn|produktnavn|beskrivelse|název|název zboží|zboží|výrobek|název produktu',
  ),
  quantity: split(
    'quantity|qty|units|units sold|pieces|pcs|sold qty|sales qty|sold|volume|qty sold|sales units|Menge|Anzahl|Stück|Stk|Verkaufte Menge|Absatz|Absatzmenge|quantité|quantités|qté|qte vendue|quantité vendue|unités|nombre|cantidad|unidades|unidades vendidas|uds|aantal|aantal verkocht|stuks|hoeveelheid|ilość|sztuk|szt|sprzedaż szt|sprzedana ilość|liczba sztuk|kiekis|vnt|parduota vnt|кількість|к-сть|шт|продано|quantità|pezzi|qtà|quantità venduta|antal|antal sålda|sålt antal|kvantitet|quantidade|qtd|quantidade vendida|stk solgt|antal solgt|množství|počet|počet kusů|kusy|ks|prodáno',
  ),
  amount: split(
    "amount|sales|net sales|gross sales|sales value|sales amount|value|revenue|turnover|net amount|gross amount|total sales|net value|gross value|sales net|sales gross|Umsatz|Nettoumsatz|Bruttoumsatz|Umsatz netto|Umsatz brutto|Betrag|Erlös|Verkaufswert|Wert|montant|montant HT|montant TTC|chiffre d'affaires|CA|CA HT|CA TTC|ventes|importe|importe neto|ventas|ventas netas|facturación|venta neta|valor|omzet|netto omzet|bruto omzet|omzet excl btw|omzet incl btw|bedrag|wartość|wartość netto|wartość brutto|sprzedaż|sprzedaż netto|sprzedaż brutto|kwota|obrót|suma|suma be PVM|suma su PVM|pardavimai|apyvarta|vertė|сума|виручка|оборот|продажі|сума без ПДВ|importo|fatturato|vendite|valore|ricavi|importo netto|försäljning|omsättning|belopp|nettoförsäljning|försäljning exkl moms|vendas|valor líquido|faturação|montante|receita|omsætning|salg|beløb|nettoomsætning|omsætning ekskl moms|tržba|tržby|částka|obrat|hodnota|prodej|tržby bez DPH",
  ),
  date: split(
    'date|order date|sale date|sales date|transaction date|invoice date|day|Datum|Verkaufsdatum|Belegdatum|Tag|Rechnungsdatum|date de vente|jour|date facture|fecha|fecha de venta|día|verkoopdatum|orderdatum|data|data sprzedaży|dzień|pardavimo data|diena|дата|дата продажу|data vendita|giorno|försäljningsdatum|dag|data da venda|dato|salgsdato|datum prodeje|den',
  ),
  year: split('year|Jahr|Geschäftsjahr|année|año|jaar|rok|metai|рік|anno|år|ano'),
  month: split('month|Monat|mois|mes|maand|miesiąc|mėnuo|місяць|mese|månad|mês|måned|měsíc'),
  period: split(
    'period|year month|month year|sales period|Periode|Zeitraum|Abrechnungsmonat|période|período|periodo|periode|okres|laikotarpis|період|periodo|período|období',
  ),
  store: split(
    'store|shop|branch|POS|location|outlet|door|point of sale|store name|Filiale|Laden|Geschäft|Standort|Verkaufsstelle|magasin|boutique|point de vente|tienda|punto de venta|winkel|filiaal|vestiging|sklep|salon|punkt sprzedaży|lokalizacja|parduotuvė|магазин|точка продажу|negozio|punto vendita|butik|butiknamn|loja|ponto de venda|butik|forretning|prodejna|obchod|pobočka',
  ),
  channel: split(
    'channel|sales channel|Kanal|Vertriebskanal|Vertriebsweg|canal|canal de vente|canal de venta|kanaal|verkoopkanaal|kanał|kanał sprzedaży|kanalas|канал|canale|försäljningskanal|canal de venda|salgskanal|kanál|prodejní kanál',
  ),
  currency: split(
    'currency|curr|currency code|Währung|devise|monnaie|moneda|divisa|valuta|munt|waluta|valiuta|валюта|valuta|moeda|měna',
  ),
  reseller: split(
    'reseller|retailer|customer|client|account|Händler|Kunde|revendeur|enseigne|distribuidor|cliente|minorista|wederverkoper|klant|sprzedawca|klient|pardavėjas|klientas|продавець|клієнт|rivenditore|återförsäljare|kund|revendedor|forhandler|kunde|prodejce|zákazník',
  ),
  group: split('brand|Marke|marque|marca|merk|marka|prekės ženklas|бренд|varumärke|märke|mærke|značka'),
};

function split(list: string): readonly string[] {
  return list.split('|');
}

/** A text as it is compared. */
interface Phrase {
  key: string;
  words: string[];
  /** The words without what is between them. */
  joined: string;
}

/** Synonyms by how they are found. */
interface Index {
  all: (Phrase & { text: string })[];
  /** By key and by joined words. */
  same: Map<string, string>;
  byFirstWord: Map<string, (Phrase & { text: string })[]>;
}

const indexes = new WeakMap<readonly string[], Index>();

function indexOf(synonyms: readonly string[]): Index {
  const known = indexes.get(synonyms);
  if (known) return known;
  const all = synonyms.map((text) => ({ text, ...phraseOf(text, wordsOf(text)) })).filter(({ key }) => key !== '');
  const index = {
    all,
    same: new Map(
      all.flatMap(({ text, key, joined }): [string, string][] => [
        [key, text],
        [joined, text],
      ]),
    ),
    byFirstWord: Map.groupBy(all, ({ words }) => words[0] ?? ''),
  };
  indexes.set(synonyms, index);
  return index;
}

function phraseOf(text: string, words: string[]): Phrase {
  return { key: headingKey(text), words, joined: words.join('') };
}

/** A heading, ready to be compared with many words: what names a currency is no part of it, `SalesAmount (EUR)` is sales, amount. */
export interface Heading {
  phrase: Phrase;
  /** `Sales value ex VAT` is a sales value; null where nothing is said of the tax. */
  withoutTax: Phrase | null;
}

export function headingOf(text: string): Heading {
  const all = wordsIn(text);
  const named = all.filter((word) => word.length < 2 || currencyOf(word) === null);
  const words = named.length > 0 ? named : all;
  const rest = words.filter((word) => !TAX.has(word) && !WITH_OR_WITHOUT.has(word));
  const bare = rest.length === words.length || rest.length === 0 ? null : rest;
  return {
    phrase: phraseOf(text, words),
    withoutTax: bare && { key: bare.join(''), words: bare, joined: bare.join('') },
  };
}

function wordsIn(heading: string): string[] {
  return wordsOf(heading.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
}

/** The word that a heading is most like: 1 for the same, 0 for nothing alike. */
export function bestLikeness(heading: Heading | string, synonyms: readonly string[]): { value: number; word: string } {
  const { phrase, withoutTax } = typeof heading === 'string' ? headingOf(heading) : heading;
  const index = indexOf(synonyms);
  const best = likest(phrase, index);
  if (withoutTax === null || best.value >= 0.98) return best;
  const bare = likest(withoutTax, index);
  return 0.98 * bare.value > best.value ? { ...bare, value: 0.98 * bare.value } : best;
}

function likest({ key, words, joined }: Phrase, index: Index): { value: number; word: string } {
  const same = index.same.get(key);
  if (same !== undefined) return { value: 1, word: same };
  const like = index.same.get(joined);
  if (like !== undefined) return { value: 0.97, word: like };
  let best = { value: 0, word: '' };
  const has = new Set(words);
  for (const word of has) {
    for (const { words: wanted, text } of index.byFirstWord.get(word) ?? []) {
      const value = 0.6 + (0.35 * wanted.length) / words.length;
      if (value > best.value && wanted.every((each) => has.has(each))) best = { value, word: text };
    }
  }
  if (best.value >= 0.85) return best;
  for (const { key: other, text } of index.all) {
    if (other.length < 5) continue;
    if (Math.abs(key.length - other.length) <= 1 && isOneSlip(key, other)) return { value: 0.85, word: text };
    if (best.value < 0.6 && key.length > other.length && key.includes(other)) best = { value: 0.6, word: text };
  }
  return best;
}

/** One letter more, less or other. */
function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

const LAST_YEAR = words('ly py sply vj vorjahr lastyear');
const LAST_YEAR_PHRASES = split(
  'last year|previous year|prior year|Vorjahr|année précédente|an dernier|N-1|año anterior|año pasado|vorig jaar|poprzedni rok|rok poprzedni|ankstesni metai|praėję metai|минулий рік|anno precedente|föregående år|ano anterior|sidste år|forrige år|minulý rok|SPLY',
).map(headingKey);
const OTHER_FIGURES = words(
  'stock stocks inventory bestand lagerbestand voorraad budget target ziel forecast plan ytd cumul cumulative kumuliert cumulé acumulado variance diff difference abweichung evolution growth % share anteil price preis prix precio prijs cena kaina ціна prezzo pris preço rrp uvp srp vk ek cost kosten coût coste koszt margin marge marża discount rabatt remise descuento korting rabat zapas lager skladem returns retouren retours',
);
const TAX = words('vat tax mwst ust tva iva btw moms ppn pvm пдв dph');
const WITH_OR_WITHOUT = words(
  'incl inc including inkl excl ex exc excluding without with exkl ohne exklusive inklusive ht ttc hors toutes sin con zonder bez be su без з senza esclusa inclusa sem com uden ekskl med utan net gross netto brutto bruto neto',
);
const WITHOUT_TAX = words(
  'excl exc ex excluding without exkl exklusive ohne ht hors sin zonder bez be без senza esclusa sem uden ekskl utan netto',
);
const WITH_TAX = words('incl inc including with inkl inklusive ttc toutes con su з inclusa com med brutto bruto gross');

function words(list: string): Set<string> {
  return new Set(list.split(' ').flatMap((word) => [word, ...wordsOf(word)]));
}

/** Figures of last year, which a report shows beside this year's. */
export function isLastYear(heading: string): boolean {
  const all = wordsIn(heading);
  const key = headingKey(heading);
  return all.some((word) => LAST_YEAR.has(word)) || LAST_YEAR_PHRASES.some((phrase) => key.includes(phrase));
}

/** Neither pieces sold nor their money: stock, price, budget, a share, a tax. */
export function isOtherFigure(heading: string): boolean {
  const all = wordsIn(heading);
  if (heading.includes('%') || all.some((word) => OTHER_FIGURES.has(word))) return true;
  return all.some((word) => TAX.has(word)) && !all.some((word) => WITH_OR_WITHOUT.has(word));
}

/** Whether the heading of money says that the tax is in it; null when it says neither. `Net sales` may mean net of returns. */
export function basisOf(heading: string): 'net' | 'gross' | null {
  const all = wordsIn(heading);
  const net = all.some((word) => WITHOUT_TAX.has(word));
  const gross = all.some((word) => WITH_TAX.has(word));
  return net === gross ? null : net ? 'net' : 'gross';
}
