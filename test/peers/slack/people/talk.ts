// People who write: posts, mentions, edits, removals and reactions, with the events that Slack would send for them.

import { announce } from '../events/announce.ts';
import { announceChange, announceMessage, announceRemoval } from '../events/messages.ts';
import type { Peer } from '../peer.ts';
import { addMessage, removeMessage } from '../world/messages.ts';
import { messageShape } from '../world/shapes.ts';
import type { Message } from '../world/types.ts';
import { channelOf, placeFor, userOf } from '../world/world.ts';
import { composed } from './words.ts';

export interface SayOptions {
  /** Ts of the root. */
  thread?: string;
  /** Ids of files that go with it. */
  files?: string[];
  /** `bot_message` for what a workflow posts, `thread_broadcast`, `me_message`, … */
  subtype?: string;
}

/** Ids or names everywhere; `@name` of an app's bot as the channel means the direct conversation with it. */
export interface Talk {
  /** The text is as Slack stores it: `<@U…>` mentions, `&amp;` for `&`. */
  say(user: string, channel: string, text: string, options?: SayOptions): Message;
  /** `say` with `<@BOT> ` before it. @param app the app to mention; by default the only one. */
  mention(user: string, channel: string, text: string, options?: SayOptions & { app?: string }): Message;
  edit(message: Message, text: string): void;
  /** Slack adds the preview of a link: a change without an edit. */
  unfurl(message: Message, url: string): void;
  remove(message: Message): void;
  react(user: string, message: Message, name: string): void;
  unreact(user: string, message: Message, name: string): void;
}

export function makeTalk(peer: Peer): Talk {
  const { world } = peer;
  const say: Talk['say'] = (user, channel, text, options = {}) => {
    const author = userOf(world, user);
    const place = placeFor(world, author, channel);
    if (!place.members.has(author.id)) throw new Error(`${author.name} is not in ${place.name}.`);
    const blocks = composed(text, world.ids.secret());
    const message = addMessage(world, {
      channel: place.id,
      user: author.id,
      text,
      ...(blocks.length > 0 && { blocks }),
      ...(options.thread !== undefined && { threadTs: options.thread }),
      ...(options.files?.length && { files: options.files, subtype: 'file_share' }),
      ...(options.subtype !== undefined && { subtype: options.subtype }),
    });
    void announceMessage(peer, message);
    peer.journal.changed();
    return message;
  };
  return {
    say,
    mention: (user, channel, text, { app, ...options } = {}) => {
      const team = userOf(world, user).team;
      const place = placeFor(world, userOf(world, user), channel);
      const bots = world.installs.filter((each) => app === undefined || each.app === app);
      const bot = bots.find((each) => each.team === team) ?? bots.find((each) => place.members.has(each.botUser));
      if (!bot) throw new Error('The local Slack has no app to mention here.');
      return say(user, channel, `<@${bot.botUser}> ${text}`.trim(), options);
    },
    edit: (message, text) => {
      const before = messageShape(world, peer.base(), message);
      message.text = text;
      message.blocks = composed(text, world.ids.secret());
      message.edited = { user: message.user, ts: world.ids.ts() };
      void announceChange(peer, message, before);
      peer.journal.changed();
    },
    unfurl: (message, url) => {
      const before = messageShape(world, peer.base(), message);
      message.attachments = [{ id: 1, from_url: url, original_url: url, title: url, fallback: url }];
      void announceChange(peer, message, before);
    },
    remove: (message) => {
      const before = messageShape(world, peer.base(), message);
      removeMessage(world, message);
      void announceRemoval(peer, message, before);
      peer.journal.changed();
    },
    react: (user, message, name) => reaction(peer, 'reaction_added', userOf(world, user).id, message, name),
    unreact: (user, message, name) => reaction(peer, 'reaction_removed', userOf(world, user).id, message, name),
  };
}

/** Adds or takes away, and tells the apps. False when it was so already. */
export function reaction(
  peer: Peer,
  type: 'reaction_added' | 'reaction_removed',
  user: string,
  message: Message,
  name: string,
): boolean {
  const known = message.reactions.find((each) => each.name === name);
  const has = known?.users.includes(user) ?? false;
  if (has === (type === 'reaction_added')) return false;
  if (type === 'reaction_removed' && known) known.users = known.users.filter((each) => each !== user);
  else if (known) known.users.push(user);
  else message.reactions.push({ name, users: [user] });
  message.reactions = message.reactions.filter((each) => each.users.length > 0);
  const channel = channelOf(peer.world, message.channel);
  const item = { type: 'message', channel: message.channel, ts: message.ts };
  const event = { type, user, reaction: name, item, item_user: message.user };
  void announce(peer, event, { team: channel.team, channel });
  peer.journal.changed();
  return true;
}
