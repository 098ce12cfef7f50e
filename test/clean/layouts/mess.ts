// The mess that people and programs make of a plain table, the same for every vendor: other orders of the columns, padded
// headings, titles, free rows and footnotes, and each figure and code in one of the writings that reports have.

import fc from 'fast-check';
import type { Cell, Sheet, SheetRow } from '#src/clean/sheet.ts';

const padding = fc.constantFrom('', '', ' ', '  ', '\u00a0');
const minus: ((text: string) => string)[] = [
  (text) => `-${text}`,
  (text) => `\u2212${text}`,
  (text) => `\u2013${text}`,
  (text) => `(${text})`,
  (text) => `${text}-`,
];

/** How an amount is written: as a number, or as text with a decimal comma. `sign` is that of its currency. */
export const writing = fc.record({
  how: fc.constantFrom('number', 'comma', 'thousands', 'money'),
  mark: fc.constantFrom('\u00a0', '\u202f', ' ', '.'),
  minus: fc.nat({ max: minus.length - 1 }),
  behind: fc.boolean(),
  left: padding,
  right: padding,
});
export type Writing = typeof writing extends fc.Arbitrary<infer T> ? T : never;

export function amountCell(value: number, { how, mark, minus: m, behind, left, right }: Writing, sign: string): Cell {
  if (how === 'number') return value;
  const [whole = '', fraction] = Math.abs(value).toFixed(2).split('.');
  const grouped = how === 'comma' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, mark);
  const plain = `${grouped},${fraction}`;
  const money = how === 'money' ? (behind ? `${plain} ${sign}` : `${sign} ${plain}`) : plain;
  return left + (value < 0 ? minus[m]!(money) : money) + right;
}

export function pieceCell(value: number, { how, minus: m, left, right }: Writing): Cell {
  if (how === 'number') return value;
  const text = String(Math.abs(value));
  return left + (value < 0 ? minus[m === 3 ? 0 : m]!(text) : text) + right;
}

export const codeWriting = fc.constantFrom<(ean: string) => Cell>(
  (ean) => ean,
  (ean) => Number(ean),
  (ean) => `${ean} `,
  (ean) => `${ean}.0`,
  (ean) => `'${ean}`,
  (ean) => `${ean.slice(0, 1)} ${ean.slice(1, 7)} ${ean.slice(7)}`,
  (ean) => `\u00a0${ean}`,
);

const headingWriting = fc.constantFrom<(heading: string) => string>(
  (heading) => heading,
  (heading) => ` ${heading}`,
  (heading) => `${heading}\u00a0`,
  (heading) => heading.toUpperCase(),
  (heading) => heading.toLowerCase(),
  (heading) => heading.replace(' ', '_'),
);

/** Where things stand, apart from what they say. */
export const mess = fc.record({
  order: fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 20 }),
  headings: fc.array(headingWriting, { minLength: 20, maxLength: 20 }),
  titles: fc.constantFrom<Cell[][]>([], [], [['Monthly report']], [['Report'], ['Created', '2026-01-15'], []]),
  left: fc.constantFrom(0, 0, 1, 2),
  blanks: fc.array(fc.nat({ max: 40 }), { maxLength: 3 }),
  footnote: fc.constantFrom<Cell[][]>([], [], [[], ['* figures may still change']]),
});
export type Mess = typeof mess extends fc.Arbitrary<infer T> ? T : never;

/** A table of headings and rows as that mess leaves it; `total` is the row of totals, if it has one. */
export function messy(headings: string[], rows: Cell[][], made: Mess, total: Cell[] | null = null): Cell[][] {
  const order = headings.map((_, i) => i).sort((a, b) => made.order[a]! - made.order[b]! || a - b);
  const shifted = (cells: Cell[]): Cell[] => [
    ...Array<Cell>(made.left).fill(null),
    ...order.map((column) => cells[column] ?? null),
  ];
  const body = rows.map(shifted);
  for (const at of made.blanks) if (at < body.length) body.splice(at, 0, []);
  return [
    ...made.titles,
    shifted(headings.map((heading, i) => made.headings[i]!(heading))),
    ...body,
    ...(total ? [shifted(total)] : []),
    ...made.footnote,
  ];
}

/** A sheet further down and to the right, with free rows from `body` on (an index among its rows) and a footnote. */
export function moved<T extends Sheet>(from: T, { titles, left, blanks, footnote }: Mess, body: number): T {
  const rows: SheetRow[] = [];
  let last = titles.length;
  let skipped = 0;
  for (const [i, { row, cells }] of from.rows.entries()) {
    if (i >= body && blanks.includes(i)) skipped += 1;
    last = row + titles.length + skipped;
    rows.push({ row: last, cells: [...Array<Cell>(left).fill(null), ...cells] });
  }
  const above = titles.map((cells, i) => ({ row: i + 1, cells })).filter(({ cells }) => cells.length > 0);
  const below = footnote.map((cells, i) => ({ row: last + 1 + i, cells })).filter(({ cells }) => cells.length > 0);
  return { ...from, rows: [...above, ...rows, ...below] };
}
