// auth.test and revoke, api.test, apps.connections.open, team.info, bots.info.

import { botOf, type Method, text } from '../call.ts';
import { SlackError } from '../errors.ts';

export const authMethods: Record<string, Method> = {
  'auth.test': {
    run: (call, peer) => {
      const team = peer.world.teams.get(call.install.team);
      return {
        url: `https://${team?.domain}.slack.com/`,
        team: team?.name,
        team_id: team?.id,
        user: botOf(call, peer).name,
        user_id: call.install.botUser,
        bot_id: call.install.botId,
        ...(team?.enterpriseId !== undefined && { enterprise_id: team.enterpriseId }),
        is_enterprise_install: false,
      };
    },
  },
  'auth.revoke': {
    run: (call) => {
      call.install.state = 'revoked';
      return { revoked: true };
    },
  },
  'api.test': { by: 'nobody', run: (call) => ({ args: call.args }) },
  'apps.connections.open': {
    by: 'app',
    run: (call, peer) => {
      const ticket = peer.sockets.ticket(call.app.id);
      return { url: `${peer.base().replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${call.app.id}` };
    },
  },
  'team.info': {
    scopes: ['team:read'],
    run: (call, peer) => {
      const team = peer.world.teams.get(text(call, 'team') ?? call.install.team);
      if (!team) throw new SlackError('team_not_found');
      const enterprise = team.enterpriseId === undefined ? {} : { enterprise_id: team.enterpriseId };
      return {
        team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: {}, ...enterprise },
      };
    },
  },
  'bots.info': {
    scopes: ['users:read'],
    run: (call, peer) => {
      const id = text(call, 'bot') ?? call.install.botId;
      const user = [...peer.world.users.values()].find((each) => each.bot?.id === id);
      if (!user?.bot) throw new SlackError('bot_not_found');
      return {
        bot: {
          id,
          deleted: user.deleted,
          name: user.name,
          updated: 1_700_000_000,
          app_id: user.bot.app,
          user_id: user.id,
          icons: {},
        },
      };
    },
  },
};
