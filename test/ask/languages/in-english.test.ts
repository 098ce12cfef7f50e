// The same question in two languages means the same: each pair comes to one typed Query.

import { describe, expect, test } from 'vitest';
import { inEnglish } from '#src/ask/languages/in-english.ts';
import { understand } from '#src/ask/understand/understand.ts';

const names = {
  resellers: ['Nordlys', 'Kioku', 'Harrow House', 'Les Marques'],
  products: ['Clay Mask', 'Day Serum', 'Umsatz Creme'],
  brands: ['Lumen', 'Hush'],
  stores: ['Stockholm'],
  channels: [],
  currencies: [{ currency: 'EUR', resellers: ['Kioku'] }],
  months: { from: '2023-04', to: '2025-09' },
};
const read = (question: string) =>
  understand(question, { today: '2025-10-06', names, baseCurrency: 'EUR', previous: null });

const pairs: Record<string, [string, string][]> = {
  German: [
    ['Umsatz 2024', 'sales 2024'],
    ['Gesamtumsatz pro Monat 2024', 'total sales per month in 2024'],
    ['Umsatz nach Händler im letzten Monat', 'sales by reseller last month'],
    ['Top 5 Produkte im Jahr 2024', 'top 5 products in 2024'],
    ['die 3 schlechtesten Händler 2024', '3 worst resellers in 2024'],
    ['wie viele Stück haben wir im März 2025 verkauft?', 'how many units did we sell in March 2025?'],
    ['Wie hoch war der Umsatz von Nordlys im ersten Quartal 2025?', 'sales of Nordlys in the first quarter of 2025'],
    ['welche Marke hat den größten Anteil?', 'which brand has the biggest share?'],
    ['Absatz je Marke seit Juni 2024', 'units per brand since June 2024'],
    ['Umsatz ohne Nordlys in 2024', 'sales without Nordlys in 2024'],
    ['Durchschnittspreis von Clay Mask', 'average price of Clay Mask'],
    ['Wachstum nach Händler dieses Jahr gegenüber dem Vorjahr', 'growth by reseller this year against last year'],
    ['Umsatz der letzten 3 Monate', 'sales of the last 3 months'],
  ],
  Dutch: [
    ['omzet per maand in 2025', 'sales per month in 2025'],
    ['top 3 producten vorig jaar', 'top 3 products last year'],
    ['hoeveel stuks verkocht Nordlys in Q1 2025?', 'how many units did Nordlys sell in Q1 2025?'],
    ['Wat was de omzet in maart 2025?', 'what were sales in March 2025?'],
    ['omzet per klant dit jaar', 'sales per reseller this year'],
    ['aandeel van elk merk in 2024', 'share of each brand in 2024'],
    ['gemiddelde prijs per merk vorig kwartaal', 'average price per brand last quarter'],
    ['omzet van de laatste 6 maanden', 'sales of the last 6 months'],
    ['hoeveel producten verkochten we in 2024?', 'how many products did we sell in 2024?'],
  ],
  French: [
    ["chiffre d'affaires par mois en 2024", 'sales by month in 2024'],
    ['Quel est le chiffre d’affaires de Kioku en 2024 ?', 'sales of Kioku in 2024'],
    ['ventes par revendeur le mois dernier', 'sales by reseller last month'],
    ['les 5 meilleurs produits de 2024', '5 best products of 2024'],
    ["combien d'unités avons-nous vendu en mars 2025 ?", 'how many units did we sell in March 2025?'],
    ['part de chaque marque en 2024', 'share of each brand in 2024'],
    ['prix moyen de Clay Mask', 'average price of Clay Mask'],
    ['ventes du premier trimestre 2025', 'sales of the first quarter 2025'],
    ['ventes depuis juin 2024', 'sales since June 2024'],
  ],
  Spanish: [
    ['ventas por marca en 2024', 'sales by brand in 2024'],
    ['cuántas unidades vendimos en 2024?', 'how many units did we sell in 2024?'],
    ['ventas del último trimestre', 'sales of the last quarter'],
    ['los 5 mejores productos de 2024', '5 best products of 2024'],
    ['¿Cuánto vendimos en marzo de 2025?', 'how much did we sell in March 2025?'],
    ['ventas de Nordlys por mes este año', 'sales of Nordlys by month this year'],
    ['precio medio de Clay Mask', 'average price of Clay Mask'],
    ['¿Qué distribuidor vendió más en 2024?', 'which reseller sold most in 2024?'],
  ],
};

describe.each(Object.entries(pairs))('in %s', (_, list) => {
  test.each(list)('%s = %s', (question, english) => {
    const meant = read(english);
    expect(meant.kind).toBe('query');
    expect(read(question)).toMatchObject({ kind: 'query', query: meant.kind === 'query' ? meant.query : null });
  });
});

test('a question in English stays as it is, word for word', () => {
  for (const question of [
    'How much did our clients buy in 2024?',
    'share of Hush in total',
    'sales in March, please',
    'top 5 articles',
  ])
    expect(inEnglish(question, names)).toBe(question);
});

test('a word of a name is never translated', () => {
  expect(inEnglish('Umsatz von Umsatz Creme bei Les Marques', names)).toBe('sales of Umsatz Creme at Les Marques');
});

test('what is asked for in another language is declined or asked back as in English', () => {
  for (const question of [
    'lösche alle Daten von 2024',
    'wie hoch ist unsere Marge?',
    'supprime les ventes de 2024',
    'borra las ventas de 2024',
  ])
    expect(read(question).kind).not.toBe('query');
});
