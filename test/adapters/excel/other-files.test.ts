// Files of other kinds under the name of a workbook: each refusal says what the file is and what to do.

import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { refusal } from './support/workbook.ts';
import { zip } from './support/zip.ts';

const csv = 'EAN;Product;Amount\r\n4006381333931;Soap;1,50\r\n';
const bytes = (...codes: number[]) => Buffer.from([...codes, ...Array(64).fill(7)]);
const excel2003 = `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`;

test.each<[string, Uint8Array]>([
  ['a CSV file', Buffer.from(csv)],
  ['a CSV file', Buffer.from(`\ufeff${csv}`)],
  ['a CSV file', Buffer.from(`\ufeff${csv}`, 'utf16le')],
  ['a CSV file', Buffer.from('Größe,Menge\n1,2\n', 'latin1')],
  ['a CSV file', Buffer.from('a\tb\n1\t2')],
  ['plain text', Buffer.from('Dear all,\nplease find the report attached.\n')],
  ['plain text', Buffer.from('x')],
  ['an HTML page', Buffer.from('\n <!DOCTYPE html>\n<html><body>Sign in</body></html>')],
  ['an HTML page', Buffer.from('<table><tr><td>1</td></tr></table>')],
  ['an HTML page', Buffer.from('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">')],
  ['an XML spreadsheet of Excel 2003', Buffer.from(excel2003)],
  ['an XML spreadsheet of Excel 2003', Buffer.from(`\ufeff${excel2003}`, 'utf16le')],
  ['an XML file', Buffer.from('<?xml version="1.0"?><report/>')],
  ['a JSON file', Buffer.from('{"error":"expired"}')],
  ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1')],
  ['an image', bytes(0x89, 0x50, 0x4e, 0x47)],
  ['an image', bytes(0xff, 0xd8, 0xff, 0xe0)],
  ['an image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a rich text document', Buffer.from('{\\rtf1\\ansi}')],
  ['a gzip archive', gzipSync(csv)],
  ['a RAR archive', Buffer.from('Rar!\x1a\x07\x00')],
  ['a program', Buffer.from('MZ\x90\x00')],
  ['a zip archive that must be unpacked first', zip([{ name: 'April/Sales.xlsx', data: 'x' }])],
  ['a zip archive without a workbook in it', zip([{ name: 'notes.txt', data: 'x' }])],
  ['an OpenDocument file (as .ods)', zip([{ name: 'content.xml', data: '<x/>' }])],
  ['an unknown kind of file', bytes(0, 1, 2, 3)],
])('says that %s is one', async (what, file) => {
  const error = await refusal(file, 'Sales 04-2025.xlsx');
  expect(error.code).toBe('UPLOAD_NOT_XLSX');
  expect(error.message).toBe(`Sales 04-2025.xlsx is named like an Excel workbook but is ${what}.`);
  expect(error.hint).toContain('.xlsx');
});

test('knows an old workbook by its container and by its records', async () => {
  const container = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  const holding = (stream: string) => Buffer.concat([bytes(...container), Buffer.from(stream, 'utf16le')]);
  const codes = async (file: Uint8Array) => (await refusal(file)).code;
  expect(await codes(holding('Workbook'))).toBe('UPLOAD_LEGACY_XLS');
  expect(await codes(Buffer.from([9, 4, 6, 0, 0, 0, 16, 0]))).toBe('UPLOAD_LEGACY_XLS');
  expect(await codes(holding('EncryptedPackage'))).toBe('UPLOAD_ENCRYPTED');
  expect((await refusal(holding('WordDocument'))).message).toContain('an old Word document');
});
