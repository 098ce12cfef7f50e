// A worksheet part -> its rows that hold anything, in the form they have on the wire. Cells and rows without an address
// are counted; the dimension tag is never looked at. Refuses more rows or columns than Excel has.

import type { RichCell } from '#src/clean/sheet.ts';
import { bomb, corrupt } from '../package/refusal.ts';
import type { Attributes, Handler } from '../package/xml.ts';
import type { WireCell, WireRow } from '../protocol.ts';
import { cellOf } from './cells.ts';
import { append } from './text.ts';
import type { Workbook } from './workbook.ts';

const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;
/** Empty cells between filled ones count too: they cost whoever takes the rows as much. */
const MAX_CELLS = 60_000_000;

export class SheetRows implements Handler {
  /** Finished rows; the caller takes them out. */
  rows: WireRow[] = [];
  /** How many cells the finished rows stand for, with the empty ones. The caller sets it back. */
  width = 0;
  /** Rows and cells seen, empty ones too. */
  weight = 0;

  #book: Workbook;
  #total = 0;
  #inData = false;
  #row = 0;
  #rowGiven = false;
  #before = 0;
  #cells: WireCell[] = [];
  #columns = 0;
  #late: [column: number, cell: WireCell][] = [];
  #inCell = false;
  #column = 0;
  #type: string | undefined;
  #style: string | undefined;
  #value: string | null = null;
  #inline: string | null = null;
  #formula = false;
  #phonetic = false;
  #into: 'value' | 'inline' | null = null;

  constructor(book: Workbook) {
    this.#book = book;
  }

  open(name: string, attributes: Attributes, depth: number): void {
    if (!this.#inData) {
      if (depth === 1 && name !== 'worksheet') throw corrupt('a sheet is not a worksheet');
      if (depth === 2 && name === 'sheetData') this.#inData = true;
      return;
    }
    if (depth === 4) {
      if (name === 'c') this.#openCell(attributes);
    } else if (depth === 3) {
      if (name === 'row') this.#openRow(attributes.get('r'));
    } else if (!this.#inCell) return;
    else if (name === 'v') {
      this.#value = '';
      this.#into = 'value';
    } else if (name === 'f') this.#formula = true;
    else if (name === 'is') this.#inline = '';
    else if (name === 't' && this.#inline !== null && !this.#phonetic) this.#into = 'inline';
    else if (name === 'rPh') this.#phonetic = true;
  }

  close(name: string): void {
    if (!this.#inData) return;
    if (name === 'v' || name === 't') this.#into = null;
    else if (name === 'c' && this.#inCell) this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'sheetData') this.#inData = false;
  }

  text(text: string): void {
    if (this.#into === 'value') this.#value = append(this.#value ?? '', text);
    else if (this.#into === 'inline') this.#inline = append(this.#inline ?? '', text);
  }

  #openRow(address: string | undefined): void {
    this.#before = this.#row;
    this.#rowGiven = address !== undefined;
    this.#row += 1;
    if (address !== undefined) this.#number(Number(address));
    else if (this.#row > MAX_ROWS) throw bomb('more rows than Excel can hold');
    this.#cells = [];
    this.#columns = 0;
    this.#column = -1;
    this.weight += 1;
  }

  #openCell(attributes: Attributes): void {
    this.#inCell = true;
    this.weight += 1;
    const address = attributes.get('r');
    this.#column = address === undefined ? this.#column + 1 : this.#place(address);
    if (this.#column >= MAX_COLUMNS) {
      if (address === undefined) throw bomb('more columns than Excel can hold');
      throw corrupt('a column lies outside of what Excel allows');
    }
    this.#type = attributes.get('t');
    this.#style = attributes.get('s');
    this.#value = null;
    this.#inline = null;
    this.#formula = false;
  }

  #number(row: number): void {
    if (!(row >= 1 && row <= MAX_ROWS)) throw corrupt('a row lies outside of what Excel allows');
    if (row === this.#before) throw corrupt('a row is given twice');
    this.#row = row;
  }

  /** `BC12` -> column 54; takes the row from it when the row itself does not say. */
  #place(address: string): number {
    let column = 0;
    let at = 0;
    for (; at < address.length; at += 1) {
      const letter = address.charCodeAt(at) & 0xdf;
      if (letter < 65 || letter > 90) break;
      column = column * 26 + letter - 64;
    }
    if (at === 0 || at > 3) throw corrupt('the address of a cell makes no sense');
    if (!this.#rowGiven) {
      this.#number(Number(address.slice(at)));
      this.#rowGiven = true;
    }
    return column - 1;
  }

  #closeCell(): void {
    this.#inCell = false;
    const cell = cellOf(this.#book, this.#type, this.#style, this.#value, this.#inline, this.#formula);
    if (cell === null) return;
    const wire = typeof cell === 'object' ? this.#packed(cell) : cell;
    if (this.#column < this.#columns) this.#late.push([this.#column, wire]);
    else this.#append(this.#column, wire);
  }

  /** Numbers and dates with a format go in short form: they are most of what is sent. */
  #packed(cell: RichCell): WireCell {
    const { value, raw, format } = cell;
    if (format === undefined || typeof value === 'boolean' || value === null) return cell;
    const index = this.#book.formatIndex.get(format);
    if (index === undefined) return cell;
    return typeof value === 'number' && String(value) === raw ? [value, index] : [value, index, raw];
  }

  #append(column: number, cell: WireCell): void {
    const gap = column - this.#columns;
    if (gap === 1) this.#cells.push(null);
    else if (gap > 1) this.#cells.push({ skip: gap });
    this.#cells.push(cell);
    this.#columns = column + 1;
  }

  /** Some writers give the cells of a row in no order. A cell that is given twice has no right value. */
  #sort(): void {
    const placed = this.#late;
    let column = 0;
    for (const cell of this.#cells) {
      if (typeof cell === 'object' && cell !== null && 'skip' in cell) column += cell.skip;
      else {
        if (cell !== null) placed.push([column, cell]);
        column += 1;
      }
    }
    placed.sort((a, b) => a[0] - b[0]);
    this.#late = [];
    this.#cells = [];
    this.#columns = 0;
    for (const [at, cell] of placed) {
      if (at < this.#columns) throw corrupt('a cell is given twice');
      this.#append(at, cell);
    }
  }

  #closeRow(): void {
    if (this.#columns === 0) return;
    if (this.#late.length > 0) this.#sort();
    this.width += this.#columns;
    this.#total += this.#columns;
    if (this.#total > MAX_CELLS) throw bomb('more cells than a report can hold');
    this.rows.push([this.#row, ...this.#cells]);
  }
}
