// What a test asks for -> a world: teams, people, channels and installed apps. Everything has a default.

import type { App, Channel, ChannelKind, DeliveryRoute, Install, Team, User, UserKind } from './types.ts';
import { emptyWorld, installOf, userOf, type World } from './world.ts';

export interface UserSeed {
  name: string;
  id?: string;
  team?: string;
  realName?: string;
  kind?: UserKind;
  /** `null`: shows no address. By default `name@example.com`. */
  email?: string | null;
  deleted?: boolean;
  admin?: boolean;
  locale?: string;
  timeZone?: string;
}

export interface ChannelSeed {
  name: string;
  id?: string;
  team?: string;
  kind?: ChannelKind;
  /** Ids or names. By default everybody of the team, and its bots. */
  members?: string[];
  archived?: boolean;
  /** Ids of other teams. */
  sharedWith?: string[];
  topic?: string;
}

export interface AppSeed {
  id?: string;
  name?: string;
  route?: DeliveryRoute;
  events?: string[];
  scopes?: string[];
  /** Teams that have it from the start; by default every team. */
  teams?: string[];
  signingSecret?: string;
  clientId?: string;
  clientSecret?: string;
  tokenRotation?: boolean;
  redirectUrl?: string;
}

export interface Seed {
  teams?: (Partial<Team> & { id: string })[];
  users?: UserSeed[];
  channels?: ChannelSeed[];
  apps?: AppSeed[];
}

/** All that an app of our kind would ask for. */
export const USUAL_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:join',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
  'users:read.email',
];

/** All that such an app would listen to. */
export const USUAL_EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_left',
  'channel_rename',
  'channel_unarchive',
  'file_deleted',
  'file_shared',
  'file_unshared',
  'group_left',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'reaction_added',
  'reaction_removed',
  'team_join',
  'tokens_revoked',
  'user_change',
];

export function seedWorld(seed: Seed): World {
  const world = emptyWorld();
  const teams = seed.teams ?? [{ id: 'T0LOCAL01', name: 'Local', domain: 'local' }];
  for (const { id, ...rest } of teams) world.teams.set(id, { id, name: id, domain: id.toLowerCase(), ...rest });
  for (const app of seed.apps ?? [{}]) addApp(world, app);
  for (const user of seed.users ?? [{ name: 'ada' }, { name: 'ben' }, { name: 'guest', kind: 'guest' as const }]) {
    addUser(world, user);
  }
  for (const channel of seed.channels ?? [{ name: 'general' }, { name: 'sales' }]) addChannel(world, channel);
  return world;
}

export function addUser(world: World, seed: UserSeed): User {
  const user: User = {
    id: seed.id ?? world.ids.next('U'),
    team: seed.team ?? firstTeam(world),
    name: seed.name,
    realName: seed.realName ?? seed.name.charAt(0).toUpperCase() + seed.name.slice(1),
    kind: seed.kind ?? 'member',
    deleted: seed.deleted ?? false,
    admin: seed.admin ?? false,
    locale: seed.locale ?? 'en-US',
    timeZone: seed.timeZone ?? 'Europe/Berlin',
  };
  if (seed.email !== null) user.email = seed.email ?? `${seed.name}@example.com`;
  world.users.set(user.id, user);
  return user;
}

export function addChannel(world: World, seed: ChannelSeed): Channel {
  const team = seed.team ?? firstTeam(world);
  const everybody = [...world.users.values()].filter((each) => each.team === team && !each.deleted);
  const members = seed.members?.map((each) => userOf(world, each)) ?? everybody;
  const kind = seed.kind ?? 'public';
  const channel: Channel = {
    id: seed.id ?? world.ids.next(kind === 'im' ? 'D' : 'C'),
    team,
    name: seed.name,
    kind,
    members: new Set(members.map((each) => each.id)),
    archived: seed.archived ?? false,
    sharedWith: seed.sharedWith ?? [],
    creator: members[0]?.id ?? '',
    topic: seed.topic ?? '',
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export function addApp(world: World, seed: AppSeed): App {
  const id = seed.id ?? world.ids.next('A');
  const app: App = {
    id,
    name: seed.name ?? 'colleague',
    clientId: seed.clientId ?? `1111111111.${world.apps.size + 1}222222222`,
    clientSecret: seed.clientSecret ?? `client-secret-${id}`,
    signingSecret: seed.signingSecret ?? `signing-secret-${id}`,
    verificationToken: `verification-${id}`,
    appToken: `xapp-1-${id}-1-local`,
    route: seed.route ?? { mode: 'socket' },
    events: new Set(seed.events ?? USUAL_EVENTS),
    scopes: seed.scopes ?? USUAL_SCOPES,
    tokenRotation: seed.tokenRotation ?? false,
  };
  if (seed.redirectUrl !== undefined) app.redirectUrl = seed.redirectUrl;
  world.apps.set(id, app);
  for (const team of seed.teams ?? world.teams.keys()) install(world, app, team);
  return app;
}

/** Installs the app, or installs it again with a new token; the bot's user stays the same. */
export function install(world: World, app: App, team: string, scopes: readonly string[] = app.scopes): Install {
  const known = installOf(world, app.id, team);
  const former = known ?? world.installs.find((each) => each.app === app.id && each.team === team);
  const botUser = former?.botUser ?? addBot(world, app, team).id;
  const botId = former?.botId ?? world.users.get(botUser)?.bot?.id ?? '';
  const fresh: Install = {
    app: app.id,
    team,
    botUser,
    botId,
    botToken: `xoxb-${team}-${world.ids.secret()}`,
    scopes: new Set(scopes),
    state: 'active',
  };
  if (known) return Object.assign(known, fresh);
  world.installs.push(fresh);
  return fresh;
}

function addBot(world: World, app: App, team: string): User {
  const user = addUser(world, { name: app.name, team, kind: 'bot', email: null });
  user.bot = { id: world.ids.next('B'), app: app.id };
  return user;
}

function firstTeam(world: World): string {
  const id = [...world.teams.keys()][0];
  if (id === undefined) throw new Error('The local Slack needs a team.');
  return id;
}
