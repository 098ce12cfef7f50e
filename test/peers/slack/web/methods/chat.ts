// chat.postMessage, update, delete, postEphemeral and getPermalink.

import { LIMITS } from '../../blocks/limits.ts';
import { announceChange, announceRemoval } from '../../events/messages.ts';
import { findMessage, removeMessage } from '../../world/messages.ts';
import { messageShape } from '../../world/shapes.ts';
import { channelArgument, flag, type Method, text } from '../call.ts';
import { contentOf } from '../content.ts';
import { SlackError } from '../errors.ts';
import { mayPost, ownMessage, post, threadArgument } from '../post.ts';

const WRITE = ['chat:write'];

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': {
    scopes: WRITE,
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      mayPost(call, channel);
      const threadTs = threadArgument(call, peer, channel);
      const content = contentOf(call, peer);
      if (content.text === '' && !content.blocks && !content.attachments) throw new SlackError('no_text');
      const message = post(call, peer, channel, { ...content, threadTs, broadcast: flag(call, 'reply_broadcast') });
      return { channel: channel.id, ts: message.ts, message: messageShape(peer.world, peer.base(), message) };
    },
  },
  'chat.postEphemeral': {
    scopes: WRITE,
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      mayPost(call, channel);
      const user = text(call, 'user') ?? '';
      if (!channel.members.has(user)) throw new SlackError('user_not_in_channel');
      const content = contentOf(call, peer);
      if (content.text === '' && !content.blocks && !content.attachments) throw new SlackError('no_text');
      const threadTs = threadArgument(call, peer, channel);
      return { message_ts: post(call, peer, channel, { ...content, threadTs, onlyFor: user }).ts };
    },
  },
  'chat.update': {
    scopes: WRITE,
    run: (call, peer) => {
      const { channel, message } = ownMessage(call, peer, 'cant_update_message');
      if (message.streaming === 'in_progress') throw new SlackError('streaming_state_conflict');
      const content = contentOf(call, peer, LIMITS.updatedText);
      const empty = content.text === '' && !content.blocks && !content.attachments;
      if (empty && message.files.length === 0) throw new SlackError('no_text');
      const before = messageShape(peer.world, peer.base(), message);
      if (call.args.blocks !== undefined || content.text !== '') delete message.blocks;
      Object.assign(message, content.text === '' ? { ...content, text: message.text } : content);
      message.edited = { user: call.install.botUser, ts: peer.world.ids.ts() };
      void announceChange(peer, message, before);
      const shape = messageShape(peer.world, peer.base(), message);
      return { channel: channel.id, ts: message.ts, text: message.text, message: shape };
    },
  },
  'chat.delete': {
    scopes: WRITE,
    run: (call, peer) => {
      const { channel, message } = ownMessage(call, peer, 'cant_delete_message');
      const before = messageShape(peer.world, peer.base(), message);
      removeMessage(peer.world, message);
      void announceRemoval(peer, message, before);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.getPermalink': {
    run: (call, peer) => {
      const channel = channelArgument(call, peer);
      const message = findMessage(peer.world, channel.id, text(call, 'message_ts') ?? '');
      if (!message) throw new SlackError('message_not_found');
      const domain = peer.world.teams.get(call.install.team)?.domain;
      const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
      const path = `archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
      return { channel: channel.id, permalink: `https://${domain}.slack.com/${path}` };
    },
  },
};
