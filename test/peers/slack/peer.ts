// What every part of the peer works with: the world, the record of what happened, time, and the way to the apps.

import type { Deliveries } from './delivery/delivery.ts';
import type { Sockets } from './delivery/sockets.ts';
import type { Clock } from './record/clock.ts';
import type { Faults } from './record/faults.ts';
import type { Journal } from './record/journal.ts';
import type { World } from './world/world.ts';

/** What differs between real workspaces, or is not known of Slack for certain; each may be changed while running. */
export interface Switches {
  /** Whether `app_mention` comes too when the mentioning message carries files. */
  mentionWithFiles: boolean;
  /** How long after the upload `slack_file` may name a file. */
  fileProcessingMs: number;
  /** Least time between two posts to a channel, else 429; 0 for no limit. */
  postEveryMs: number;
  /** `Retry-After` on that 429, in seconds. */
  postRetryAfter: number;
  triggerMs: number;
  /** Whether the workspace has the `data_visualization` block yet. */
  charts: boolean;
}

export interface Peer {
  world: World;
  journal: Journal;
  faults: Faults;
  clock: Clock;
  sockets: Sockets;
  deliveries: Deliveries;
  switches: Switches;
  triggers: Map<string, { user: string; due: number; used: boolean }>;
  responses: Map<string, ResponseAddress>;
  /** Channel -> when the next post is welcome, on the peer's clock. */
  nextPost: Map<string, number>;
  codes: Map<string, { app: string; team: string; user: string; scopes: string[]; used: boolean }>;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  base: () => string;
}

/** What a `response_url` leads to. */
export interface ResponseAddress {
  channel: string;
  user: string;
  app: string;
  /** The message that held the button, if one did. */
  ts?: string;
  uses: number;
  due: number;
}
