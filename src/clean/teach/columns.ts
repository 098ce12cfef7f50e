// A heading row and the cells below it into the column that fits each field best, with its reason, and into the questions that
// only a person can answer: a field that two columns fit as well, and one that none fits.

import type { Field } from '../../vendors/vendor.ts';
import { cellName, type SheetRow } from '../sheet.ts';
import { headingKey } from '../values/text.ts';
import type { HeadingRow, Repeat, Vocabulary } from './heading-row.ts';
import type { Choices, ColumnChoice, Question } from './proposal.ts';
import { type Shape, shapeOf, share } from './shape.ts';
import { bestLikeness, headingOf, isLastYear, isOtherFigure } from './words.ts';

/** From here a column is proposed. */
const ENOUGH = 0.55;
/** From here it is proposed without asking. */
const SURE = 0.85;
/** Within this a second column fits a field as well; of figures anything that may be meant. */
const AS_WELL = 0.12;
const MAY_BE = 0.3;
const SAID = 'you said so';
/** How many cells of a column are looked at. */
const LOOKED_AT = 300;

export interface Assignment {
  columns: ColumnChoice[];
  /** By column. */
  shapes: Shape[];
  questions: Question[];
  /** Columns of last year's figures, in the order of the sheet. */
  lastYear: number[];
}

/** @param chosen what a person said; null for a field that there is none of */
export function assignColumns(
  header: HeadingRow,
  rows: SheetRow[],
  vocabulary: Vocabulary,
  chosen: Map<Field, number | null>,
): Assignment {
  const { headings } = header;
  const below = rows.filter(({ row }) => row > header.row.row).slice(0, LOOKED_AT);
  const shapes = Array.from({ length: headings.length }, (_, column) =>
    shapeOf(below.map(({ cells }) => cells[column] ?? null)),
  );
  const said = new Set([...chosen.values()]);
  const repeated = new Set(header.repeat?.columns);
  const free = shapes
    .map((_, column) => column)
    .filter((column) => isNamed(header, column) && !repeated.has(column) && !said.has(column));
  const lastYear = free.filter((column) => isLastYear(headings[column] ?? '') && isFigure(shapes[column]!));
  const fits = free
    .filter((column) => !lastYear.includes(column))
    .flatMap((column) => fitsOf(column, headings[column] ?? '', shapes[column]!, vocabulary, header.repeat))
    .filter(({ field }) => !chosen.has(field))
    .sort((a, b) => b.confidence - a.confidence || a.column - b.column);
  const columns = new Map<Field, ColumnChoice>();
  const taken = new Set<number>();
  for (const [field, column] of chosen) {
    if (column === null) continue;
    columns.set(field, { field, column, heading: headings[column] ?? '', confidence: 1, reason: SAID });
  }
  for (const fit of fits) {
    if (fit.confidence < ENOUGH || columns.has(fit.field) || taken.has(fit.column)) continue;
    columns.set(fit.field, fit);
    taken.add(fit.column);
  }
  const pairs = fits.flatMap((fit) => {
    const first = columns.get(fit.field);
    const margin = fit.field === 'quantity' || fit.field === 'amount' ? MAY_BE : AS_WELL;
    if (!first || taken.has(fit.column) || first.confidence - fit.confidence > margin || !isDecisive(fit.field))
      return [];
    return [first, fit];
  });
  const doubtful = [...columns.values()].filter(
    ({ field, confidence }) => confidence < SURE && isDecisive(field) && !pairs.some((pair) => pair.field === field),
  );
  const questions = [...asWell(pairs), ...doubtful.map(isIt)];
  const inOrder = [...columns.values()].sort((a, b) => a.column - b.column);
  return { columns: numbersAreIds(inOrder, shapes), shapes, questions, lastYear };
}

