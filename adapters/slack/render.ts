// Message -> what Slack shows: blocks in which nothing that people or workbooks wrote is read as markup, a mention or a link, within
// every limit, and the same in words for notifications and screen readers. Pure: pictures go by the ids of uploaded files.

import type { types } from '@slack/bolt';
import type {
  ActionsBlock,
  Block,
  FieldsBlock,
  InputBlock,
  Message,
  TableBlock,
  TextBlock,
} from '#src/message/message.ts';
import { plainText } from '#src/message/plain-text.ts';
import { tableCells } from '#src/message/table-layout.ts';
import { cut, escaped, line, pieces } from './letters.ts';
import { limits } from './limits.ts';

type KnownBlock = types.KnownBlock;
type RichTextBlock = types.RichTextBlock;
type RichTextSection = types.RichTextSection;
type SlackActions = types.ActionsBlock;
type SlackTable = types.TableBlock;

export interface Rendered {
  /** Stands in notifications, and for those who see no blocks. */
  text: string;
  blocks: KnownBlock[];
}

/** `files`: the ids of the attachments that were uploaded, by name; what is missing is told in words. */
export function render(message: Message, files: ReadonlyMap<string, string> = new Map()): Rendered {
  const blocks: KnownBlock[] = [];
  if (message.title)
    blocks.push({
      type: 'header',
      text: { type: 'plain_text', text: line(message.title, limits.header), emoji: false },
    });
  const room = { tables: limits.table.characters, actions: 0 };
  for (const block of message.blocks) blocks.push(...renderBlock(block, files, room));
  return { text: inWords(message), blocks: shortened(blocks) };
}

/** Without blocks: what is posted where Slack refuses them. */
export function inWords(message: Message): string {
  return escaped(cut(plainText(message, { width: 100 }), limits.text));
}

interface Room {
  /** Characters that tables may still take, all together. */
  tables: number;
  /** Actions so far, so that ids are unique. */
  actions: number;
}

function renderBlock(block: Block, files: ReadonlyMap<string, string>, room: Room): KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return text(block);
    case 'fields':
      return [fields(block)];
    case 'table':
      return table(block, room);
    case 'chart':
    case 'image':
      return [picture(block.alt, files.get(block.attachment ?? ''))];
    case 'actions':
      return actions(block, room);
    case 'input':
      return [input(block)];
    case 'divider':
      return [{ type: 'divider' }];
    case 'context':
      return block.text.trim() === '' ? [] : [context(block.text)];
  }
}

function text({ text: said, style }: TextBlock): KnownBlock[] {
  const shown = style === 'warning' ? `⚠ ${said}` : said;
  return pieces(shown, limits.richText).map((piece): RichTextBlock => {
    if (style === 'code') return rich({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece }] });
    const bold = style === 'strong' ? { style: { bold: true } } : {};
    return rich({ type: 'rich_text_section', elements: [{ type: 'text', text: piece, ...bold }] });
  });
}

function fields({ fields: all }: FieldsBlock): KnownBlock {
  const most = Math.floor(limits.richText / Math.max(1, all.length));
  const lines = all.flatMap(({ label, value }, at): RichTextSection['elements'] => [
    { type: 'text', text: `${line(label, 80)}: `, style: { bold: true } },
    { type: 'text', text: `${line(value, Math.max(20, most - 90)) || '–'}${at === all.length - 1 ? '' : '\n'}` },
  ]);
  return rich({ type: 'rich_text_section', elements: lines.length === 0 ? [{ type: 'text', text: ' ' }] : lines });
}

function table(block: TableBlock, room: Room): KnownBlock[] {
  const columns = block.columns.slice(0, limits.table.columns);
  const title = block.title === undefined ? [] : text({ kind: 'text', text: block.title, style: 'strong' });
  // An empty cell is refused.
  const cell = (said: string): SlackTable['rows'][number][number] => ({
    type: 'raw_text',
    text: line(said, 200) || ' ',
  });
  const rows: SlackTable['rows'] = [columns.map(({ label }) => cell(label))];
  for (const cells of tableCells(block).slice(0, limits.table.rows - 1)) {
    const made = cells.slice(0, columns.length).map(cell);
    const size = made.reduce((sum, each) => sum + ('text' in each ? [...each.text].length : 0), 0);
    if (size > room.tables) break;
    room.tables -= size;
    rows.push(made);
  }
  const settings = columns.map(({ kind }) => ({ align: kind === 'number' ? ('right' as const) : ('left' as const) }));
  const more = (block.more ?? 0) + block.rows.length - (rows.length - 1);
  return [
    ...title,
    { type: 'table', rows, column_settings: settings },
    ...(more > 0 ? [context(`${more} more ${more === 1 ? 'row' : 'rows'}`)] : []),
  ];
}

function picture(alt: string, file: string | undefined): KnownBlock {
  if (file === undefined) return context(`[${alt}]`);
  return { type: 'image', slack_file: { id: file }, alt_text: line(alt, limits.alt) };
}

function actions(block: ActionsBlock, room: Room): KnownBlock[] {
  const found: KnownBlock[] = [];
  // Half a value would come back as another one.
  const sound = block.actions.filter(({ value }) => [...value].length <= limits.button.value);
  for (let from = 0; from < sound.length; from += limits.actions) {
    const elements = sound
      .slice(from, from + limits.actions)
      .map(({ id, label, value, style }): SlackActions['elements'][number] => ({
        type: 'button',
        action_id: cut(`${id}#${room.actions++}`, limits.actionId),
        text: { type: 'plain_text', text: line(label, limits.button.text) || '–', emoji: false },
        value: value === '' ? ' ' : value,
        ...(style === undefined ? {} : { style }),
      }));
    found.push({ type: 'actions', elements });
  }
  return found;
}

function input({ id, label, placeholder }: InputBlock): KnownBlock {
  const hint =
    placeholder === undefined
      ? {}
      : { placeholder: { type: 'plain_text' as const, text: line(placeholder, limits.input.placeholder) } };
  return {
    type: 'input',
    dispatch_action: true,
    label: { type: 'plain_text', text: line(label, limits.input.label), emoji: false },
    element: { type: 'plain_text_input', action_id: cut(id, limits.actionId), ...hint },
  };
}

function context(said: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: cut(said, limits.context), emoji: false }] };
}

function rich(element: RichTextBlock['elements'][number]): RichTextBlock {
  return { type: 'rich_text', elements: [element] };
}

/** The buttons stay whatever must go: without them nobody could go on. */
function shortened(blocks: KnownBlock[]): KnownBlock[] {
  if (blocks.length <= limits.blocks) return blocks;
  const last = blocks.filter(({ type }) => type === 'actions').slice(-5);
  const first = blocks.filter((each) => !last.includes(each)).slice(0, limits.blocks - last.length - 1);
  return [...first, context('There is more than fits into a message.'), ...last];
}
