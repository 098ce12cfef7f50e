// A text that nobody has matched -> at most three products that it may mean, for a person to choose from; none is ever taken
// by itself. Refuses any whose size is another: 30 ml and 100 ml of one scent differ in one word only.

import { wordsOf } from '../values/text.ts';
import { aliasKey } from './alias-key.ts';
import type { ListedProduct } from './listed.ts';

const most = 3;
/** How much of what is particular to a product's name must stand in the text. */
const leastOverlap = 0.5;

interface Candidate {
  product: ListedProduct;
  words: string[];
  size: string;
  /** What its words weigh together. */
  weight: number;
}

/** @returns for a text, the likeliest first */
export function makeSuggestions(products: ListedProduct[]): (text: string) => ListedProduct[] {
  const described = products.flatMap((product) => {
    const text = product.name ?? product.functionalName;
    return text === null || !product.confirmed ? [] : [{ product, words: particular(text), size: sizesIn(text) }];
  });
  const frequency = new Map<string, number>();
  for (const { words } of described) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  // A word of nearly every product says nothing of any.
  const weigh = (word: string) => Math.log((described.length + 1) / (frequency.get(word) ?? 1));
  const total = (words: string[]) => words.reduce((sum, word) => sum + weigh(word), 0);
  const rare = (word: string) => (frequency.get(word) ?? 0) <= Math.max(50, described.length / 100);
  const byWord = new Map<string, Candidate[]>();
  for (const each of described) {
    const candidate = { ...each, weight: total(each.words) };
    for (const word of each.words) {
      const sharing = byWord.get(word);
      if (sharing) sharing.push(candidate);
      else byWord.set(word, [candidate]);
    }
  }
  return (text) => {
    const size = sizesIn(text);
    const words = particular(text);
    const mentioned = new Set(words);
    // Only what is particular leads to a product: a word of many would lead to them all.
    const candidates = new Set(words.flatMap((word) => (rare(word) ? (byWord.get(word) ?? []) : [])));
    return [...candidates]
      .filter((candidate) => candidate.size === size)
      .map(({ product, words: own, weight }) => ({
        product,
        overlap: total(own.filter((word) => mentioned.has(word))) / weight,
      }))
      .filter(({ overlap }) => overlap >= leastOverlap)
      .sort((a, b) => b.overlap - a.overlap || compare(a.product, b.product))
      .slice(0, most)
      .map(({ product }) => product);
  };
}

const sizes = /\d+(?:[.,]\d+)?(?:ml|cl|l|gr|g|kg|oz)(?![\p{L}\p{N}])/gu;

/** Every size in a text, as one text: `30ml`. */
function sizesIn(text: string): string {
  const found = aliasKey(text).match(sizes) ?? [];
  return found
    .map((size) => size.replace(',', '.').replace(/gr$/, 'g'))
    .sort()
    .join(' ');
}

/** The words of a text without its sizes, each once. */
function particular(text: string): string[] {
  return [...new Set(wordsOf(aliasKey(text).replace(sizes, ' ')))];
}

function compare(a: ListedProduct, b: ListedProduct): number {
  return (a.name ?? '') < (b.name ?? '') ? -1 : 1;
}
