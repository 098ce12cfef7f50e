// The workspaces of one peer: who and what exists, and finding it by id or name. Knows nothing of HTTP.

import { type Ids, makeIds } from './ids.ts';
import type { App, Channel, Install, Message, StoredFile, Team, User, View } from './types.ts';

export interface World {
  ids: Ids;
  teams: Map<string, Team>;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  /** By channel, in order of time. Ephemeral ones are among them. */
  messages: Map<string, Message[]>;
  files: Map<string, StoredFile>;
  apps: Map<string, App>;
  installs: Install[];
  views: Map<string, View>;
  /** Line under the composer of a thread: `channel:ts` -> what the app says it is doing. */
  statuses: Map<string, string>;
  prompts: Map<string, { title: string; message: string }[]>;
  titles: Map<string, string>;
}

export function emptyWorld(): World {
  return {
    ids: makeIds(),
    teams: new Map(),
    users: new Map(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    apps: new Map(),
    installs: [],
    views: new Map(),
    statuses: new Map(),
    prompts: new Map(),
    titles: new Map(),
  };
}

/** By id, or by name with or without `#` / `@`. Throws when a test names what is not there. */
export function channelOf(world: World, idOrName: string): Channel {
  const name = idOrName.replace(/^#/, '');
  const found = world.channels.get(idOrName) ?? [...world.channels.values()].find((each) => each.name === name);
  if (!found) throw new Error(`The local Slack has no channel ${idOrName}.`);
  return found;
}

/** See {@link channelOf}. */
export function userOf(world: World, idOrName: string): User {
  const name = idOrName.replace(/^@/, '');
  const found = world.users.get(idOrName) ?? [...world.users.values()].find((each) => each.name === name);
  if (!found) throw new Error(`The local Slack has no user ${idOrName}.`);
  return found;
}

export function installOf(world: World, app: string, team: string): Install | undefined {
  return world.installs.find((each) => each.app === app && each.team === team && each.state !== 'removed');
}

/** The direct conversation of exactly these people; opened when there was none. */
export function directChannel(world: World, team: string, people: readonly string[]): Channel {
  const kind = people.length === 2 ? 'im' : 'mpim';
  const same = (each: Channel) =>
    each.kind === kind && each.members.size === people.length && people.every((id) => each.members.has(id));
  const known = [...world.channels.values()].find(same);
  if (known) return known;
  const id = world.ids.next(kind === 'im' ? 'D' : 'G');
  const channel: Channel = {
    id,
    team,
    name: kind === 'im' ? id : `mpdm-${people.map((each) => world.users.get(each)?.name ?? each).join('--')}-1`,
    kind,
    members: new Set(people),
    archived: false,
    sharedWith: [],
    creator: people[0] ?? '',
    topic: '',
  };
  world.channels.set(id, channel);
  return channel;
}

/** Where a person writes: a channel by id or name, or with `@name` the direct conversation with somebody. */
export function placeFor(world: World, author: User, channel: string): Channel {
  if (!channel.startsWith('@')) return channelOf(world, channel);
  return directChannel(world, author.team, [author.id, userOf(world, channel).id]);
}

/** Whether a person or bot may read here. Public channels are open to members of the team who are no guests. */
export function mayRead(world: World, userId: string, channel: Channel): boolean {
  if (channel.members.has(userId)) return true;
  const user = world.users.get(userId);
  return channel.kind === 'public' && user !== undefined && user.team === channel.team && !user.kind.includes('guest');
}
