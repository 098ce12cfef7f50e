// `rich_text` blocks -> HTML.

import type { Json } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { emoji } from './emoji.ts';
import { escapeHtml, safeUrl } from './escape.ts';
import { channelName, mention, personName } from './mrkdwn.ts';

export function richText(world: World, block: Json): string {
  return elementsOf(block)
    .map((part) => partHtml(world, part))
    .join('');
}

function partHtml(world: World, part: Json): string {
  const inside = elementsOf(part);
  const pieces = () => inside.map((each) => pieceHtml(world, each)).join('');
  switch (part.type) {
    case 'rich_text_list': {
      const tag = part.style === 'ordered' ? 'ol' : 'ul';
      const items = inside.map((each) => `<li>${partHtml(world, each)}</li>`).join('');
      return `<${tag} style="margin-left:${Number(part.indent ?? 0) * 24}px">${items}</${tag}>`;
    }
    case 'rich_text_quote':
      return `<blockquote>${pieces()}</blockquote>`;
    case 'rich_text_preformatted':
      return `<pre>${pieces()}</pre>`;
    default:
      return `<div>${pieces()}</div>`;
  }
}

function pieceHtml(world: World, piece: Json): string {
  const text = (field: string) => String(piece[field] ?? '');
  switch (piece.type) {
    case 'text':
      return styled(piece, escapeHtml(text('text')).replaceAll('\n', '<br>'));
    case 'link': {
      const url = safeUrl(text('url'));
      const label = escapeHtml(text('text') || text('url'));
      return url ? styled(piece, `<a href="${url}" rel="noopener noreferrer" target="_blank">${label}</a>`) : label;
    }
    case 'user':
      return mention(`@${personName(world, text('user_id'))}`);
    case 'channel':
      return mention(`#${channelName(world, text('channel_id'))}`);
    case 'broadcast':
      return `<span class="mention loud">@${escapeHtml(text('range'))}</span>`;
    case 'emoji':
      return emoji(`:${escapeHtml(text('name'))}:`);
    default:
      return escapeHtml(text('fallback') || text('value'));
  }
}

function styled(piece: Json, html: string): string {
  const style = (piece.style ?? {}) as Json;
  const tags = { bold: 'b', italic: 'i', strike: 's', code: 'code' };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? `<${tag}>${inner}</${tag}>` : inner), html);
}

function elementsOf(holder: Json): Json[] {
  return Array.isArray(holder.elements) ? (holder.elements as Json[]) : [];
}
