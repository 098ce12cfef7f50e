// File names as people and upload layers leave them: the words in them, and the months they name.

import type { Period } from '../types.ts';
import { type Day, daysIn } from './date.ts';
import { monthOf } from './months.ts';

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
