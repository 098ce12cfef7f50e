// Rows -> COPY's text format, in large chunks with back-pressure. Row-level security does not allow COPY into our tables, so
// rows go into a temporary table first, which ends with the transaction.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | null;

const chunkCharacters = 256 * 1024;

/** Copies into `table (columns)`; each row has one value a column. Zero bytes, which Postgres cannot store, are removed. */
export async function copyRows(
  client: PoolClient,
  table: string,
  columns: string[],
  rows: Iterable<CopyValue[]>,
): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(chunks(rows), { objectMode: false, highWaterMark: chunkCharacters }), stream);
}

function* chunks(rows: Iterable<CopyValue[]>): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const value of row) {
      text += separator + field(value);
      separator = '\t';
    }
    text += '\n';
    if (text.length >= chunkCharacters) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}

const special = /[\\\n\r\t\0]/;

function field(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (!special.test(value)) return value;
  return value
    .replaceAll('\0', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
