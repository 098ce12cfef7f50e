// Finds the names of the data in a question: exact ones before partial ones, longer before shorter, then near misses.
// What stands in several names means all of them. The index is made once for each set of names.

import { distance } from 'fastest-levenshtein';
import { periodWords } from '../calendar/periods.ts';
import type { Names } from '../names.ts';
import type { NameDimension } from '../query.ts';
import { isJoiner, nameWords, numberWords, type Token } from '../words/tokens.ts';
import { fillers, vocabularyWords } from '../words/vocabulary.ts';

export interface FoundName {
  dimension: NameDimension;
  names: string[];
  /** First and last word in the question. */
  from: number;
  to: number;
  said: string;
  how: 'exact' | 'partial' | 'near';
  /** Other dimensions in which the same words are found as well. */
  also: { dimension: NameDimension; names: string[] }[];
}

interface Entry {
  dimension: NameDimension;
  name: string;
  words: string[];
  /** The words with spaces between. */
  text: string;
}

interface Index {
  exact: Map<string, Entry[]>;
  byWord: Map<string, Entry[]>;
  byLength: Map<number, Entry[]>;
  entries: Entry[];
  longest: number;
}

const indexes = new WeakMap<Names, Index>();
const kinds = [
  ['reseller', 'resellers'],
  ['product', 'products'],
  ['brand', 'brands'],
  ['store', 'stores'],
  ['channel', 'channels'],
] as const;

function indexFor(names: Names): Index {
  const known = indexes.get(names);
  if (known) return known;
  const entries = kinds.flatMap(([dimension, list]) =>
    names[list].map((name): Entry => {
      const words = nameWords(name);
      return { dimension, name, words, text: words.join(' ') };
    }),
  );
  const index: Index = { exact: new Map(), byWord: new Map(), byLength: new Map(), entries, longest: 1 };
  for (const entry of entries) {
    push(index.exact, entry.text, entry);
    push(index.byLength, entry.text.length, entry);
    for (const word of new Set(entry.words)) push(index.byWord, word, entry);
    index.longest = Math.max(index.longest, entry.words.length);
  }
  indexes.set(names, index);
  return index;
}

function push<K>(map: Map<K, Entry[]>, key: K, entry: Entry): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

/** Ways to find a name, in order, each with the least number of words it is tried on. */
const passes = [
  ['exact', 1],
  ['near', 2],
  ['partial', 1],
  ['near', 1],
] as const;

/** Names in the order in which they stand in the question. */
export function findNames(tokens: Token[], names: Names): FoundName[] {
  const index = indexFor(names);
  const found: FoundName[] = [];
  const taken = new Set<number>();
  for (const [how, least] of passes)
    for (let length = index.longest + 2; length >= least; length--)
      for (let from = 0; from + length <= tokens.length; from++) {
        const span = tokens.slice(from, from + length);
        if (span.some((_, at) => taken.has(from + at))) continue;
        if (isJoiner(span[0]?.norm ?? '') || isJoiner(span.at(-1)?.norm ?? '')) continue;
        if (how !== 'exact' && length === 1 && isOrder(tokens, from)) continue;
        const entries = lookUp(span, index, how);
        if (entries.length === 0) continue;
        for (let at = from; at < from + length; at++) taken.add(at);
        found.push(shape(entries, span, from, how, tokens));
      }
  found.sort((a, b) => a.from - b.from);
  return found.map((name, at) => asSibling(name, found[at - 1]));
}

/** "Oak 100 ml vs 30 ml": a size after a name is a size of the same thing, where there is one. */
function asSibling(name: FoundName, before: FoundName | undefined): FoundName {
  const [only, ...others] = before?.names ?? [];
  if (name.how === 'exact' || !/^\d/.test(name.said) || only === undefined || others.length > 0) return name;
  if (name.dimension !== before?.dimension || name.from - before.to > 3) return name;
  const size = nameWords(name.said);
  const thing = nameWords(only).slice(0, -size.length).join(' ');
  const same = name.names.filter((each) => nameWords(each).join(' ') === `${thing} ${size.join(' ')}`);
  return same.length === 1 ? { ...name, names: same, how: 'exact' } : name;
}

const orders =
  /^(?:set|update|change|delete|remove|add|drop|clear|import|move|replace|reset|edit|insert|correct|wipe|erase|undo|merge|swap)$/;

/** "Set the price": a word that orders something is no part of a name, where orders begin. */
function isOrder(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]?.norm;
  return (
    orders.test(tokens[at]?.norm ?? '') &&
    (before === undefined || /^(?:please|plz|pls|you|and|to|now|then|just)$/.test(before))
  );
}

