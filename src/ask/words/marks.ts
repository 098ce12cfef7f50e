// Phrases that are read before the words about time, as they use the same words: each becomes a mark, `!last` or `!yoy`.

import { phrase } from '../calendar/periods.ts';
import { rephrased } from './rephrase.ts';
import { chartWords, currencyWords, moneyNames, ordinals } from './vocabulary.ts';

/** Of a moving average for which nobody says how many. */
const usualMonths = 3;

const nothingWords =
  '(?:nobody|no one|noone) (?:sold|bought|ordered|sells|buys)|(?:never|not) (?:been |yet )?(?:sold|sell|sells|selling|moved|ordered|bought)|(?:did|do|does|have|has|had|were|was|is|are)(?:nt| n t| not| never) (?:been )?(?:sold|sell|selling|move|moved|ordered|order|buy|bought|stock|list)(?: anything| at all| any)?|unsold|without (?:any |a )?(?:single )?(?:sales?|units|turnover|revenue)|(?:had|have|has|with|made|make|shows?|having)? ?(?:no|zero) (?:sales|units|turnover|revenue|pieces)|(?:sold|sell|sells|bought|ordered|selling|did|moved) nothing|nothing (?:was |got )?sold';

/** `currency`: the one that figures are asked in, where it is not the client's own. */
export function mark(plain: string, baseCurrency: string): { text: string; currency: string | null } {
  let currency: string | null = null;
  const names = Object.keys(currencyWords).join('|');
  const text = rephrased(plain)
    .replace(/(?<=^| )how many (?=@n)/g, 'units of ')
    // Whoever buys is every reseller together, as long as nobody asks which of them.
    .replace(
      /(how (?:much|many)(?: \w+)?) (?:did|do|have|has) (?:all |our |the |my |of )*(?:customers|clients|resellers|retailers|partners|accounts|dealers)(?: together| all)?(?= (?:buy|bought|purchased?|order(?:ed)?|sell|sold|take|took|get|got|make|made))/,
      '$1 did',
    )
    .replace(phrase(`(${Object.keys(moneyNames).join('|')})`), (_, name: string) => moneyNames[name] ?? name)
    // As all figures are.
    .replace(phrase('(?:net of|net|after|less|minus|including|incl) (?:of )?(?:the )?returns?'), '')
    .replace(
      /(?<=^| )(?:(\d+) (?:months? )?)?(?:moving|rolling|trailing|gliding) (?:(\d+) months? )?(?:average|avg|mean)s?(?= |$)(?:(.*) over (\d+) months?)?/,
      (_, before?: string, within?: string, rest = '', after?: string) =>
        `!moving${before ?? within ?? after ?? usualMonths}${rest}`,
    )
    .replace(
      /(?<=^| )(new|newly (?:listed|added|launched|introduced)|lost|gone|discontinued|churned) (?=(?:products?|items?|skus?|articles?|resellers?|customers?|clients?|partners?|retailers?|brands?|stores?|shops?)(?: |$))/g,
      (_, word: string) => (word.startsWith('new') ? '!new ' : '!gone '),
    )
    .replace(
      /(?<=^| )(?:did|have|has) (?:we |i )?(stop|stopped) (?:selling|sell|buying|buy|ordering|order)(?= |$)/g,
      '!gone',
    )
    .replace(/(?<=^| )months (?:are |is )?missing(?= .*@n| at| for| of)/g, 'months !nothing')
    .replace(/(?<=^| )first month (?:of|for|with|at) (?=@n)/g, '!first ')
    .replace(
      /(?<=^| )(second|third|fourth|fifth|2 nd|3 rd|4 th|5 th) (?:place |most (?=successful|important|popular|sold))?(?=best|worst|top|strongest|weakest|biggest|largest|smallest|highest|lowest|most|least|successful|important|popular)/g,
      (_, place: string) => `!nth${ordinals[place] ?? place[0]} `,
    )
    .replace(/^(?:change|switch|turn|convert) (?:it |that |this |them )?(?:in)?to (?=.)/, 'instead ')
    .replace(
      phrase('(?:what|which) (?:was|is) the (first|last|latest) month(?: in which| that| when)?'),
      (_, which: string) => (which === 'first' ? '!first' : '!last'),
    )
    .replace(/(?<=^| )all (.*?) but (?=@n)/, 'all $1 without ')
    .replace(phrase('(?:not|never) (?:more|less|fewer) than'), (found) =>
      found.includes('more') ? 'at most' : 'at least',
    )
    .replace(phrase(nothingWords), '!nothing')
    .replace(
      phrase(
        'since when (?:do|did|have|has|is|are|does)?|when (?:did|was|were|have|has|is) (.*?) ?(?:first|start|started|begin|began)(?: (?:to )?(?:sell|sold|selling|buy|buying|order|ordering))?|first (?:sold|sales?|month of sales)(?: of)?',
      ),
      (_, kept?: string) => `!first ${typeof kept === 'string' ? kept : ''}`,
    )
    .replace(
      phrase(
        'when (?:did|was|were|have|has|is) (.*?) ?last (?:time )?(sold|sell|sale|bought|buy|order|ordered)|last (?:sold|sale)(?: of)?',
      ),
      (_, kept?: string) => `!last ${typeof kept === 'string' ? kept : ''}`,
    )
    .replace(
      phrase(
        '(?:(?:vs|versus|against|compared (?:to|with)|over|than|on) )?(?:the )?same (?:month|months|quarter|period|time) (?:of |in )?(?:the )?(?:last|previous|prior|preceding) year|(?:vs|versus|against|compared (?:to|with)|over|than) (?:the )?year before|(?:compared (?:to|with)|than|vs|versus|against) (?:a|1) year (?:ago|earlier)|year (?:over|on|to) year|yoy|y o y',
      ),
      '!yoy',
    )
    .replace(
      phrase(
        '(?:vs|versus|against|compared (?:to|with)|over|than) (?:the )?(?:(?:month|quarter|previous|one|period) before|previous (?:one|period))',
      ),
      '!before',
    )
    .replace(phrase('month (?:over|on|to) month|mom|quarter (?:over|on) quarter|qoq'), '!mom')
    .replace(
      phrase(
        '(?:in )?(?:the )?(?:their )?(?:own )?local (?:currency|currencies|money|amount|value)|in (?:its|their) (?:own )?currency',
      ),
      '!local',
    )
    .replace(phrase(`(${names})(?= (?:earned|made|sales|turnover|revenue|takings|income)(?: |$))`), 'in $1')
    .replace(phrase(`(?:in |expressed in )(${names})`), (_, word: string) => {
      const code = currencyWords[word] ?? '';
      if (code === baseCurrency) return '';
      currency = code;
      return '!local';
    })
    .replace(phrase('(?:how many |number of |count of )?(?:records|rows|lines|entries|data points)'), '!records')
    .replace(
      phrase(
        '(?:as |in |into )?(?:a |an )?(horizontal bars?|stacked (?:bars?|columns?)|stacked|stacked area|area|line|bars?|pie|columns?|doughnut|donut|ring)(?: (?:chart|graph|diagram|plot))?',
      ),
      (_, type: string) => {
        const word = type.replace(/s$/, '');
        return `!chart_${chartWords[word] ?? word}`;
      },
    )
    .replace(phrase('(?:as )?(?:a )?(table)'), '!chart_table')
    .replace(phrase('(?:as |in |into )?(?:a |an )?(?:chart|graph|diagram|plot)'), '');
  return { text: text.replace(/ +/g, ' ').trim(), currency };
}
