// The words that carry nothing in a question, those a spelling mistake may be read as, and what currencies are called.

import { signs } from './signs.ts';

/** Words that carry nothing by themselves. */
export const fillers = new Set(
  `a an the of in on at to for from by with and or our my your we us i me you it its is are was were be been being am have has had can could would will shall should may might
  please plz pls kindly thanks thank hi hello hey dear bot just only now then so also too again still really actually exactly
  show shows give gimme tell list display print get fetch find see view want need like know look let lets make put report provide draw plot present compute calculate name
  what which how much many who whom when where whats hows all any every each total totals overall whole complete entire combined together altogether sum summed aggregate aggregated
  during over through throughout within across per that this these those there they them their he she out up down into as
  break broken split splitted down breakdown divide divided group grouped ranking ranked list table overview
  did do does done doing go goes went gone going come came comes coming bring brings brought stay stayed stays remain remained got
  net gross sold sell sells selling ones thing one s number numbers figures figure data amount value period time date current currently far
  per catalogue catalog range portfolio market business company each respective respectively about around more less than 's & + - % , · by between both
  order ordered sorted sort descending ascending desc asc first highest lowest curve line pie bar column chart graph diagram picture
  account accounts for accounted rise answer question quick quickly here us ours well better best mean means meant say
  id ill im ive youd wed performance big ever carry carries carried offer offers offered distribute counted measured up put fast quickly strongly terms basis level side base based case`.split(
    /\s+/,
  ),
);

/** The words a pattern stands for: `chang(?:e|ed)` -> change, changed; `units?` -> units, unit. */
function spellings(pattern: string): string[] {
  return pattern
    .replace(/(\w+)\(\?:([a-z|]+)\)(\??)/g, (_, stem: string, ends: string, optional: string) =>
      [...ends.split('|').map((end) => stem + end), ...(optional ? [stem] : [])].join(' '),
    )
    .replace(/(\w*)(\w)\?(?=\W|$)/g, '$1$2 $1')
    .split(/[^a-z]+/);
}

/** Words a spelling mistake may be read as: those of the vocabulary, without patterns. */
export const vocabularyWords: Set<string> = new Set(
  [
    ...Object.values(signs).flatMap((phrases) => phrases.flatMap(spellings)),
    ...`january february march april june july august september october november december jan feb mar apr may jun jul aug sept sep oct nov dec
    last previous past this current year years month months quarter quarters half since until between today yesterday week weeks ytd mom yoy date never nothing without nobody
    average mean monthly quarterly yearly revenue revenues turnover income incomes takings sales units pieces quantity volume retailer retailers reseller resellers product products article articles brand brands
    trend development history timeline sale percent percentage growth instead same chart line pie bar table uploads upload uploaded file files everything compare comparison catalogue stores resellers
    contribution contributions different distinct records rows lines year-on-year sold unsold ever quarter ago before after early late total cumulative local currency yen dollars dollar pounds pound euros euro zloty krona kronor first second third fourth`.split(
      /\s+/,
    ),
  ].filter((word) => /^[a-z]+$/.test(word)),
);

/** Currencies of which only the country tells which it is. */
export const moneyNames: Record<string, string> = {
  'us dollars': 'usd',
  'american dollars': 'usd',
  'canadian dollars': 'cad',
  'australian dollars': 'aud',
  'british pounds': 'gbp',
  'pounds sterling': 'gbp',
  'pound sterling': 'gbp',
  'swiss francs': 'chf',
  'japanese yen': 'jpy',
  'polish zloty': 'pln',
  'polish zlotys': 'pln',
  'swedish krona': 'sek',
  'swedish kronor': 'sek',
  'swedish crowns': 'sek',
  'danish krone': 'dkk',
  'danish kroner': 'dkk',
  'danish crowns': 'dkk',
  'norwegian krone': 'nok',
  'norwegian kroner': 'nok',
  'norwegian crowns': 'nok',
  'czech koruna': 'czk',
  'czech crowns': 'czk',
};

/** What currencies are called in questions. */
export const currencyWords: Record<string, string> = {
  yen: 'JPY',
  jpy: 'JPY',
  pound: 'GBP',
  pounds: 'GBP',
  sterling: 'GBP',
  gbp: 'GBP',
  dollar: 'USD',
  dollars: 'USD',
  usd: 'USD',

  zloty: 'PLN',
  zlotys: 'PLN',
  pln: 'PLN',
  krona: 'SEK',
  kronor: 'SEK',
  sek: 'SEK',
  krone: 'DKK',
  kroner: 'DKK',
  dkk: 'DKK',
  nok: 'NOK',
  franc: 'CHF',
  francs: 'CHF',
  chf: 'CHF',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  forint: 'HUF',
  huf: 'HUF',
  koruna: 'CZK',
  czk: 'CZK',
  lira: 'TRY',
  try: 'TRY',
  yuan: 'CNY',
  renminbi: 'CNY',
  cny: 'CNY',
  rupee: 'INR',
  rupees: 'INR',
  inr: 'INR',
  won: 'KRW',
  krw: 'KRW',
  aud: 'AUD',
  cad: 'CAD',
  zar: 'ZAR',
  rand: 'ZAR',
};

/** Places in a ranking. */
export const ordinals: Record<string, number> = { second: 2, third: 3, fourth: 4, fifth: 5 };

/** What people call a chart, where it is not its own name. */
export const chartWords: Record<string, string> = {
  column: 'bar',
  'horizontal bar': 'horizontalBar',
  stacked: 'stackedBar',
  'stacked bar': 'stackedBar',
  'stacked column': 'stackedBar',
  'stacked area': 'area',
  donut: 'doughnut',
  ring: 'doughnut',
};
