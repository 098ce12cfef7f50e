// Rows -> tables that COPY may not write to (row-level security), by way of a temporary one. What is the same in every row of
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
  columns: StagedColumn<Row>[];
  /** What becomes of the staged rows: INSERT statements over `source`, a relation `r` with client_id and upload_id, too. */
  inserts: ((source: string) => string)[];
}

export async function createStaged(
  client: pg.PoolClient,
  { staged, columns }: { staged: string; columns: { name: string; type: string }[] },
): Promise<void> {
  const types = columns.map(({ name, type }) => `${name} ${type}`);
  await client.query(`CREATE TEMP TABLE ${staged} (${types.join(', ')}) ON COMMIT DROP`);
}

/** Stages the rows, in their order, and inserts them where they belong. */
export async function addStaged<Row>(
  client: pg.PoolClient,
  { staged, columns, inserts }: StagedTable<Row>,
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
  const constants = same.map(({ name, type }, place) => `$${place + 3}::${type} AS ${name}`);
  const source = `(SELECT ${['$1::uuid AS client_id', '$2::uuid AS upload_id', ...varying.map(({ name }) => name), ...constants].join(', ')} FROM ${staged}) r`;
  const values = [owner.clientId, owner.uploadId, ...same.map(({ of }) => withoutZeros(of(first)))];
  for (const insert of inserts) await client.query(insert(source), values);
  await client.query(`TRUNCATE ${staged}`);
}

function* valuesOf<Row>(rows: Row[], columns: StagedColumn<Row>[]): Generator<CopyValue[]> {
  for (const row of rows) yield columns.map(({ of }) => of(row));
}

function withoutZeros(value: CopyValue): CopyValue {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}

/** The plain case: every column goes into the column of the same name. */
export function insertInto(table: string, columns: { name: string }[]): (source: string) => string {
  const names = ['client_id', 'upload_id', ...columns.map(({ name }) => name)].join(', ');
  return (source) => `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${source}`;
}
