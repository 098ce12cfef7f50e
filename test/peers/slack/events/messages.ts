// What apps hear of a message: that it was posted (and that it mentions them), changed, or removed.

import type { Delivery } from '../delivery/delivery.ts';
import type { Peer } from '../peer.ts';
import { messageShape } from '../world/shapes.ts';
import type { Channel, Json, Message } from '../world/types.ts';
import { announce, channelType, type Event, messageSubscription } from './announce.ts';

/** A new message: `message`, and `app_mention` for each bot it names in a channel. Both carry the same ts. */
export async function announceMessage(peer: Peer, message: Message): Promise<Delivery[]> {
  const channel = channelFor(peer, message);
  const { user, type: _, ...shape } = messageShape(peer.world, peer.base(), message);
  const event: Event = {
    type: 'message',
    user,
    ...shape,
    channel: channel.id,
    event_ts: message.ts,
    channel_type: channelType(channel),
  };
  const team = teamOf(peer, message, channel);
  const sent = [
    announce(peer, event, { team, channel, subscription: messageSubscription(channel) }),
    ...mentions(peer, message, channel, event, team),
  ];
  return (await Promise.all(sent)).flat();
}

function mentions(peer: Peer, message: Message, channel: Channel, event: Event, team: string): Promise<Delivery[]>[] {
  if (channel.kind === 'im') return [];
  if (message.files.length > 0 && !peer.switches.mentionWithFiles) return [];
  const { channel_type: _, subtype: __, ...rest } = event;
  return peer.world.installs
    .filter((each) => each.state === 'active' && channel.members.has(each.botUser) && each.botUser !== message.user)
    .filter((each) => message.text.includes(`<@${each.botUser}>`) || message.text.includes(`<@${each.botUser}|`))
    .map((only) => announce(peer, { ...rest, type: 'app_mention' }, { team, channel, only }));
}

export function announceChange(peer: Peer, message: Message, before: Json): Promise<Delivery[]> {
  return announceHidden(peer, message, 'message_changed', {
    message: messageShape(peer.world, peer.base(), message),
    previous_message: before,
  });
}

export function announceRemoval(peer: Peer, message: Message, before: Json): Promise<Delivery[]> {
  return announceHidden(peer, message, 'message_deleted', { deleted_ts: message.ts, previous_message: before });
}

function announceHidden(peer: Peer, message: Message, subtype: string, more: Json): Promise<Delivery[]> {
  const channel = channelFor(peer, message);
  const ts = peer.world.ids.ts();
  const event: Event = {
    type: 'message',
    subtype,
    ...more,
    channel: channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: channelType(channel),
  };
  const team = teamOf(peer, message, channel);
  return announce(peer, event, { team, channel, subscription: messageSubscription(channel) });
}

function channelFor(peer: Peer, message: Message): Channel {
  const channel = peer.world.channels.get(message.channel);
  if (!channel) throw new Error(`The local Slack has no channel ${message.channel}.`);
  return channel;
}

function teamOf(peer: Peer, message: Message, channel: Channel): string {
  return peer.world.users.get(message.user)?.team ?? channel.team;
}
