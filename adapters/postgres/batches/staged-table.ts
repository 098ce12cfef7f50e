// Rows -> tables that COPY may not write to (row-level security), by way of a temporary one. Rows wait as bytes, which take a
// fraction of their room, until there are enough for a statement. What is the same in all of them, as the sheet, the reseller
// and the currency mostly are, travels once, as a parameter.

import type pg from 'pg';
import { type CopyValue, copyLines, field } from './copy.ts';

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

/** A column that says the same in every row that waits. */
interface Same<Row> {
  column: StagedColumn<Row>;
  value: CopyValue;
}

/** How many rows a statement takes: fewer cost more round trips, more keep the database idle while they gather. */
const atOnce = 8_000;

/** One connection does one thing at a time: what is to be done on it, in order. */
export class Lane {
  readonly client: pg.PoolClient;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  /** Runs when everything before it has ended, however it ended. */
  run<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => work(this.client));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Waits until nothing is under way any more: before that the connection must not be given back. */
  async settled(): Promise<void> {
    await this.#last;
  }
}

/** Text as bytes, in room that is used again: kept as strings, pieced together of many, it would cost several times as much. */
class Lines {
  #room = Buffer.allocUnsafe(1_000_000);
  #length = 0;

  add(text: string): void {
    // No character takes more than three bytes for each of its UTF-16 units.
    const most = this.#length + text.length * 3;
    if (most > this.#room.length) {
      const larger = Buffer.allocUnsafe(most * 2);
      this.#room.copy(larger, 0, 0, this.#length);
      this.#room = larger;
    }
    this.#length += this.#room.write(text, this.#length);
  }

  bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }
}

export class Staging<Row> {
  #lane: Lane;
  #table: StagedTable<Row>;
  #owner: { clientId: string; uploadId: string };
  #created = false;
  #lines = new Lines();
  /** What is under way, or free to be filled again. */
  #other = new Lines();
  #count = 0;
  #varying: StagedColumn<Row>[] = [];
  #same: Same<Row>[] = [];
  #sent: Promise<void> = Promise.resolve();

  constructor(lane: Lane, table: StagedTable<Row>, owner: { clientId: string; uploadId: string }) {
    this.#lane = lane;
    this.#table = table;
    this.#owner = owner;
  }

  /** Takes the rows, in their order; they are inserted now or with later ones. */
  async add(rows: Row[]): Promise<void> {
    if (rows.length === 0) return;
    if (this.#count > 0 && !this.#fits(rows)) await this.#flush();
    if (this.#count === 0) this.#begin(rows);
    let text = '';
    for (const row of rows) text += this.#line(row);
    this.#lines.add(text);
    this.#count += rows.length;
    if (this.#count >= atOnce) await this.#flush();
  }

  /** Inserts what waits, and returns when all of it is in. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#sent;
  }

  /** Sends what waits. One statement may be under way while the next rows gather; it fails whoever comes after it. */
  async #flush(): Promise<void> {
    await this.#sent;
    if (this.#count === 0) return;
    const [lines, varying, same] = [this.#lines, this.#varying, this.#same];
    this.#sent = this.#lane.run((client) => this.#send(client, lines, varying, same));
    this.#sent.catch(() => {});
    this.#lines = this.#other;
    this.#lines.clear();
    this.#other = lines;
    this.#count = 0;
  }

  async #send(client: pg.PoolClient, lines: Lines, columns: StagedColumn<Row>[], same: Same<Row>[]): Promise<void> {
    const { staged, inserts } = this.#table;
    if (!this.#created) {
      this.#created = true;
      const types = this.#table.columns.map(({ name, type }) => `${name} ${type}`);
      await client.query(`CREATE TEMP TABLE ${staged} (${types.join(', ')}) ON COMMIT DROP`);
    }
    const varying = columns.map(({ name }) => name);
    await copyLines(client, staged, varying, lines.bytes());
    const constants = same.map(({ column: { name, type } }, place) => `$${place + 3}::${type} AS ${name}`);
    const source = `(SELECT ${['$1::uuid AS client_id', '$2::uuid AS upload_id', ...varying, ...constants].join(', ')} FROM ${staged}) r`;
    const values = [this.#owner.clientId, this.#owner.uploadId, ...same.map(({ value }) => withoutZeros(value))];
    for (const insert of inserts) await client.query(insert(source), values);
    await client.query(`TRUNCATE ${staged}`);
  }

  #begin(rows: Row[]): void {
    const { columns } = this.#table;
    const first = rows[0]!;
    this.#same = columns
      .map((column) => ({ column, value: column.of(first) }))
      .filter(({ column, value }) => rows.every((row) => column.of(row) === value));
    // COPY needs something to copy.
    if (this.#same.length === columns.length) this.#same.pop();
    const same = new Set(this.#same.map(({ column }) => column));
    this.#varying = columns.filter((column) => !same.has(column));
  }

  #fits(rows: Row[]): boolean {
    return this.#same.every(({ column, value }) => rows.every((row) => column.of(row) === value));
  }

  #line(row: Row): string {
    let line = '';
    let separator = '';
    for (const { of } of this.#varying) {
      line += separator + field(of(row));
      separator = '\t';
    }
    return `${line}\n`;
  }
}

function withoutZeros(value: CopyValue): CopyValue {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}

/** The plain case: every column goes into the column of the same name. */
export function insertInto(table: string, columns: { name: string }[]): (source: string) => string {
  const names = ['client_id', 'upload_id', ...columns.map(({ name }) => name)].join(', ');
  return (source) => `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${source}`;
}
