// What becomes of a cell, in workbooks built for the purpose and read through the real reading process.

import { expect, test } from 'vitest';
import { cells, read, workbook } from './support/workbook.ts';

test('keeps a number as a primitive only when nothing is lost by it', async () => {
  const row =
    '<row r="1"><c r="A1"><v>7359990010005</v></c><c r="B1"><v>204.30</v></c><c r="C1"><v>1E3</v></c><c r="D1" s="1"><v>5</v></c><c r="E1"><v>12345678901234567890</v></c><c r="F1"><v>twelve</v></c></row>';
  expect(await cells({ sheets: [row], formats: ['#,##0.00\\ "zł"'] })).toEqual([
    [
      7359990010005,
      { kind: 'number', value: 204.3, raw: '204.30' },
      { kind: 'number', value: 1000, raw: '1E3' },
      { kind: 'number', value: 5, raw: '5', format: '#,##0.00\\ "zł"' },
      { kind: 'number', value: 12345678901234567000, raw: '12345678901234567890' },
      { kind: 'text', value: 'twelve', raw: 'twelve' },
    ],
  ]);
});

test('uses the cached value of a formula, 0 and false too, and says when there is none', async () => {
  const row =
    '<row r="1"><c r="A1"><f>1-1</f><v>0</v></c><c r="B1" t="b"><f>FALSE()</f><v>0</v></c><c r="C1"><f>NOW()</f></c><c r="D1"><f>A1</f><v></v></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1" t="str"><f>T()</f><v>x</v></c></row>';
  const missing = { kind: 'missing', value: null, raw: '' };
  expect(await cells({ sheets: [row] })).toEqual([
    [0, false, missing, missing, null, { kind: 'error', value: '#DIV/0!', raw: '#DIV/0!' }, 'x'],
  ]);
});

test('reads dates by built-in and by custom formats, and nothing else as a date', async () => {
  const formats = [
    14,
    22,
    31,
    57,
    'dd/mm/yyyy;@',
    '[$-415]d mmmm yyyy',
    '0.00" days"',
    '[Red]#,##0',
    'General" d"',
    46,
    '0.0\\d',
  ];
  const row = `<row r="1">${formats.map((_, at) => `<c s="${at + 1}"><v>45778.5</v></c>`).join('')}</row>`;
  const [read] = await cells({ sheets: [row], formats });
  const kinds = read!.map((cell) => (cell as { kind: string }).kind);
  expect(kinds).toEqual([
    'date',
    'date',
    'date',
    'date',
    'date',
    'date',
    'number',
    'number',
    'number',
    'date',
    'number',
  ]);
  expect(read![0]).toEqual({ kind: 'date', value: '2025-05-01T12:00:00', raw: '45778.5', format: 'mm-dd-yy' });
});

test('counts days from 1900 or 1904, and leaves what is no day a number', async () => {
  const row =
    '<row r="1"><c s="1"><v>45778</v></c><c s="1"><v>59</v></c><c s="1"><v>60</v></c><c s="1"><v>0</v></c><c s="1"><v>-1</v></c><c s="1"><v>9999999</v></c></row>';
  const values = async (workbookPr: string) =>
    (await cells({ sheets: [row], formats: [14], workbookPr }))[0]!.map((cell) => (cell as { value: unknown }).value);
  expect(await values('')).toEqual(['2025-05-01', '1900-02-28', 60, 0, -1, 9999999]);
  expect(await values('<workbookPr date1904="1"/>')).toEqual([
    '2029-05-02',
    '1904-02-29',
    '1904-03-01',
    '1904-01-01',
    -1,
    9999999,
  ]);
});

test('reads ISO dates', async () => {
  const row = '<row r="1"><c t="d"><v>2025-04-03</v></c><c t="d"><v>2025-04-03T10:11:12.5Z</v></c></row>';
  expect(await cells({ sheets: [row] })).toEqual([
    [
      { kind: 'date', value: '2025-04-03', raw: '2025-04-03' },
      { kind: 'date', value: '2025-04-03T10:11:12', raw: '2025-04-03T10:11:12.5Z' },
    ],
  ]);
});

test('joins rich text, skips phonetic text, decodes escaped characters, keeps blanks', async () => {
  const strings =
    '<si><r><t xml:space="preserve">Red </t></r><r><rPr><b/></rPr><t>Lantern</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si><si><t xml:space="preserve"> \u00a0x </t></si><si/><si><t><![CDATA[<b>]]></t></si>';
  const row = `<row r="1">${[0, 1, 2, 3, 4].map((at) => `<c t="s"><v>${at}</v></c>`).join('')}<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is></c></row>`;
  expect(await cells({ sheets: [row], strings })).toEqual([
    ['Red Lantern', 'a\rb_x0041_', ' \u00a0x ', null, '<b>', 'inline'],
  ]);
});

test('counts cells and rows that have no address, and skips rows that hold nothing', async () => {
  const rows =
    '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c r="B3"><v>3</v></c><c><v>4</v></c></row><row r="9"><c s="1"/></row><row><c><v>5</v></c></row>';
  const { sheets } = await read(workbook({ sheets: [rows] }));
  expect(sheets[0]!.rows).toEqual([
    { row: 1, cells: [1, null, 2] },
    { row: 3, cells: [null, 3, 4] },
    { row: 10, cells: [5] },
  ]);
});

test('puts cells that come in no order where they belong', async () => {
  const row = '<row r="1"><c r="D1"><v>4</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>';
  expect(await cells({ sheets: [row] })).toEqual([[1, 2, null, 4]]);
});

test('reads UTF-16, prefixed names and the strict dialect', async () => {
  const body = '<row r="1"><c r="A1" t="inlineStr"><is><t>Gdańsk 香水</t></is></c></row>';
  const sheet = (declaration: string) =>
    `${declaration}<worksheet xmlns="x"><sheetData>${body}</sheetData></worksheet>`;
  const little = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from(sheet('<?xml version="1.0" encoding="UTF-16"?>'), 'utf16le'),
  ]);
  const big = Buffer.from(little).swap16();
  const bare = Buffer.from(sheet('<?xml version="1.0"?>'), 'utf16le');
  const prefixed = `<?xml version="1.0"?><x:worksheet xmlns:x="x"><x:sheetData>${body.replace(/<(\/?)(\w)/g, '<$1x:$2')}</x:sheetData></x:worksheet>`;
  const latin = Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?><worksheet><sheetData><row><c t="str"><v>Café</v></c></row></sheetData></worksheet>`,
    'latin1',
  );
  const { sheets } = await read(
    workbook({
      sheets: [little, big, bare, prefixed, body, latin],
      namespace: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
    }),
  );
  expect(sheets.map((each) => each.rows[0]!.cells[0])).toEqual([...Array(5).fill('Gdańsk 香水'), 'Café']);
});

test('tells hidden sheets and finds sheets by relationship, not by file name', async () => {
  const { sheets } = await read(
    workbook({
      sheets: ['', '<row><c><v>1</v></c></row>', ''],
      sheetAttributes: ['state="hidden"', '', 'state="veryHidden"'],
    }),
  );
  expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
    ['S1', true],
    ['S2', false],
    ['S3', true],
  ]);
});
