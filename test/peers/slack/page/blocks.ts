// Blocks -> HTML, near enough to Slack's own drawing to judge them by eye.

import type { Json } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { elementHtml, inputHtml, plain } from './elements.ts';
import { escapeHtml, safeUrl } from './escape.ts';
import { markdown } from './markdown.ts';
import { mrkdwn } from './mrkdwn.ts';
import { richText } from './rich-text.ts';

/** @param target see {@link elementHtml} */
export function blocksHtml(world: World, blocks: readonly Json[], target: string): string {
  return blocks
    .map((each) => `<div class="block ${escapeHtml(String(each.type))}">${blockHtml(world, each, target)}</div>`)
    .join('');
}

function blockHtml(world: World, block: Json, target: string): string {
  const list = (field: string) => (Array.isArray(block[field]) ? (block[field] as Json[]) : []);
  const elements = () =>
    list('elements')
      .map((each) => elementHtml(each, target))
      .join('');
  switch (block.type) {
    case 'divider':
      return '<hr>';
    case 'header':
      return `<h3>${plain(block.text)}</h3>`;
    case 'section':
      return section(world, block, list('fields'), target);
    case 'context':
      return list('elements')
        .map((each) => (each.type === 'image' ? image(each) : `<span>${textHtml(world, each)}</span>`))
        .join('');
    case 'actions':
    case 'context_actions':
      return elements();
    case 'image':
      return `${block.title ? `<div class="caption">${plain(block.title)}</div>` : ''}${image(block)}`;
    case 'markdown':
      return markdown(String(block.text ?? ''));
    case 'rich_text':
      return richText(world, block);
    case 'table':
    case 'data_table':
      return table(world, block);
    case 'alert':
      return `<div class="alert ${escapeHtml(String(block.level ?? 'default'))}">${textHtml(world, block.text)}</div>`;
    case 'input':
      return `<label>${plain(block.label)}${block.optional ? ' (optional)' : ''}${inputHtml((block.element ?? {}) as Json)}</label><small>${plain(block.hint)}</small>`;
    case 'data_visualization':
      return `<b>${plain(block.title)}</b> <span class="unknown">[chart]</span>`;
    case 'task_card':
      return `<b>${STATES[String(block.status)] ?? '○'}</b> ${plain(block.title)}`;
    case 'plan':
      return `<b>${plain(block.title)}</b>`;
    default:
      return `<span class="unknown">[${escapeHtml(String(block.type))}]</span>`;
  }
}

const STATES: Record<string, string> = { pending: '○', in_progress: '◐', complete: '✓', error: '✗' };

export function textHtml(world: World, text: unknown): string {
  if (typeof text !== 'object' || text === null) return '';
  const { type, text: value } = text as Json;
  return type === 'mrkdwn' ? mrkdwn(world, String(value)) : plain(text).replaceAll('\n', '<br>');
}

function section(world: World, block: Json, fields: Json[], target: string): string {
  const accessory = block.accessory as Json | undefined;
  const side = accessory && (accessory.type === 'image' ? image(accessory) : elementHtml(accessory, target));
  const cells = fields.map((each) => `<div>${textHtml(world, each)}</div>`).join('');
  const text = block.text ? `<div>${textHtml(world, block.text)}</div>` : '';
  const main = `${text}${cells === '' ? '' : `<div class="fields">${cells}</div>`}`;
  return side ? `<div class="beside"><div>${main}</div><div class="accessory">${side}</div></div>` : main;
}

function image(block: Json): string {
  const file = block.slack_file as Json | undefined;
  const id = file && String(file.id ?? /-(F\w+)\//.exec(String(file.url))?.[1]);
  const url = id === undefined ? safeUrl(String(block.image_url)) : `/page/file/${escapeHtml(id)}`;
  return `<img src="${url ?? ''}" alt="${escapeHtml(String(block.alt_text ?? ''))}" title="${escapeHtml(String(block.alt_text ?? ''))}">`;
}

function table(world: World, block: Json): string {
  const rows = Array.isArray(block.rows) ? (block.rows as Json[][]) : [];
  const settings = (block.column_settings ?? []) as (Json | undefined)[];
  const align = (at: number, cell: Json) => {
    const wanted = settings[at]?.align ?? (cell.type === 'raw_number' ? 'right' : 'left');
    return wanted === 'right' || wanted === 'center' ? ` class="${wanted}"` : '';
  };
  const cellHtml = (cell: Json) =>
    cell.type === 'rich_text' ? richText(world, cell) : escapeHtml(String(cell.text ?? ''));
  const row = (cells: Json[], tag: string) =>
    `<tr>${cells.map((cell, at) => `<${tag}${align(at, cell)}>${cellHtml(cell)}</${tag}>`).join('')}</tr>`;
  const caption = block.caption ? `<caption>${escapeHtml(String(block.caption))}</caption>` : '';
  const [head = [], ...rest] = rows;
  return `<div class="scroll"><table class="cells">${caption}${row(head, 'th')}${rest.map((each) => row(each, 'td')).join('')}</table></div>`;
}
