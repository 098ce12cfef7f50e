// Cells and headings as text: what a cell shows, and the forms under which two texts count as the same.

import type { Cell } from '../sheet.ts';

// Blanks of every kind that reports hold, zero-width ones included (JavaScript's \s lacks those).
const BLANKS = /[\s\u00a0\u1680\u2000-\u200d\u2060\u202f\u205f\u3000\ufeff]+/g;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** What a cell holds, as text; empty for an empty cell, a formula without result, and null. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell !== 'object') return String(cell);
  if (cell.kind === 'missing' || cell.value === null) return '';
  if (cell.kind === 'number' && cell.raw !== '') return cell.raw;
  return String(cell.value);
}

/** No value, an empty text, or nothing but blanks (a no-break space is a blank). */
export function isBlank(cell: Cell | undefined): boolean {
  if (cell === null || cell === undefined) return true;
  if (typeof cell === 'string') return blankText(cell);
  if (typeof cell !== 'object') return false;
  if (cell.kind === 'missing') return true;
  return cell.kind === 'text' && blankText(String(cell.value ?? ''));
}

function blankText(text: string): boolean {
  if (text === '') return true;
  const first = text.charCodeAt(0);
  if (first > 32 && first < 127) return false;
  return trimAll(text) === '';
}

/** Without outer blanks of any kind. Walks in from both ends: a pattern would take quadratic time on hostile cells. */
export function trimAll(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlankCode(text.charCodeAt(from))) from += 1;
  while (to > from && isBlankCode(text.charCodeAt(to - 1))) to -= 1;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

function isBlankCode(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200d) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** One ordinary blank for each run of blanks, none outside. */
export function squash(text: string): string {
  return text.replace(BLANKS, ' ').trim();
}

/** A name as it is stored: no outer blanks, no control characters (Postgres refuses some); inner text untouched. */
export function storedText(text: string): string {
  return trimAll(text.replace(CONTROLS, ''));
}

/** The form under which two headings or sheet names are the same: letters, digits and the per cent sign, lower-case, no accents. */
export function headingKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, '');
}

/** The words of a text, lower-case, without accents; runs of letters and runs of digits apart, and joined. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w !== '');
}
