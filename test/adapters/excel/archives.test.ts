// Archives and packages as strangers send them: what is refused and with which code, what is read all the same.

import { expect, test } from 'vitest';
import { entries, read, refusal, workbook } from './support/workbook.ts';
import { type ZipEntry, zip } from './support/zip.ts';

const row = '<row r="1"><c r="A1"><v>1</v></c></row>';
const plain = { sheets: [row] };
const one = [{ row: 1, cells: [1] }];
const wholeSheet = (inside: string) => `<?xml version="1.0"?>${inside}`;

async function codeOf(change: (all: ZipEntry[]) => ZipEntry[], parts = plain): Promise<string> {
  return (await refusal(zip(change(entries(parts))))).code;
}

test.each<[string, Partial<ZipEntry>]>([
  ['stored entries', { stored: true }],
  ['data descriptors', { descriptor: true }],
  ['64-bit sizes', { zip64: true }],
])('reads archives with %s', async (_, entry) => {
  expect((await read(workbook({ ...plain, entry }))).sheets[0]!.rows).toEqual(one);
});

test.each<[string, ZipEntry]>([
  ['an encrypted entry', { name: 'xl/more.xml', data: 'x', encrypted: true }],
  ['two entries of one name', { name: 'XL/workbook.xml', data: 'x' }],
  ['a name that climbs out', { name: '../evil.txt', data: 'x' }],
  ['a name that climbs out further in', { name: 'xl/a/../../../evil.txt', data: 'x' }],
  ['an absolute name', { name: '/etc/cron.d/evil', data: 'x' }],
  ['a backslash', { name: '..\\evil.txt', data: 'x' }],
  ['a drive', { name: 'C:evil.txt', data: 'x' }],
  ['a header that names something else', { name: 'xl/a.xml', localName: 'xl/b.xml', data: 'x' }],
])('refuses %s as an unsafe archive', async (_, entry) => {
  expect(await codeOf((all) => [...all, entry])).toBe('UPLOAD_UNSAFE_ZIP');
});

