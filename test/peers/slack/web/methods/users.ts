// users.info, list, lookupByEmail; reactions.add and remove.

import type { Peer } from '../../peer.ts';
import { reaction } from '../../people/talk.ts';
import { findMessage } from '../../world/messages.ts';
import { userShape } from '../../world/shapes.ts';
import type { Message } from '../../world/types.ts';
import { type Call, channelArgument, flag, type Method, needed, page, text } from '../call.ts';
import { SlackError } from '../errors.ts';

export const userMethods: Record<string, Method> = {
  'users.info': {
    scopes: ['users:read'],
    run: (call, peer) => {
      const user = peer.world.users.get(text(call, 'user') ?? '');
      if (!user) throw new SlackError('user_not_found');
      const met = [...peer.world.channels.values()].some(
        (each) => each.members.has(user.id) && each.members.has(call.install.botUser),
      );
      if (user.team !== call.install.team && !met) throw new SlackError('user_not_visible');
      const locale = flag(call, 'include_locale') ? { locale: user.locale } : {};
      return { user: { ...userShape(user, call.install), ...locale } };
    },
  },
  'users.list': {
    scopes: ['users:read'],
    run: (call, peer) => {
      const all = [...peer.world.users.values()].filter((each) => each.team === call.install.team);
      const { items, next } = page(call, all, 200);
      return {
        members: items.map((each) => userShape(each, call.install)),
        cache_ts: Math.floor(Date.now() / 1000),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.lookupByEmail': {
    scopes: ['users:read.email'],
    run: (call, peer) => {
      const email = needed(call, 'email').toLowerCase();
      const user = [...peer.world.users.values()].find(
        (each) => each.team === call.install.team && !each.deleted && each.email?.toLowerCase() === email,
      );
      if (!user) throw new SlackError('users_not_found');
      return { user: userShape(user, call.install) };
    },
  },
  'reactions.add': {
    scopes: ['reactions:write'],
    run: (call, peer) => {
      const { message, name } = target(call, peer);
      if (!reaction(peer, 'reaction_added', call.install.botUser, message, name)) {
        throw new SlackError('already_reacted');
      }
      return {};
    },
  },
  'reactions.remove': {
    scopes: ['reactions:write'],
    run: (call, peer) => {
      const { message, name } = target(call, peer);
      if (!reaction(peer, 'reaction_removed', call.install.botUser, message, name)) {
        throw new SlackError('no_reaction');
      }
      return {};
    },
  },
};

function target(call: Call, peer: Peer): { message: Message; name: string } {
  const name = (text(call, 'name') ?? '').replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
  const channel = channelArgument(call, peer);
  if (!channel.members.has(call.install.botUser)) throw new SlackError('not_in_channel');
  const ts = text(call, 'timestamp') ?? '';
  if (!/^\d{10}\.\d{6}$/.test(ts)) throw new SlackError('bad_timestamp');
  const message = findMessage(peer.world, channel.id, ts);
  if (!message) throw new SlackError('message_not_found');
  return { message, name };
}
