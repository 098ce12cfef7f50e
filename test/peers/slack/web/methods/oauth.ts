// oauth.v2.access and the page before it: a code for an installation, an installation for a code or a refresh token.

import type { Peer } from '../../peer.ts';
import { install } from '../../world/seed.ts';
import type { App, Install, Json } from '../../world/types.ts';
import { type Call, type Method, text } from '../call.ts';
import { SlackError } from '../errors.ts';
import type { Answer } from '../strike.ts';

const ROTATED_FOR_SECONDS = 43_200;

export const oauthMethods: Record<string, Method> = {
  'oauth.v2.access': {
    by: 'nobody',
    run: (call, peer) => {
      if (call.app.clientId !== text(call, 'client_id')) throw new SlackError('invalid_client_id');
      if (call.app.clientSecret !== text(call, 'client_secret')) throw new SlackError('bad_client_secret');
      if (text(call, 'grant_type') === 'refresh_token') return refreshed(call, peer);
      const code = peer.codes.get(text(call, 'code') ?? '');
      if (!code || code.app !== call.app.id) throw new SlackError('invalid_code');
      if (code.used) throw new SlackError('code_already_used');
      code.used = true;
      const fresh = install(peer.world, call.app, code.team, code.scopes);
      if (call.app.tokenRotation) fresh.refreshToken = `xoxe-1-${peer.world.ids.secret()}`;
      return { ...granted(peer, call.app, fresh), authed_user: { id: code.user } };
    },
  },
};

/**
 * What the person who clicks "Allow" causes: a redirect with a code. The peer allows at once.
 * `team` and `user` in the query choose who installs; by default the first person of the first team.
 */
export function authorize(peer: Peer, query: URLSearchParams): Answer {
  const app = [...peer.world.apps.values()].find((each) => each.clientId === query.get('client_id'));
  const target = query.get('redirect_uri') ?? app?.redirectUrl;
  if (!app || !target) return { status: 400, body: 'invalid_client_id or no redirect_uri' };
  const team = query.get('team') || ([...peer.world.teams.keys()][0] ?? '');
  const person = [...peer.world.users.values()].find((each) => each.team === team && each.kind === 'member');
  const code = `code-${peer.world.ids.secret()}`;
  const scopes = (query.get('scope') ?? '').split(',').filter(Boolean);
  peer.codes.set(code, {
    app: app.id,
    team,
    user: query.get('user') ?? person?.id ?? '',
    scopes: scopes.length > 0 ? scopes : app.scopes,
    used: false,
  });
  const url = new URL(target);
  url.searchParams.set('code', code);
  url.searchParams.set('state', query.get('state') ?? '');
  return { status: 302, body: '', headers: { location: url.href } };
}

function refreshed(call: Call, peer: Peer): Json {
  const token = text(call, 'refresh_token');
  const known = peer.world.installs.find((each) => each.refreshToken !== undefined && each.refreshToken === token);
  if (known?.state !== 'active') throw new SlackError('invalid_refresh_token');
  known.botToken = `xoxe.xoxb-1-${peer.world.ids.secret()}`;
  known.refreshToken = `xoxe-1-${peer.world.ids.secret()}`;
  return granted(peer, call.app, known);
}

function granted(peer: Peer, app: App, fresh: Install): Json {
  const team = peer.world.teams.get(fresh.team);
  return {
    app_id: app.id,
    scope: [...fresh.scopes].join(','),
    token_type: 'bot',
    access_token: fresh.botToken,
    bot_user_id: fresh.botUser,
    team: { id: team?.id, name: team?.name },
    enterprise: team?.enterpriseId === undefined ? null : { id: team.enterpriseId, name: team.enterpriseId },
    is_enterprise_install: false,
    ...(fresh.refreshToken !== undefined && {
      refresh_token: fresh.refreshToken,
      expires_in: ROTATED_FOR_SECONDS,
    }),
  };
}
