import { expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import { type Cell, HEAD_ROWS } from '#src/clean/sheet.ts';

async function read(bytes: Uint8Array | string, name = 'sales.csv', options = {}) {
  const workbook = await makeSheets(options).open({ name, bytes: Buffer.from(bytes) });
  const rows = [];
  for await (const some of workbook.rows(workbook.sheets[0]!.name)) rows.push(...some);
  await workbook.close();
  return { sheets: workbook.sheets, rows };
}
const cells = async (bytes: Uint8Array | string, name?: string): Promise<Cell[][]> =>
  (await read(bytes, name)).rows.map((row) => row.cells);

test('what cuts the lines evenly separates the columns, whatever stands in quotes or above the table', async () => {
  expect(await cells('a;b;c\n1,5;2,5;3\n')).toEqual([
    ['a', 'b', 'c'],
    ['1,5', '2,5', '3'],
  ]);
  expect(await cells('Sales, all of them\n\na\tb\n"x, y\tz"\t2\n3\t4\n')).toEqual([
    ['Sales, all of them'],
    ['a', 'b'],
    ['x, y\tz', '2'],
    ['3', '4'],
  ]);
  expect(await cells('sep=|\na|b\n1|2\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('rows have the numbers that Excel gives them, and blank ones hold nothing', async () => {
  const { rows, sheets } = await read('\ufeffa;b\r\n"1\n2";"say ""x"""\r\n\r\n;x\n', 'Sell out 05-2025.csv');
  expect(rows).toEqual([
    { row: 1, cells: ['a', 'b'] },
    { row: 2, cells: ['1\n2', 'say "x"'] },
    { row: 4, cells: [null, 'x'] },
  ]);
  expect(sheets).toMatchObject([{ name: 'Sell out 05-2025', hidden: false }]);
});

test('text is read as UTF-8, as UTF-16 with its mark, or as Windows writes it', async () => {
  expect(await cells('name;n\nCafé €;1\n')).toEqual([
    ['name', 'n'],
    ['Café €', '1'],
  ]);
  expect(await cells(Buffer.from('name;n\nCaf\xe9;1\n', 'latin1'))).toContainEqual(['Café', '1']);
  expect(await cells(Buffer.from('\ufeffname\tn\nŚwieca\t1\n', 'utf16le'))).toContainEqual(['Świeca', '1']);
});

test('a long file comes in batches, and its head is only its beginning', async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => `${i};some text that makes the line longer`);
  const { rows, sheets } = await read(lines.join('\n'));
  expect(rows).toHaveLength(30_000);
  expect(rows.at(-1)!.cells[0]).toBe('29999');
  expect(sheets[0]!.rows).toHaveLength(HEAD_ROWS);
});

test.each([
  ['a quotation mark that is never closed', 'a,b\n1,2\n"3,4\n5,6', 'after row 2 a quotation mark is not closed'],
  ['a row without end', `a,b\n"${'x'.repeat(1_100_000)}`, 'after row 1 a row does not end'],
])('%s is refused with its place', async (_, text, sentence) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'UPLOAD_CORRUPT',
    message: expect.stringContaining(sentence),
  });
});

test('more rows than a report holds are refused', async () => {
  await expect(read('a;b\n1;2\n3;4\n', 'x.csv', { maxRows: 2 })).rejects.toMatchObject({ code: 'UPLOAD_READ_LIMIT' });
});

test.each([
  ['%PDF-1.7', 'a PDF'],
  ['<html><table><tr><td>1</td></tr></table></html>', 'an HTML page'],
  ['\x00\x01\x02\x03\x04\x05\x06\x07', 'an unknown kind of file'],
])('what is no text with columns is refused under such a name: %j', async (text, found) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'UPLOAD_NOT_CSV',
    message: `sales.csv is named like a CSV file but is ${found}.`,
  });
});

test('a workbook that is named like a CSV file is read as the workbook that it is', async () => {
  const { makeWorkbooks } = await import('#adapters/excel/index.ts');
  const bytes = await makeWorkbooks().write([{ name: 'S', columns: [{ header: 'a', key: 'a' }], rows: [{ a: 1 }] }]);
  expect((await read(bytes)).sheets[0]!.name).toBe('S');
});
