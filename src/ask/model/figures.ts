// Whether every figure in a sentence stands in the results, or is made of figures that do: a sum, a difference, a ratio, a
// percentage, an average, a count of rows, rounded or shortened. What is no figure of the data (a year, a quarter, the number
// of a "top 5") is left out first, and so are the names that stand in the results.

import type { Value } from '../../message/message.ts';

export interface Result {
  columns: string[];
  rows: Record<string, Value>[];
}

/** Beyond so many rows only cells, sums and averages are tried: among many pairs something always fits. */
const pairedRows = 12;

/** The figures of the text, as written, that nothing in the results gives. */
export function unfounded(text: string, question: string, results: Result[]): string[] {
  const known = knownFigures(results);
  return figuresIn(withoutNames(text, results), question)
    .filter((figure) => !known.some((value) => says(figure, value)))
    .map((figure) => figure.text);
}

/** An analyst's sentence about sales needs no link, no address and no key: whoever wants one in it is not the person who asks. */
export function holdsStrangeThings(text: string): boolean {
  return /https?:|www\.|\]\(|[\w.+-]+@[\w-]+\.\w|\bsk-[\w-]{6}|[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text);
}

interface Figure {
  text: string;
  value: number;
  /** Half of the last digit that is written: 1.2M says something between 1.15M and 1.25M. */
  slack: number;
}

function says({ value, slack }: Figure, known: number): boolean {
  return Math.abs(Math.abs(known) - Math.abs(value)) <= slack * 1.001 + 1e-9;
}

function withoutNames(text: string, results: Result[]): string {
  const names = new Set<string>();
  for (const { rows } of results) {
    for (const row of rows)
      for (const value of Object.values(row)) if (typeof value === 'string' && /\d/.test(value)) names.add(value);
  }
  let left = text;
  for (const name of [...names].sort((a, b) => b.length - a.length)) left = left.replaceAll(name, ' ');
  return left;
}

const scales: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
};
const pattern =
  /(?<![\p{L}\p{N}])[-\u2212+]?\d+(?:[.,' \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?:\s?(k|thousand|mn?|million|bn?|billion)\b)?/giu;
const monthWord = String.raw`(?:jan|feb|m[a\u00e4]r|apr|may|mai|jun|jul|aug|sep|o[ck]t|nov|de[cz])\p{L}*\.?`;

/** Dates, periods and places in a ranking are no figures of the data. */
function withoutPeriods(text: string): string {
  return text
    .replace(/\b\d{4}-\d{2}(?:-\d{2})?\b/g, ' ')
    .replace(/\b[qh][1-4](?:\s*\/?\s*(?:19|20)\d{2})?\b/gi, ' ')
    .replace(new RegExp(String.raw`\b\d{1,2}(?:st|nd|rd|th|\.)?\s+${monthWord}`, 'giu'), ' ')
    .replace(new RegExp(String.raw`${monthWord}\s+\d{1,2}(?:st|nd|rd|th)?\b(?!\d)`, 'giu'), ' ')
    .replace(/\b(?:top|bottom|last|past|next|first|previous|best|worst)\s+\d{1,3}\b/gi, ' ')
    .replace(/\b\d{1,3}(?:st|nd|rd|th)\b/gi, ' ')
    .replace(/(?<![.,\d])(?:19|20)\d{2}(?![.,]?\d)/g, ' ');
}

function figuresIn(text: string, question: string): Figure[] {
  const asked = new Set((question.match(/\d+/g) ?? []).map(Number).filter((value) => value <= 100));
  const found: Figure[] = [];
  for (const match of withoutPeriods(text).matchAll(pattern)) {
    const figure = read(match[0], match[1]);
    // A number of the question, such as the 5 of "top 5", is said back.
    if (figure && !(Number.isInteger(figure.value) && asked.has(figure.value))) found.push(figure);
  }
  return found;
}

function read(text: string, suffix: string | undefined): Figure | null {
  const scale = suffix ? (scales[suffix.toLowerCase()] ?? 1) : 1;
  const digits = text.replace(/[^\d.,]/g, '');
  const mark = /[.,](\d+)$/.exec(digits);
  // One mark and three digits are thousands, as everywhere in what we write.
  const decimals = mark && !(mark[1]!.length === 3 && scale === 1) ? mark[1]!.length : 0;
  const whole = decimals > 0 ? digits.slice(0, -decimals - 1) : digits;
  const value = Number(`${whole.replace(/[.,]/g, '')}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`);
  return Number.isFinite(value)
    ? { text: text.trim(), value: value * scale, slack: (0.5 / 10 ** decimals) * scale }
    : null;
}

function knownFigures(results: Result[]): number[] {
  const known: number[] = [];
  for (const { columns, rows } of results) {
    known.push(rows.length);
    for (const column of columns) {
      const values = rows.map((row) => row[column]).filter((value): value is number => typeof value === 'number');
      if (values.length === 0) continue;
      const sum = values.reduce((total, value) => total + value, 0);
      known.push(...values, sum, sum / values.length);
      if (rows.length > pairedRows) continue;
      for (const [i, a] of values.entries()) {
        if (sum !== 0) known.push((a / sum) * 100);
        for (const b of values.slice(i + 1)) {
          known.push(a - b, a + b);
          if (b !== 0) known.push(a / b, (a / b) * 100, ((a - b) / b) * 100);
          if (a !== 0) known.push(b / a, (b / a) * 100, ((b - a) / a) * 100);
        }
      }
    }
    for (const row of rows.slice(0, pairedRows)) known.push(...acrossColumns(columns, row));
  }
  // Results of one row each stand beside each other: this year's total and last year's.
  const single = results
    .filter(({ rows }) => rows.length === 1)
    .flatMap(({ columns, rows }) => columns.map((column) => rows[0]![column]));
  const numbers = single.filter((value): value is number => typeof value === 'number');
  for (const a of numbers) {
    for (const b of numbers)
      if (a !== b) known.push(a - b, a + b, ...(b === 0 ? [] : [a / b, (a / b) * 100, ((a - b) / b) * 100]));
  }
  return known;
}

/** The figures of one row: sales and units give the price, now and before the change. */
function acrossColumns(columns: string[], row: Record<string, Value>): number[] {
  const values = columns.map((column) => row[column]).filter((value): value is number => typeof value === 'number');
  const made: number[] = [];
  for (const a of values) {
    for (const b of values)
      if (a !== b) made.push(a - b, ...(b === 0 ? [] : [a / b, (a / b) * 100, ((a - b) / b) * 100]));
  }
  return made;
}
