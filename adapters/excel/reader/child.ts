// The reading process: takes commands on stdin, answers on stdout, reads one file. It ends when its parent hangs up, when
// the file is refused, or when it holds more memory than it may.

import { fstatSync, openSync } from 'node:fs';
import { readArchive } from '../package/archive.ts';
import { Parts } from '../package/parts.ts';
import { bomb, Refusal } from '../package/refusal.ts';
import { type Command, CREDIT, type Reply, type WireRow } from '../protocol.ts';
import { seal } from './seal.ts';
import { SheetRows } from './sheet-rows.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

const BATCH_ROWS = 250;
const BATCH_CELLS = 100_000;
const MAX_HEAD_CELLS = 10_000_000;
const SHEET_LIMIT = 1_000_000_000;

let parts: Parts;
let book: Workbook;
let maxMemory = Number.POSITIVE_INFINITY;
let credit = 0;
let stopped = false;
let granted: () => void = () => {};

seal();
listen();

function listen(): void {
  let held = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text: string) => {
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) obey(JSON.parse(line) as Command).catch(refuse);
  });
  process.stdin.on('end', () => process.exit(0));
}

async function obey(command: Command): Promise<void> {
  if (command.do === 'open') {
    maxMemory = command.maxMemoryMb * 1_000_000;
    await open(command.file, command.headRows);
  } else if (command.do === 'rows') {
    credit = CREDIT;
    stopped = false;
    await sendRows(command.sheet);
  } else {
    if (command.do === 'stop') stopped = true;
    else credit += 1;
    granted();
  }
}

async function open(file: string, headRows: number): Promise<void> {
  const fd = openSync(file, 'r');
  parts = new Parts(readArchive(fd, fstatSync(fd).size));
  book = await readWorkbook(parts);
  const sheets = [];
  let width = 0;
  for (const { name, hidden, part } of book.sheets) {
    const reader = new SheetRows(book);
    for await (const _ of parts.feed(part, reader, SHEET_LIMIT, () => reader.weight)) {
      if (reader.rows.length >= headRows) break;
      checkMemory();
    }
    width += reader.width;
    if (width > MAX_HEAD_CELLS) throw bomb('more cells than a report can hold');
    sheets.push({ name, hidden, rows: reader.rows.slice(0, headRows) });
  }
  send({ is: 'heads', sheets, notes: book.notes, formats: [...book.formatIndex.keys()] });
}

async function sendRows(sheet: number): Promise<void> {
  const reader = new SheetRows(book);
  for await (const share of parts.feed(book.sheets[sheet]!.part, reader, SHEET_LIMIT, () => reader.weight)) {
    checkMemory();
    if (stopped) break;
    if (reader.rows.length >= BATCH_ROWS || reader.width >= BATCH_CELLS) await sendBatches(take(reader), share);
  }
  await sendBatches(take(reader), 1);
  send({ is: 'end' });
}

function take(reader: SheetRows): WireRow[] {
  const { rows } = reader;
  reader.rows = [];
  reader.width = 0;
  return rows;
}

/** A single chunk can hold many very wide rows: batches are cut by what they cost the one who takes them. */
async function sendBatches(rows: WireRow[], share: number): Promise<void> {
  let batch: WireRow[] = [];
  let cells = 0;
  for (const row of rows) {
    batch.push(row);
    cells += widthOf(row);
    if (batch.length >= BATCH_ROWS || cells >= BATCH_CELLS) {
      await sendBatch(batch, share);
      batch = [];
      cells = 0;
    }
  }
  if (batch.length > 0) await sendBatch(batch, share);
}

async function sendBatch(rows: WireRow[], share: number): Promise<void> {
  while (credit === 0 && !stopped) await new Promise<void>((resolve) => (granted = resolve));
  if (stopped) return;
  credit -= 1;
  send({ is: 'batch', rows, share });
}

function widthOf(row: WireRow): number {
  let width = 0;
  for (const cell of row) width += typeof cell === 'object' && cell !== null && 'skip' in cell ? cell.skip : 1;
  return width;
}

function send(reply: Reply): void {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}

function checkMemory(): void {
  if (process.memoryUsage.rss() > maxMemory) {
    throw new Refusal('UPLOAD_READ_LIMIT', {
      reason: `more than ${maxMemory / 1_000_000} MB of memory; it is too large`,
    });
  }
}

function refuse(error: unknown): void {
  if (!(error instanceof Refusal)) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 70;
  } else send({ is: 'refused', code: error.code, params: error.params });
  process.stdin.destroy();
}
