// A question in words -> what it means, by rules alone: names of the data, periods and the words of questions are recognised,
// and every other word must be one that carries nothing. What is not accounted for is asked back, never guessed.

import { rangeOf } from '../calendar/months.ts';
import { periodWords, phrase, takePeriods } from '../calendar/periods.ts';
import { inEnglish } from '../languages/in-english.ts';
import type { Names } from '../names.ts';
import { outlookOf } from '../outlook/question.ts';
import { becauseOf, changeIn } from '../outlook/why.ts';
import { refusalOf } from '../refusals.ts';
import type { AskContext, Understanding } from '../understanding.ts';
import { mark } from '../words/marks.ts';
import { toSigns } from '../words/to-signs.ts';
import { digits, numberWords, type Token, tokenise } from '../words/tokens.ts';
import { meantWord } from '../words/typos.ts';
import { currencyWords, fillers, vocabularyWords } from '../words/vocabulary.ts';
import { edit, leansOnPrevious } from './follow-up.ts';
import { toQuery } from './grammar.ts';
import { type FoundName, findNames, similarNames } from './names-in-text.ts';
import { type Outcome, type Pieces, unsettled, vague } from './pieces.ts';
import { read } from './reading.ts';
import { isWholeTurn } from './short-turns.ts';

export function understand(question: string, context: AskContext): Understanding {
  const change = changeIn(question);
  if (change !== null) return becauseOf(understand(change, context));
  const asked = inEnglish(question.slice(0, 1000), context.names);
  // "No, units", "sorry, for Lumen only": what follows is meant.
  const meant = context.previous ? asked.replace(corrections, '') : asked;
  const tokens = tokenise(meant);
  const notes: string[] = [];
  const found = joined(findNames(tokens, context.names));
  widen(found, tokens, context.names);
  const invented = inventedName(found, tokens);
  const masked = mask(tokens, found);
  // In a thread, to remove a name is to leave it out of the figures.
  if (
    context.previous &&
    masked.length === 2 &&
    /^(?:remove|drop)$/.test(masked[0]?.text ?? '') &&
    masked[1]?.token === null
  )
    masked[0] = { text: 'without', token: null };
  const ahead = outlookOf(masked.map((each) => each.text).join(' '), found, context);
  if (ahead && 'unsettled' in ahead) return unsettled(ahead.unsettled);
  if (ahead) return { kind: 'query', query: ahead, notes };
  if (invented) return unknownName(invented, context.names, question);
  const refused = refusalOf(masked.map((each) => each.text).join(' '), question);
  if (refused) return refused;
  const words = masked.map((each, at) => correct(each, at === 0, notes));
  const plain = words.join(' ');
  const about = aboutOf(plain);
  if (about)
    return { kind: 'query', query: { kind: 'about', what: about, filters: [], period: null, chart: null }, notes };
  if (/(?:^| )(?:why|explains?|reasons?|because|causes?d?|what if|suppose|assuming|how come)(?= |$)/.test(plain))
    return unsettled('I can show figures, but not the reasons behind them.');
  if (
    /(?:each|every|both) of (?:the )?(?:last|past|previous) \d|\d (?:months|quarters|years) (?:in a row|running)|consecutive|(?:^| )(?:and|or|but) (?:then|why)(?= |$)/.test(
      plain,
    )
  )
    return unsettled('This takes several comparisons at once; please ask for one at a time.');
  if (severalAtOnce.some((each) => each.test(plain)))
    return unsettled('This takes several steps at once; please ask for one at a time.');
  const marked = mark(plain, context.baseCurrency);
  if (marked.currency) {
    const outcome = currencyCheck(marked.currency, found, context);
    if (outcome) return outcome;
  }
  const calendar = { today: context.today, data: context.names.months };
  const timed = takePeriods(marked.text, calendar);
  const rangeSaid = (words: string) => takePeriods(words, calendar).periods[0]?.range ?? null;
  const slim = timed.text
    .replace(phrase('the|our|my|an|a|please|plz|pls|just|me|us|really|actually|then'), '')
    .replace(/ +/g, ' ')
    .trim();
  const listing =
    /^(?:name|list|which|what|(?:show|give|tell)(?: me| us)? (?:all|every|the list|a list|the names)|display all|who)(?= |$)/.test(
      plain,
    ) && !/(?:^| )(?:by|per)(?= |$)/.test(plain);
  const signs = toSigns(slim);
  // "Sales at A and units of B": one selection for both figures would be a guess.
  if (figureEach.test(signs)) return { kind: 'clarify', text: severalQuestions, options: [] };
  const reading = read(signs, listing);
  const pieces: Pieces = {
    reading,
    names: found,
    periods: timed.periods,
    soFar: rangeSaid('this year'),
    lastMonth: rangeSaid('last month'),
    all: context.names.months && rangeOf(context.names.months.from, context.names.months.to),
    question,
  };
  reading.wholeRanking = /(?:^| )(?:ranking|ranked|rank)(?= |$)/.test(plain);
  if (reading.verb && reading.metrics.length === 0 && /(?:^| )how much(?= |$)/.test(plain))
    reading.metrics.push('sales');
  const follows = context.previous !== null && leansOnPrevious(plain, pieces);
  const left =
    follows && isWholeTurn(plain) ? [] : reading.leftover.filter((word) => !(follows && followWords.has(word)));
  if (left.length > 0) return leftOver(left, tokens, found, context.names, question);
  const unsure = found.find((name, at) => name.also.length > 0 && reading.names.includes(at));
  if (unsure) return whichKind(unsure, question);
  for (const name of found) {
    if (name.how === 'near') notes.push(`read ${name.said} as ${name.names[0]}`);
    if (name.how === 'partial')
      notes.push(`“${name.said}” means ${name.names.slice(0, 5).join(', ')}${name.names.length > 5 ? ', ...' : ''}`);
  }
  const empty =
    reading.names.length +
      reading.periods.length +
      reading.each.length +
      reading.subjects.length +
      reading.metrics.length ===
    0;
  const nothingAsked =
    empty && !follows && !reading.growth && !reading.nothing && !reading.counts && !reading.occurrence;
  const outcome: Outcome = nothingAsked
    ? vague(undefined)
    : follows && context.previous
      ? edit(context.previous, pieces, plain)
      : toQuery(pieces);
  if (outcome.kind === 'clarify' || outcome.kind === 'unknown') return outcome;
  return { kind: 'query', query: outcome, notes };
}

