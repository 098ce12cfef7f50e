// How the next file of a layout is told from others: the name of the vendor, words of the file's name, the sheet, and headings
// that are no month. Nothing that changes from month to month may be among them.

import type { WorkbookHead } from '../sheet.ts';
import { readMonthYear } from '../values/date.ts';
import { monthOf } from '../values/months.ts';
import { fileWords } from '../values/names.ts';
import { squash, wordsOf } from '../values/text.ts';
import type { HeadingRow } from './heading-row.ts';

// Words that stand in the name of any report.
const COMMON = new Set(
  'report reports sales sale sell out sellout sellthrough through data export file monthly weekly daily month week year total totals stock copy kopie final new list bericht umsatz verkauf verkaufe ventes rapport mensuel informe mensual verkoop omzet sprzedaz raport vendite rapporto forsaljning vendas salg prodej xlsx book sheet workbook by per and the for from of ean sku store stores product products q1 q2 q3 q4 h1 h2 cw kw wk we ytd cy'.split(
    ' ',
  ),
);

/** The words of a file name that may be a vendor's; empty where all are common words, numbers or months. */
export function nameInFile(fileName: string): string {
  const words = fileName
    .normalize('NFC')
    .replace(/\.[^.]+$/, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3 && monthOf(word) === null)
    .filter((word) => !wordsOf(word).some((plain) => COMMON.has(plain)));
  return words
    .slice(0, 2)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join(' ');
}

// Words of many a vendor's name, which tell none from another.
const TRADE = new Set(
  'perfumeria perfumery perfume perfumes perfumerie parfum parfums parfumerie parfymeri parfumeri profumeria beauty cosmetic cosmetics kosmetik department group gmbh ltd limited inc llc bv srl sro spzoo and und the'.split(
    ' ',
  ),
);

const LETTERS: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', æ: 'ae', ß: 'ss', đ: 'd', œ: 'oe' };

/** Letters that are no accented ones, as people type them where they lack the key. */
function plain(word: string): string {
  return word.replace(/[łøæßđœ]/g, (letter) => LETTERS[letter]!);
}

/** `Müller & Söhne` is `muller_sohne`; never empty, never beginning with a digit. */
export function idOf(name: string): string {
  const id = wordsOf(name)
    .map((word) => plain(word).replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .join('_')
    .slice(0, 40);
  return /^[a-z]/.test(id) ? id : `vendor_${id}`.replace(/_$/, '');
}

/** Words of the file's name that the vendor's name has too, as the file has them. */
export function sharedWords(name: string, fileName: string): string[] {
  const mine = new Set(wordsOf(name).map(plain));
  return [...fileWords(fileName)].filter((word) => {
    const as = plain(word);
    return as.length >= 3 && mine.has(as) && !COMMON.has(as) && !TRADE.has(as) && !/\d/.test(as);
  });
}

/** The pattern of a sheet's name; null where it names a month in words, or is what a program calls any sheet. */
export function sheetPattern(name: string): string | null {
  if (/^(sheet|tabelle|feuil|feuille|hoja|blad|arkusz|foglio|planilha|ark|list|лист|аркуш)\s?\d*$/i.test(name.trim()))
    return null;
  if (wordsOf(name).some((word) => monthOf(word) !== null)) return null;
  const dated = name.replace(/(?<!\d)20\d\d(?!\d)/g, '{year}');
  if (dated === name) return /(?<!\d)(0?[1-9]|1[0-2])[-_. ]?20\d\d/.test(name) ? null : name;
  return dated
    .replace(/(\{year\}[-_. ]?)(0?[1-9]|1[0-2])(?!\d)/, '$1{month}')
    .replace(/(?<!\d)(0?[1-9]|1[0-2])([-_. ]?\{year\})/, '{month}$2');
}

/** Headings that every file of the layout has. */
export function lastingHeadings(header: HeadingRow): string[] {
  const repeated = new Set(header.repeat?.columns);
  const lasting = header.own.filter(
    (heading, column) =>
      heading !== '' &&
      !repeated.has(column) &&
      /\p{L}/u.test(heading) &&
      !/(?<!\d)20\d\d(?!\d)/.test(heading) &&
      readMonthYear(heading) === null &&
      !wordsOf(squash(heading)).some((word) => monthOf(word) !== null && word.length > 3),
  );
  return [...new Set(lasting)].slice(0, 16);
}

/** Sheets that a person may mean. */
export function visibleSheets({ sheets }: WorkbookHead): string[] {
  return sheets.filter(({ hidden }) => !hidden).map(({ name }) => name);
}
