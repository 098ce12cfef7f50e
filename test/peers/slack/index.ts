// The door of the local Slack: starts one, with a world of its own, that real Slack clients can be pointed at.

import type { Server } from 'node:http';
import { type ByHand, makeByHand } from './delivery/by-hand.ts';
import { makeDeliveries } from './delivery/delivery.ts';
import { makeSockets } from './delivery/sockets.ts';
import type { Peer, Switches } from './peer.ts';
import { makePeople, type People } from './people/index.ts';
import { makeClock } from './record/clock.ts';
import { makeFaults } from './record/faults.ts';
import { makeJournal } from './record/journal.ts';
import { listen } from './server.ts';
import { isTopLevel } from './world/messages.ts';
import {
  type AppSeed,
  addApp,
  addChannel,
  addUser,
  type ChannelSeed,
  type Seed,
  seedWorld,
  type UserSeed,
} from './world/seed.ts';
import type { App, Channel, Install, Message, User } from './world/types.ts';
import { channelOf, installOf } from './world/world.ts';

export type { Delivery } from './delivery/delivery.ts';
export { signature, signedHeaders } from './delivery/http.ts';
export type { Fault } from './record/faults.ts';
export type { App, Channel, Install, Json, Message, StoredFile, User, View } from './world/types.ts';

export interface SlackOptions extends Seed {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Peer milliseconds per real one, for retries, limits and expiries: 1 by default; 0 stands still until `clock.advance`. */
  speed?: number;
  /** How long an app may take to acknowledge: 3000. */
  ackMs?: number;
  /** When an event is sent again: at once, after 1 and after 5 minutes. */
  retryAfterMs?: readonly number[];
  /** Between WebSocket pings, in real time. */
  pingMs?: number;
  switches?: Partial<Switches>;
}

export interface Slack
  extends People,
    ByHand,
    Pick<Peer, 'world' | 'journal' | 'faults' | 'clock' | 'sockets' | 'switches' | 'codes' | 'triggers'> {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** For `slackApiUrl`: ends with `/api/`. */
  apiUrl: string;
  /** The only app, or the one named. */
  app(id?: string): App;
  /** The installation of the only app in the first team, or as named. */
  install(app?: string, team?: string): Install;
  addUser(seed: UserSeed): User;
  addChannel(seed: ChannelSeed): Channel;
  addApp(seed: AppSeed): App;
  /** What people see in the channel itself, oldest first; ephemeral ones are not among them. */
  messages(channel: string): Message[];
  /** The root and its answers. */
  thread(channel: string, ts: string): Message[];
  /** Messages that only one person sees. */
  ephemeral(channel: string): Message[];
  /** The first truthy answer of `look`; throws after `ms` (5000) with the end of the journal. */
  waitFor<T>(look: () => T | undefined | null | false, ms?: number): Promise<T>;
  /** Waits until nothing is on its way to an app. */
  settled(ms?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1 until {@link Slack.stop}; throws when the port is taken. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const world = seedWorld(options);
  const journal = makeJournal();
  const clock = makeClock(options.speed ?? 1);
  const envelopeId = () => crypto.randomUUID();
  const sockets = makeSockets({ clock, journal, envelopeId, pingMs: options.pingMs ?? 10_000 });
  const times = { ackMs: options.ackMs ?? 3000, retryAfterMs: options.retryAfterMs ?? [0, 60_000, 300_000] };
  let port = options.port ?? 0;
  const peer: Peer = {
    world,
    journal,
    clock,
    sockets,
    faults: makeFaults(),
    deliveries: makeDeliveries({ clock, journal, sockets, times }),
    switches: {
      mentionWithFiles: false,
      fileProcessingMs: 0,
      postEveryMs: 0,
      postRetryAfter: 1,
      triggerMs: 3000,
      charts: false,
      ...options.switches,
    },
    triggers: new Map(),
    responses: new Map(),
    codes: new Map(),
    nextPost: new Map(),
    base: () => `http://127.0.0.1:${port}`,
  };
  const people = makePeople(peer);
  const started = await listen(peer, people, port);
  port = started.port;
  return { ...handle(peer), ...people, ...makeByHand(peer), stop: () => stop(peer, started.server) };
}

function handle(peer: Peer): Omit<Slack, keyof People | keyof ByHand | 'stop'> {
  const { world, journal } = peer;
  const all = (channel: string) => world.messages.get(channelOf(world, channel).id) ?? [];
  const app = (id?: string) => {
    const found = id === undefined ? [...world.apps.values()][0] : world.apps.get(id);
    if (!found) throw new Error(`The local Slack has no app ${id ?? ''}.`);
    return found;
  };
  return {
    world,
    journal,
    faults: peer.faults,
    clock: peer.clock,
    sockets: peer.sockets,
    switches: peer.switches,
    codes: peer.codes,
    triggers: peer.triggers,
    url: peer.base(),
    apiUrl: `${peer.base()}/api/`,
    app,
    install: (id, team) => {
      const found = installOf(world, app(id).id, team ?? [...world.teams.keys()][0] ?? '');
      if (!found) throw new Error(`The app is not installed in ${team ?? 'the first team'}.`);
      return found;
    },
    addUser: (seed) => addUser(world, seed),
    addChannel: (seed) => addChannel(world, seed),
    addApp: (seed) => addApp(world, seed),
    messages: (channel) => all(channel).filter((each) => each.onlyFor === undefined && isTopLevel(each)),
    thread: (channel, ts) =>
      all(channel).filter((each) => each.onlyFor === undefined && (each.ts === ts || each.threadTs === ts)),
    ephemeral: (channel) => all(channel).filter((each) => each.onlyFor !== undefined),
    waitFor: journal.waitFor,
    settled: async (ms) => {
      await journal.waitFor(() => journal.deliveries.every((each) => each.outcome !== 'waiting'), ms);
    },
  };
}

async function stop(peer: Peer, server: Server): Promise<void> {
  peer.clock.stop();
  peer.sockets.stop();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
