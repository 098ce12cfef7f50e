// The bytes of a CSV file -> rows of cells, as a workbook's reader would hand them over. Whatever separates the headings
// separates everything; text that is not UTF-8 is read as Windows wrote it. Refuses lines that do not add up.

import { parse } from 'csv-parse/sync';
import { AppError } from '../../errors.ts';
import type { SheetRow } from '../sheet.ts';

/** @param name the file's, for the message. Throws AppError DATA_INVALID. */
export function csvRows(name: string, bytes: Uint8Array): SheetRow[] {
  const text = decode(bytes);
  const end = text.search(/[\r\n]/);
  const headings = end < 0 ? text : text.slice(0, end);
  const counted = [',', ';', '\t'].map((mark) => ({ mark, times: headings.split(mark).length }));
  const delimiter = counted.reduce((most, each) => (each.times > most.times ? each : most)).mark;
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true });
  } catch (cause) {
    const reason = `${name} is not a CSV file (${cause instanceof Error ? cause.message : 'it cannot be read'})`;
    throw new AppError('DATA_INVALID', { reason }, { cause });
  }
  return lines
    .map((cells, index) => ({ row: index + 1, cells: cells.map((cell) => (cell === '' ? null : cell)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== null));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