const figureEach = /#(\w+) (?:\w+ )?@n\d+ (?:and|~versus)(?: the)? #(?!\1\b)\w+ (?:\w+ )?@n\d+/;
const severalQuestions = 'Those are two figures of two different things. Please ask for one of them at a time.';

/** Conditions between figures, which one table of figures cannot hold. */
const severalAtOnce = [
  /(?:^| )(?:where|when|in which) .*@n\d+ .*(?:less|more|better|worse|higher|lower) (?:.* )?than @n\d/,
  /(?:sold|listed|bought|available|carried) (?:at|by|in|with) both @n/,
  /(?:^| )(?:first|last) (?:month|time) (?:that |when |in which )?(?:we|they|it|@n\d+) .*(?:more|less|over|above|below|under|exceed)/,
  /(?:best|worst|strongest|weakest) (?:calendar )?month on average/,
  / and (?:how much|how many|what) (?:each|every|did each)/,
  /(?:priced?s?|costing|that cost|with (?:an? )?(?:average )?price) (?:at )?(?:over|above|under|below|more|less|between)/,
];

const corrections = /^\s*(?:no|sorry|oops|wait|actually|i mean|i meant|rather)[,:]? +(?=\S)/i;

const followWords = new Set([
  'instead',
  'same',
  'about',
  'only',
  'again',
  'it',
  'that',
  'further',
  'split',
  'make',
  'as',
]);

