// conversations.history and replies: what was said in a channel or thread, page by page.

import type { Peer } from '../../peer.ts';
import { findMessage, isTopLevel, repliesTo } from '../../world/messages.ts';
import { messageShape } from '../../world/shapes.ts';
import type { Channel, Message } from '../../world/types.ts';
import { type Call, channelArgument, flag, type Method, needScope, page, text } from '../call.ts';
import { SlackError } from '../errors.ts';
import { scopeFor } from './conversations.ts';

export const historyMethods: Record<string, Method> = {
  'conversations.history': {
    run: (call, peer) => {
      const channel = readable(call, peer);
      const all = (peer.world.messages.get(channel.id) ?? [])
        .filter((each) => isTopLevel(each) && each.onlyFor === undefined && within(call, each))
        .toReversed();
      return answer(call, peer, all);
    },
  },
  'conversations.replies': {
    run: (call, peer) => {
      const channel = readable(call, peer);
      const ts = text(call, 'ts') ?? '';
      const named = findMessage(peer.world, channel.id, ts);
      const root = named?.threadTs === undefined ? named : findMessage(peer.world, channel.id, named.threadTs);
      if (!root) throw new SlackError('thread_not_found');
      const replies = repliesTo(peer.world, root).filter((each) => within(call, each));
      return answer(call, peer, [root, ...replies]);
    },
  },
};

function readable(call: Call, peer: Peer): Channel {
  const channel = channelArgument(call, peer);
  needScope(call.install, [scopeFor(channel, 'history')]);
  if (!channel.members.has(call.install.botUser)) throw new SlackError('not_in_channel');
  return channel;
}

function within(call: Call, message: Message): boolean {
  const ts = Number(message.ts);
  const oldest = Number(text(call, 'oldest') ?? 0);
  const latest = Number(text(call, 'latest') ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(oldest)) throw new SlackError('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new SlackError('invalid_ts_latest');
  if (flag(call, 'inclusive')) return ts >= oldest && ts <= latest;
  return ts > oldest && ts < latest;
}

function answer(call: Call, peer: Peer, all: readonly Message[]) {
  const { items, next } = page(call, all, 100);
  const withMetadata = flag(call, 'include_all_metadata');
  return {
    messages: items.map((each) => messageShape(peer.world, peer.base(), each, withMetadata)),
    has_more: next !== '',
    ...(next !== '' && { response_metadata: { next_cursor: next } }),
  };
}
