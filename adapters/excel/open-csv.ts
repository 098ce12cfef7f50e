// A text file with columns (CSV, or separated by semicolons or tabs) -> a workbook of one sheet that is named after the file.
// Parsed while it is read, in this process: text holds nothing that could run. All its cells are text. Refuses lines that do
// not add up, rows without end, and more rows than a report holds.

import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { HEAD_ROWS, type SheetRow } from '#src/clean/sheet.ts';
import { AppError } from '#src/errors.ts';
import type { OpenWorkbook } from '#src/ports.ts';

const batchRows = 250;
/** A line of characters; a quote that is never closed makes the rest of the file one. */
const longestRow = 1_000_000;
/** How much text is handed to the parser at once. */
const slice = 65_536;

/** Throws AppError UPLOAD_CORRUPT or UPLOAD_READ_LIMIT; `name` is the base name. */
export async function openCsv(
  { name, bytes }: { name: string; bytes: Uint8Array },
  { maxRows }: { maxRows: number },
): Promise<OpenWorkbook> {
  const text = decode(bytes);
  const delimiter = separatorOf(text);
  const sheet = name.replace(/\.[^.]+$/, '').trim() || name;
  const head: SheetRow[] = [];
  const size = Math.max(1, Buffer.byteLength(text));
  let share = 0;
  for await (const rows of batches()) {
    head.push(...rows.slice(0, HEAD_ROWS - head.length));
    if (head.length === HEAD_ROWS) break;
  }
  return {
    sheets: [{ name: sheet, hidden: false, rows: head }],
    notes: [],
    rows: () => batches(),
    share: () => share,
    close: async () => {},
  };

  async function* batches(): AsyncGenerator<SheetRow[]> {
    const parser = Readable.from(slices(text), { objectMode: false }).pipe(
      parse({
        bom: true,
        record_delimiter: ['\r\n', '\n', '\r'],
        delimiter,
        relax_column_count: true,
        relax_quotes: true,
        max_record_size: longestRow,
      }),
    );
    let batch: SheetRow[] = [];
    let row = 0;
    let filled = 0;
    try {
      for await (const cells of parser as AsyncIterable<string[]>) {
        row += 1;
        // Excel's own hint of what separates the columns is no row of the table.
        if (row === 1 && cells.length <= 2 && /^sep=/i.test(cells[0] ?? '')) continue;
        if (cells.every((cell) => cell === '')) continue;
        filled += 1;
        if (filled > maxRows) throw tooMany(name, maxRows);
        share = Math.min(1, parser.info.bytes / size);
        batch.push({ row, cells: cells.map((cell) => (cell === '' ? null : cell)) });
        if (batch.length < batchRows) continue;
        yield batch;
        batch = [];
      }
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError('UPLOAD_CORRUPT', { file: name, reason: whatIsWrong(cause) }, { cause });
    } finally {
      parser.destroy();
    }
    if (batch.length > 0) yield batch;
  }
}

function* slices(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += slice) yield text.slice(from, from + slice);
}

/** UTF-8, UTF-16 where a mark says so, and what Windows writes otherwise. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What stands in the most lines at the beginning; of several, what cuts the most of them into the same number of columns. */
function separatorOf(text: string): string {
  const stated = /^\ufeff?sep=(.)/i.exec(text)?.[1];
  if (stated !== undefined) return stated;
  const lines = text
    .slice(0, slice)
    .split(/\r\n|\n|\r/, HEAD_ROWS)
    .map((line) => line.replace(/"[^"]*"/g, ''))
    .filter((line) => line.trim() !== '');
  let best = { mark: ',', lines: 0, agreeing: 0 };
  for (const mark of [',', ';', '\t', '|']) {
    const columns = lines.map((line) => line.split(mark).length).filter((count) => count > 1);
    const agreeing = Math.max(0, ...columns.map((count) => columns.filter((other) => other === count).length));
    if (columns.length > best.lines || (columns.length === best.lines && agreeing > best.agreeing)) {
      best = { mark, lines: columns.length, agreeing };
    }
  }
  return best.mark;
}

function whatIsWrong(cause: unknown): string {
  const { code, records } = cause instanceof CsvError ? cause : { code: '', records: 0 };
  const after = typeof records === 'number' && records > 0 ? `after row ${records}` : 'at its beginning';
  if (code === 'CSV_MAX_RECORD_SIZE') return `${after} a row does not end; a quotation mark may be missing`;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `${after} a quotation mark is not closed`;
  return `${after} its lines do not add up`;
}

function tooMany(file: string, limit: number): AppError {
  const most = limit.toLocaleString('en');
  return new AppError('UPLOAD_READ_LIMIT', { file, reason: `it has more than ${most} rows; at most ${most} are read` });
}
