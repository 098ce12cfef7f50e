// Message -> what a terminal shows: box-drawn tables that fit it, colours where they are wanted, pictures where the
// terminal can. Text in a message never reaches the terminal with control characters in it.

import type { Block, Message, TableBlock } from '#src/message/message.ts';
import { plainText } from '#src/message/plain-text.ts';
import { layoutTable } from '#src/message/table-layout.ts';
import { cleanLine, cleanText, wrap } from '#src/message/text.ts';

export interface ConsoleStyle {
  /** Columns of the terminal. */
  width: number;
  color: boolean;
  images: 'none' | 'iterm' | 'kitty';
  /** Where each attachment was written, by name. */
  paths?: ReadonlyMap<string, string>;
}

const paints = { bold: 1, dim: 2, yellow: 33, cyan: 36 } as const;

/** Ends without a line break. */
export function renderConsole(message: Message, style: ConsoleStyle): string {
  const paint = painter(style.color);
  const parts = message.title ? [paint('bold', wrap(cleanLine(message.title), style.width).join('\n'))] : [];
  const shown = new Set<string>();
  let numbered = 0;
  for (const block of message.blocks) {
    parts.push(blockText(block, message, style, numbered, shown));
    if (block.kind === 'actions') numbered += block.actions.length;
  }
  for (const { name } of message.attachments ?? []) {
    if (!shown.has(name)) parts.push(paint('dim', `File: ${cleanLine(style.paths?.get(name) ?? name)}`));
  }
  return parts.filter((part) => part !== '').join('\n\n');
}

function blockText(block: Block, message: Message, style: ConsoleStyle, numbered: number, shown: Set<string>): string {
  const paint = painter(style.color);
  const plain = (one: Block) => plainText({ blocks: [one] }, { width: style.width });
  switch (block.kind) {
    case 'text':
      return block.style === 'warning'
        ? paint('yellow', plain(block))
        : block.style === 'strong'
          ? paint('bold', plain(block))
          : block.style === 'code'
            ? paint('cyan', plain(block))
            : plain(block);
    case 'table':
      return boxed(block, style) ?? plain(block);
    case 'chart':
    case 'image': {
      if (!block.attachment) return plain(block);
      shown.add(block.attachment);
      const path = style.paths?.get(block.attachment) ?? block.attachment;
      return [
        picture(block.attachment, message, style.images),
        plain(block),
        paint('dim', `Picture: ${cleanLine(path)}`),
      ]
        .filter((text) => text !== '')
        .join('\n');
    }
    case 'actions':
      return block.actions
        .map((action, index) => `  ${paint('cyan', `[${numbered + index + 1}]`)} ${cleanLine(action.label)}`)
        .join('\n');
    case 'divider':
      return paint('dim', '─'.repeat(Math.min(style.width, 60)));
    case 'context':
      return paint('dim', wrap(cleanText(block.text), style.width).join('\n'));
    case 'fields':
    case 'input':
      return plain(block);
    default:
      return unknownBlock(block);
  }
}

function boxed(block: TableBlock, style: ConsoleStyle): string | null {
  if (block.rows.length === 0) return null;
  const table = layoutTable(block, { width: style.width, gap: 3, edges: 4, overflow: 'elide' });
  if (!table) return null;
  const paint = painter(style.color);
  const rule = (left: string, middle: string, right: string) =>
    paint('dim', left + table.widths.map((width) => '─'.repeat(width + 2)).join(middle) + right);
  const bar = paint('dim', '│');
  const row = (cells: string[], bold = false) =>
    `${bar} ${cells.map((text) => (bold ? paint('bold', text) : text)).join(` ${bar} `)} ${bar}`;
  const lines = block.title ? [paint('bold', cleanLine(block.title))] : [];
  lines.push(rule('┌', '┬', '┐'), ...table.header.map((cells) => row(cells, true)), rule('├', '┼', '┤'));
  for (const height of table.rows) lines.push(...height.map((cells) => row(cells)));
  lines.push(rule('└', '┴', '┘'));
  if (block.more) lines.push(paint('dim', `… and ${block.more.toLocaleString('en-US')} more`));
  return lines.join('\n');
}

/** The inline picture protocols of iTerm2 (WezTerm too) and kitty. */
function picture(name: string, message: Message, images: ConsoleStyle['images']): string {
  const data = message.attachments?.find((attachment) => attachment.name === name)?.data;
  if (!data || images === 'none') return '';
  const encoded = Buffer.from(data).toString('base64');
  if (images === 'iterm') return `\u001b]1337;File=inline=1;size=${data.length};width=80%:${encoded}\u0007`;
  const chunks = encoded.match(/.{1,4096}/g) ?? [];
  return chunks
    .map(
      (chunk, index) =>
        `\u001b_G${index === 0 ? 'a=T,f=100,c=80,' : ''}m=${index < chunks.length - 1 ? 1 : 0};${chunk}\u001b\\`,
    )
    .join('');
}

/** What this terminal can, from its environment: colours on a terminal unless NO_COLOR is set, and pictures. */
export function consoleStyle(
  terminal: { isTTY?: boolean; columns?: number },
  env: Record<string, string | undefined>,
): Omit<ConsoleStyle, 'paths'> {
  const tty = terminal.isTTY === true;
  const program = env.TERM_PROGRAM ?? '';
  const kitty = env.KITTY_WINDOW_ID !== undefined || env.TERM === 'xterm-kitty';
  const images =
    !tty || env.TMUX ? 'none' : kitty ? 'kitty' : program === 'iTerm.app' || program === 'WezTerm' ? 'iterm' : 'none';
  return {
    width: Math.max(40, Math.min(terminal.columns ?? 100, 140)),
    color: tty && !env.NO_COLOR && env.TERM !== 'dumb',
    images,
  };
}

function painter(color: boolean): (paint: keyof typeof paints, text: string) => string {
  return (paint, text) =>
    color && text !== '' ? text.replace(/^.+$/gm, (line) => `\u001b[${paints[paint]}m${line}\u001b[0m`) : text;
}

function unknownBlock(block: never): never {
  throw new Error(`The terminal does not know the block ${JSON.stringify(block)}`);
}
