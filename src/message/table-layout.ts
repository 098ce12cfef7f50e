// A table block -> columns of text that fit a width: what the plain-text and the terminal renderer share. Numbers are
// never cut; text is wrapped or elided; null when even that cannot make it fit, so that the caller lists the rows instead.

import { columnDigits, formatValue } from './format.ts';
import type { TableBlock } from './message.ts';
import { cleanLine, displayWidth, elide, pad, wrap } from './text.ts';

export interface TableLayout {
  widths: number[];
  align: ('left' | 'right')[];
  /** Each line is one padded string a column. */
  header: string[][];
  /** A row is one or more such lines. */
  rows: string[][][];
}

interface Fit {
  width: number;
  /** Columns between two cells, and at the outer edges. */
  gap: number;
  edges: number;
  overflow: 'wrap' | 'elide';
}

const narrowest = 6;

/** The cells as printed, column by column in the block's order. */
export function tableCells(block: TableBlock): string[][] {
  const digits = block.columns.map((column) =>
    columnDigits(
      column,
      block.rows.map((row) => row[column.key]),
    ),
  );
  return block.rows.map((row) =>
    block.columns.map((column, index) => formatValue(row[column.key], column, digits[index])),
  );
}

export function layoutTable(block: TableBlock, fit: Fit): TableLayout | null {
  const cells = tableCells(block);
  const labels = block.columns.map((column) => cleanLine(column.label));
  const align = block.columns.map((column) => (column.kind === 'number' ? ('right' as const) : ('left' as const)));
  const needed = labels.map((label, index) => widest([label, ...cells.map((row) => row[index] ?? '')]));
  const least = labels.map((label, index) =>
    align[index] === 'right'
      ? Math.max(widest(label.split(' ')), widest(cells.map((row) => row[index] ?? '')))
      : Math.min(needed[index] ?? 0, narrowest),
  );
  const room = fit.width - fit.edges - fit.gap * Math.max(0, labels.length - 1);
  const widths = shrink(needed, least, room);
  if (!widths) return null;
  const line = (texts: string[], overflow: Fit['overflow']): string[][] => {
    const parts = texts.map((text, index) =>
      overflow === 'wrap' ? wrap(text, widths[index] ?? 0) : [elide(text, widths[index] ?? 0)],
    );
    const height = Math.max(1, ...parts.map((part) => part.length));
    return Array.from({ length: height }, (_, at) =>
      parts.map((part, index) => pad(part[at] ?? '', widths[index] ?? 0, align[index] ?? 'left')),
    );
  };
  return { widths, align, header: line(labels, 'wrap'), rows: cells.map((row) => line(row, fit.overflow)) };
}

/** Takes from the widest column first, never below its least; null when that is not enough. */
function shrink(needed: number[], least: number[], room: number): number[] | null {
  const widths = [...needed];
  let excess = sum(widths) - room;
  while (excess > 0) {
    let at = -1;
    for (let index = 0; index < widths.length; index += 1) {
      const width = widths[index] ?? 0;
      if (width > (least[index] ?? 0) && (at < 0 || width > (widths[at] ?? 0))) at = index;
    }
    if (at < 0) return null;
    widths[at] = (widths[at] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function widest(texts: string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
