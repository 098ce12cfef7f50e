// Which scope an installation needs to hear of an event; one of those named is enough, and none is needed for the rest.

const CHANNELS = ['channels:read', 'groups:read'];

export const EVENT_SCOPES: Record<string, readonly string[]> = {
  app_mention: ['app_mentions:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  file_shared: ['files:read'],
  file_unshared: ['files:read'],
  file_deleted: ['files:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  team_join: ['users:read'],
  user_change: ['users:read'],
  channel_archive: CHANNELS,
  channel_unarchive: CHANNELS,
  channel_rename: CHANNELS,
  channel_left: CHANNELS,
  group_left: CHANNELS,
  member_joined_channel: CHANNELS,
  member_left_channel: CHANNELS,
};
