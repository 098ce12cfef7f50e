// What is declined before it is read: changes to data, other people's data, orders to the machine, chatter, and things that
// the data do not hold. The text names the thing.

import type { Understanding } from './understanding.ts';

type Refusal = Extract<Understanding, { kind: 'refuse' }>;

/** `text` is the plain spelling of the question, words parted by single spaces. Names of the data are already masked in it. */
export function refusalOf(text: string, raw: string): Refusal | null {
  if (sql.test(raw))
    return refuse('write', 'I only read, and I write my own queries: ask in words what you want to know.');
  if (/\bsell-?in\b/i.test(raw) && !/\bsell in\b/i.test(raw))
    return refuse('not_in_data', 'The sell-out data hold no sell-in: only sales, units, months and who sold what.');
  if (instructions.test(text))
    return refuse('instructions', 'I only answer questions about your sell-out data, and my rules stay as they are.');
  const person = people.exec(text);
  if (person)
    return refuse('other_people', `I do not share ${person[0].trim()}; I only answer from your own sell-out data.`);
  const change = write.exec(text);
  if (change)
    return refuse(
      'write',
      `I only read: I cannot ${change[1] ?? change[2] ?? change[3] ?? 'change'} anything in the stored data.`,
    );
  for (const [pattern, thing] of missing) {
    const found = pattern.exec(text);
    if (found)
      return refuse(
        'not_in_data',
        `The sell-out data hold no ${thing || found[0].trim()}: only sales, units, months and who sold what.`,
      );
  }
  const chatter = offTopic.exec(text);
  if (chatter)
    return refuse(
      'off_topic',
      'I only answer questions about your sell-out data, such as sales, units, products and resellers.',
    );
  return null;
}

function refuse(reason: Refusal['reason'], text: string): Refusal {
  return { kind: 'refuse', reason, text };
}

const word = (source: string) => new RegExp(`(?<=^| )(?:${source})(?= |$)`);

const instructions = word(
  'pretend(?:ing)?|ignore (?:all |any |your |the |previous |my |every )*(?:instructions?|rules?|prompts?)|disregard|forget (?:all |your |the |everything )+.*|you are now|act as|roleplay|role play|system prompt|your (?:instructions|prompt|rules)|jailbreak|developer mode|override|bypass',
);
const people = word(
  `(?:users?|users'|peoples?|everyones?|employees?|colleagues?|admins?|their|staff) (?:e mails?|emails?|passwords?|addresses|logins?|accounts? data|phone numbers?|salar(?:y|ies)|names)|e mails?(?: address(?:es)?)?|emails?(?: address(?:es)?)?|passwords?|passwd|credentials?|api keys?|secrets?|tokens?|phone numbers?|home address(?:es)?|salar(?:y|ies)|other (?:clients?|compan(?:y|ies)|tenants?|organi[sz]ations?|users?|customers?)(?: data| sales| numbers| figures| revenues?| turnovers?)+|other (?:compan(?:y|ies)|tenants?|organi[sz]ations?|users?|clients?)|(?:data|sales|figures|numbers) of (?:other|another) (?:clients?|compan(?:y|ies)|tenants?|users?)|another (?:client|company|tenant|user)|competitors?|every user|all (?:the )?users|list (?:the )?users|who else uses`,
);
/** A statement rather than a question. */
const sql =
  /\bselect\b.+\bfrom\b|\b(?:drop|alter|truncate|create)\s+table\b|\binsert\s+into\b|\bdelete\s+from\b|\bupdate\s+\w+\s+set\b/is;
const asks = '(?:^|(?<=(?:^| )(?:please|you|and|to|now|then|just|must|should|plz) ))';
const stored =
  '(?:data|rows?|records?|tables?|database|entr(?:y|ies)|figures?|numbers?|sales|units|prices?|quantit(?:y|ies)|names?|values?|uploads?|resellers?|products?|turnover|@n\\d+)';
const write = new RegExp(
  `(?<=^| )(truncate|delete|erase|wipe|purge|undo|roll ?back)(?= |$)|${asks}(drop|destroy|overwrite|alter|insert|rename|remove|modify|clear)(?= )|${asks}(update|set|change|correct|edit|add|replace|reset|import|increase|double|move|merge|swap|revert)(?: (?:all|the|my|our|every|this|that|these|a|an|some|new))*(?: (?!@|of |in |from |by |to )\\w+)? ${stored}(?= |$)`,
);
const missing: [RegExp, string][] = [
  [word('price ?lists?|list prices?|wholesale prices?'), ''],
  [word('(?:did |have |do )?we (?:order|ordered|buy|bought|purchase|purchased) (?:from|off)'), 'purchases of your own'],
  [word('(?:gross |net |contribution |profit )?margins?'), 'margin'],
  [word('(?:gross |net )?profits?|profitab\\w+|ebitda?'), 'profit'],
  [word('commissions?'), 'commission'],
  [word('costs?|cogs|cost price|purchase prices?|expenses?|spend(?:ing)?'), ''],
  [word('stocks?|stock levels?|inventor(?:y|ies)|warehouses?|on hand'), ''],
  [word('discounts?|rebates?|promotions?|promos?|coupons?|vouchers?|markdowns?'), ''],
  [
    word(
      'shoppers?|consumers?|end customers?|visitors?|footfall|wom[ae]n|m[ae]n|gender|genders|ages?|age groups?|male|female|demographics?|teenagers?|loyalty',
    ),
    '',
  ],
  [
    word('web traffic|traffic|clicks?|page ?views?|website|conversions?(?: rates?)?|impressions|sessions|followers'),
    '',
  ],
  [
    word(
      'marketing(?: spend| budget)?|advertis\\w+|ad spend|ads|campaigns?|budgets?|targets?|forecasts?|plan(?:ned)?|predict\\w*',
    ),
    '',
  ],
  [word('invoices?|payments?|paid|pay|debts?|overdue|tax(?:es)?|vat|shipping|deliver(?:y|ies)|suppliers?|wages?'), ''],
  [
    word(
      '(?:order|basket) (?:values?|sizes?)|baskets?|reviews?|ratings?|complaints?|satisfaction|weights?|ingredients?|colou?rs?|sizes?',
    ),
    '',
  ],
  [
    word(
      '(?:this |last |next |per |each |every |by )?(?:weeks?|weekly|weekdays?|days?|daily|hourly|hours?|yesterday|tomorrow|today|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekends?)',
    ),
    'days or weeks (they are monthly)',
  ],
  [word('countr(?:y|ies)|regions?|cit(?:y|ies)|continents?|categor(?:y|ies)|nationalit(?:y|ies)'), ''],
  [word('(?:next|coming|upcoming|future) (?:month|quarter|year|\\d+ months)'), 'future months'],
];
const offTopic = word(
  'jokes?|poems?|song|story|stories|weather|recipes?|lyrics|capital of|president|football|soccer|news|translate|write (?:me )?(?:a|an|some)|who are you|your name|how old|meaning of life|movies?|bitcoin|horoscope|sing|haiku|python|javascript|code|essay|love you|homework',
);
