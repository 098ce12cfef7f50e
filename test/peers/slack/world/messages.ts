// Messages of a channel: adding, finding, threads, and what a person would see of them.

import type { Message } from './types.ts';
import type { World } from './world.ts';

export type NewMessage = Pick<Message, 'channel' | 'user' | 'text'> & Partial<Message>;

export function addMessage(world: World, fresh: NewMessage): Message {
  const message: Message = { files: [], reactions: [], ts: world.ids.ts(), ...fresh };
  const list = world.messages.get(message.channel) ?? [];
  list.push(message);
  world.messages.set(message.channel, list);
  for (const id of message.files) {
    const file = world.files.get(id);
    file?.shares.push({
      channel: message.channel,
      ts: message.ts,
      ...(message.threadTs !== undefined && { threadTs: message.threadTs }),
    });
  }
  return message;
}

export function findMessage(world: World, channel: string, ts: string): Message | undefined {
  return world.messages.get(channel)?.find((each) => each.ts === ts);
}

/** Takes it out; a root that others answered stays as a tombstone, as in Slack. */
export function removeMessage(world: World, message: Message): void {
  const list = world.messages.get(message.channel) ?? [];
  if (list.some((each) => each.threadTs === message.ts)) {
    message.tombstone = true;
    message.text = 'This message was deleted.';
    message.files = [];
    delete message.blocks;
    return;
  }
  list.splice(list.indexOf(message), 1);
}

/** Answers below a root, oldest first, without the root. */
export function repliesTo(world: World, root: Message): Message[] {
  return (world.messages.get(root.channel) ?? []).filter(
    (each) => each.threadTs === root.ts && each !== root && each.onlyFor === undefined,
  );
}

/** Whether it shows in the channel itself, not only inside a thread. */
export function isTopLevel(message: Message): boolean {
  return message.threadTs === undefined || message.threadTs === message.ts || message.subtype === 'thread_broadcast';
}
