// Rows -> a table that COPY may not write to (row-level security), by way of a temporary one. What is the same in every row of
// a chunk, as the sheet, the reseller and the currency mostly are, travels once, as a parameter.

import type pg from 'pg';
import { type CopyValue, copyRows } from './copy.ts';

export interface StagedColumn<Row> {
  name: string;
  /** Of the temporary table; that of the real one, or what it casts to by itself. */
  type: string;
  of(row: Row): CopyValue;
}

export interface StagedTable<Row> {
  /** The temporary table, which ends with the transaction. */
  staged: string;
  /** The table that the rows are for; it has client_id and upload_id, too. */
  into: string;
  columns: StagedColumn<Row>[];
}

export async function createStaged(
  client: pg.PoolClient,
  { staged, columns }: { staged: string; columns: { name: string; type: string }[] },
): Promise<void> {
  const types = columns.map(({ name, type }) => `${name} ${type}`);
  await client.query(`CREATE TEMP TABLE ${staged} (${types.join(', ')}) ON COMMIT DROP`);
}

/** Adds the rows to `into`, in their order. */
export async function addStaged<Row>(
  client: pg.PoolClient,
  { staged, into, columns }: StagedTable<Row>,
  owner: { clientId: string; uploadId: string },
  rows: Row[],
): Promise<void> {
  const [first, ...others] = rows;
  if (first === undefined) return;
  const same = columns.filter(({ of }) => {
    const value = of(first);
    return others.every((row) => of(row) === value);
  });
  const varying = columns.filter((column) => !same.includes(column));
  if (varying.length === 0) varying.push(same.pop()!);
  await copyRows(
    client,
    staged,
    varying.map(({ name }) => name),
    valuesOf(rows, varying),
  );
  const names = [...varying, ...same].map(({ name }) => name).join(', ');
  const values = [...varying.map(({ name }) => name), ...same.map(({ type }, place) => `$${place + 3}::${type}`)].join(
    ', ',
  );
  await client.query(`INSERT INTO ${into} (client_id, upload_id, ${names}) SELECT $1, $2, ${values} FROM ${staged}`, [
    owner.clientId,
    owner.uploadId,
    ...same.map(({ of }) => of(first)).map((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value)),
  ]);
  await client.query(`TRUNCATE ${staged}`);
}

function* valuesOf<Row>(rows: Row[], columns: StagedColumn<Row>[]): Generator<CopyValue[]> {
  for (const row of rows) yield columns.map(({ of }) => of(row));
}
