// Puts an app's message into a channel: who may write there, which thread, how often, and what others hear of it.

import { announceMessage } from '../events/messages.ts';
import type { Peer } from '../peer.ts';
import { addMessage, findMessage } from '../world/messages.ts';
import type { Channel, Message } from '../world/types.ts';
import { type Call, channelArgument, text } from './call.ts';
import type { Content } from './content.ts';
import { SlackError } from './errors.ts';

export function mayPost(call: Call, channel: Channel): void {
  if (channel.archived) throw new SlackError('is_archived');
  if (channel.members.has(call.install.botUser)) return;
  if (channel.kind === 'public' && call.install.scopes.has('chat:write.public')) return;
  throw new SlackError('not_in_channel');
}

/** The root that `thread_ts` names. An answer's own ts is refused: a thread has one root. */
export function threadArgument(call: Call, peer: Peer, channel: Channel): string | undefined {
  const given = text(call, 'thread_ts');
  if (given === undefined) return undefined;
  if (!/^\d{10}\.\d{6}$/.test(given)) throw new SlackError('invalid_thread_ts');
  const root = findMessage(peer.world, channel.id, given);
  if (!root) throw new SlackError('thread_not_found');
  if (root.threadTs !== undefined && root.threadTs !== root.ts) throw new SlackError('invalid_thread_ts');
  return given;
}

export interface Post extends Content {
  threadTs?: string | undefined;
  broadcast?: boolean;
  files?: string[];
  onlyFor?: string;
  streaming?: 'in_progress';
}

export function post(call: Call, peer: Peer, channel: Channel, what: Post): Message {
  const subtype = what.files?.length ? 'file_share' : what.broadcast ? 'thread_broadcast' : undefined;
  const message = addMessage(peer.world, {
    channel: channel.id,
    user: call.install.botUser,
    app: call.app.id,
    text: what.text,
    ...(subtype !== undefined && { subtype }),
    ...(what.threadTs !== undefined && { threadTs: what.threadTs }),
    ...(what.blocks && { blocks: what.blocks }),
    ...(what.attachments && { attachments: what.attachments }),
    ...(what.metadata && { metadata: what.metadata }),
    ...(what.files && { files: what.files }),
    ...(what.onlyFor !== undefined && { onlyFor: what.onlyFor }),
    ...(what.streaming && { streaming: what.streaming }),
  });
  if (what.threadTs !== undefined) peer.world.statuses.delete(`${channel.id}:${what.threadTs}`);
  if (what.onlyFor === undefined) void announceMessage(peer, message);
  peer.journal.changed();
  return message;
}

/** The message that `channel` and `ts` name, if this app wrote it and it is no ephemeral one. */
export function ownMessage(call: Call, peer: Peer, refusal: string): { channel: Channel; message: Message } {
  const channel = channelArgument(call, peer);
  const message = findMessage(peer.world, channel.id, text(call, 'ts') ?? '');
  if (!message || message.onlyFor !== undefined || message.tombstone) throw new SlackError('message_not_found');
  if (message.user !== call.install.botUser) throw new SlackError(refusal);
  return { channel, message };
}
