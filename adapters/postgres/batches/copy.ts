// Rows -> COPY's text format, and on to a table.

import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | null;

/** Copies lines in COPY's text format into `table (columns)`; the bytes may be used again when it returns. */
export async function copyLines(client: PoolClient, table: string, columns: string[], lines: Buffer): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  stream.end(lines);
  await finished(stream);
}

/** Copies into `table (columns)`; each row has one value a column. */
export async function copyRows(
  client: PoolClient,
  table: string,
  columns: string[],
  rows: Iterable<CopyValue[]>,
): Promise<void> {
  let text = '';
  for (const row of rows) text += `${row.map(field).join('\t')}\n`;
  await copyLines(client, table, columns, Buffer.from(text));
}

const special = /[\\\n\r\t\0]/;

/** A value as COPY reads it. Zero bytes, which Postgres cannot store, are removed. */
export function field(value: CopyValue): string {
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