interface Masked {
  text: string;
  token: Token | null;
}

function mask(tokens: Token[], found: FoundName[]): Masked[] {
  const masked: Masked[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const which = found.findIndex((name) => name.from === at);
    const name = found[which];
    const token = tokens[at] as Token;
    if (name) {
      masked.push({ text: `@n${which}`, token: null });
      at = name.to;
    } else masked.push({ text: digits(token.base), token });
  }
  return masked;
}

function isKnown(word: string): boolean {
  return (
    fillers.has(word) ||
    vocabularyWords.has(word) ||
    periodWords.includes(word) ||
    numberWords.includes(word) ||
    word in currencyWords ||
    extraWords.has(word) ||
    !/^[a-z]{2,}$/.test(word)
  );
}

/** Words that other rules read, so that they are not taken for mistakes. */
const extraWords = new Set(
  'anybody anyone somebody someone spread distributed dearer pricier cheaper anything something everyone everybody whos beat beats beaten outsell outsold outperform outperformed expensive cheapest priciest dearest fresh recent mo mos mth mths mnths qtr qtrs yr yrs crowns american canadian australian british swiss japanese polish swedish danish norwegian czech lose won win summer winter spring autumn few why explain explains reason reasons if suppose start started begin began nobody earlier ago before after instead same split chart graph line pie bar upload uploaded file files data unsold ly new newly listed added launched introduced lost gone discontinued churned missing stop stopped zero second third fourth fifth nd rd th place different distinct active unique only except excluding record records row rows line lines entries local currency stop stopped'.split(
    ' ',
  ),
);

function correct(each: Masked, first: boolean, notes: string[]): string {
  if (!each.token || isKnown(each.text)) return each.text;
  const meant = meantWord(each.token, first);
  if (!meant) return each.text;
  notes.push(`read ${each.token.raw} as ${meant}`);
  return meant;
}

function aboutOf(plain: string): 'data' | 'uploads' | null {
  if (
    /(?:^| )(?:uploads?|uploaded|files?|imported|ingested|workbooks?)(?= |$)|how (?:fresh|recent|old|current|up to date) (?:is|are) (?:the |our |your )?(?:data|figures|numbers)/.test(
      plain,
    )
  )
    return 'uploads';
  if (
    /(?:^| )(?:what|which|how much) (?:data|information) (?:do|have|is|are|can|you|we)|(?:^| )what (?:do you know|can you (?:do|answer|tell)|can i ask)|(?:which|what) (?:period|months|years|time ?range|date range)s? (?:do|does|is|are) (?:you|we|the data|there|covered)/.test(
      plain,
    )
  )
    return 'data';
  return null;
}

function currencyCheck(currency: string, found: FoundName[], context: AskContext): Understanding | null {
  const known = context.names.currencies.find((each) => each.currency === currency);
  const resellers = found.filter((name) => name.dimension === 'reseller').flatMap((name) => name.names);
  if (known && resellers.length > 0 && resellers.every((name) => known.resellers.includes(name))) return null;
  if (known && resellers.length === 0)
    return {
      kind: 'clarify',
      text: `Only the reports of ${known.resellers.join(', ')} are in ${currency}. Which reseller do you mean?`,
      options: known.resellers
        .slice(0, 3)
        .map((name) => ({ label: name, question: `Sales of ${name} in local currency` })),
    };
  return {
    kind: 'refuse',
    reason: 'not_in_data',
    text: `I have no figures in ${currency}${resellers.length > 0 ? ` for ${resellers.join(', ')}` : ''}; I know ${context.baseCurrency} and each reseller's own currency.`,
  };
}

