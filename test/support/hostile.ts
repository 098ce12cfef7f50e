// Workbooks of a shape that no report has, small enough to be sent: what programs and people make by mistake, or on purpose.
// Run with the name of one it writes that one to standard output, so that making it takes no memory of the one who measures.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { entries, type Parts, workbook } from '#test/adapters/excel/support/workbook.ts';
import { zip } from '#test/adapters/excel/support/zip.ts';

const headings = ['EAN', 'Product', 'Quantity', 'Amount', 'Month', 'Year', 'Currency'];
const values = (row: number): (string | number)[] => [
  4006381333931,
  'Soap 100 g',
  row % 9,
  (row % 97) + 0.5,
  4,
  2025,
  'EUR',
];

const cell = (value: string | number): string =>
  typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="str"><v>${value}</v></c>`;
const line = (cells: (string | number)[], at: string | number = ''): string =>
  `<row${at === '' ? '' : ` r="${at}"`}>${cells.map(cell).join('')}</row>`;

/** A table of a few rows that can be understood. */
const table = line(headings) + [1, 2, 3].map((row) => line(values(row))).join('');

function repeat(count: number, make: (at: number) => string): string {
  const parts: string[] = [];
  for (let at = 1; at <= count; at += 1) parts.push(make(at));
  return parts.join('');
}

/** A whole sheet part: what is inside `sheetData`, and what follows it. */
function sheet(rows: string, after = ''): string {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${after}</worksheet>`;
}

/** A workbook whose sheets have these names, as they stand in the XML. */
function namedSheets(names: string[]): Buffer {
  const all = entries({ sheets: names.map(() => table) });
  for (const entry of all) {
    if (entry.name !== 'xl/workbook.xml') continue;
    names.forEach((name, at) => {
      entry.data = String(entry.data).replace(`name="S${at + 1}"`, () => `name="${name}"`);
    });
  }
  return zip(all);
}

const of = (parts: Parts) => (): Buffer => workbook(parts);

/** What it is -> its bytes, made when asked for. */
const hostile: Record<string, () => Buffer> = {
  '16,384 columns, 300 rows': () =>
    workbook({
      sheets: [repeat(301, (at) => line(Array.from({ length: 16_384 }, (_, column) => (column * at) % 97)))],
    }),
  '16,384 headings over a table': of({
    sheets: [line([...headings, ...Array(16_377).fill('Note')]) + line(values(1)) + line(values(2))],
  }),
  '2,000 sheets': () => workbook({ sheets: Array(2_000).fill(table) }),
  '3,900 sheets of 60 rows': () =>
    workbook({ sheets: Array(3_900).fill(table + repeat(60, (at) => line(values(at)))) }),
  '500 sheets with nothing in them': of({ sheets: Array(500).fill('') }),
  '5 MB of text in a cell': () =>
    workbook({ sheets: [line(headings) + line([1, repeat(700_000, (at) => `${at} `), 1, 1, 4, 2025, 'EUR'])] }),
  '4 MB of text in each of ten shared strings': () =>
    workbook({
      sheets: [table],
      strings: repeat(10, (n) => `<si><t>${repeat(2_000_000, (at) => `${(at * n) % 7} `)}</t></si>`),
    }),
  'a row at 1,048,576': of({ sheets: [`${line(headings, 1)}${line(values(1), 2)}${line(values(2), 1_048_576)}`] }),
  '1,048,576 rows': () =>
    workbook({
      sheets: [line(headings) + repeat(1_048_575, (at) => line([4006381333931, 'Soap', at % 7, 1, 4, 2025, 'EUR']))],
    }),
  'a row after the last': of({ sheets: [`${line(headings, 1)}${line(values(1), 1_048_577)}`] }),
  'a row at 99999999999999999999': of({ sheets: [`${line(headings, 1)}${line(values(1), '99999999999999999999')}`] }),
  'a million empty rows with a style': () =>
    workbook({
      sheets: [
        table + repeat(1_000_000, (at) => `<row r="${at + 9}" s="1" customFormat="1"><c r="A${at + 9}" s="1"/></row>`),
      ],
      formats: ['0.00'],
    }),
  'a million like empty rows': () =>
    workbook({ sheets: [`${table}${'<row s="1" customFormat="1"/>'.repeat(1_000_000)}`], formats: ['0.00'] }),
  '100,000 merged cells': () =>
    workbook({
      sheets: [
        sheet(
          table,
          `<mergeCells count="100000">${repeat(100_000, (at) => `<mergeCell ref="A${at * 2}:C${at * 2 + 1}"/>`)}</mergeCells>`,
        ),
      ],
    }),
  'a merge over the whole grid': of({
    sheets: [sheet(table, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')],
  }),
  '64,000 styles': () =>
    workbook({ sheets: [table], formats: Array.from({ length: 64_000 }, (_, at) => `0.0"${at}"`) }),
  'a number format of 3 MB': () => workbook({ sheets: [table], formats: [repeat(500_000, (at) => `[h${at}]`)] }),
  'sheet names with line breaks, bidi marks and 5,000 characters': () =>
    namedSheets(['A&#10;B&#9;C', 'Sa\u202Eles\u200B', 'x'.repeat(5_000), '&lt;b&gt;', '../../etc', '']),
  'sheet names with characters that XML bars': () => namedSheets(['A&#1;B', 'C']),
  'two sheets of one name': () => namedSheets(['Sales', 'Sales']),
  'a number of 400 digits in each cell': () =>
    workbook({
      sheets: [
        line(headings) + repeat(5_000, (at) => `<row>${`<c><v>${'9'.repeat(400)}${at}</v></c>`.repeat(7)}</row>`),
      ],
    }),
  '200,000 columns of attributes': () =>
    workbook({ sheets: [`<row ${repeat(200_000, (at) => `a${at}="${at}" `)}>${cell(1)}</row>`] }),
};

/** Their names. */
export const hostileNames = Object.keys(hostile);

/** Made in a process of its own. */
export function hostileFile(name: string): Buffer {
  return execFileSync(process.execPath, [fileURLToPath(import.meta.url), name], { maxBuffer: 100_000_000 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(1, hostile[process.argv[2] ?? '']!());
