// Other ways to say the same, as data: what people write in chat -> the words that the rules read. In this order, each once.

import { phrase } from '../calendar/periods.ts';

const seller = '(?:resellers?|customers?|clients?|retailers?|partners?|accounts?|stores?|shops?)';
const thing = '(?:products?|items?|skus?|articles?|brands?)';

const rules: [string, string][] = [
  // Shorthand.
  ['w o', 'without'],
  ['qtrs?', 'quarter'],
  ['yrs?', 'year'],
  ['ly|l y', 'last year'],
  ['whos', 'who is'],
  ['(\\d+) (?:mos?|mths?|mnths?)', '$1 months'],
  ['mo|mth|mnth', 'month'],
  // Everything and everyone, but some.
  ['neither (@n\\d+) nor', 'without $1 and'],
  ['^everything(?= (?:since|in|from|by|of|at|for) )', 'sales'],
  ['(?:of )?everything (?:but|except|excluding|without|other than|apart from|besides)', 'sales without'],
  ['(?:everyone|everybody|all)(?= (?:but|except|excluding|without|apart|besides|other than) )', ''],
  ['(sold|sell|sells|bought|buy|buys|ordered) (?:something|anything)', '$1'],
  ['(?:did|has|have) (?:anybody|anyone|somebody|someone) (?:buy|bought|order|ordered|sell|sold)', 'units of'],
  ['(first|second|1 st|2 nd) half ?year', '$1 half'],
  // Prices.
  ['(?:most expensive|priciest|dearest)', 'highest average price'],
  ['(?:least expensive|cheapest)', 'lowest average price'],
  ['(?:dearer|pricier|more expensive|cheaper|less expensive)(?= than )', 'average price'],
  [
    '(?:how much|what) (?:does|do|did) (?:an? |one |the )?(.*?) (?:go for|sell for|retail for|fetch|cost)(?: on average)?',
    'average price of $1',
  ],
  // Days that begin and end whole months.
  ['(?:1|01)(?: st)?(?= (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:20\\d\\d|to|and|until|till))', ''],
  ['(?:28|29|30|31)(?: th| st)?(?= (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: |$))', ''],
  ['(?:go|goes|went|going|gone) over the counter', 'sold'],
  ['lst', 'last'],
  // Best and worst.
  ['(best|top|worst|bottom) ?sellers', '$1 products'],
  ['(best|top|worst|bottom) ?seller', '$1 product'],
  ['^what (?:does|did|do) (.*?) (sell|buy|order) (?:the )?(best|most|worst|least)', 'which products $1 $2 $3'],
  ['^what (?:sells|sold|is selling|performs|performed) (best|worst|most|least)', 'which products sell $1'],
  [
    '^(which|what) (products?|items?|brands?) (?:is|are|was|were) (?:sold|bought|carried|listed) (?:by|at|in) (?:the )?(most|fewest) (resellers|customers|clients|retailers|stores|shops)',
    '$1 $2 has the $3 number of $4',
  ],
  ['^when did (?:we|they) (?:sell|have|make) (?:the )?(most|least|fewest)', 'which month had the $1 units of'],
  ['^(?:up to|until|till|to) (?:which|what) month (?:was|were|did|has) (.*?)(?: sold| sell| selling)?$', '!last $1'],
  [
    '^(when (?:did|was|were|has|have) .*?) (?:come in|came in|arrive|arrived|launch|launched|join|joined|enter|entered|listed)(?= |$)',
    '$1 start',
  ],
  ['^what (?:was|has been|have we|did we) (?:sold|sell)(?! (?:best|most|worst|least|the))', 'sales'],
  [
    '(?:does|do|did|has|have) (@n\\d+) (?:not|never) (?:have|had|carry|carried|list|listed|stock|stocked|sell|sold|buy|bought|order|ordered)',
    '!nothing $1',
  ],
  // Where something is sold is who sells it.
  [
    '^where (?:is|are|was|were|do we|did we|can i) (?:sell |buy |find )?(.*?)(?: sold| selling| available)?$',
    'which resellers sold $1',
  ],
  ['belongs? to', 'of'],
  // Who and what came and went.
  [`(which|what) (${seller}|${thing}) (?:are|were|is|was) (?:brand )?new`, '$1 !new $2'],
  [
    `(${seller}|${thing}) (?:that|which) (?:have |has )?(?:appeared|came in|launched|arrived|started|were (?:launched|introduced|listed))`,
    '!new $1',
  ],
  [
    `(${seller}|${thing}) (?:that|which) (?:have |has )?(?:disappeared|vanished|ended|were (?:delisted|discontinued))`,
    '!gone $1',
  ],
  [`(${seller}|${thing}) (?:that |which )?(?:we|our company) (?:have |has )?(?:lost|lose)`, '!gone $1'],
  [`(${seller}|${thing}) (?:that |which )?(?:we|our company) (?:have |has )?(?:won|gained|acquired|added)`, '!new $1'],
  ['(?:did|have|has) (?:we|our company) (?:lose|lost)', '!gone'],
  ['(?:did|have|has) (?:we|our company) (?:win|won|gain|gained|acquired?|add|added)', '!new'],
  [`(?:who|(?:which|what) ${seller}) (?:has |have )?stopped (?:buying|selling|ordering)`, 'resellers !gone'],
  // Comparisons.
  [
    '(against|vs|versus|than|with|to) the (?:january|february|march|april|may|june|july|august|september|october|november|december) before',
    '!yoy',
  ],
  [
    '^(?:is|are|was|were|did|does) (@n\\d+)(?: make| bring)? (?:more|less) than (?:an? |1 )?(?:quarter|half|third|fifth|tenth) of',
    'share of $1 of',
  ],
  ['(?:the )?same (?:months?|period|quarters?|time) (?:of|in)(?= (?:19|20)\\d\\d)', ''],
  [
    `(${seller}|${thing}) (?:that |which )?(?:we )?sold (last year|last month|last quarter) but not (this year|this month|this quarter|last month)`,
    '!gone $1 $3',
  ],
  [
    '(?:with|to|vs|versus|against|and|than) the (?:previous |prior )?\\d+ (?:months|quarters|years) before(?: that)?',
    '!before',
  ],
  ['(?:sold|sell|sells|selling|bought|buy|made|make|did) less(?= (?!than ).*than)', 'declined'],
  ['(?:sold|sell|sells|selling|bought|buy|made|make|did) more(?= in .* than in )', 'grew'],
  // What there is.
  [
    '(?:latest|last|most recent|newest) month (?:that |for which )?(?:we|you|there) (?:have|has|is|are|got) (?:data|figures|numbers)(?: for| on| of)?',
    '!last',
  ],
  ['(?:over|through|across|in all|of all) (?:the |these )?years', 'by year'],
  // Small talk before the question.
  ['^(?:yo|ok|okay|hmm|so|well|right|cool|great|thx|ty)(?= \\w)', ''],
];

const compiled = rules.map(([source, replacement]): [RegExp, string] => [
  // A rule about the beginning or the end says so itself.
  source.startsWith('^') || source.endsWith('$')
    ? new RegExp(`${source.startsWith('^') ? '' : '(?<=^| )'}${source}${source.endsWith('$') ? '' : '(?= |$)'}`)
    : phrase(source),
  replacement,
]);

export function rephrased(plain: string): string {
  return compiled
    .reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), plain)
    .replace(/ +/g, ' ')
    .trim();
}
