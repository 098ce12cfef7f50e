// What the wire brings (text) -> values of a message: numbers as numbers, dates as `YYYY-MM-DD`, instants as ISO 8601,
// everything else as the text that it is.

import type { Value } from '#src/message/message.ts';

const bool = 16;
const numbers = new Set([20, 21, 23, 700, 701, 1700]);
const timestamps = new Set([1114, 1184]);

/** For `pg`: a parser by type oid. Text is never null here. */
export const types = {
  getTypeParser: (oid: number) => (text: string) => cellOf(oid, text),
};

function cellOf(oid: number, text: string): Value {
  if (oid === bool) return text === 't';
  if (numbers.has(oid)) return numberOf(text);
  if (timestamps.has(oid)) return text.replace(' ', 'T').replace(/\+00$/, 'Z');
  return text;
}

/** A whole number that JavaScript cannot hold exactly stays text, as do NaN and Infinity: better no number than a wrong one. */
function numberOf(text: string): Value {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

/** Column names, made different from each other: `total`, `total_2`. */
export function distinctNames(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let candidate = name;
    for (let n = 2; taken.has(candidate); n++) candidate = `${name}_${n}`;
    taken.add(candidate);
    return candidate;
  });
}
