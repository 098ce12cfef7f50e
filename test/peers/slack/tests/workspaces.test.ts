// More than one team: shared channels, strangers, installing by OAuth, losing a token, and what scopes let through.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, MemoryInstallationStore } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, expect, test } from 'vitest';
import { type Slack, startSlack } from '../index.ts';
import { clientOptions, quiet, startBolt } from './bolt.ts';

let slack: Slack;
let bolt: App | undefined;

afterEach(async () => {
  await bolt?.stop();
  bolt = undefined;
  await slack.stop();
});

const teams = [
  { id: 'T1', name: 'Ours' },
  { id: 'T2', name: 'Theirs' },
];

test('in a shared channel the context team is ours, and a stranger is marked as one', async () => {
  slack = await startSlack({
    teams,
    apps: [{ teams: ['T1'], events: ['message.channels'] }],
    users: [
      { name: 'ada', team: 'T1' },
      { name: 'zoe', team: 'T2' },
      { name: 'yan', team: 'T2' },
    ],
    channels: [{ name: 'both', team: 'T1', sharedWith: ['T2'], members: ['ada', 'zoe', 'colleague'] }],
    retryAfterMs: [],
  });
  slack.say('zoe', '#both', 'hello');
  await slack.settled();
  const payload = slack.journal.deliveries[0]?.payload;
  expect(payload).toMatchObject({ team_id: 'T2', context_team_id: 'T1', is_ext_shared_channel: true });
  const web = new WebClient(slack.install().botToken, clientOptions(slack));
  const [, zoe = '', yan = ''] = [...slack.world.users.values()].filter((each) => !each.bot).map((each) => each.id);
  expect((await web.users.info({ user: zoe })).user).toMatchObject({ is_stranger: true, team_id: 'T2' });
  await expect(web.users.info({ user: yan })).rejects.toThrow('user_not_visible');
});

test('bolt installs itself by OAuth, and answers in the team that installed it', async () => {
  slack = await startSlack({ teams, apps: [{ teams: [] }], users: [{ name: 'zoe', team: 'T2' }], channels: [] });
  const { clientId, clientSecret, signingSecret } = slack.app();
  bolt = new App({
    signingSecret,
    clientId,
    clientSecret,
    stateSecret: 'state',
    scopes: ['chat:write', 'app_mentions:read'],
    installationStore: new MemoryInstallationStore(),
    logger: quiet,
    clientOptions: clientOptions(slack),
    installerOptions: {
      directInstall: true,
      authorizationUrl: `${slack.url}/oauth/v2/authorize`,
      clientOptions: clientOptions(slack),
    },
  });
  bolt.event('app_mention', async ({ say }) => void (await say('Here.')));
  const server = (await bolt.start(0)) as Server;
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  slack.app().route = { mode: 'http', url: `${home}/slack/events` };

  slack.app().redirectUrl = `${home}/slack/oauth_redirect`;
  const begin = await fetch(`${home}/slack/install`, { redirect: 'manual' });
  const cookie = begin.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const page = new URL(begin.headers.get('location') ?? '');
  page.searchParams.set('team', 'T2');
  const allowed = await fetch(page, { redirect: 'manual' });
  const back = await fetch(allowed.headers.get('location') ?? '', { headers: { cookie }, redirect: 'manual' });
  expect(back.status).toBe(200);
  expect([...slack.install(undefined, 'T2').scopes]).toEqual(['chat:write', 'app_mentions:read']);

  slack.addChannel({ name: 'theirs', team: 'T2' });
  slack.mention('zoe', '#theirs', 'hello');
  await slack.waitFor(() => slack.messages('#theirs').some((each) => each.text === 'Here.'));
});

test('a token that rotates is replaced by its refresh token', async () => {
  slack = await startSlack({ apps: [{ tokenRotation: true }] });
  const { clientId: client_id, clientSecret: client_secret, id } = slack.app();
  slack.codes.set('c', { app: id, team: slack.install().team, user: '', scopes: ['team:read'], used: false });
  const web = new WebClient(undefined, clientOptions(slack));
  const first = await web.oauth.v2.access({ client_id, client_secret, code: 'c' });
  expect(first.expires_in).toBe(43_200);
  const refresh = {
    client_id,
    client_secret,
    grant_type: 'refresh_token' as const,
    refresh_token: first.refresh_token ?? '',
  };
  const second = await web.oauth.v2.access(refresh);
  expect(second.access_token).not.toBe(first.access_token);
  await expect(web.auth.test({ token: first.access_token ?? '' })).rejects.toThrow('invalid_auth');
  expect((await web.auth.test({ token: second.access_token ?? '' })).ok).toBe(true);
});

test('what the app may not hear, where it is not, and what it did not ask for, does not reach it', async () => {
  slack = await startSlack({ apps: [{ events: ['message.channels', 'app_mention'] }], retryAfterMs: [] });
  slack.addChannel({ name: 'away', members: ['ada'] });
  slack.mention('ada', '#away', 'not here');
  slack.say('ada', '@colleague', 'not subscribed');
  slack.install().scopes.delete('channels:history');
  slack.mention('ada', '#sales', 'no scope for messages');
  await slack.settled();
  expect(slack.journal.deliveries.map((each) => each.type)).toEqual(['app_mention']);
});

test('a direct message needs no mention and is no app_mention', async () => {
  slack = await startSlack({ retryAfterMs: [] });
  const message = slack.say('ada', '@colleague', `<@${slack.install().botUser}> hi`);
  await slack.settled();
  expect(slack.journal.deliveries.map((each) => each.payload.event)).toMatchObject([
    { type: 'message', channel: message.channel, channel_type: 'im' },
  ]);
});

test('the app hears that it is taken out, loses its token, and is uninstalled', async () => {
  slack = await startSlack({ retryAfterMs: [] });
  const install = slack.install();
  await slack.leave(install.botUser, '#sales');
  await slack.revoke(install);
  await slack.uninstall(install);
  const heard = slack.journal.deliveries.map((each) => each.type);
  expect(heard.toSorted()).toEqual(['app_uninstalled', 'channel_left', 'tokens_revoked', 'tokens_revoked']);
  const fresh = slack.reinstall(install);
  expect(fresh.botUser).toBe(install.botUser);
  expect(fresh.botToken).not.toBe(install.botToken);
});

test('a replay is the same event again, and an address proves itself by echoing', async () => {
  slack = await startSlack({ apps: [{ events: ['app_mention'] }] });
  const ids: string[] = [];
  bolt = await startBolt(slack, 'http', (app) =>
    app.event('app_mention', async ({ body }) => void ids.push(body.event_id)),
  );
  slack.mention('ada', '#sales', 'once');
  await slack.settled();
  const [first] = slack.journal.deliveries;
  if (first) await slack.redeliver(first);
  await slack.waitFor(() => ids.length === 2);
  expect(new Set(ids).size).toBe(1);
  const { body, challenge } = await slack.verifyUrl();
  expect(body).toContain(challenge);
  // Bolt's own receiver asks for a signature even here; Slack sends none.
  expect(await slack.sslCheck()).toBe(401);
});
