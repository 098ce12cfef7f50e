// People who share files: the message, and `file_shared` for each file. Files can be stubs, taken out, or deleted.

import { announceFile, deleteFile } from '../events/files.ts';
import type { Peer } from '../peer.ts';
import { type FileSeed, storeFile } from '../world/files.ts';
import type { Message, StoredFile } from '../world/types.ts';
import { channelOf, userOf } from '../world/world.ts';
import type { SayOptions, Talk } from './talk.ts';

export interface Share {
  /** Bytes come from the test. @param text may be empty, as in Slack. */
  share(user: string, channel: string, files: FileSeed | FileSeed[], text?: string, options?: SayOptions): Message;
  /** The files of a message. */
  filesOf(message: Message): StoredFile[];
  /** Takes it out of a channel; the file stays. */
  unshare(file: StoredFile, channel: string): void;
  deleteFile(file: StoredFile): void;
}

export function makeShare(peer: Peer, talk: Talk): Share {
  const { world } = peer;
  return {
    share: (name, channel, seeds, text = '', options = {}) => {
      const user = userOf(world, name);
      const files = [seeds].flat().map((each) => storeFile(world, user.team, user.id, each));
      const message = talk.say(name, channel, text, { ...options, files: files.map((each) => each.id) });
      for (const file of files) announceFile(peer, 'file_shared', file, channelOf(world, message.channel), user.id);
      return message;
    },
    filesOf: (message) => message.files.flatMap((id) => world.files.get(id) ?? []),
    unshare: (file, name) => {
      const channel = channelOf(world, name);
      file.shares = file.shares.filter((each) => each.channel !== channel.id);
      for (const each of world.messages.get(channel.id) ?? []) each.files = each.files.filter((id) => id !== file.id);
      announceFile(peer, 'file_unshared', file, channel, file.user);
      peer.journal.changed();
    },
    deleteFile: (file) => deleteFile(peer, file),
  };
}
