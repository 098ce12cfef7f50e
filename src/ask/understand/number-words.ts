// Numbers in words -> digits: `four` -> `4`, `a dozen` -> `12`. Ordinals stay words, except where they rank.

const words: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  eighteen: 18,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  hundred: 100,
  dozen: 12,
};

export const numberWords = Object.keys(words);

/** The digits of a number word, or the word itself. */
export function digits(word: string): string {
  const value = words[word];
  return value === undefined ? word : String(value);
}
