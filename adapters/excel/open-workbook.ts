// An uploaded file -> an opened workbook, in a process of its own (text with columns: in this one). The bytes lie in a file that only this user may read,
// for no longer than the process needs to open it.

import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cell, HEAD_ROWS, type RichCell, type SheetRow } from '#src/clean/sheet.ts';
import { AppError } from '#src/errors.ts';
import type { OpenWorkbook } from '#src/ports.ts';
import { lookAtFirstBytes } from './first-bytes.ts';
import { openCsv } from './open-csv.ts';
import type { FormattedCell, WireCell, WireRow } from './protocol.ts';
import { ReadingProcess } from './reading-process.ts';

export interface Limits {
  /** Seconds of waiting for the reading process, over the life of one workbook. */
  maxSeconds: number;
  /** Memory of the whole reading process. */
  maxMemoryMb: number;
  tempDir: string | null;
  maxBytes: number | null;
  maxSheets: number;
  /** Rows that hold anything, in one sheet. */
  maxRows: number;
}

/** Throws AppError `UPLOAD_...`. */
export async function openWorkbook(file: { name: string; bytes: Uint8Array }, limits: Limits): Promise<OpenWorkbook> {
  const name = file.name.replace(/^.*[\\/]/s, '');
  if (limits.maxBytes !== null && file.bytes.length > limits.maxBytes) {
    throw new AppError('UPLOAD_TOO_LARGE', {
      file: name,
      size: megabytes(file.bytes.length),
      limit: megabytes(limits.maxBytes),
    });
  }
  if (lookAtFirstBytes(name, file.bytes) === 'csv') return openCsv({ name, bytes: file.bytes }, limits);
  const folder = await mkdtemp(join(await realpath(limits.tempDir ?? tmpdir()), 'taskifai-'));
  let reading: ReadingProcess | null = null;
  try {
    const path = join(folder, 'workbook');
    await writeFile(path, file.bytes, { mode: 0o600, flag: 'wx' });
    reading = new ReadingProcess(path, name, limits);
    reading.say({ do: 'open', file: path, headRows: HEAD_ROWS, maxMemoryMb: limits.maxMemoryMb });
    const heads = await reading.hear();
    if (heads.is !== 'heads') throw new Error(`The reading process answered ${heads.is} to open`);
    if (heads.sheets.length > limits.maxSheets) throw tooMany(name, heads.sheets.length, limits.maxSheets, 'sheets');
    return opened(reading, heads, name, limits.maxRows);
  } catch (error) {
    await reading?.close();
    throw error;
  } finally {
    // The process has the file open by now and needs its name no more.
    await rm(folder, { recursive: true, force: true });
  }
}

type Heads = Extract<Awaited<ReturnType<ReadingProcess['hear']>>, { is: 'heads' }>;

function opened(reading: ReadingProcess, heads: Heads, name: string, maxRows: number): OpenWorkbook {
  let busy = false;
  let left = false;
  let share = 0;
  return {
    sheets: heads.sheets.map(({ name, hidden, rows }) => ({
      name,
      hidden,
      rows: rows.map((row) => unpack(row, heads.formats)),
    })),
    notes: heads.notes,
    share: () => share,
    async *rows(sheet) {
      const index = heads.sheets.findIndex((each) => each.name === sheet);
      if (index < 0) throw new Error(`There is no sheet of the name that was asked for`);
      if (busy) throw new Error('The rows of one sheet must be read, or left, before those of another');
      busy = true;
      share = 0;
      // What was still under way when somebody left the rows of a sheet early.
      while (left && (await reading.hear()).is !== 'end');
      left = true;
      let count = 0;
      try {
        reading.say({ do: 'rows', sheet: index });
        for (;;) {
          const reply = await reading.hear();
          if (reply.is === 'end') {
            left = false;
            return;
          }
          if (reply.is !== 'batch') throw new Error(`The reading process answered ${reply.is} to rows`);
          share = reply.share;
          count += reply.rows.length;
          if (count > maxRows) throw tooMany(name, null, maxRows, 'rows in a sheet');
          reading.say({ do: 'more' });
          yield reply.rows.map((row) => unpack(row, heads.formats));
        }
      } finally {
        if (left) reading.say({ do: 'stop' });
        busy = false;
      }
    },
    close: () => reading.close(),
  };
}

function unpack(row: WireRow, formats: string[]): SheetRow {
  const cells: Cell[] = [];
  for (let at = 1; at < row.length; at += 1) {
    const cell = row[at] as WireCell;
    if (typeof cell !== 'object' || cell === null) cells.push(cell);
    else if (Array.isArray(cell)) cells.push(formatted(cell, formats));
    else if ('skip' in cell) for (let n = 0; n < cell.skip; n += 1) cells.push(null);
    else cells.push(cell);
  }
  return { row: row[0], cells };
}

function formatted([value, format, raw]: FormattedCell, formats: string[]): RichCell {
  const kind = typeof value === 'number' ? 'number' : 'date';
  return { kind, value, raw: raw ?? String(value), format: formats[format]! };
}

/** `count` null when nobody has counted to the end. */
function tooMany(file: string, count: number | null, limit: number, what: string): AppError {
  const most = limit.toLocaleString('en');
  const reason = `it has ${count === null ? `more than ${most}` : count.toLocaleString('en')} ${what}; at most ${most} are read`;
  return new AppError('UPLOAD_READ_LIMIT', { file, reason });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