/** Whether a column can be known again: by its heading, or by standing left of those that repeat. */
function isNamed({ own, repeat }: HeadingRow, column: number): boolean {
  return (own[column] ?? '') !== '' || column < (repeat?.columns[0] ?? 0);
}

/** A code of nothing but digits is the vendor's own number, and no name for the product. */
function numbersAreIds(columns: ColumnChoice[], shapes: Shape[]): ColumnChoice[] {
  const named = columns.some(({ field }) => field === 'ean' || field === 'name');
  if (!named || columns.some(({ field }) => field === 'id')) return columns;
  return columns.map((each) => {
    const shape = shapes[each.column]!;
    const isNumber = each.field === 'code' && each.reason !== SAID && share(shape, shape.digits) >= 0.8;
    return isNumber ? { ...each, field: 'id' } : each;
  });
}

/** The column of a heading or a letter; null for `none`, undefined where there is none. */
export function resolveColumn(header: HeadingRow, to: string): number | null | undefined {
  if (to.trim().toLowerCase() === 'none') return null;
  const key = headingKey(to);
  const at = header.headings.findIndex((heading) => heading !== '' && headingKey(heading) === key);
  if (at >= 0) return at;
  const letters = /^[A-Za-z]{1,2}$/.test(to.trim()) ? to.trim().toUpperCase() : null;
  if (letters === null) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return column < header.headings.length ? column : undefined;
}

/** `F "Umsatz"` */
export function columnText(column: number, heading: string): string {
  const letter = cellName(0, column).slice(0, -1);
  return heading === '' ? `column ${letter}` : `${letter} "${heading}"`;
}

/** What a wrong column would silently spoil. A second name or channel is only left unused, which is said. */
function isDecisive(field: Field): boolean {
  return !['code', 'id', 'name', 'channel', 'group'].includes(field);
}

function asWell(pairs: ColumnChoice[]): Question[] {
  const fields = [...new Set(pairs.map(({ field }) => field))];
  return fields.map((field) => {
    const all = new Map(pairs.filter((each) => each.field === field).map((each) => [each.column, each]));
    const columns = [...all.values()];
    return {
      about: field,
      question: `Several columns could be the ${field}: ${columns.map((c) => columnText(c.column, c.heading)).join(', ')}. Which one is it?`,
      answers: columns.map(
        ({ column, heading }) =>
          `--set ${field}=${heading === '' ? cellName(0, column).slice(0, -1) : quoted(heading)}`,
      ),
      needed: true,
    };
  });
}

function isIt({ field, column, heading, reason }: ColumnChoice): Question {
  const where = columnText(column, heading);
  const answer = heading === '' ? cellName(0, column).slice(0, -1) : quoted(heading);
  return {
    about: field,
    question: `Is ${where} the ${field}? I am not sure: ${reason}.`,
    answers: [`--set ${field}=${answer}`, `--set ${field}=none`],
    needed: true,
  };
}

