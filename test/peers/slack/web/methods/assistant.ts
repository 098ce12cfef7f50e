// assistant.threads.setStatus, setSuggestedPrompts and setTitle.

import type { Peer } from '../../peer.ts';
import { findMessage } from '../../world/messages.ts';
import { type Call, channelArgument, list, type Method, text } from '../call.ts';
import { SlackError } from '../errors.ts';

const MOST_PROMPTS = 4;

export const assistantMethods: Record<string, Method> = {
  'assistant.threads.setStatus': {
    scopes: ['assistant:write', 'chat:write'],
    run: (call, peer) => {
      const thread = threadOf(call, peer);
      const status = text(call, 'status');
      if (status === undefined) throw new SlackError('invalid_arguments');
      if (status === '') peer.world.statuses.delete(thread);
      else peer.world.statuses.set(thread, status);
      peer.journal.changed();
      return {};
    },
  },
  'assistant.threads.setSuggestedPrompts': {
    scopes: ['assistant:write'],
    run: (call, peer) => {
      const prompts = list(call, 'prompts', 'invalid_arguments') ?? [];
      const wrong = prompts.some((each) => typeof each.title !== 'string' || typeof each.message !== 'string');
      if (wrong || prompts.length === 0 || prompts.length > MOST_PROMPTS) throw new SlackError('invalid_arguments');
      const known = prompts.map((each) => ({ title: String(each.title), message: String(each.message) }));
      peer.world.prompts.set(threadOf(call, peer, 'optional'), known);
      return {};
    },
  },
  'assistant.threads.setTitle': {
    scopes: ['assistant:write'],
    run: (call, peer) => {
      const title = text(call, 'title') ?? '';
      if (title === '') throw new SlackError('invalid_arguments');
      peer.world.titles.set(threadOf(call, peer), title);
      return {};
    },
  },
};

/** `channel:ts` of the thread that the call names. */
function threadOf(call: Call, peer: Peer, ts: 'needed' | 'optional' = 'needed'): string {
  const channel = channelArgument(call, peer, 'channel_id');
  if (!channel.members.has(call.install.botUser)) throw new SlackError('channel_not_found');
  const thread = text(call, 'thread_ts');
  if (thread === undefined && ts === 'optional') return channel.id;
  if (!findMessage(peer.world, channel.id, thread ?? '')) throw new SlackError('thread_not_found');
  return `${channel.id}:${thread}`;
}
