// One event -> an `event_callback` for each installed app that is subscribed to it and present where it happened.

import type { Delivery } from '../delivery/delivery.ts';
import type { Peer } from '../peer.ts';
import type { Channel, Install, Json } from '../world/types.ts';
import { EVENT_SCOPES } from './scopes.ts';

export type Event = Json & { type: string };

export interface Scene {
  /** Whose team it happened in. */
  team: string;
  /** The channel it happened in: only apps whose bot is a member hear of it. */
  channel?: Channel;
  /** Only this installation hears of it. */
  only?: Install;
  /** The name it is subscribed by, where that is not the event's type: `message.channels`. */
  subscription?: string;
}

const MESSAGE_NAMES = { public: 'message.channels', private: 'message.groups', im: 'message.im', mpim: 'message.mpim' };
const CHANNEL_TYPES = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' };

/** The subscription that brings messages of such a channel. */
export function messageSubscription(channel: Channel): string {
  return MESSAGE_NAMES[channel.kind];
}

/** `channel_type` as events give it. */
export function channelType(channel: Channel): string {
  return CHANNEL_TYPES[channel.kind];
}

/** Sends it on its way; the answer is for those who want to wait until every app has acknowledged. */
export function announce(peer: Peer, event: Event, scene: Scene): Promise<Delivery[]> {
  const hearers = peer.world.installs.filter((install) => hears(peer, install, event, scene));
  return Promise.all(hearers.map((install) => deliverEvent(peer, install, event, scene)));
}

function hears(peer: Peer, install: Install, event: Event, scene: Scene): boolean {
  if (scene.only) return install === scene.only && subscribed(peer, install, event, scene);
  if (install.state !== 'active') return false;
  const present = scene.channel ? scene.channel.members.has(install.botUser) : install.team === scene.team;
  return present && subscribed(peer, install, event, scene);
}

function subscribed(peer: Peer, install: Install, event: Event, scene: Scene): boolean {
  const name = scene.subscription ?? event.type;
  const scopes = EVENT_SCOPES[name] ?? [];
  if (scopes.length > 0 && !scopes.some((each) => install.scopes.has(each))) return false;
  return peer.world.apps.get(install.app)?.events.has(name) ?? false;
}

function deliverEvent(peer: Peer, install: Install, event: Event, scene: Scene): Promise<Delivery> {
  const app = peer.world.apps.get(install.app);
  if (!app) throw new Error(`The local Slack has no app ${install.app}.`);
  const enterprise = peer.world.teams.get(install.team)?.enterpriseId ?? null;
  const id = peer.world.ids.next('Ev');
  const payload = {
    token: app.verificationToken,
    team_id: scene.team,
    context_team_id: install.team,
    context_enterprise_id: enterprise,
    ...(enterprise !== null && { enterprise_id: enterprise }),
    api_app_id: app.id,
    event: { event_ts: peer.world.ids.ts(), ...event },
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: enterprise,
        team_id: install.team,
        user_id: install.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: (scene.channel?.sharedWith.length ?? 0) > 0,
    event_context: `4-${Buffer.from(JSON.stringify({ et: event.type, tid: install.team, aid: app.id })).toString('base64url')}`,
  };
  return peer.deliveries.send(app, { id, kind: 'events_api', type: event.type, team: install.team, payload });
}
