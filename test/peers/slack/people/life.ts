// What happens to people, channels and the installed app: joining, leaving, archiving, renaming, revoking, uninstalling.

import type { Delivery } from '../delivery/delivery.ts';
import { announce } from '../events/announce.ts';
import type { Peer } from '../peer.ts';
import { addUser, install, type UserSeed } from '../world/seed.ts';
import { userShape } from '../world/shapes.ts';
import type { Install, User } from '../world/types.ts';
import { channelOf, userOf } from '../world/world.ts';

export interface Life {
  join(user: string, channel: string): Promise<Delivery[]>;
  /** People and bots; a bot that is taken out hears `channel_left` or `group_left`. */
  leave(user: string, channel: string): Promise<Delivery[]>;
  archive(channel: string, by: string): Promise<Delivery[]>;
  unarchive(channel: string, by: string): Promise<Delivery[]>;
  rename(channel: string, name: string): Promise<Delivery[]>;
  newcomer(seed: UserSeed): User;
  changeUser(user: string, change: Partial<User>): Promise<Delivery[]>;
  /** The token no longer works; the app stays installed. */
  revoke(install: Install): Promise<Delivery[]>;
  uninstall(install: Install): Promise<Delivery[]>;
  /** Puts it back with a new token. */
  reinstall(former: Install, scopes?: readonly string[]): Install;
}

export function makeLife(peer: Peer): Life {
  const { world } = peer;
  const archived = (type: string, value: boolean) => (name: string, by: string) => {
    const channel = channelOf(world, name);
    channel.archived = value;
    const event = { type, channel: channel.id, user: userOf(world, by).id };
    return announce(peer, event, { team: channel.team, channel });
  };
  return {
    join: (name, place) => {
      const channel = channelOf(world, place);
      const user = userOf(world, name);
      channel.members.add(user.id);
      const channel_type = channel.kind === 'public' ? 'C' : 'G';
      const event = {
        type: 'member_joined_channel',
        user: user.id,
        channel: channel.id,
        channel_type,
        team: user.team,
      };
      return announce(peer, event, { team: channel.team, channel });
    },
    leave: (name, place) => {
      const channel = channelOf(world, place);
      const user = userOf(world, name);
      channel.members.delete(user.id);
      const bot = world.installs.find((each) => each.botUser === user.id);
      if (bot) {
        const type = channel.kind === 'public' ? 'channel_left' : 'group_left';
        return announce(peer, { type, channel: channel.id, actor_id: channel.creator }, { team: bot.team, only: bot });
      }
      const channel_type = channel.kind === 'public' ? 'C' : 'G';
      const event = { type: 'member_left_channel', user: user.id, channel: channel.id, channel_type, team: user.team };
      return announce(peer, event, { team: channel.team, channel });
    },
    archive: archived('channel_archive', true),
    unarchive: archived('channel_unarchive', false),
    rename: (place, name) => {
      const channel = channelOf(world, place);
      channel.name = name;
      const event = { type: 'channel_rename', channel: { id: channel.id, name, created: 1_700_000_000 } };
      return announce(peer, event, { team: channel.team, channel });
    },
    newcomer: (seed) => {
      const user = addUser(world, seed);
      void announce(peer, { type: 'team_join', user: userShape(user) }, { team: user.team });
      return user;
    },
    changeUser: (name, change) => {
      const user = Object.assign(userOf(world, name), change);
      return announce(peer, { type: 'user_change', user: userShape(user) }, { team: user.team });
    },
    revoke: (each) => {
      each.state = 'revoked';
      return revoked(peer, each);
    },
    uninstall: async (each) => {
      each.state = 'removed';
      for (const channel of world.channels.values()) channel.members.delete(each.botUser);
      const gone = announce(peer, { type: 'app_uninstalled' }, { team: each.team, only: each });
      return (await Promise.all([revoked(peer, each), gone])).flat();
    },
    reinstall: (former, scopes) => {
      const app = world.apps.get(former.app);
      if (!app) throw new Error(`The local Slack has no app ${former.app}.`);
      return install(world, app, former.team, scopes);
    },
  };
}

function revoked(peer: Peer, each: Install): Promise<Delivery[]> {
  const event = { type: 'tokens_revoked', tokens: { oauth: [], bot: [each.botUser] } };
  return announce(peer, event, { team: each.team, only: each });
}
