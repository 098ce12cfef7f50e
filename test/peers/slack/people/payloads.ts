// The parts that every interaction payload has: who, where, a trigger that expires, and an address to answer to.

import type { Peer } from '../peer.ts';
import type { App, Channel, Install, Json, User } from '../world/types.ts';

const RESPONSE_MS = 30 * 60_000;
const MOST_RESPONSES = 5;

export interface Actor {
  peer: Peer;
  user: User;
  install: Install;
  app: App;
}

/** @param app whose installation in the person's team (or in any) is meant; by default the first. */
export function actor(peer: Peer, user: User, app?: string): Actor {
  const candidates = peer.world.installs.filter((each) => app === undefined || each.app === app);
  const install = candidates.find((each) => each.team === user.team) ?? candidates[0];
  const found = install && peer.world.apps.get(install.app);
  if (!found) throw new Error('The local Slack has no such app installed.');
  return { peer, user, install, app: found };
}

/** A new `trigger_id`: it opens one modal, within three seconds. */
export function newTrigger({ peer, user }: Actor): string {
  const id = `${Date.now()}.${peer.world.ids.secret()}.${peer.world.ids.secret()}`;
  const due = peer.clock.now() + peer.switches.triggerMs;
  peer.triggers.set(id, { user: user.id, due, used: false });
  return id;
}

/** @param ts the message that holds the button, which `replace_original` then means. */
export function newResponseUrl({ peer, user, app }: Actor, channel: string, ts?: string): string {
  const id = peer.world.ids.secret();
  const due = peer.clock.now() + RESPONSE_MS;
  const address = { channel, user: user.id, app: app.id, uses: MOST_RESPONSES, due };
  peer.responses.set(id, ts === undefined ? address : { ...address, ts });
  return `${peer.base()}/response/${app.id}/${id}`;
}

/** `token`, `team`, `user` and the like, as interactive payloads carry them. */
export function basePayload({ peer, user, install, app }: Actor): Json {
  const team = peer.world.teams.get(install.team);
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    api_app_id: app.id,
    token: app.verificationToken,
    team: { id: team?.id, domain: team?.domain },
    enterprise: team?.enterpriseId === undefined ? null : { id: team.enterpriseId, name: team.enterpriseId },
    is_enterprise_install: false,
  };
}

/** Slack gives no true name for conversations that are not public. */
export function nameFor(channel: Channel): string {
  if (channel.kind === 'public') return channel.name;
  return channel.kind === 'im' ? 'directmessage' : 'privategroup';
}
