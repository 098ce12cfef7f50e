// Message -> text that reads well where nothing but letters arrives: a mail's text part, a log, a screen reader.
// Wraps at a width, aligns tables by what the letters take on the screen, and keeps every word of the message.

import type { Block, FieldsBlock, Message, TableBlock, TextBlock } from './message.ts';
import { layoutTable, tableCells } from './table-layout.ts';
import { cleanLine, cleanText, displayWidth, pad, wrap } from './text.ts';

const usualWidth = 78;

/** Ends without a line break. */
export function plainText(message: Message, options: { width?: number } = {}): string {
  const width = options.width ?? usualWidth;
  const parts: string[] = [];
  if (message.title) {
    const title = wrap(cleanLine(message.title), width);
    parts.push([...title, '='.repeat(Math.max(...title.map(displayWidth)))].join('\n'));
  }
  let number = 0;
  for (const block of message.blocks) {
    const text = blockText(block, width, number);
    if (block.kind === 'actions') number += block.actions.length;
    if (text !== '') parts.push(text);
  }
  return parts.join('\n\n');
}

/** `numbered`: how many actions came before, so that numbers are unique in a message. */
function blockText(block: Block, width: number, numbered: number): string {
  switch (block.kind) {
    case 'text':
      return textText(block, width);
    case 'fields':
      return fieldsText(block, width);
    case 'table':
      return tableText(block, width);
    case 'chart':
    case 'image':
      return wrap(`[${cleanLine(block.alt)}]`, width).join('\n');
    case 'actions':
      return block.actions
        .map((action, index) => hang(`  ${numbered + index + 1}. `, cleanLine(action.label), width))
        .join('\n');
    case 'input':
      return wrap(
        block.placeholder
          ? `${cleanLine(block.label)}: (${cleanLine(block.placeholder)})`
          : `${cleanLine(block.label)}:`,
        width,
      ).join('\n');
    case 'divider':
      return '-'.repeat(Math.min(width, 40));
    case 'context':
      return wrap(cleanText(block.text), width).join('\n');
    default:
      return unknownBlock(block);
  }
}

function textText({ text, style }: TextBlock, width: number): string {
  const clean = cleanText(text);
  if (style === 'code') return clean.replace(/^/gm, '    ');
  if (style === 'warning') return hang('! ', clean, width);
  return wrap(clean, width).join('\n');
}

function fieldsText({ fields }: FieldsBlock, width: number): string {
  const labels = fields.map((field) => `${cleanLine(field.label)}:`);
  const column = Math.min(Math.max(0, ...labels.map(displayWidth)), Math.floor(width / 2));
  return fields
    .map((field, index) => hang(`${pad(labels[index] ?? '', column, 'left')} `, cleanText(field.value), width))
    .join('\n');
}

function tableText(block: TableBlock, width: number): string {
  const lines: string[] = [];
  if (block.title) lines.push(...wrap(cleanLine(block.title), width), '');
  if (block.rows.length === 0) {
    lines.push('(no rows)');
  } else {
    const table = layoutTable(block, { width, gap: 2, edges: 0, overflow: 'wrap' });
    if (table) {
      lines.push(...table.header.map(joined), table.widths.map((column) => '-'.repeat(column)).join('  '));
      for (const row of table.rows) lines.push(...row.map(joined));
    } else {
      lines.push(listed(block, width));
    }
  }
  if (block.more) lines.push('', `... and ${block.more.toLocaleString('en-US')} more`);
  return lines.join('\n');
}

/** A table too wide for the width, as one paragraph a row. */
function listed(block: TableBlock, width: number): string {
  return tableCells(block)
    .map((cells) =>
      fieldsText(
        {
          kind: 'fields',
          fields: block.columns.map((column, index) => ({ label: column.label, value: cells[index] ?? '' })),
        },
        width,
      ),
    )
    .join('\n\n');
}

function joined(cells: string[]): string {
  return cells.join('  ').trimEnd();
}

/** The text after a prefix, further lines indented under its beginning. */
function hang(prefix: string, text: string, width: number): string {
  const indent = displayWidth(prefix);
  return prefix + wrap(text, width - indent).join(`\n${' '.repeat(indent)}`);
}

function unknownBlock(block: never): never {
  throw new Error(`No plain text for the block ${JSON.stringify(block)}`);
}
