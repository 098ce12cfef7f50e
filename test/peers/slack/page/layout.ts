// The whole page: channels at the left, the messages of one in the middle, a thread or the Home tab at the right, a modal above.

import { isTopLevel } from '../world/messages.ts';
import type { Channel, Message, View } from '../world/types.ts';
import { directChannel, mayRead, type World } from '../world/world.ts';
import { blocksHtml } from './blocks.ts';
import { plain } from './elements.ts';
import { escapeHtml } from './escape.ts';
import { type Look, messageHtml } from './message.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** @param query `channel`, `as`, `thread`, `home`, `dm`; each may be missing. `dm` opens a direct conversation. */
export function pageHtml(world: World, query: URLSearchParams): string {
  const people = [...world.users.values()].filter((each) => each.kind !== 'bot' && !each.deleted);
  const as = query.get('as') ?? people[0]?.id ?? '';
  const user = world.users.get(as);
  const direct = query.get('dm');
  if (user && direct && world.users.has(direct)) query.set('channel', directChannel(world, user.team, [as, direct]).id);
  const visible = [...world.channels.values()].filter((each) => mayRead(world, as, each));
  const channel = visible.find((each) => each.id === query.get('channel')) ?? visible[0];
  const look: Look = { as, channel: channel?.id ?? '', thread: query.get('thread') ?? undefined };
  const options = people.map(
    (each) => `<option value="${each.id}"${each.id === as ? ' selected' : ''}>${escapeHtml(each.realName)}</option>`,
  );
  const home = [...world.views.values()].find((each) => each.kind === 'home' && each.user === as);
  const modal = [...world.views.values()].findLast((each) => each.open && each.kind === 'modal' && each.user === as);
  const side = query.has('home') ? homeHtml(world, home) : look.thread ? threadHtml(world, look) : '';
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Local Slack</title><style>${STYLE}</style></head>
<body data-as="${escapeHtml(as)}"><nav id="nav"><h1>${escapeHtml(world.teams.get(user?.team ?? '')?.name ?? '')}</h1>
<label>You are <select id="as">${options.join('')}</select></label>${navHtml(world, visible, look)}</nav>
<main><header id="title">${channel ? titleHtml(world, channel, as) : ''}</header>
<section id="channel" class="list">${listHtml(world, look)}</section>${composer(look.channel)}</main>
<aside id="side"${side === '' ? ' hidden' : ''}>${side}</aside><div id="modal">${modal ? modalHtml(world, modal) : ''}</div>
<script>${SCRIPT}</script></body></html>`;
}

function navHtml(world: World, channels: Channel[], look: Look): string {
  const link = (each: Channel) => {
    const query = new URLSearchParams({ channel: each.id, as: look.as });
    const here = each.id === look.channel ? ' class="here"' : '';
    return `<a${here} href="/?${escapeHtml(query.toString())}">${nameHtml(world, each, look.as)}</a>`;
  };
  const home = `<a href="/?${escapeHtml(new URLSearchParams({ channel: look.channel, as: look.as, home: '1' }).toString())}" data-home>Home tab</a>`;
  const met = (bot: string) => channels.some((each) => each.kind === 'im' && each.members.has(bot));
  const bots = world.installs
    .filter((each) => each.state !== 'removed' && each.team === world.users.get(look.as)?.team && !met(each.botUser))
    .map((each) => {
      const query = new URLSearchParams({ dm: each.botUser, as: look.as });
      return `<a href="/?${escapeHtml(query.toString())}">● ${escapeHtml(world.users.get(each.botUser)?.realName ?? '')}</a>`;
    });
  return `<div id="channels">${channels.map(link).join('')}${bots.join('')}${home}</div>`;
}

function nameHtml(world: World, channel: Channel, as: string): string {
  if (channel.kind === 'im') {
    const other = [...channel.members].find((each) => each !== as) ?? as;
    return `● ${escapeHtml(world.users.get(other)?.realName ?? other)}`;
  }
  return `${channel.kind === 'private' ? '🔒' : '#'} ${escapeHtml(channel.name)}`;
}

function titleHtml(world: World, channel: Channel, as: string): string {
  const count = `${channel.members.size} members${channel.archived ? ' · archived' : ''}`;
  return `<b>${nameHtml(world, channel, as)}</b><small>${count}${channel.sharedWith.length > 0 ? ' · shared' : ''}</small>`;
}

function listHtml(world: World, look: Look): string {
  return messagesFor(world, look)
    .filter(isTopLevel)
    .map((each) => messageHtml(world, each, look))
    .join('');
}

function threadHtml(world: World, look: Look): string {
  const all = messagesFor(world, look).filter((each) => each.ts === look.thread || each.threadTs === look.thread);
  const status = world.statuses.get(`${look.channel}:${look.thread}`);
  const busy = status === undefined ? '' : `<div class="status">${escapeHtml(status)}</div>`;
  const messages = all.map((each) => messageHtml(world, each, look)).join('');
  return `<header><b>Thread</b></header><section class="list">${messages}${busy}</section>${composer(look.channel, look.thread)}`;
}

function homeHtml(world: World, view: View | undefined): string {
  const blocks = view ? blocksHtml(world, view.body.blocks, `view ${view.id}`) : '<p>No Home tab was published.</p>';
  return `<header><b>Home</b></header><section class="list home">${blocks}</section>`;
}

function modalHtml(world: World, view: View): string {
  const { title, submit, close, blocks } = view.body;
  const button = submit ? `<button class="press primary" type="submit">${plain(submit)}</button>` : '';
  return `<form class="modal" data-view="${view.id}"><header><b>${plain(title)}</b></header>
<section class="list">${blocksHtml(world, blocks, `view ${view.id}`)}<p class="wrong"></p></section>
<footer><button type="button" class="press" data-close="${view.id}">${plain(close) || 'Close'}</button>${button}</footer></form>`;
}

function messagesFor(world: World, look: Look): Message[] {
  const all = world.messages.get(look.channel) ?? [];
  return all.filter((each) => each.onlyFor === undefined || each.onlyFor === look.as);
}

function composer(channel: string, thread = ''): string {
  const place = `data-channel="${escapeHtml(channel)}" data-thread="${escapeHtml(thread)}"`;
  return `<form class="composer" ${place}><textarea name="text" rows="2" placeholder="Write, @mention, or /command"></textarea>
<input type="file" name="files" multiple><button class="press primary" type="submit">Send</button></form>`;
}
