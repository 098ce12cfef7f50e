// GET / and what its buttons send: presses, posts with files, modals. For people in front of a browser only.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { People } from '../people/index.ts';
import { escapeTyped } from '../people/words.ts';
import { decodeMultipart, type Part, readBody } from '../web/decode.ts';
import { type Answer, send } from '../web/strike.ts';
import type { Message, View } from '../world/types.ts';
import { channelOf, type World } from '../world/world.ts';
import { pageHtml } from './layout.ts';

/** Nothing that a message says may run or be loaded from elsewhere, save pictures. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self' https:; connect-src 'self'",
};

export async function answerPage(
  world: World,
  people: People,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  send(response, await pageAnswer(world, people, url, request));
}

async function pageAnswer(world: World, people: People, url: URL, request: IncomingMessage): Promise<Answer> {
  const [, , action = '', id = ''] = url.pathname.split('/');
  if (request.method === 'GET' && action === '') return { body: pageHtml(world, url.searchParams), headers: HEADERS };
  if (request.method === 'GET' && action === 'file') return fileAnswer(world, id);
  const { origin } = request.headers;
  if (request.method !== 'POST' || (origin !== undefined && new URL(origin).host !== request.headers.host)) {
    return { status: 403, body: 'Not from this page' };
  }
  const body = await readBody(request);
  if (action === 'say')
    return saySomething(world, people, decodeMultipart(request.headers['content-type'] ?? '', body));
  return act(world, people, action, JSON.parse(body.toString()));
}

interface Act {
  as: string;
  target: string;
  action: string;
  choice?: string;
  view: string;
  values?: Record<string, string | string[]>;
}

async function act(world: World, people: People, action: string, sent: Act): Promise<Answer> {
  const view = world.views.get(sent.view);
  if (action === 'home') void people.openHome(sent.as);
  else if (action === 'press') void people.press(sent.as, targetOf(world, sent.target), sent.action, sent.choice);
  else if (action === 'close' && view) void people.close(view);
  else if (action === 'submit' && view)
    return { body: { errors: (await people.submit(view, sent.values)).errors ?? {} } };
  else return { status: 404, body: 'Not found' };
  return { body: {} };
}

function targetOf(world: World, target: string): Message | View {
  const [kind, first = '', ts] = target.split(' ');
  const found = kind === 'view' ? world.views.get(first) : world.messages.get(first)?.find((each) => each.ts === ts);
  if (!found) throw new Error(`There is nothing like ${target} any more.`);
  return found;
}

async function saySomething(world: World, people: People, parts: Part[]): Promise<Answer> {
  const field = (name: string) => parts.find((each) => each.name === name)?.bytes.toString() ?? '';
  const files = parts
    .filter((each) => each.filename)
    .map((each) => ({ name: each.filename ?? 'file', bytes: each.bytes }));
  const typed = field('text').trim();
  const channel = channelOf(world, field('channel'));
  const options = field('thread') === '' ? {} : { thread: field('thread') };
  const command = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(typed);
  if (command) await people.slash(field('as'), channel.id, command[1] ?? '', command[2]);
  else if (files.length > 0) people.share(field('as'), channel.id, files, named(world, typed), options);
  else if (typed !== '') people.say(field('as'), channel.id, named(world, typed), options);
  return { body: {} };
}

/** `@name` as the composer turns it into a mention. */
function named(world: World, typed: string): string {
  return escapeTyped(typed).replace(/@([\w.-]+)/g, (whole, name) => {
    const user = [...world.users.values()].find((each) => each.name === name);
    return user ? `<@${user.id}>` : whole;
  });
}

function fileAnswer(world: World, id: string): Answer {
  const file = world.files.get(id);
  if (!file || file.deleted) return { status: 404, body: 'Not found' };
  const inline = /^image\/(png|jpeg|gif)$/.test(file.mimetype);
  const headers = {
    'content-type': inline ? file.mimetype : 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    ...(!inline && { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` }),
  };
  return { body: file.bytes, headers };
}