/** As one would write it on a command line. */
export function quoted(text: string): string {
  if (/^[\p{L}\p{N}_.-]+$/u.test(text)) return text;
  // A shell reads these inside double quotes.
  return /["$`\\]/.test(text) && !text.includes("'") ? `'${text}'` : `"${text.replaceAll('"', '\\"')}"`;
}

const givenByRepeat: Record<Repeat['gives'], Field[]> = {
  month: ['quantity', 'amount', 'date', 'year', 'month', 'period'],
  store: ['quantity', 'amount', 'store'],
};

function fitsOf(
  column: number,
  heading: string,
  shape: Shape,
  vocabulary: Vocabulary,
  repeat: Repeat | null,
): ColumnChoice[] {
  if (shape.filled === 0) return [];
  const found: ColumnChoice[] = [];
  const phrase = headingOf(heading);
  const other = isOtherFigure(heading);
  for (const [field, words] of vocabulary) {
    // Where columns repeat, the other figures are sums of them.
    if (repeat && givenByRepeat[repeat.gives].includes(field)) continue;
    const figure = field === 'quantity' || field === 'amount';
    const { value, word } = figure && other ? { value: 0, word: '' } : bestLikeness(phrase, words);
    const { fit, says } = fitOf(field, shape);
    if (fit < 0.5) continue;
    const alone = value === 0 ? byCellsAlone(field, shape) : 0;
    if (value === 0 && alone === 0) continue;
    const confidence = value > 0 ? 0.75 * value + 0.25 * fit : alone;
    const like = value >= 1 ? 'the heading says so' : `the heading is like "${word}"`;
    found.push({
      field,
      column,
      heading,
      confidence: Math.round(confidence * 100) / 100,
      reason: value > 0 ? `${like}; ${says}` : says,
    });
  }
  return found;
}

/** What cells prove without a heading. A whole number may be anything. */
function byCellsAlone(field: Field, shape: Shape): number {
  if (field === 'ean' && share(shape, shape.ean) >= 0.95) return 0.9;
  if (field === 'currency' && share(shape, shape.currencyCode) === 1) return 0.7;
  if (field === 'date' && share(shape, shape.date) >= 0.95 && shape.number === 0) return 0.6;
  return 0;
}

/** How well the cells suit the field, 0 to 1, and in words. */
function fitOf(field: Field, shape: Shape): { fit: number; says: string } {
  const percent = (count: number) => `${Math.round(share(shape, count) * 100)} %`;
  switch (field) {
    case 'ean': {
      const codes = share(shape, shape.ean + shape.code + shape.digits);
      const says = `${percent(shape.ean)} of the cells have 13 digits with the right check digit`;
      return { fit: Math.max(share(shape, shape.ean), codes >= 0.8 ? 0.6 : 0), says };
    }
    case 'quantity':
      return {
        fit: isFigure(shape) ? 0.6 + 0.4 * share(shape, shape.whole) : 0,
        says: `${percent(shape.whole)} of the cells are whole numbers`,
      };
    case 'amount': {
      const money = shape.currencies.size > 0 ? 0.1 : 0;
      const says = `${percent(shape.number)} of the cells are figures${money > 0 ? `, with ${[...shape.currencies].join(', ')} beside them` : ''}`;
      return { fit: isFigure(shape) ? 0.6 + 0.3 * (1 - share(shape, shape.whole)) + money : 0, says };
    }
    case 'date':
      return { fit: share(shape, shape.date), says: `${percent(shape.date)} of the cells are dates` };
    case 'year':
      return { fit: share(shape, shape.year), says: `${percent(shape.year)} of the cells are years` };
    case 'month':
      return { fit: share(shape, shape.month), says: `${percent(shape.month)} of the cells are months` };
    case 'period':
      return {
        fit: share(shape, shape.period),
        says: `${percent(shape.period)} of the cells are a month with its year`,
      };
    case 'currency':
      return {
        fit: share(shape, shape.currencyCode),
        says: `${percent(shape.currencyCode)} of the cells are currency codes`,
      };
    case 'code':
    case 'id':
      return {
        fit: share(shape, shape.text + shape.digits),
        says: `${percent(shape.text + shape.digits)} of the cells are words or numbers`,
      };
    default:
      return { fit: share(shape, shape.text), says: `${percent(shape.text)} of the cells are words` };
  }
}

function isFigure(shape: Shape): boolean {
  return share(shape, shape.number) >= 0.6;
}

export function choicesByField(
  header: HeadingRow,
  set: Choices['set'],
): { chosen: Map<Field, number | null>; unknown: Choices['set'] } {
  const chosen = new Map<Field, number | null>();
  const unknown: Choices['set'] = [];
  for (const each of set) {
    const column = resolveColumn(header, each.to);
    const named = column == null || isNamed(header, column);
    if (column === undefined || !named) unknown.push(each);
    else chosen.set(each.field, column);
  }
  return { chosen, unknown };
}
