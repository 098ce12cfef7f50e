// Files of a workspace: storing one, its type by its name, and who may see it.

import type { Channel, FileMode, Install, StoredFile } from './types.ts';
import type { World } from './world.ts';

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

export interface FileSeed {
  name: string;
  bytes: Buffer | Uint8Array | string;
  title?: string;
  mimetype?: string;
  /** What Slack claims, where that is not the truth. */
  size?: number;
  /** `file_access` is the stub of Slack Connect; `files.info` then tells the rest. */
  mode?: FileMode;
}

export function storeFile(world: World, team: string, user: string, seed: FileSeed): StoredFile {
  const file: StoredFile = {
    id: world.ids.next('F'),
    team,
    user,
    name: seed.name,
    title: seed.title ?? seed.name,
    mimetype: seed.mimetype ?? mimetypeOf(seed.name),
    bytes: Buffer.from(seed.bytes),
    ...(seed.size !== undefined && { claimedSize: seed.size }),
    mode: seed.mode ?? 'hosted',
    created: Math.floor(Date.now() / 1000),
    readyAt: 0,
    shares: [],
    deleted: false,
    complete: true,
  };
  world.files.set(file.id, file);
  return file;
}

export function mimetypeOf(name: string): string {
  return TYPES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

/** Whether this app's bot may see it: its own, or shared where the bot is a member. */
export function maySee(world: World, install: Install, file: StoredFile): boolean {
  if (file.user === install.botUser) return true;
  return file.shares.some((each) => world.channels.get(each.channel)?.members.has(install.botUser));
}

/** The channels it is in. */
export function placesOf(world: World, file: StoredFile): Channel[] {
  return [...new Set(file.shares.map((each) => each.channel))].flatMap((id) => world.channels.get(id) ?? []);
}