function lookUp(span: Token[], index: Index, how: FoundName['how']): Entry[] {
  const words = span.map((token) => token.norm).filter((norm) => !isJoiner(norm));
  const last = span.at(-1);
  const based = last && last.base !== last.norm ? [...words.slice(0, -1), last.base] : words;
  if (how === 'exact') {
    if (span.length === 1 && !last?.capital && (periodWords.includes(words[0] ?? '') || fillers.has(words[0] ?? '')))
      return [];
    return index.exact.get(words.join(' ')) ?? index.exact.get(based.join(' ')) ?? [];
  }
  if (how === 'partial') {
    if (words.every(isPlain)) return [];
    if (isPlain(words[0] ?? '') && isPlain(words.at(-1) ?? '')) return [];
    const hit = containing(words, index);
    if (hit.length > 0) return hit;
    const owned = based === words ? [] : containing(based, index);
    return owned.length > 0 ? owned : containing(singular(words), index);
  }
  return nearMiss(based, index);
}

/** "Lipsticks", "Repair creams": more of what is in a name. */
function singular(words: string[]): string[] {
  return words.map((word, at) => (at === words.length - 1 && word.length > 4 ? word.replace(/s$/, '') : word));
}

function isPlain(word: string): boolean {
  return (
    fillers.has(word) ||
    vocabularyWords.has(word) ||
    periodWords.includes(word) ||
    numberWords.includes(word) ||
    /^[\d.]+$/.test(word) ||
    word.length < 2
  );
}

function containing(words: string[], index: Index): Entry[] {
  const wanted = ` ${words.join(' ')} `;
  return (index.byWord.get(words[0] ?? '') ?? []).filter((entry) => ` ${entry.text} `.includes(wanted));
}

/** A single name at most two letters away, for words of five letters or more that mean nothing else. */
function nearMiss(words: string[], index: Index): Entry[] {
  const text = words.join(' ');
  if (
    text.length < 5 ||
    words.every(isPlain) ||
    (isPlain(words[0] ?? '') && words.length > 1 && !index.byWord.has(words[0] ?? ''))
  )
    return [];
  if (words.length > 1 && index.exact.has(words.slice(1).join(' '))) return [];
  const reach = text.length >= 7 ? 2 : 1;
  let best = reach + 1;
  let hits = new Map<string, Entry>();
  for (let length = text.length - reach; length <= text.length + reach; length++)
    for (const entry of index.byLength.get(length) ?? []) {
      const name = entry.text;
      const away = swapped(name, text) ? 1 : distance(name, text);
      if (away > best || away > reach || !closeWords(words, entry.words)) continue;
      if (away < best) hits = new Map();
      best = away;
      hits.set(`${entry.dimension} ${entry.name}`, entry);
    }
  return hits.size === 1 ? [...hits.values()] : [];
}

/** Numbers and short words must be the same: `Oak 50 ml` is not `Oak 30 ml`. */
function closeWords(said: string[], known: string[]): boolean {
  const firm = (words: string[]) => words.filter((word) => /\d/.test(word)).join(' ');
  if (firm(said) !== firm(known)) return false;
  return (
    said.length !== known.length ||
    said.every((word, at) => word === known[at] || (word.length >= 4 && (known[at] ?? '').length >= 4))
  );
}

/** Two neighbouring letters changed places. */
export function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at + 1 < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

function shape(entries: Entry[], span: Token[], from: number, how: FoundName['how'], tokens: Token[]): FoundName {
  const groups = kinds
    .map(([dimension]) => ({
      dimension,
      names: entries.filter((entry) => entry.dimension === dimension).map((entry) => entry.name),
    }))
    .filter((group) => group.names.length > 0);
  const beside = [tokens[from - 1], tokens[from + span.length]].map((token) => token?.norm.replace(/s$/, ''));
  const named = groups.find((group) => beside.includes(group.dimension));
  const first = named ?? groups[0];
  return {
    dimension: first?.dimension ?? 'product',
    names: first?.names ?? [],
    from,
    to: from + span.length - 1,
    said: span.map((token) => token.raw).join(' '),
    how,
    also: named ? [] : groups.slice(1).filter((group) => group.dimension !== 'store' && group.dimension !== 'channel'),
  };
}

/** Names that come near to words nobody knows, best first. */
export function similarNames(said: string, names: Names, most: number): { dimension: NameDimension; name: string }[] {
  const words = nameWords(said);
  const text = words.join(' ');
  return indexFor(names)
    .entries.map((entry) => {
      const name = entry.text;
      const shared = entry.words.some((word) => word.length > 3 && words.some((each) => distance(each, word) <= 1));
      return { entry, score: shared ? 0.3 : distance(text, name) / Math.max(text.length, name.length) };
    })
    .filter((each) => each.score <= 0.45)
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ entry }) => ({ dimension: entry.dimension, name: entry.name }));
}
