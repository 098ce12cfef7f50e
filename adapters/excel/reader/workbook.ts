// A package -> the workbook in it: its sheets in order, its calendar, its number formats and shared strings. Sheets are
// found through relationships, never by file name. Refuses a zip that holds something else.

import { refuseActiveContent } from '../package/active-content.ts';
import type { Parts } from '../package/parts.ts';
import { corrupt, Refusal } from '../package/refusal.ts';
import type { NumberFormat } from './number-formats.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readStyles } from './styles.ts';

export interface SheetPart {
  name: string;
  hidden: boolean;
  part: string;
}

export interface Workbook {
  sheets: SheetPart[];
  epoch1904: boolean;
  /** By style number. */
  formats: NumberFormat[];
  /** The format codes of all styles, by code: their position in what is sent. */
  formatIndex: Map<string, number>;
  strings: string[];
  notes: string[];
}

export async function readWorkbook(parts: Parts): Promise<Workbook> {
  if (!parts.has('[content_types].xml')) throw notWorkbook(parts);
  const { externalLinks } = await refuseActiveContent(parts);
  const main =
    (await parts.relationships('')).find(({ type }) => type === 'officedocument')?.target ?? 'xl/workbook.xml';
  if (!parts.has(main) || !main.endsWith('.xml')) throw notWorkbook(parts);

  const declared: { name: string; hidden: boolean; id: string }[] = [];
  let root = '';
  let epoch1904 = false;
  await parts.read(main, {
    open(name, attributes, depth) {
      if (depth === 1) root = name;
      else if (name === 'workbookPr') epoch1904 = /^(1|true|on)$/.test(attributes.get('date1904') ?? '');
      else if (name === 'sheet' && depth === 3) {
        const hidden = (attributes.get('state') ?? 'visible') !== 'visible';
        declared.push({ name: attributes.get('name') ?? '', hidden, id: attributes.local('id') ?? '' });
      }
    },
    close() {},
    text() {},
  });
  if (root !== 'workbook') throw notWorkbook(parts);

  const related = await parts.relationships(main);
  const sheets: SheetPart[] = [];
  for (const { name, hidden, id } of declared) {
    const found = related.find((each) => each.id === id);
    if (!found || found.external || !parts.has(found.target)) throw corrupt(`a sheet that it lists is missing`);
    // Chart sheets and dialogue sheets hold no cells.
    if (found.type === 'worksheet') sheets.push({ name, hidden, part: found.target });
  }
  if (declared.length === 0) throw corrupt('it has no sheets');
  const strings = related.find(({ type }) => type === 'sharedstrings')?.target;
  const styles = related.find(({ type }) => type === 'styles')?.target;
  const formats = styles !== undefined && parts.has(styles) ? await readStyles(parts, styles) : [];
  const codes = new Set(formats.flatMap(({ code }) => code ?? []));
  return {
    sheets,
    epoch1904,
    formats,
    formatIndex: new Map([...codes].map((code, at) => [code, at])),
    strings: strings !== undefined && parts.has(strings) ? await readSharedStrings(parts, strings) : [],
    notes: externalLinks
      ? ['The workbook has external links to other files; the values stored in it were used, nothing was fetched.']
      : [],
  };
}

function notWorkbook(parts: Parts): Refusal {
  const kinds: [string, string][] = [
    ['xl/workbook.bin', 'a binary Excel workbook (.xlsb)'],
    ['word/document.xml', 'a Word document'],
    ['ppt/presentation.xml', 'a PowerPoint presentation'],
    ['content.xml', 'an OpenDocument file (as .ods)'],
    ['index/document.iwa', 'a document of Apple Numbers, Pages or Keynote'],
  ];
  const packed = parts.names().some((name) => /\.xls[xmb]?$/.test(name));
  const other = packed ? 'a zip archive that must be unpacked first' : 'a zip archive without a workbook in it';
  const found = kinds.find(([name]) => parts.has(name))?.[1] ?? other;
  return new Refusal('UPLOAD_NOT_XLSX', { found });
}
