// Slack's mrkdwn -> HTML: bold, italic, strike, code, quotes, links, mentions, a few emoji. All else stays literal.

import type { World } from '../world/world.ts';
import { emoji } from './emoji.ts';
import { escapeHtml, safeUrl, unescapeSlack } from './escape.ts';

const TOKEN = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>/g;
const EDGE = '(^|[\\s\\p{P}\\p{S}\\u0000])';
const END = '(?=$|[\\s\\p{P}\\p{S}\\u0000])';

export function mrkdwn(world: World, text: string): string {
  const kept: string[] = [];
  const keep = (html: string) => `\u0000${kept.push(html) - 1}\u0000`;
  const marked = text.replaceAll('\u0000', '').replace(TOKEN, (whole, block, code, token) => {
    if (block !== undefined) return keep(`<pre>${escapeHtml(unescapeSlack(block.replace(/^\n/, '')))}</pre>`);
    if (code !== undefined) return keep(`<code>${escapeHtml(unescapeSlack(code))}</code>`);
    return keep(special(world, token) ?? escapeHtml(unescapeSlack(whole)));
  });
  const styled = emoji(escapeHtml(unescapeSlack(marked)))
    .split('\n')
    .map((line) => style(style(style(line, '*', 'b'), '_', 'i'), '~', 's'));
  const html = quoted(styled);
  return html.replace(/\u0000(\d+)\u0000/g, (_, at) => kept[Number(at)] ?? '');
}

/** `@U…`, `#C…`, `!here`, an address: what stands between `<` and `>`. None when it is nothing of the kind. */
function special(world: World, token: string): string | undefined {
  const [target = '', label] = split(token);
  const name = label === undefined ? undefined : escapeHtml(unescapeSlack(label));
  if (/^@[UW]\w+$/.test(target)) return mention(`@${name ?? personName(world, target.slice(1))}`);
  if (/^#[CG]\w+$/.test(target)) return mention(`#${name ?? channelName(world, target.slice(1))}`);
  if (/^!(here|channel|everyone)$/.test(target)) return `<span class="mention loud">@${target.slice(1)}</span>`;
  if (target.startsWith('!subteam^')) return mention(name ?? '@group');
  if (target.startsWith('!date^')) return name ?? '';
  const url = safeUrl(unescapeSlack(target));
  return url && `<a href="${url}" rel="noopener noreferrer" target="_blank">${name ?? url.replace(/^mailto:/, '')}</a>`;
}

export function personName(world: World, id: string): string {
  return escapeHtml(world.users.get(id)?.name ?? id);
}

export function channelName(world: World, id: string): string {
  return escapeHtml(world.channels.get(id)?.name ?? id);
}

export function mention(html: string): string {
  return `<span class="mention">${html}</span>`;
}

function split(token: string): [string, string | undefined] {
  const at = token.indexOf('|');
  return at < 0 ? [token, undefined] : [token.slice(0, at), token.slice(at + 1)];
}

function style(line: string, mark: string, tag: string): string {
  const sign = mark === '*' ? '\\*' : mark;
  const pattern = new RegExp(`${EDGE}${sign}(?=\\S)([^${sign}]*[^\\s${sign}])${sign}${END}`, 'gu');
  return line.replace(pattern, `$1<${tag}>$2</${tag}>`);
}

/** Lines that begin with `>` (escaped by now) become quotes; other line breaks stay. */
function quoted(lines: string[]): string {
  const parts = lines.map((line) =>
    /^&gt; ?/.test(line) ? `<blockquote>${line.slice(4).trimStart()}</blockquote>` : line,
  );
  return parts
    .join('<br>')
    .replaceAll('</blockquote><br>', '</blockquote>')
    .replaceAll('<br><blockquote>', '<blockquote>');
}
