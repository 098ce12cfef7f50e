// People, channels, messages and files as Slack writes them in answers and events.

import { isTopLevel, repliesTo } from './messages.ts';
import type { Channel, Install, Json, Message, StoredFile, User } from './types.ts';
import type { World } from './world.ts';

/** @param viewer the asking installation; without `users:read.email` no address is shown. */
export function userShape(user: User, viewer?: Install): Json {
  const guest = user.kind === 'guest' || user.kind === 'single-channel guest';
  const mayKnowAddress = viewer === undefined || viewer.scopes.has('users:read.email');
  return {
    id: user.id,
    team_id: user.team,
    name: user.name,
    deleted: user.deleted,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.timeZone,
    profile: {
      real_name: user.realName,
      display_name: user.name,
      team: user.team,
      ...(mayKnowAddress && user.email !== undefined && { email: user.email }),
      ...(user.bot && { bot_id: user.bot.id, api_app_id: user.bot.app }),
    },
    is_admin: user.admin,
    is_owner: user.admin,
    is_primary_owner: false,
    is_restricted: guest,
    is_ultra_restricted: user.kind === 'single-channel guest',
    is_bot: user.kind === 'bot',
    is_app_user: false,
    ...(viewer && user.team !== viewer.team && { is_stranger: true }),
    updated: 1_700_000_000,
  };
}

export function channelShape(channel: Channel, viewer: Install): Json {
  const direct = channel.kind === 'im';
  const base = {
    id: channel.id,
    created: 1_700_000_000,
    is_archived: channel.archived,
    is_im: direct,
    is_mpim: channel.kind === 'mpim',
    is_org_shared: false,
    context_team_id: channel.team,
  };
  if (direct) {
    return { ...base, user: [...channel.members].find((each) => each !== viewer.botUser), is_user_deleted: false };
  }
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    creator: channel.creator,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_private: channel.kind !== 'public',
    is_general: channel.name === 'general',
    is_member: channel.members.has(viewer.botUser),
    is_shared: channel.sharedWith.length > 0,
    is_ext_shared: channel.sharedWith.length > 0,
    shared_team_ids: [channel.team, ...channel.sharedWith],
    topic: { value: channel.topic, creator: channel.creator, last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

/** As inside `files.info` (in full) or inside a message (where stubs and tombstones stay what they are). */
export function fileShape(base: string, file: StoredFile, where: 'info' | 'message'): Json {
  if (where === 'message' && file.mode === 'file_access') {
    return { id: file.id, mode: 'file_access', file_access: 'check_file_info', created: file.created, user: '' };
  }
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit' || file.deleted) {
    return { id: file.id, mode: file.deleted ? 'tombstone' : file.mode };
  }
  const path = `${base}/files-pri/${file.team}-${file.id}`;
  const name = encodeURIComponent(file.name);
  const external = file.mode === 'external';
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? 'binary',
    user: file.user,
    user_team: file.team,
    editable: file.mode === 'snippet',
    size: file.claimedSize ?? file.bytes.length,
    mode: file.mode === 'file_access' ? 'hosted' : file.mode,
    is_external: external,
    external_type: external ? 'gdrive' : '',
    is_public: file.shares.length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    file_access: 'visible',
    url_private: external ? 'https://docs.google.com/document/d/0' : `${path}/${name}`,
    ...(!external && { url_private_download: `${path}/download/${name}` }),
    ...(file.mimetype.startsWith('image/') && { thumb_360: `${path}/${name}` }),
    permalink: `${base}/files/${file.user}/${file.id}/${name}`,
    ...(where === 'info' && { shares: sharesOf(file), channels: file.shares.map((each) => each.channel) }),
  };
}

function sharesOf(file: StoredFile): Json {
  const places: Record<string, Json[]> = {};
  for (const each of file.shares) {
    const place = places[each.channel] ?? [];
    place.push({ ts: each.ts, ...(each.threadTs !== undefined && { thread_ts: each.threadTs }) });
    places[each.channel] = place;
  }
  return { public: places };
}

/** A message as in history and in answers; events add channel and type of channel. */
export function messageShape(world: World, base: string, message: Message, withMetadata = true): Json {
  const author = world.users.get(message.user);
  const app = message.app === undefined ? undefined : world.apps.get(message.app);
  const replies = isTopLevel(message) ? repliesTo(world, message) : [];
  const shown = message.tombstone ? { subtype: 'tombstone', hidden: true, user: 'USLACKBOT' } : { user: message.user };
  return {
    type: 'message',
    ...(message.subtype !== undefined && { subtype: message.subtype }),
    ...shown,
    text: message.text,
    ts: message.ts,
    ...(author && { team: author.team }),
    ...(author?.bot && {
      bot_id: author.bot.id,
      app_id: author.bot.app,
      bot_profile: { id: author.bot.id, app_id: author.bot.app, name: app?.name ?? author.name, team_id: author.team },
    }),
    ...(author &&
      !author.bot && { client_msg_id: `00000000-0000-4000-8000-${message.ts.replace('.', '').slice(-12)}` }),
    ...(message.blocks && { blocks: message.blocks }),
    ...(message.attachments && { attachments: message.attachments }),
    ...(message.files.length > 0 && { files: filesOf(world, base, message), upload: false }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
    ...(message.edited && { edited: message.edited }),
    ...(message.streaming && { streaming_state: message.streaming }),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map((each) => ({ ...each, count: each.users.length })),
    }),
    ...threadOf(world, message, replies),
  };
}

function filesOf(world: World, base: string, message: Message): Json[] {
  return message.files.flatMap((id) => {
    const file = world.files.get(id);
    return file ? [fileShape(base, file, 'message')] : [];
  });
}

function threadOf(world: World, message: Message, replies: Message[]): Json {
  if (message.threadTs !== undefined && message.threadTs !== message.ts) {
    const root = world.messages.get(message.channel)?.find((each) => each.ts === message.threadTs);
    return { thread_ts: message.threadTs, ...(root && { parent_user_id: root.user }) };
  }
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map((each) => each.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: replies.at(-1)?.ts,
  };
}
