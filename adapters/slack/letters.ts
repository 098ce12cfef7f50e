// Text -> text that fits: cut between what people see as letters, never inside one. Slack counts code points.

import { cleanLine, cleanText } from '#src/message/text.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** At most `most` code points, with an ellipsis where something was cut. */
export function cut(text: string, most: number): string {
  if (length(text) <= most) return text;
  let taken = '';
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += length(segment);
    if (used > most) break;
    taken += segment;
  }
  return `${taken.trimEnd()}…`;
}

/** One line, in an isolate of its own where it runs from right to left, so that it cannot turn what stands beside it. */
export function line(text: string, most: number): string {
  const clean = cleanLine(text);
  return rightToLeft.test(clean) ? `\u2068${cut(clean, most - 2)}\u2069` : cut(clean, most);
}

/** Pieces of at most `most` code points, broken between lines where that is possible; nothing is lost. */
export function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let current = '';
  const push = () => {
    if (current !== '') found.push(current);
    current = '';
  };
  for (const each of cleanText(text).split(/(?<=\n)/)) {
    if (length(current) + length(each) > most) push();
    for (const { segment } of length(each) > most ? graphemes.segment(each) : [{ segment: each }]) {
      if (length(current) + length(segment) > most) push();
      current += segment;
    }
  }
  push();
  return found;
}

/** In the text beside the blocks these three mean something; nothing else does. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function length(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
