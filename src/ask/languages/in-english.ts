// Common questions in German, Dutch, French and Spanish -> the same words in English, which all rules speak. Only where a word says
// beyond doubt which language it is, and never a word that stands in a name of the data.

import type { Names } from '../names.ts';
import { dutch } from './dutch.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { type Language, months } from './language.ts';
import { spanish } from './spanish.ts';

const languages = [german, dutch, french, spanish].map(compiled);

function compiled({ telling, words }: Language) {
  const entries = Object.entries({ ...words, ...months }).flatMap(([english, list]) =>
    list.split('|').flatMap((word) => spellings(word).map((each): [string, string] => [each, english])),
  );
  const meaning = new Map(entries.reverse());
  const longest = [...meaning.keys()].sort((a, b) => b.length - a.length);
  return { telling: wholeWords(telling.split('|').flatMap(spellings)), pattern: wholeWords(longest), meaning };
}

/** As it is written, and as it is typed where a keyboard has no accents: `stück`, `stuck` only where it is long enough, `stueck`. */
function spellings(word: string): string[] {
  const written = plain(word);
  const bare = written.normalize('NFD').replace(/\p{M}/gu, '');
  const wide = written.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss');
  return [...new Set([written, ...(bare.length > 5 ? [bare] : []), wide])];
}

function wholeWords(words: string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/** Lower case, straight apostrophes; accents stay, they tell languages apart. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

/**
 * The question in English words, or as it is where it is in no other language. @param names those of the data: their words stay
 */
export function inEnglish(
  question: string,
  names: Pick<Names, 'resellers' | 'products' | 'brands' | 'stores' | 'channels'>,
): string {
  const text = question.replaceAll('’', "'");
  const scores = languages.map((language) => [...text.matchAll(language.telling)].length);
  const most = Math.max(...scores);
  if (most === 0) return question;
  const { pattern, meaning } = languages[scores.indexOf(most)]!;
  const { resellers, products, brands, stores, channels } = names;
  const kept = namesIn(text, [...resellers, ...products, ...brands, ...stores, ...channels]);
  const parts = kept.length === 0 ? [text] : text.split(new RegExp(`(${kept.map(escaped).join('|')})`, 'iu'));
  return (
    parts
      .map((part, at) =>
        at % 2 === 1
          ? part
          : part
              .replace(/d'(?=\p{L})(?!affaires)/giu, "d' ")
              .replace(/l'(?=\p{L})/giu, "l' ")
              .replace(pattern, (word) => meaning.get(plain(word)) ?? word),
      )
      .join('')
      .replace(/ +/g, ' ')
      // One word stands for both where things cannot be counted in English.
      .replace(/how much (?=(?:different )?(?:units|products?|resellers?|brands?|stores?|months)\b)/gi, 'how many ')
  );
}

/** Names of the data that stand in the text, the longest first. */
function namesIn(text: string, names: string[]): string[] {
  const lower = text.toLowerCase();
  return names
    .filter((name) => name.length > 2 && lower.includes(name.toLowerCase()))
    .sort((a, b) => b.length - a.length);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
