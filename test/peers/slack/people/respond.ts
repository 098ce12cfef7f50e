// What an app says through a `response_url` or in its acknowledgement: a new message, a changed one, or a removed one.

import { announceChange, announceMessage, announceRemoval } from '../events/messages.ts';
import type { Peer, ResponseAddress } from '../peer.ts';
import { acceptBlocks } from '../web/content.ts';
import { SlackError } from '../web/errors.ts';
import { addMessage, findMessage, removeMessage } from '../world/messages.ts';
import { messageShape } from '../world/shapes.ts';
import type { Json, Message } from '../world/types.ts';

/** Throws a {@link SlackError} for what Slack would refuse. */
export function respond(peer: Peer, to: Pick<ResponseAddress, 'channel' | 'user' | 'app' | 'ts'>, said: Json): void {
  const original = to.ts === undefined ? undefined : findMessage(peer.world, to.channel, to.ts);
  const before = original && messageShape(peer.world, peer.base(), original);
  if (said.delete_original === true || said.delete_original === 'true') {
    if (!original || !before) throw new SlackError('message_not_found');
    removeMessage(peer.world, original);
    if (original.onlyFor === undefined) void announceRemoval(peer, original, before);
    peer.journal.changed();
    return;
  }
  const text = typeof said.text === 'string' ? said.text : '';
  const blocks = Array.isArray(said.blocks) && said.blocks.length > 0 ? acceptBlocks(peer, said.blocks) : undefined;
  if (text === '' && !blocks) throw new SlackError('no_text');
  if (said.replace_original === true && original && before) {
    original.text = text;
    if (blocks) original.blocks = blocks;
    else delete original.blocks;
    if (original.onlyFor === undefined) void announceChange(peer, original, before);
    peer.journal.changed();
    return;
  }
  const message: Message = addMessage(peer.world, {
    channel: to.channel,
    user: botIn(peer, to),
    app: to.app,
    text,
    ...(blocks && { blocks }),
    ...(typeof said.thread_ts === 'string' && { threadTs: said.thread_ts }),
    ...(said.response_type !== 'in_channel' && { onlyFor: to.user }),
  });
  if (message.onlyFor === undefined) void announceMessage(peer, message);
  peer.journal.changed();
}

function botIn(peer: Peer, to: Pick<ResponseAddress, 'app' | 'channel'>): string {
  const installs = peer.world.installs.filter((each) => each.app === to.app);
  const members = peer.world.channels.get(to.channel)?.members;
  return (installs.find((each) => members?.has(each.botUser)) ?? installs[0])?.botUser ?? '';
}
