// Builds small workbooks from the XML of their parts, and reads them through the real adapter.

import { makeSheets, type SheetsOptions } from '#adapters/excel/index.ts';
import type { Cell, SheetRow } from '#src/clean/sheet.ts';
import { AppError } from '#src/errors.ts';
import { type ZipEntry, zip } from './zip.ts';

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8"?>';

export interface Parts {
  /** What is inside `sheetData`, one for each sheet; or a whole part when it begins with `<?xml` or is bytes. */
  sheets: (string | Uint8Array)[];
  /** What is inside `sst`. */
  strings?: string;
  /** Format codes: style 1 is the first, style 2 the second ... Numbers stand for built-in formats. */
  formats?: (string | number)[];
  workbookPr?: string;
  sheetAttributes?: string[];
  /** Further or other parts, by name. */
  extra?: Record<string, string | Uint8Array>;
  contentTypes?: string;
  workbookRelationships?: string;
  namespace?: string;
  /** Changes every entry of the archive, for example to `stored`. */
  entry?: Partial<ZipEntry>;
}

export function entries(parts: Parts): ZipEntry[] {
  const main = parts.namespace ?? 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const sheets = parts.sheets.map(
    (_, at) => `<sheet name="S${at + 1}" sheetId="${at + 1}" r:id="r${at + 1}" ${parts.sheetAttributes?.[at] ?? ''}/>`,
  );
  const links = parts.sheets.map(
    (_, at) =>
      `<Relationship Id="r${at + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const all: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${parts.contentTypes ?? ''}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relationships}">${parts.workbookPr ?? ''}<sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}<Relationship Id="st" Type="${relationships}/styles" Target="/xl/styles.xml"/>${parts.strings === undefined ? '' : `<Relationship Id="ss" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/>`}${parts.workbookRelationships ?? ''}</Relationships>`,
    'xl/styles.xml': styles(main, parts.formats ?? []),
  };
  if (parts.strings !== undefined) all['xl/sharedStrings.xml'] = `${head}<sst xmlns="${main}">${parts.strings}</sst>`;
  parts.sheets.forEach((sheet, at) => {
    const whole = typeof sheet !== 'string' || sheet.startsWith('<?xml');
    all[`xl/worksheets/sheet${at + 1}.xml`] = whole
      ? sheet
      : `${head}<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`;
  });
  return Object.entries({ ...all, ...parts.extra }).map(([name, data]) => ({ name, data, ...parts.entry }));
}

export function workbook(parts: Parts): Buffer {
  return zip(entries(parts));
}

function styles(main: string, formats: (string | number)[]): string {
  const own = formats.map((format, at) =>
    typeof format === 'string'
      ? `<numFmt numFmtId="${200 + at}" formatCode="${format.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"/>`
      : '',
  );
  const xfs = formats.map((format, at) => `<xf numFmtId="${typeof format === 'string' ? 200 + at : format}"/>`);
  return `${head}<styleSheet xmlns="${main}"><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`;
}

export interface Read {
  sheets: { name: string; hidden: boolean; head: SheetRow[]; rows: SheetRow[] }[];
  notes: string[];
}

/** Reads everything, heads and rows. */
export async function read(bytes: Uint8Array, name = 'report.xlsx', options?: SheetsOptions): Promise<Read> {
  const book = await makeSheets(options).open({ name, bytes });
  try {
    const sheets = [];
    for (const { name, hidden, rows: headRows } of book.sheets) {
      const rows: SheetRow[] = [];
      for await (const batch of book.rows(name)) rows.push(...batch);
      sheets.push({ name, hidden, head: headRows, rows });
    }
    return { sheets, notes: book.notes };
  } finally {
    await book.close();
  }
}

/** The cells of the first sheet, row by row. */
export async function cells(parts: Parts): Promise<Cell[][]> {
  const { sheets } = await read(workbook(parts));
  return sheets[0]!.rows.map((row) => row.cells);
}

/** The error with which a file is refused. */
export async function refusal(bytes: Uint8Array, name = 'report.xlsx', options?: SheetsOptions): Promise<AppError> {
  try {
    await read(bytes, name, options);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was read.');
}
