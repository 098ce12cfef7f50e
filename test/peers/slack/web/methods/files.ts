// files.info, delete, getUploadURLExternal and completeUploadExternal.

import { announceFile, deleteFile } from '../../events/files.ts';
import type { Peer } from '../../peer.ts';
import { maySee, storeFile } from '../../world/files.ts';
import { fileShape } from '../../world/shapes.ts';
import type { Json, StoredFile } from '../../world/types.ts';
import { type Call, channelArgument, list, type Method, needed, text } from '../call.ts';
import { acceptBlocks } from '../content.ts';
import { SlackError } from '../errors.ts';
import { mayPost, post, threadArgument } from '../post.ts';

export const fileMethods: Record<string, Method> = {
  'files.info': {
    scopes: ['files:read'],
    run: (call, peer) => {
      const file = visible(call, peer);
      if (file.deleted) throw new SlackError('file_deleted');
      const shape = fileShape(peer.base(), file, 'info');
      return { file: shape, comments: [], response_metadata: { next_cursor: '' } };
    },
  },
  'files.delete': {
    scopes: ['files:write'],
    run: (call, peer) => {
      const file = visible(call, peer);
      if (file.deleted) throw new SlackError('file_deleted');
      if (file.user !== call.install.botUser) throw new SlackError('cant_delete_file');
      deleteFile(peer, file);
      return {};
    },
  },
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    run: (call, peer) => {
      const name = needed(call, 'filename');
      const length = Number(needed(call, 'length'));
      if (!Number.isInteger(length) || length <= 0) throw new SlackError('invalid_arguments');
      const file = storeFile(peer.world, call.install.team, call.install.botUser, { name, bytes: '' });
      file.complete = false;
      const altText = text(call, 'alt_txt') ?? text(call, 'alt_text');
      if (altText !== undefined) file.altText = altText;
      return { upload_url: `${peer.base()}/upload/${file.id}`, file_id: file.id };
    },
  },
  'files.completeUploadExternal': {
    scopes: ['files:write'],
    run: (call, peer) => {
      const named = list(call, 'files', 'invalid_arguments') ?? [];
      if (named.length === 0) throw new SlackError('invalid_arguments');
      const files = named.map((each) => uploaded(call, peer, each));
      const where = text(call, 'channel_id') ?? text(call, 'channels');
      if (where) shareUploaded(call, peer, files);
      return { files: files.map((each) => ({ ...fileShape(peer.base(), each, 'info'), title: each.title })) };
    },
  },
};

function visible(call: Call, peer: Peer): StoredFile {
  const file = peer.world.files.get(text(call, 'file') ?? '');
  if (!file || !maySee(peer.world, call.install, file)) throw new SlackError('file_not_found');
  return file;
}

function uploaded(call: Call, peer: Peer, named: Json): StoredFile {
  const file = peer.world.files.get(String(named.id ?? ''));
  if (!file || file.user !== call.install.botUser || file.bytes.length === 0) throw new SlackError('file_not_found');
  if (typeof named.title === 'string') file.title = named.title;
  file.complete = true;
  file.readyAt = peer.clock.now() + peer.switches.fileProcessingMs;
  return file;
}

function shareUploaded(call: Call, peer: Peer, files: StoredFile[]): void {
  const channel = channelArgument(call, peer, text(call, 'channel_id') ? 'channel_id' : 'channels');
  mayPost(call, channel);
  const threadTs = threadArgument(call, peer, channel);
  const blocks = list(call, 'blocks', 'invalid_blocks_format');
  post(call, peer, channel, {
    text: text(call, 'initial_comment') ?? '',
    threadTs,
    files: files.map((each) => each.id),
    ...(blocks?.length && { blocks: acceptBlocks(peer, blocks) }),
  });
  for (const file of files) announceFile(peer, 'file_shared', file, channel, call.install.botUser);
}
