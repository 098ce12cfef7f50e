// POST /api/METHOD: finds the token, checks the scope, runs the method, and lets planned faults strike.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Peer } from '../peer.ts';
import type { Fault } from '../record/faults.ts';
import type { CallEntry } from '../record/journal.ts';
import type { App, Install, Json } from '../world/types.ts';
import { type Call, type Method, needScope } from './call.ts';
import { decodeArguments, readBody } from './decode.ts';
import { SlackError } from './errors.ts';
import { methods } from './methods/index.ts';
import { strike } from './strike.ts';

export async function answerApi(peer: Peer, name: string, request: IncomingMessage, response: ServerResponse) {
  const query = new URL(request.url ?? '/', 'http://peer').searchParams;
  const args = decodeArguments(request.headers['content-type'] ?? '', await readBody(request), query);
  const token = tokenOf(request, args);
  const entry: CallEntry = { method: name, args, at: Date.now(), outcome: 'waiting' };
  delete args.token;
  peer.journal.calls.push(entry);
  const fault = peer.faults.take(name, args) ?? tooOften(peer, name, args);
  const apply = async () => {
    const { answer, scopes } = await perform(peer, name, entry, token, request);
    entry.answer = answer;
    return { body: answer, headers: { 'x-slack-req-id': peer.world.ids.secret(), ...scopes } };
  };
  await strike(peer, fault, entry, response, apply);
  peer.journal.changed();
}

async function perform(
  peer: Peer,
  name: string,
  entry: CallEntry,
  token: string | undefined,
  request: IncomingMessage,
): Promise<{ answer: Json; scopes: Record<string, string> }> {
  const scopes: Record<string, string> = {};
  try {
    const method = methods[name];
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    const who = caller(peer, method, token, entry.args, request);
    entry.team = who.install.team;
    entry.app = who.app.id;
    if (method.by === undefined || method.by === 'bot') {
      scopes['x-oauth-scopes'] = [...who.install.scopes].join(',');
      scopes['x-accepted-oauth-scopes'] = (method.scopes ?? []).join(',');
    }
    const call: Call = { method: name, args: entry.args, ...who };
    if (method.by !== 'nobody' && method.by !== 'app') needScope(call.install, method.scopes ?? []);
    const answer = { ok: true, ...(await method.run(call, peer)) };
    entry.outcome = 'ok';
    return { answer, scopes };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    entry.outcome = error.code;
    return { answer: { ok: false, error: error.code, ...error.extra }, scopes };
  }
}

function caller(
  peer: Peer,
  method: Method,
  token: string | undefined,
  args: Json,
  request: IncomingMessage,
): { install: Install; app: App } {
  const { world } = peer;
  if (method.by === 'nobody') {
    const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const [id, secret] = basic ? Buffer.from(basic, 'base64').toString().split(':') : [];
    if (id !== undefined) Object.assign(args, { client_id: id, client_secret: secret });
    const app =
      [...world.apps.values()].find((each) => each.clientId === args.client_id) ?? [...world.apps.values()][0];
    if (!app) throw new SlackError('invalid_client_id');
    return { app, install: nobody(app.id) };
  }
  if (token === undefined || token === '') throw new SlackError('not_authed');
  const appOfToken = [...world.apps.values()].find((each) => each.appToken === token);
  if (method.by === 'app') {
    if (!appOfToken) throw new SlackError(token.startsWith('xox') ? 'not_allowed_token_type' : 'invalid_auth');
    return { app: appOfToken, install: nobody(appOfToken.id) };
  }
  if (appOfToken) throw new SlackError('not_allowed_token_type');
  const install = world.installs.find((each) => each.botToken === token);
  const app = install && world.apps.get(install.app);
  if (!install || !app) throw new SlackError('invalid_auth');
  if (install.state === 'revoked') throw new SlackError('token_revoked');
  if (install.state === 'removed') throw new SlackError('account_inactive');
  return { install, app };
}

/** About one post a second and channel, where the switch is on. */
function tooOften(peer: Peer, name: string, args: Json): Fault | undefined {
  const { postEveryMs, postRetryAfter } = peer.switches;
  if (postEveryMs === 0 || name !== 'chat.postMessage') return undefined;
  const channel = String(args.channel);
  const now = peer.clock.now();
  const next = peer.nextPost.get(channel) ?? 0;
  if (now < next) return { kind: 'rate limit', retryAfter: postRetryAfter };
  peer.nextPost.set(channel, now + postEveryMs);
  return undefined;
}

function nobody(app: string): Install {
  return { app, team: '', botUser: '', botId: '', botToken: '', scopes: new Set(), state: 'active' };
}

function tokenOf(request: IncomingMessage, args: Json): string | undefined {
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? (typeof args.token === 'string' ? args.token : undefined);
}