test('refuses more entries than a workbook has, and entries that share their bytes', async () => {
  const many = Array.from({ length: 4_100 }, (_, at) => ({ name: `xl/x${at}.xml`, data: '', stored: true }));
  expect(await codeOf((all) => [...all, ...many])).toBe('UPLOAD_UNSAFE_ZIP');
  const bytes = workbook(plain);
  // The last directory entry is made to point where the first one does.
  const directory = bytes.readUInt32LE(bytes.length - 6);
  let last = directory;
  for (let at = directory; at >= 0; at = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'), at + 1)) last = at;
  bytes.writeUInt32LE(0, last + 42);
  expect((await refusal(bytes)).code).toBe('UPLOAD_UNSAFE_ZIP');
});

test('refuses what is cut off, changed on its way, or no XML', async () => {
  const bytes = workbook(plain);
  expect((await refusal(bytes.subarray(0, bytes.length - 30))).code).toBe('UPLOAD_CORRUPT');
  expect((await refusal(workbook({ ...plain, entry: { crc: 1 } }))).code).toBe('UPLOAD_CORRUPT');
  for (const sheet of [
    '<worksheet><sheetData>',
    '<worksheet><a></b></worksheet>',
    '',
    '<html/>',
    `<worksheet>&nbsp;</worksheet>`,
  ]) {
    expect((await refusal(workbook({ sheets: [wholeSheet(sheet)] }))).code, sheet).toBe('UPLOAD_CORRUPT');
  }
  const notUtf8 = Buffer.from(
    `<worksheet><sheetData><row><c t="str"><v>\xe9\xe9</v></c></row></sheetData></worksheet>`,
    'latin1',
  );
  expect((await refusal(workbook({ sheets: [notUtf8] }))).code).toBe('UPLOAD_CORRUPT');
});

test('refuses a shared string, a row or a column that cannot be, a row or a cell given twice, and deep nesting', async () => {
  const sheets = [
    '<row><c t="s"><v>3</v></c></row>',
    '<row r="1048577"><c><v>1</v></c></row>',
    '<row r="0"><c><v>1</v></c></row>',
    '<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>',
    '<row><c r="XFE1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    `<row><c>${'<a>'.repeat(70)}${'</a>'.repeat(70)}</c></row>`,
  ];
  for (const sheet of sheets) {
    expect((await refusal(workbook({ sheets: [sheet], strings: '<si><t>a</t></si>' }))).code, sheet).toBe(
      'UPLOAD_CORRUPT',
    );
  }
});

test('refuses a DTD in any part, in any encoding', async () => {
  const dtd = '<!DOCTYPE x [<!ENTITY a "b">]>';
  const sheet = `<?xml version="1.0"?>${dtd}<worksheet><sheetData/></worksheet>`;
  expect((await refusal(workbook({ sheets: [sheet] }))).code).toBe('UPLOAD_DTD');
  expect((await refusal(workbook({ sheets: [Buffer.from(`\ufeff${sheet}`, 'utf16le')] }))).code).toBe('UPLOAD_DTD');
  const extra = { 'xl/styles.xml': `${dtd}<styleSheet/>` };
  expect((await refusal(workbook({ ...plain, extra }))).code).toBe('UPLOAD_DTD');
  expect(
    (await refusal(workbook({ ...plain, extra: { '[Content_Types].xml': `<!DOCTYPE Types SYSTEM "x"><Types/>` } })))
      .code,
  ).toBe('UPLOAD_DTD');
});

test('refuses what unpacks to much and holds nothing, wherever it hides', async () => {
  const space = ' '.repeat(12_000_000);
  const bombs = [
    `<worksheet><sheetData>${space}</sheetData></worksheet>`,
    `<worksheet><!--${space}--><sheetData/></worksheet>`,
    `<worksheet a="${space}"><sheetData/></worksheet>`,
    `<worksheet><sheetData><row><c><f>${space}</f><v>1</v></c></row></sheetData></worksheet>`,
  ];
  for (const sheet of bombs)
    expect((await refusal(workbook({ sheets: [wholeSheet(sheet)] }))).code).toBe('UPLOAD_BOMB');
  expect((await refusal(workbook({ ...plain, strings: `<si><t>${space}</t></si>` }))).code).toBe('UPLOAD_BOMB');
  const counted = [`<row>${'<c><v>1</v></c>'.repeat(16_385)}</row>`, '<row/>'.repeat(1_048_577)];
  for (const sheet of counted) expect((await refusal(workbook({ sheets: [sheet] }))).code).toBe('UPLOAD_BOMB');
  const wide = Array.from({ length: 5_000 }, (_, at) => `<row><c r="XFD${at + 1}"><v>${at}</v></c></row>`);
  expect((await refusal(workbook({ sheets: [wide.join('')] }))).code).toBe('UPLOAD_BOMB');
});

test('reads a large sheet whose rows are all alike', async () => {
  const same = '<row><c><v>1</v></c><c t="s"><v>0</v></c></row>';
  const { sheets } = await read(workbook({ sheets: [same.repeat(150_000)], strings: '<si><t>a</t></si>' }));
  expect(sheets[0]!.rows).toHaveLength(150_000);
  expect(sheets[0]!.rows.at(-1)).toEqual({ row: 150_000, cells: [1, 'a'] });
});

test('reads 500 sheets and no more, and as many rows as it was told', async () => {
  const many = await read(workbook({ sheets: Array(500).fill(row) }));
  expect(many.sheets).toHaveLength(500);
  expect(many.sheets[499]!.rows).toEqual(one);
  const tooMany = await refusal(workbook({ sheets: Array(2_000).fill(row) }));
  expect([tooMany.code, tooMany.params.reason]).toEqual([
    'UPLOAD_READ_LIMIT',
    'it has 2,000 sheets; at most 500 are read',
  ]);
  const rows = workbook({ sheets: ['<row><c><v>1</v></c></row>'.repeat(3_000)] });
  expect((await read(rows, 'x.xlsx', { maxRows: 3_000 })).sheets[0]!.rows).toHaveLength(3_000);
  expect((await refusal(rows, 'x.xlsx', { maxRows: 2_999 })).params.reason).toContain(
    'more than 2,999 rows in a sheet',
  );
});

test('reads 16,384 columns, and cuts 5 MB in a cell to what Excel allows', async () => {
  const wide = `<row r="1">${'<c><v>7</v></c>'.repeat(16_384)}</row>`;
  expect((await read(workbook({ sheets: [wide] }))).sheets[0]!.rows[0]!.cells).toHaveLength(16_384);
  let long = '';
  while (long.length < 5_000_000) long += `${long.length} `;
  const { sheets } = await read(workbook({ sheets: [`<row><c t="inlineStr"><is><t>${long}</t></is></c></row>`] }));
  expect(sheets[0]!.rows[0]!.cells[0]).toHaveLength(32_767);
});

test.each<[string, Partial<Parameters<typeof workbook>[0]>]>([
  ['by name', { extra: { 'xl/vbaProject.bin': 'x' } }],
  [
    'by content type',
    {
      extra: { 'xl/a.bin': 'x' },
      contentTypes: '<Override PartName="/xl/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
    },
  ],
  [
    'by the type of an ending',
    {
      extra: { 'xl/a.foo': 'x' },
      contentTypes: '<Default Extension="foo" ContentType="application/vnd.ms-office.vbaProject"/>',
    },
  ],
  [
    'by relationship',
    {
      workbookRelationships:
        '<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="a.bin"/>',
    },
  ],
  [
    'as a macro sheet',
    {
      workbookRelationships:
        '<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/s.xml"/>',
    },
  ],
  ['as an embedded object', { extra: { 'xl/embeddings/oleObject1.bin': 'x' } }],
  [
    'as ActiveX',
    {
      extra: {
        'xl/worksheets/_rels/sheet1.xml.rels':
          '<Relationships><Relationship Id="a" Type="http://s/relationships/control" Target="../a/b.xml"/></Relationships>',
      },
    },
  ],
])('refuses what could run, found %s', async (_, parts) => {
  expect((await refusal(workbook({ ...plain, ...parts }))).code).toBe('UPLOAD_MACROS');
});

test('reads a macro-enabled type that has no macros, and a pictures-and-printer workbook', async () => {
  const contentTypes =
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/xl/p.bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>';
  const bytes = workbook({ ...plain, contentTypes, extra: { 'xl/p.bin': 'x', 'xl/media/a.png': 'x' } });
  expect((await read(bytes, 'x.xlsm')).sheets[0]!.rows).toEqual(one);
});

test('tells other packages and lock files from workbooks', async () => {
  const found = async (bytes: Uint8Array) => {
    const error = await refusal(bytes);
    expect(error.code).toBe('UPLOAD_NOT_XLSX');
    return error.params.found;
  };
  const types = { name: '[Content_Types].xml', data: '<Types/>' };
  expect(await found(zip([types, { name: 'word/document.xml', data: '<x/>' }]))).toBe('a Word document');
  expect(await found(zip([types, { name: 'xl/workbook.bin', data: 'x' }]))).toBe('a binary Excel workbook (.xlsb)');
  expect(await found(zip([]))).toMatch(/zip archive/);
  expect((await refusal(Buffer.from('x'), '~$report.xlsx')).code).toBe('UPLOAD_LOCK_FILE');
  expect((await refusal(Buffer.from('x'), '.~lock.report.xlsx#')).code).toBe('UPLOAD_LOCK_FILE');
  expect((await refusal(Buffer.alloc(20, 1), 'x.xlsx', { maxBytes: 10 })).code).toBe('UPLOAD_TOO_LARGE');
});
