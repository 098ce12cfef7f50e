// One call of a Web API method: its arguments read by type, and who makes it.

import type { Peer } from '../peer.ts';
import type { App, Channel, Install, Json, User } from '../world/types.ts';
import { directChannel } from '../world/world.ts';
import { SlackError } from './errors.ts';

export interface Call {
  method: string;
  args: Json;
  /** Whose bot token it is; a stand-in for methods that need none. */
  install: Install;
  app: App;
}

/** How a method is reached. `by` says which token; a scope may be one of several. */
export interface Method {
  by?: 'bot' | 'app' | 'nobody';
  /** One of these is enough. */
  scopes?: readonly string[];
  run(call: Call, peer: Peer): Json | Promise<Json>;
}

/** Undefined when absent; numbers become text, as everything in a form is. */
export function text(call: Call, name: string): string | undefined {
  const value = call.args[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function needed(call: Call, name: string): string {
  const value = text(call, name);
  if (value === undefined || value === '') {
    throw new SlackError('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  }
  return value;
}

export function flag(call: Call, name: string): boolean {
  const value = call.args[name];
  return value === true || value === 'true' || value === '1' || value === 1;
}

/** A list given as JSON. Throws Slack's `error` when it is none. */
export function list(call: Call, name: string, error: string): Json[] | undefined {
  const value = call.args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (!Array.isArray(value)) throw new SlackError(error);
  return value.map((each) => (typeof each === 'object' && each !== null ? (each as Json) : { value: each }));
}

export function object(call: Call, name: string, error: string): Json | undefined {
  const value = call.args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw new SlackError(error);
  return value as Json;
}

/** `limit` and `cursor` over a list; the cursor is opaque to clients. */
export function page<T>(call: Call, all: readonly T[], usual: number, most = 1000): { items: T[]; next: string } {
  const limit = Number(text(call, 'limit') ?? usual);
  if (!Number.isInteger(limit) || limit < 1) throw new SlackError('invalid_limit');
  const cursor = text(call, 'cursor') ?? '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''));
  if (!Number.isInteger(start)) throw new SlackError('invalid_cursor');
  const end = start + Math.min(limit, most);
  const next = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), next };
}

export function botOf(call: Call, peer: Peer): User {
  const user = peer.world.users.get(call.install.botUser);
  if (!user) throw new SlackError('account_inactive');
  return user;
}

/** The channel of an argument, if the bot may know of it. A person's id means the direct conversation with them. */
export function channelArgument(call: Call, peer: Peer, name = 'channel'): Channel {
  const given = text(call, name);
  if (given === undefined || given === '') throw new SlackError('channel_not_found');
  const { world } = peer;
  const person = world.users.get(given);
  if (person) return directChannel(world, call.install.team, [person.id, call.install.botUser]);
  const byName = [...world.channels.values()].find((each) => `#${each.name}` === given || each.name === given);
  const channel = world.channels.get(given) ?? byName;
  const reachable =
    channel !== undefined &&
    (channel.team === call.install.team || channel.sharedWith.includes(call.install.team)) &&
    (channel.kind === 'public' || channel.members.has(call.install.botUser));
  if (!channel || !reachable) throw new SlackError('channel_not_found');
  return channel;
}

/** Throws unless one of the scopes is granted. */
export function needScope(install: Install, scopes: readonly string[]): void {
  if (scopes.length === 0 || scopes.some((each) => install.scopes.has(each))) return;
  throw new SlackError('missing_scope', { needed: scopes.join(','), provided: [...install.scopes].join(',') });
}
