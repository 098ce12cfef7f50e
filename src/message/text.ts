// Text from people and workbooks -> text that is safe to show: what could move the cursor, reverse the reading order
// or hide inside a line is neutralised; then measured, wrapped and elided by the columns it takes on a screen.

import stringWidth from 'string-width';

/** Bidi marks, embeddings, overrides and isolates; zero-width spaces; soft hyphen; tag characters: invisible, so dropped. */
const invisible =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
const control = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Keeps line breaks. A control character becomes a visible U+FFFD, so that an escape sequence shows as what it is. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\v|\f|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    .replace(invisible, '')
    .replace(control, '\uFFFD');
}

/** Like `cleanText`, on one line: for labels, cells and titles. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** Columns on a screen: 2 for CJK and emoji, 0 for combining marks. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** At most `width` columns, with an ellipsis where something was cut. */
export function elide(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 0) return '';
  return `${take(text, width - 1).trimEnd()}…`;
}

export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Lines of at most `width` columns, broken at blanks, and inside a word only when it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(2, width)));
}

function wrapLine(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (let word of line.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (displayWidth(joined) <= width) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    while (displayWidth(word) > width) {
      const head = take(word, width) || word;
      lines.push(head);
      word = word.slice(head.length);
    }
    current = word;
  }
  lines.push(current);
  return lines;
}

/** The longest beginning that fits into `width` columns, never half a character. */
function take(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += displayWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}
