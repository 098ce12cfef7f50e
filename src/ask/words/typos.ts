// Corrects words that mean nothing but come near to one word of the vocabulary: `turnovr`, `retialer`, `untis`.

import { distance } from 'fastest-levenshtein';
import { swapped } from '../understand/names-in-text.ts';
import type { Token } from './tokens.ts';
import { vocabularyWords } from './vocabulary.ts';

/** The word that was meant, or null where there is none or more than one. */
export function meantWord(token: Token, first: boolean): string | null {
  const said = token.base;
  if (said.length < 5 || !/^[a-z]+$/.test(said)) return null;
  if (token.capital && !first && said.length < 7) return null;
  const reach = said.length >= 8 ? 2 : 1;
  let best = reach + 1;
  let meant: string[] = [];
  for (const word of vocabularyWords) {
    if (word.length < 4 || Math.abs(word.length - said.length) > reach) continue;
    const away = swapped(word, said) ? 0.5 : distance(word, said);
    if (away > reach || away > best) continue;
    // Another ending is another word: `summer` is not `summed`.
    if (word.length === said.length && word.slice(0, -1) === said.slice(0, -1)) continue;
    if (away < best) meant = [];
    best = away;
    meant.push(word);
  }
  const stems = new Set(meant.map((word) => word.replace(/s$/, '')));
  if (stems.size !== 1) return null;
  return meant[0] ?? null;
}
