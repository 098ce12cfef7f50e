// chat.startStream, appendStream and stopStream: a message that grows by pieces of markdown, tasks and blocks.

import { checkBlocks } from '../../blocks/check.ts';
import { LIMITS } from '../../blocks/limits.ts';
import { announceChange } from '../../events/messages.ts';
import type { Peer } from '../../peer.ts';
import { messageShape } from '../../world/shapes.ts';
import type { Json, Message } from '../../world/types.ts';
import { type Call, channelArgument, list, type Method, object, text } from '../call.ts';
import { acceptBlocks } from '../content.ts';
import { SlackError } from '../errors.ts';
import { mayPost, ownMessage, post, threadArgument } from '../post.ts';

const WRITE = ['chat:write'];

export const streamMethods: Record<string, Method> = {
  'chat.startStream': {
    scopes: WRITE,
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      mayPost(call, channel);
      const threadTs = threadArgument(call, peer, channel);
      if (threadTs === undefined) throw new SlackError('invalid_thread_ts');
      if (channel.kind !== 'im') {
        if (!text(call, 'recipient_team_id')) throw new SlackError('missing_recipient_team_id');
        if (!text(call, 'recipient_user_id')) throw new SlackError('missing_recipient_user_id');
      }
      const message = post(call, peer, channel, { text: '', threadTs, streaming: 'in_progress' });
      grow(call, peer, message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.appendStream': {
    scopes: WRITE,
    run: (call, peer) => {
      const message = running(call, peer);
      if (!grow(call, peer, message)) throw new SlackError('no_text');
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.stopStream': {
    scopes: WRITE,
    run: (call, peer) => {
      const message = running(call, peer);
      const before = messageShape(peer.world, peer.base(), message);
      grow(call, peer, message);
      const last = list(call, 'blocks', 'invalid_blocks_format');
      if (last?.length) message.blocks = [...(message.blocks ?? []), ...acceptBlocks(peer, last)];
      const metadata = object(call, 'metadata', 'invalid_metadata_format');
      if (metadata) message.metadata = metadata;
      message.streaming = 'completed';
      void announceChange(peer, message, before);
      return {
        channel: message.channel,
        ts: message.ts,
        message: messageShape(peer.world, peer.base(), message),
      };
    },
  },
};

function running(call: Call, peer: Peer): Message {
  const { message } = ownMessage(call, peer, 'message_not_owned_by_app');
  if (message.streaming !== 'in_progress') throw new SlackError('message_not_in_streaming_state');
  return message;
}

/** Adds what the call brings; false when it brings nothing. */
function grow(call: Call, peer: Peer, message: Message): boolean {
  const chunks = list(call, 'chunks', 'invalid_chunks') ?? [];
  const markdown = text(call, 'markdown_text') ?? '';
  if (markdown.length > LIMITS.markdown) throw new SlackError('msg_too_long');
  const all: Json[] = markdown === '' ? chunks : [{ type: 'markdown_text', text: markdown }, ...chunks];
  for (const chunk of all) apply(peer, message, chunk);
  if (message.text.length > LIMITS.messageText) throw new SlackError('msg_too_long');
  peer.journal.changed();
  return all.length > 0;
}

function apply(peer: Peer, message: Message, chunk: Json): void {
  const blocks = message.blocks ?? [];
  message.blocks = blocks;
  switch (chunk.type) {
    case 'markdown_text': {
      const last = blocks.at(-1);
      const piece = String(chunk.text ?? '');
      message.text += piece;
      if (last?.type === 'markdown') last.text = String(last.text) + piece;
      else blocks.push({ type: 'markdown', block_id: peer.world.ids.secret(), text: piece });
      return;
    }
    case 'task_update': {
      const { id, type: _, ...rest } = chunk;
      const card = { type: 'task_card', block_id: peer.world.ids.secret(), task_id: id, ...rest };
      if (checkBlocks([card], { surface: 'message', charts: false, fileReady: () => true }).length > 0) {
        throw new SlackError('invalid_chunks');
      }
      const known = blocks.find((each) => each.type === 'task_card' && each.task_id === id);
      if (known) Object.assign(known, rest);
      else blocks.push(card);
      return;
    }
    case 'plan_update': {
      const known = blocks.find((each) => each.type === 'plan');
      if (known) known.title = chunk.title;
      else blocks.unshift({ type: 'plan', block_id: peer.world.ids.secret(), title: chunk.title, tasks: [] });
      return;
    }
    case 'blocks':
      if (!Array.isArray(chunk.blocks)) throw new SlackError('invalid_chunks');
      blocks.push(...acceptBlocks(peer, chunk.blocks as Json[]));
      if (blocks.length > LIMITS.blocks.message) throw new SlackError('invalid_blocks');
      return;
    default:
      throw new SlackError('invalid_chunks');
  }
}
