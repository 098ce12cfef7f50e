// conversations.info, list, members, open, join and leave; the scope each needs depends on the kind of conversation.

import { announce } from '../../events/announce.ts';
import type { Peer } from '../../peer.ts';
import { channelShape } from '../../world/shapes.ts';
import type { Channel, ChannelKind } from '../../world/types.ts';
import { directChannel } from '../../world/world.ts';
import { type Call, channelArgument, flag, type Method, needed, needScope, page, text } from '../call.ts';
import { SlackError } from '../errors.ts';

const FAMILY = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' };
const KINDS: Record<string, ChannelKind> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

/** `channels:read`, `groups:history`, … */
export function scopeFor(channel: Channel, what: 'read' | 'history' | 'write'): string {
  return `${FAMILY[channel.kind]}:${what}`;
}

export const conversationMethods: Record<string, Method> = {
  'conversations.info': {
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      needScope(call.install, [scopeFor(channel, 'read')]);
      return { channel: channelShape(channel, call.install) };
    },
  },
  'conversations.list': {
    run: (call, peer) => listed(call, peer, (each) => each.kind === 'public' || each.members.has(call.install.botUser)),
  },
  'users.conversations': {
    run: (call, peer) => {
      const user = text(call, 'user') ?? call.install.botUser;
      return listed(call, peer, (each) => {
        const known = each.kind === 'public' || each.members.has(call.install.botUser);
        return known && each.members.has(user);
      });
    },
  },
  'conversations.members': {
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      needScope(call.install, [scopeFor(channel, 'read')]);
      const { items, next } = page(call, [...channel.members], 100);
      return { members: items, response_metadata: { next_cursor: next } };
    },
  },
  'conversations.open': {
    scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
    run: (call, peer) => {
      const known = text(call, 'channel');
      const channel = known === undefined ? opened(call, peer) : channelArgument(call, peer);
      return { channel: flag(call, 'return_im') ? channelShape(channel, call.install) : { id: channel.id } };
    },
  },
  'conversations.leave': {
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      needScope(call.install, [channel.kind === 'public' ? 'channels:manage' : 'groups:write', 'channels:join']);
      if (!channel.members.delete(call.install.botUser)) return { not_in_channel: true };
      return {};
    },
  },
  'conversations.join': {
    scopes: ['channels:join'],
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type');
      if (channel.archived) throw new SlackError('is_archived');
      if (channel.members.has(call.install.botUser)) {
        const warnings = { warnings: ['already_in_channel'] };
        const shape = channelShape(channel, call.install);
        return { channel: shape, warning: 'already_in_channel', response_metadata: warnings };
      }
      channel.members.add(call.install.botUser);
      const event = {
        type: 'member_joined_channel',
        user: call.install.botUser,
        channel: channel.id,
        channel_type: channel.kind === 'public' ? 'C' : 'G',
        team: channel.team,
      };
      void announce(peer, event, { team: channel.team, channel });
      return { channel: channelShape(channel, call.install) };
    },
  },
};

function opened(call: Call, peer: Peer): Channel {
  const people = needed(call, 'users').split(',').filter(Boolean);
  const { world } = peer;
  for (const id of people) {
    const user = world.users.get(id);
    if (!user) throw new SlackError('user_not_found');
    if (user.deleted) throw new SlackError('user_disabled');
  }
  if (people.length > 8) throw new SlackError('too_many_users');
  return directChannel(world, call.install.team, [...people, call.install.botUser]);
}

function listed(call: Call, peer: Peer, wanted: (channel: Channel) => boolean) {
  const kinds = (text(call, 'types') ?? 'public_channel').split(',').map((each) => KINDS[each.trim()]);
  for (const kind of kinds) {
    if (kind === undefined) throw new SlackError('invalid_types');
    needScope(call.install, [`${FAMILY[kind]}:read`]);
  }
  const noArchived = flag(call, 'exclude_archived');
  const all = [...peer.world.channels.values()].filter(
    (each) =>
      (each.team === call.install.team || each.sharedWith.includes(call.install.team)) &&
      kinds.includes(each.kind) &&
      !(noArchived && each.archived) &&
      wanted(each),
  );
  const { items, next } = page(call, all, 100);
  return {
    channels: items.map((each) => channelShape(each, call.install)),
    response_metadata: { next_cursor: next },
  };
}
