// What a question means, as a text that is the same for every wording of it: the typed Query where it was understood, else its
// words without those that carry nothing. How the answer is to be drawn is no part of it.

import type { Query } from './query.ts';

const fillers = new Set(
  'a an and are can could did do does for from give have i in is it me my of on our please show tell that the their there these this to us was we were what which who will with would you your'.split(
    ' ',
  ),
);
/** Words that mean another time next month. */
const relative =
  /\b(?:today|yesterday|now|current|currently|recent|recently|last|latest|this|past|previous|next|so far|ytd|mtd|ago)\b/i;

/** @param today `YYYY-MM-DD`: words such as "last month" mean something else in another month */
export function meaningOf(query: Query | null, question: string, today: string): string {
  if (query) return `query ${stable({ ...query, chart: null })}`;
  const words = question
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  const telling = [...new Set(words ?? [])].filter((word) => !fillers.has(word)).sort();
  return `words ${telling.join(' ')}${relative.test(question) ? ` in ${today.slice(0, 7)}` : ''}`;
}

/** JSON with its keys in one order. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${stable(each)}`)
    .join(',')}}`;
}
