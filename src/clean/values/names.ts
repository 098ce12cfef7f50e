// File names as people and upload layers leave them: the words in them, and the months they name.

import type { Period } from '../types.ts';
import { type Day, daysIn } from './date.ts';
import { monthOf } from './months.ts';
import { headingKey } from './text.ts';

/** Lower-case, without extension, accents and copy marks (`(1)`, `__5_`); every separator is one blank. */
export function normaliseFileName(fileName: string): string {
  return fileName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s*\.(xlsx|xlsm|xls|csv)\s*$/u, '')
    .replace(/\(\s*\d{1,3}\s*\)/g, ' ')
    .replace(/__\d{1,3}_(?=$|[\s_.-])/g, ' ')
    .replace(/[\s_\-\u2010-\u2015.,+()[\]~#]+/gu, ' ')
    .trim();
}

/** The words of a normalised file name; digits that stick to letters are cut off (`apr2025`: apr, 2025). */
export function fileWords(fileName: string): Set<string> {
  const found = new Set<string>();
  for (const word of normaliseFileName(fileName).split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    found.add(word);
    for (const part of word.match(/\p{L}+|\p{N}+/gu) ?? []) found.add(part);
  }
  return found;
}

/**
 * How well a sheet's name fits: 0 not at all, more for a pattern that stands earlier, and of those with `{year}` or `{month}`
 * more for the newest. Never 3 or more.
 */
export function sheetRank(name: string, patterns: string[]): number {
  const key = headingKey(name);
  for (const [order, pattern] of patterns.entries()) {
    const source = pattern
      .split(/(\{year\}|\{month\})/)
      .map((part) => (part === '{year}' ? '(20\\d\\d)' : part === '{month}' ? '(0?[1-9]|1[0-2])' : headingKey(part)))
      .join('');
    const found = new RegExp(`^${source}$`, 'u').exec(key);
    if (found) return 2 - order / 100 + Number(found.slice(1).join('').padEnd(6, '0').slice(0, 6)) / 1e6;
  }
  return 0;
}

/** Every full date that a file name names, day first unless the year is; separators as upload layers leave them. */
export function datesInName(fileName: string): Day[] {
  const name = normaliseFileName(fileName);
  const found = new Map<string, Day>();
  const add = (year: number, month: number, day: number) => {
    if (month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)) {
      found.set(`${year}-${month}-${day}`, { year, month, day });
    }
  };
  for (const m of name.matchAll(/(?<!\d)(?<!\d )(\d{1,2}) (\d{1,2}) (20\d\d)(?!\d)/g)) {
    add(Number(m[3]), Number(m[2]), Number(m[1]));
  }
  for (const m of name.matchAll(/(?<!\d)(20\d\d) (\d{1,2}) (\d{1,2})(?! ?\d)/g)) {
    add(Number(m[1]), Number(m[2]), Number(m[3]));
  }
  return [...found.values()];
}

/** Every month that a file name names, each once; a full date (day, month, year) names none, since it may be the export's. */
export function periodsInName(fileName: string): Period[] {
  const name = normaliseFileName(fileName);
  const found = new Map<string, Period>();
  const add = (year: string, month: number) => {
    const y = Number(year.length === 2 ? `20${year}` : year);
    found.set(`${y}-${month}`, { year: y, month });
  };
  for (const m of name.matchAll(/(?<!\d)(?<!\d )(0?[1-9]|1[0-2]) ?(20\d\d)(?!\d)/g)) {
    if (m[1]!.length === 2 || m[0].includes(' ')) add(m[2]!, Number(m[1]));
  }
  for (const m of name.matchAll(/(?<!\d)(20\d\d) ?(0[1-9]|1[0-2])(?!\d)(?! \d{1,2}(?!\d))/g)) {
    add(m[1]!, Number(m[2]));
  }
  for (const m of name.matchAll(/(\p{L}+) ?(20\d\d)(?!\d)/gu)) {
    const month = monthOf(m[1]!);
    if (month !== null) add(m[2]!, month);
  }
  for (const m of name.matchAll(/(\p{L}+)['’]?(\d\d)(?!\d)/gu)) {
    const month = monthOf(m[1]!);
    if (month !== null) add(m[2]!, month);
  }
  for (const m of name.matchAll(/(?<!\d)(20\d\d) ?(\p{L}+)/gu)) {
    const month = monthOf(m[2]!);
    if (month !== null) add(m[1]!, month);
  }
  return [...found.values()];
}
