// The words of questions as data: what people call a metric or a dimension, how they rank and compare, and the words that
// carry nothing. Each becomes one sign, so that the rules read `#units by @product` whatever words stood there.

/** Sign -> the phrases that mean it. Longer phrases win. */
export const signs: Record<string, string[]> = {
  '#avg_price': [
    '(?:average|mean|avg) (?:selling |sales |unit |retail )?prices?(?: (?:per|a|of a|of one|of each|for a) (?:piece|unit|item|pc))?',
    '(?:average|mean|avg) (?:sales?|revenue|turnover|value|takings|income) (?:per|a) (?:piece|unit|item|pc)',
    'unit prices?',
    'asp',
    'prices? (?:per|a) (?:piece|unit|item|pc)',
    '(?:revenue|sales|turnover|value) per (?:piece|unit|item|pc)',
  ],
  '#units': [
    'units?(?: sold| moved)?',
    'pieces?(?: sold| moved)?',
    'pcs(?: sold)?',
    'pc',
    'items sold',
    'number of items(?: sold)?',
    'quantit(?:y|ies)(?: sold)?',
    'qty',
    'volumes?',
    'vol',
    'sales volumes?',
    'unit sales',
    'sold units',
    'how many (?:units|pieces|items)',
    '(?:number|count|amount) of (?:units|pieces|pcs)(?: sold)?',
    'how many (?=(?:@n\\d+ )+(?:did|were|was|have|sold|do|got))',
  ],
  '#sales': [
    'sales(?: (?:value|revenue|figures?|amount|numbers?|result|total))?',
    'revenues?',
    'turn ?over',
    'turned over',
    'turn over',
    'takings',
    'taking',
    'incomes?',
    'proceeds',
    'earnings',
    'sell ?outs?(?: (?:value|figures?|revenue|sales|amount))?',
    'sell through',
    'sold value',
    'value',
    'worth',
    'money',
    'amount',
    'eur',
    'euros?',
    'by value',
    'in value',
    'business',
  ],
  '#bring': ['br(?:ing|ings|ought)(?: in)?', 'c[ao]me in', 'generated?', 'earn(?:ed|s)?', 'makes?', 'made', 'contribut(?:e|es|ed)', 'deliver(?:s|ed)?', 'gross(?:ed)?', 'performed', 'perform', 'doing', 'do', 'did', 'does', 'sell', 'sells', 'sold', 'selling', 'moved?', 'moves', 'move', 'ordered?', 'bought', 'buys?'],
  '@product': ['product', 'item', 'sku', 'article', 'reference', 'ref', 'functional name'],
  '@product+': ['products', 'items', 'skus', 'articles', 'references', 'refs', 'goods', 'assortment', 'functional names'],
  '@reseller': ['reseller', 'customer', 'client', 'partner', 'retailer', 'account', 'dealer', 'who', 'trading partner'],
  '@reseller+': ['resellers', 'customers', 'clients', 'partners', 'retailers', 'accounts', 'dealers', 'trading partners'],
  '@brand': ['brand', 'label', 'brand name'],
  '@brand+': ['brands', 'labels', 'brand names'],
  '@store': ['store', 'shop', 'outlet', 'location', 'branch', 'point of sale'],
  '@store+': ['stores', 'shops', 'outlets', 'locations', 'branches', 'points of sale'],
  '@channel': ['channel', 'sales channel', 'distribution channel'],
  '@channel+': ['channels', 'sales channels', 'distribution channels'],
  '@month': ['month', 'calendar month'],
  '@month+': ['months', 'monthly'],
  '@quarter': ['quarter'],
  '@quarter+': ['quarters', 'quarterly'],
  '@year': ['year'],
  '@year+': ['years', 'yearly', 'annual', 'annually'],
  '^top': [
    'best(?: (?:selling|performing|sellers?))?', 'top(?: (?:selling|performing))?', 'strongest', 'biggest', 'largest', 'highest', 'greatest', 'most', 'leading', 'most successful', 'most important', 'main', 'number 1', 'no 1', 'nr 1', 'winners?', 'better', 'most popular', 'most sold', 'peak', 'ranking', 'ranked', 'rank', 'leader', 'bestsellers?', 'maximum', 'max',
  ],
  '^bottom': [
    'worst(?: (?:selling|performing|sellers?))?', 'bottom', 'weakest', 'smallest', 'lowest', 'least(?: (?:selling|performing))?', 'slowest(?: (?:selling|moving))?', 'poorest', 'least successful', 'least sold', 'least popular', 'fewest', 'worse', 'flops?', 'minimum', 'min',
  ],
  '>above': ['more than', 'over', 'above', 'exceed(?:s|ed|ing)?', 'greater than', 'higher than', 'beyond', 'better than', 'upwards of'],
  '>below': ['less than', 'under', 'below', 'fewer than', 'lower than', 'beneath', 'worth less than'],
  '>at_least': ['at least', 'no less than', 'not less than', 'minimum of', 'a minimum of'],
  '>at_most': ['at most', 'no more than', 'not more than', 'maximum of', 'up to', 'a maximum of'],
  '~growth': ['growth(?: rate)?', 'grow(?:n|s|ing)?', 'grew', 'ris(?:e|en|es|ing)', 'rose', 'fall(?:en|s|ing)?', 'fell', 'increas(?:e|ed|es|ing)', 'decreas(?:e|ed|es|ing)', 'declin(?:e|ed|es|ing)', 'chang(?:e|ed|es|ing)', 'gain(?:ed|s)?', 'los[et]', 'drop(?:ped|s)?', 'delta', 'evolution', 'up or down'],
  '~share': ['share(?: in percent)?', 'what part', 'which part', 'parts? of', 'proportion', 'portion', 'contribution', 'percentage', 'what percentage', 'how much percent', 'how many percent', 'what percent', 'what fraction', 'fraction', 'breakdown in percent', 'mix'],
  '~percent': ['percent', 'per cent', '%', 'percents', 'pct', 'in percent', 'in %', 'percentage wise'],
  '~versus': ['vs', 'versus', 'against', 'compared? (?:to|with)', 'in comparison (?:to|with)', 'relative to', 'rather than', 'than'],
  '~compare': ['compare', 'comparison', 'difference between', 'compared'],
  '~without': ['apart from', 'except(?: for)?', 'without', 'excluding', 'excl', 'other than', 'but not', 'leaving out', 'not counting', 'not including', 'exclude', 'minus', 'ignoring', 'besides', 'all but', 'outside'],
  '~running': ['added up(?: month after month)?', 'cumulative(?:ly)?', 'cumulated', 'running (?:total|sum)s?', 'accumulated', 'adding up', 'summed up month (?:after|by) month'],
  '~each': ['(?:for|of|in|at|to|from|with|within)? ?(?:each|every)(?: of (?:the|our|my))?', 'per', 'by', 'broken down (?:by|per|into|to)', 'split (?:by|per|into)', 'grouped by', 'across(?: (?:all|the|our))*', 'for all(?: (?:the|our))?', 'among(?:st)?(?: (?:the|our|all))*', 'by all', 'from all', 'in terms of', 'according to'],
};

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
  order ordered sorted sort descending ascending desc asc first highest lowest trend course development over-time curve line pie bar column chart graph diagram picture
  account accounts for accounted rise answer question quick quickly here us ours well better best mean means meant say
  terms basis level side base based case`.split(/\s+/),
);

/** Words a spelling mistake may be read as: those of the vocabulary, without patterns. */
export const vocabularyWords: Set<string> = new Set(
  [
    ...Object.values(signs).flatMap((phrases) => phrases.flatMap((each) => each.replace(/\((?:\?[:=!])?|\)|\?|\\d\+|@n/g, ' ').split(/[\s|]+/))),
    ...`january february march april june july august september october november december jan feb mar apr may jun jul aug sept sep oct nov dec
    last previous past this current year years month months quarter quarters half since until between today yesterday week weeks ytd mom yoy date never nothing without nobody
    average mean monthly quarterly yearly revenue revenues turnover income incomes takings sales units pieces quantity volume retailer retailers reseller resellers product products article articles brand brands
    percent percentage growth instead same chart line pie bar table uploads upload uploaded file files everything compare comparison catalogue stores resellers
    contribution contributions different distinct records rows lines year-on-year sold unsold ever quarter ago before after early late total cumulative local currency yen dollars dollar pounds pound euros euro zloty krona franc francs kronor first second third fourth`.split(/\s+/),
  ].filter((word) => /^[a-z]+$/.test(word)),
);

/** What currencies are called in questions. */
export const currencyWords: Record<string, string> = {
  yen: 'JPY', jpy: 'JPY', pound: 'GBP', pounds: 'GBP', sterling: 'GBP', gbp: 'GBP', dollar: 'USD', dollars: 'USD', usd: 'USD',
  zloty: 'PLN', zlotys: 'PLN', pln: 'PLN', krona: 'SEK', kronor: 'SEK', sek: 'SEK', krone: 'DKK', kroner: 'DKK', dkk: 'DKK', nok: 'NOK',
  franc: 'CHF', francs: 'CHF', chf: 'CHF', eur: 'EUR', euro: 'EUR', euros: 'EUR', forint: 'HUF', huf: 'HUF', koruna: 'CZK', czk: 'CZK',
  lira: 'TRY', try: 'TRY', yuan: 'CNY', renminbi: 'CNY', cny: 'CNY', rupee: 'INR', rupees: 'INR', inr: 'INR', won: 'KRW', krw: 'KRW', aud: 'AUD', cad: 'CAD', zar: 'ZAR', rand: 'ZAR',
};
