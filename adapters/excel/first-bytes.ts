// The first look at an uploaded file, before any process is started: refuses what is plainly no workbook, and says in
// words what it is. What passes begins like a zip archive, or is text with columns under a name that says so.

import { AppError } from '#src/errors.ts';

/** Throws AppError `UPLOAD_...`; `name` is the base name. */
export function lookAtFirstBytes(name: string, bytes: Uint8Array): 'workbook' | 'csv' {
  // Excel's lock file is ~$name, LibreOffice's .~lock.name#.
  if (/^~\$/.test(name) || /^\.~lock\..*#$/.test(name)) throw new AppError('UPLOAD_LOCK_FILE', { file: name });
  if (bytes.length === 0) throw new AppError('UPLOAD_EMPTY', { file: name });
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) throw refuseCompound(name, bytes);
  // BIFF2 to BIFF4 had no container.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04].includes(bytes[1] ?? -1) && (bytes[2] ?? 0) <= 8 && bytes[3] === 0) {
    throw new AppError('UPLOAD_LEGACY_XLS', { file: name });
  }
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return 'workbook';
  const found = describe(bytes);
  if (/\.(csv|tsv|txt)$/i.test(name.trim())) {
    if (found === 'a CSV file' || found === 'plain text') return 'csv';
    throw new AppError('UPLOAD_NOT_CSV', { file: name, found });
  }
  throw new AppError('UPLOAD_NOT_XLSX', { file: name, found });
}

/** An OLE compound file: a workbook locked with a password, an old .xls, or something else of that age. */
function refuseCompound(name: string, bytes: Uint8Array): AppError {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (stream: string): boolean => text.includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptionInfo') || holds('EncryptedPackage')) return new AppError('UPLOAD_ENCRYPTED', { file: name });
  if (holds('Workbook') || holds('Book')) return new AppError('UPLOAD_LEGACY_XLS', { file: name });
  const found = holds('WordDocument') ? 'an old Word document' : 'another kind of Office document';
  return new AppError('UPLOAD_NOT_XLSX', { file: name, found });
}

const signatures: [number[] | string, string][] = [
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'an image'],
  ['GIF8', 'an image'],
  ['BM', 'an image'],
  ['II*\0', 'an image'],
  ['MM\0*', 'an image'],
  [[0xff, 0xd8, 0xff], 'an image'],
  ['Rar!', 'a RAR archive'],
  ["7z\xbc\xaf'\x1c", 'a 7-Zip archive'],
  [[0x1f, 0x8b], 'a gzip archive'],
  ['PK', 'an empty or damaged zip archive'],
  ['{\\rtf', 'a rich text document'],
  ['MZ', 'a program'],
  ['\x7fELF', 'a program'],
  ['PAR1', 'a Parquet file'],
];

function describe(bytes: Uint8Array): string {
  for (const [signature, words] of signatures) {
    const codes = typeof signature === 'string' ? [...signature].map((each) => each.charCodeAt(0)) : signature;
    if (startsWith(bytes, codes)) return words;
  }
  if (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]))
    return String.fromCharCode(...bytes.slice(8, 12)) === 'WEBP' ? 'an image' : 'a media file';
  const head = textOf(bytes.subarray(0, 4_096));
  if (head === null) return 'an unknown kind of file';
  const start = head
    .replace(/^\uFEFF/, '')
    .trimStart()
    .slice(0, 1_000)
    .toLowerCase();
  if (/^(<!doctype html|<html|<head|<table|<body|<meta)/.test(start)) return 'an HTML page';
  if (start.startsWith('<')) return describeMarkup(start);
  if (/^[{[]/.test(start)) return 'a JSON file';
  return hasColumns(head) ? 'a CSV file' : 'plain text';
}

function describeMarkup(start: string): string {
  if (start.includes('urn:schemas-microsoft-com:office:spreadsheet') || start.includes('progid="excel.sheet"')) {
    return 'an XML spreadsheet of Excel 2003';
  }
  if (start.includes('<svg')) return 'an image';
  return start.includes('<html') ? 'an HTML page' : 'an XML file';
}

/** Whether the first lines have the same number of separators, as lines of a table have. */
function hasColumns(text: string): boolean {
  const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== '');
  const counts = (separator: string) => lines.slice(0, 3).map((line) => line.split(separator).length);
  return [',', ';', '\t', '|'].some((separator) => {
    const [first = 0, ...others] = counts(separator);
    return first > 1 && others.every((count) => count === first);
  });
}

/** The text of these bytes, or null when they are no text. */
function textOf(bytes: Uint8Array): string | null {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = new TextDecoder(utf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'windows-1252').decode(bytes);
  return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
}

function startsWith(bytes: Uint8Array, codes: number[]): boolean {
  return codes.every((code, at) => bytes[at] === code);
}