/** Words nobody accounts for: a name that is not known, or something I do not understand. */
function leftOver(left: string[], tokens: Token[], found: FoundName[], names: Names, question: string): Understanding {
  const unknown = (at: number) => {
    const token = tokens[at];
    return token !== undefined && (left.includes(token.base) || left.includes(token.norm));
  };
  const start = tokens.findIndex((_, at) => unknown(at));
  if (start < 0) return unsettled();
  let end = start;
  const capital = (at: number) => tokens[at]?.capital === true && (!isKnown(tokens[at]?.base ?? '') || unknown(at));
  while (unknown(end + 1) || capital(end + 1)) end++;
  let from = start;
  const partial = found.find((name) => name.to === start - 1 && name.how !== 'exact');
  if (partial) from = partial.from;
  const after = found.find((name) => name.from === end + 1 && name.how !== 'exact');
  if (after) end = after.to;
  while (
    from > 0 &&
    !found.some((name) => name.to === from - 1) &&
    tokens[from - 1]?.capital &&
    !fillers.has(tokens[from - 1]?.base ?? '')
  )
    from--;
  const said = tokens
    .slice(from, end + 1)
    .map((token) => token.raw)
    .join(' ');
  const looksLikeName =
    (tokens[start]?.capital && start > 0) ||
    partial ||
    ['at', 'for', 'of', 'from'].includes(tokens[from - 1]?.norm ?? '');
  if (!looksLikeName) return unsettled(`I do not know what “${said}” means here.`);
  return unknownName(said, names, question);
}

function unknownName(said: string, names: Names, question: string): Understanding {
  const near = similarNames(said, names, 3);
  return {
    kind: 'clarify',
    text: `I know no reseller, product or brand called “${said}”.${near.length > 0 ? ' Did you mean one of these?' : ''}`,
    options: near.map(({ name }) => ({ label: name, question: question.replace(said, name) })),
  };
}

/** "Repair creams": what is in both parts. */
function joined(found: FoundName[]): FoundName[] {
  const all: FoundName[] = [];
  for (const name of found) {
    const last = all.at(-1);
    const both = last?.names.filter((each) => name.names.includes(each)) ?? [];
    const beside = last && last.to + 1 === name.from && last.dimension === name.dimension;
    if (last && beside && last.how === 'partial' && name.how === 'partial' && both.length > 0) {
      all[all.length - 1] = { ...last, names: both, to: name.to, said: `${last.said} ${name.said}` };
    } else all.push(name);
  }
  return all;
}

/** "Both Maison Rue shops" are more than the one that is called so. */
function widen(found: FoundName[], tokens: Token[], names: Names): void {
  for (const name of found) {
    const before = tokens[name.from - 1]?.norm;
    const shops = /^(?:shops|stores|branches|outlets|resellers|accounts)$/.test(tokens[name.to + 1]?.norm ?? '');
    if (name.how !== 'exact' || !shops || (before !== 'both' && before !== 'all')) continue;
    const all =
      name.dimension === 'reseller' ? names.resellers.filter((each) => each.startsWith(name.names[0] ?? '')) : [];
    if (all.length > 1) [name.names, name.how] = [all, 'partial'];
  }
}

/** "Repair Hand Cream", where there are a Repair Day Cream and an Aurélie Hand Cream: parts of two names are no name. */
function inventedName(found: FoundName[], tokens: Token[]): string | null {
  for (const [at, name] of found.entries()) {
    const next = found[at + 1];
    if (!next || next.from !== name.to + 1 || name.dimension !== next.dimension) continue;
    if (name.how !== 'partial' || next.how !== 'partial' || !tokens[name.from]?.capital || !tokens[next.from]?.capital)
      continue;
    if (name.names.some((each) => next.names.includes(each))) continue;
    return `${name.said} ${next.said}`;
  }
  return null;
}

function whichKind(name: FoundName, question: string): Understanding {
  const groups = [{ dimension: name.dimension, names: name.names }, ...name.also];
  return {
    kind: 'clarify',
    text: `“${name.said}” is found in more than one kind of name. Which one do you mean?`,
    options: groups.slice(0, 3).map((group) => ({
      label: `${group.dimension}: ${group.names[0]}`,
      question: question.replace(name.said, `${group.dimension} ${group.names[0]}`),
    })),
  };
}
