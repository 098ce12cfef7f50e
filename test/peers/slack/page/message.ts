// One message -> HTML: who and when, blocks or text, files, reactions, and how many answered.

import { repliesTo } from '../world/messages.ts';
import type { Message, StoredFile } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { blocksHtml } from './blocks.ts';
import { emoji } from './emoji.ts';
import { escapeHtml } from './escape.ts';
import { mrkdwn } from './mrkdwn.ts';

export interface Look {
  channel: string;
  /** Who looks: only they see what is for them alone. */
  as: string;
  thread?: string | undefined;
}

export function messageHtml(world: World, message: Message, look: Look): string {
  const author = world.users.get(message.user);
  const name = escapeHtml(author?.realName ?? message.user);
  const tag = author?.bot
    ? '<span class="app">APP</span>'
    : author?.kind.includes('guest')
      ? '<span class="app">GUEST</span>'
      : '';
  const seconds = Number(message.ts);
  const time = new Date(seconds * 1000).toISOString().slice(11, 16);
  const body = message.blocks?.length
    ? blocksHtml(world, message.blocks, `message ${message.channel} ${message.ts}`)
    : `<div class="block">${mrkdwn(world, message.text)}</div>`;
  const files = message.files.flatMap((id) => world.files.get(id) ?? []).map(fileHtml);
  const only = message.onlyFor === undefined ? '' : '<div class="only">👁 Only visible to you</div>';
  return `<article id="m${message.ts}" class="message${message.onlyFor === undefined ? '' : ' ephemeral'}">
<div class="avatar" style="background:hsl(${hueOf(message.user)} 45% 45%)">${name.slice(0, 1)}</div>
<div class="body">${only}<div class="who"><b>${name}</b>${tag}<time>${time}</time></div>
${body}${attachmentsHtml(world, message)}${message.edited ? '<span class="edited">(edited)</span>' : ''}
${files.join('')}${reactionsHtml(message)}${repliesHtml(world, message, look)}</div></article>`;
}

function fileHtml(file: StoredFile): string {
  const name = escapeHtml(file.title);
  if (file.deleted || file.mode === 'tombstone') return '<div class="file">This file was deleted.</div>';
  if (file.mimetype.startsWith('image/')) {
    return `<div class="picture"><div class="caption">${name}</div><img src="/page/file/${file.id}" alt="${escapeHtml(file.altText ?? file.title)}"></div>`;
  }
  const kind = escapeHtml(/\.(\w+)$/.exec(file.name)?.[1]?.toUpperCase() ?? 'FILE');
  const size = file.bytes.length < 1024 ? `${file.bytes.length} B` : `${Math.round(file.bytes.length / 1024)} kB`;
  return `<a class="file" href="/page/file/${file.id}" download><span class="kind">${kind}</span><span><b>${name}</b><br><small>${size}</small></span></a>`;
}

function attachmentsHtml(world: World, message: Message): string {
  const one = (each: Record<string, unknown>) =>
    `<div class="attachment"><b>${escapeHtml(String(each.title ?? ''))}</b>${mrkdwn(world, String(each.text ?? ''))}</div>`;
  return (message.attachments ?? []).map(one).join('');
}

function reactionsHtml(message: Message): string {
  if (message.reactions.length === 0) return '';
  const one = (each: { name: string; users: string[] }) =>
    `<span class="reaction">${emoji(`:${escapeHtml(each.name)}:`)} ${each.users.length}</span>`;
  return `<div>${message.reactions.map(one).join('')}</div>`;
}

function repliesHtml(world: World, message: Message, look: Look): string {
  if (message.threadTs !== undefined || look.thread === message.ts) return '';
  const { length } = repliesTo(world, message);
  const query = new URLSearchParams({ channel: look.channel, as: look.as, thread: message.ts });
  const label = length === 0 ? 'Reply' : `${length} ${length === 1 ? 'reply' : 'replies'}`;
  return `<a class="replies${length === 0 ? ' none' : ''}" href="/?${escapeHtml(query.toString())}">${label}</a>`;
}

function hueOf(id: string): number {
  return [...id].reduce((sum, each) => (sum * 137 + each.charCodeAt(0) * 59) % 360, 7);
}
