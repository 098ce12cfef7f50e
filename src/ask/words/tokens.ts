// A question or a name -> words in one plain spelling: lower case, no accents, no punctuation that carries no meaning.
// The way a word stood in the question is kept, so that an answer can quote it.

export interface Token {
  /** Plain spelling; a possessive keeps its s: `kioku's` -> `kiokus`. */
  norm: string;
  /** Without the possessive: `kioku`. Equal to `norm` where there is none. */
  base: string;
  /** As it was written. */
  raw: string;
  capital: boolean;
}

const word =
  /\d{4}-(?:0[1-9]|1[0-2])(?!\d)|\d{1,2}\/\d{4}|[qh][1-4](?![\p{L}\d])|\d+(?:\.\d+)?|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*'?|[&+%,-]/giu;

/** `14k` -> `14000`, `14,000` -> `14000`, `1.5 million` -> `1500000`, `14.000` -> `14000`. */
function plainNumbers(text: string): string {
  return text
    .replace(/(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)/g, (digits) => digits.replaceAll(',', ''))
    .replace(/(?<![\d.])\d{1,3}(?:\.\d{3})+(?!\d)/g, (digits) => digits.replaceAll('.', ''))
    .replace(/(\d+(?:\.\d+)?)\s?(k|thousand|grand|mn|mio|million)\b/gi, (_, digits: string, unit: string) =>
      String(Math.round(Number(digits) * (unit.toLowerCase().startsWith('m') ? 1e6 : 1e3))),
    );
}

/** Cuts a text into words. Letters and digits part (`top5`, `30ml`), except `q3` and `h1`. */
export function tokenise(text: string): Token[] {
  const plain = plainNumbers(text.replace(/[‘’´`ʼ]/g, "'").replace(/[–—]/g, ' - '))
    .replace(/(\p{L})-(?=\p{L})/gu, (match, letter: string, at: number, all: string) =>
      monthHyphen.test(all.slice(Math.max(0, at - 9), at + 12)) ? `${letter} - ` : match.replace('-', ' '),
    )
    .replace(/>=|≥/g, ' at least ')
    .replace(/<=|≤/g, ' at most ')
    .replace(/>/g, ' above ')
    .replace(/</g, ' below ')
    .replace(/€/g, ' eur ')
    .replace(/£/g, ' gbp ')
    .replace(/\$/g, ' usd ')
    .replace(/(^|\s)#(?=\d)/g, '$1number ');
  return [...plain.matchAll(word)].map((match) => asToken(match[0]));
}

const monthHyphen =
  /(?:^|\W)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;

function asToken(raw: string): Token {
  const plain = raw.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('ø', 'o');
  const norm = plain.replaceAll("'", '');
  const base = plain.endsWith("'s") ? plain.slice(0, -2).replaceAll("'", '') : norm;
  return { norm, base, raw: raw.replace(/'s$/i, ''), capital: /^\p{Lu}/u.test(raw) };
}

/** The words of a name as they are compared: without `and`, `&`, `+` and other signs. */
export function nameWords(name: string): string[] {
  return tokenise(name)
    .map((token) => token.norm)
    .filter((norm) => !isJoiner(norm));
}

export function isJoiner(norm: string): boolean {
  return norm === '&' || norm === 'and' || norm === '+' || norm === '-' || norm === ',' || norm === '%';
}

/** Numbers in words. Ordinals stay words, except where they rank. */
const numbersInWords: Record<string, number> = {
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

export const numberWords = Object.keys(numbersInWords);

/** The digits of a number word, or the word itself. */
export function digits(word: string): string {
  const value = numbersInWords[word];
  return value === undefined ? word : String(value);
}
