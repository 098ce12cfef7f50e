// What apps hear of a file: that it was shared, taken out of a channel, or deleted. Ids only, as in Slack.

import type { Peer } from '../peer.ts';
import { placesOf } from '../world/files.ts';
import type { Channel, StoredFile } from '../world/types.ts';
import { announce } from './announce.ts';

export function announceFile(
  peer: Peer,
  type: 'file_shared' | 'file_unshared',
  file: StoredFile,
  channel: Channel,
  user: string,
): void {
  const event = { type, file_id: file.id, user_id: user, file: { id: file.id }, channel_id: channel.id };
  void announce(peer, event, { team: channel.team, channel });
}

/** The bytes go, messages keep a tombstone, and every app that could see it hears of it. */
export function deleteFile(peer: Peer, file: StoredFile): void {
  file.deleted = true;
  const places = placesOf(peer.world, file);
  const event = { type: 'file_deleted', file_id: file.id, channel_ids: places.map((each) => each.id) };
  void announce(peer, event, { team: file.team });
  peer.journal.changed();
}
