// Rows -> COPY's text format, in large chunks with back-pressure.

import { once } from 'node:events';
import { finished } from 'node:stream/promises';
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
  const done = finished(stream);
  // Handled where it is awaited; an error before that must not end the process.
  done.catch(() => {});
  try {
    let text = '';
    for (const row of rows) {
      for (let i = 0; i < row.length; i += 1) text += i === 0 ? field(row[i]!) : `\t${field(row[i]!)}`;
      text += '\n';
      if (text.length < chunkCharacters) continue;
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done]);
      text = '';
    }
    stream.end(text);
  } catch (error) {
    stream.destroy(error as Error);
  }
  await done;
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
