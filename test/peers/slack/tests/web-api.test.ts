// The Web API through the real WebClient: what it stores, what it refuses, and in which words.

import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Slack, startSlack } from '../index.ts';
import { clientOptions } from './bolt.ts';

let slack: Slack;
let web: WebClient;
let sales: string;

beforeEach(async () => {
  slack = await startSlack({ speed: 0 });
  web = new WebClient(slack.install().botToken, clientOptions(slack));
  sales = channel('sales');
});

afterEach(async () => {
  await slack.stop();
});

test('metadata is kept, and history and replies give it when asked', async () => {
  const metadata = { event_type: 'answer', event_payload: { key: 'k1' } };
  const root = await web.chat.postMessage({ channel: sales, text: 'root' });
  await web.chat.postMessage({ channel: sales, text: 'reply', thread_ts: root.ts ?? '', metadata });
  const replies = await web.conversations.replies({ channel: sales, ts: root.ts ?? '', include_all_metadata: true });
  expect(replies.messages?.map((each) => [each.text, each.metadata?.event_payload])).toEqual([
    ['root', undefined],
    ['reply', { key: 'k1' }],
  ]);
  const history = await web.conversations.history({ channel: sales });
  expect(history.messages?.map((each) => [each.text, each.reply_count])).toEqual([['root', 1]]);
});

test('history comes in pages, newest first', async () => {
  for (const text of ['1', '2', '3']) await web.chat.postMessage({ channel: sales, text });
  const first = await web.conversations.history({ channel: sales, limit: 2 });
  const cursor = first.response_metadata?.next_cursor ?? '';
  const second = await web.conversations.history({ channel: sales, limit: 2, cursor });
  expect([first, second].map((each) => each.messages?.map(({ text }) => text))).toEqual([['3', '2'], ['1']]);
});

test('calls that Slack refuses are refused in its words', async () => {
  slack.addChannel({ name: 'away', members: ['ada'] });
  slack.addChannel({ name: 'secret', kind: 'private', members: ['ada'] });
  slack.addChannel({ name: 'old', archived: true });
  const { ts = '' } = await web.chat.postMessage({ channel: sales, text: 'x' });
  const mine = slack.say('ada', '#sales', 'mine').ts;
  const post = (more: object) => web.apiCall('chat.postMessage', { channel: sales, text: 'x', ...more });
  const refused: [string, () => Promise<unknown>][] = [
    ['no_text', () => post({ text: '' })],
    ['channel_not_found', () => post({ channel: 'C404' })],
    ['channel_not_found', () => post({ channel: channel('secret') })],
    ['not_in_channel', () => post({ channel: channel('away') })],
    ['is_archived', () => post({ channel: channel('old') })],
    ['invalid_thread_ts', () => post({ thread_ts: '' })],
    ['thread_not_found', () => post({ thread_ts: '1000000000.000100' })],
    ['invalid_metadata_format', () => post({ metadata: { key: 1 } })],
    ['invalid_blocks', () => post({ blocks: [{ type: 'chart' }] })],
    ['msg_too_long', () => web.chat.update({ channel: sales, ts, text: 'x'.repeat(4001) })],
    ['cant_update_message', () => web.chat.update({ channel: sales, ts: mine, text: 'x' })],
    ['message_not_found', () => web.chat.delete({ channel: sales, ts: '1000000000.000100' })],
    ['file_not_found', () => web.files.info({ file: 'F404' })],
    ['user_not_found', () => web.users.info({ user: 'U404' })],
    ['invalid_trigger_id', () => web.views.open({ trigger_id: 'x', view: modal })],
    ['unknown_method', () => web.apiCall('chat.shout', {})],
  ];
  for (const [error, call] of refused) expect(await errorOf(call()), error).toBe(error);
  await web.reactions.add({ channel: sales, timestamp: ts, name: 'eyes' });
  expect(await errorOf(web.reactions.add({ channel: sales, timestamp: ts, name: 'eyes' }))).toBe('already_reacted');
});

test('tokens: none, unknown, revoked, of an uninstalled app, and one without the scope', async () => {
  const tried = (token?: string) => errorOf(new WebClient(token, clientOptions(slack)).auth.test());
  expect(await tried()).toBe('not_authed');
  expect(await tried('xoxb-made-up')).toBe('invalid_auth');
  expect(await tried(slack.app().appToken)).toBe('not_allowed_token_type');
  slack.install().scopes.delete('chat:write');
  const refused = await web.chat.postMessage({ channel: sales, text: 'x' }).catch((error) => error.data);
  expect(refused).toMatchObject({ error: 'missing_scope', needed: 'chat:write' });
  const install = slack.install();
  void slack.revoke(install);
  expect(await errorOf(web.auth.test())).toBe('token_revoked');
  void slack.uninstall(install);
  expect(await errorOf(web.auth.test())).toBe('account_inactive');
});

test('the address of a person is shown only with its scope', async () => {
  const { user } = await web.users.lookupByEmail({ email: 'ada@example.com' });
  expect(user?.name).toBe('ada');
  slack.install().scopes.delete('users:read.email');
  const { user: hidden } = await web.users.info({ user: user?.id ?? '' });
  expect(hidden?.profile?.email).toBeUndefined();
});

test('uploaded files are one message, and are readable with the token only', async () => {
  await web.filesUploadV2({
    channel_id: sales,
    initial_comment: 'Both',
    file_uploads: [
      { file: Buffer.from('PNG!'), filename: 'chart.png' },
      { file: Buffer.from('a,b'), filename: 'rows.csv' },
    ],
  });
  const [message] = slack.messages('#sales');
  expect(message?.text).toBe('Both');
  const [chart] = slack.filesOf(message ?? never());
  expect(chart?.bytes.toString()).toBe('PNG!');
  const { file } = await web.files.info({ file: chart?.id ?? '' });
  expect(Object.keys(file?.shares?.public ?? {})).toEqual([sales]);
  const page = await fetch(file?.url_private ?? '');
  expect([page.status, page.redirected, page.headers.get('content-type')]).toEqual([
    200,
    true,
    'text/html; charset=utf-8',
  ]);
});

test('a block may name an uploaded file once it is processed', async () => {
  slack.switches.fileProcessingMs = 2000;
  const { upload_url, file_id = '' } = await web.files.getUploadURLExternal({ filename: 'a.png', length: 4 });
  await fetch(upload_url ?? '', { method: 'POST', body: 'PNG!' });
  await web.files.completeUploadExternal({ files: [{ id: file_id }] });
  const blocks = [{ type: 'image', alt_text: 'Sales', slack_file: { id: file_id } }];
  const post = () => web.chat.postMessage({ channel: sales, text: 'Sales', blocks });
  expect(await errorOf(post())).toBe('invalid_blocks');
  slack.clock.advance(2000);
  expect((await post()).ok).toBe(true);
});

test('a stream grows by pieces and ends with blocks', async () => {
  const question = slack.say('ada', '#sales', 'go');
  const args = { channel: sales, thread_ts: question.ts, recipient_team_id: 'T1', recipient_user_id: question.user };
  const stream = web.chatStream({ ...args, buffer_size: 4 });
  await stream.append({ markdown_text: '**Sales**' });
  await stream.append({ chunks: [{ type: 'task_update', id: 't', title: 'Reading', status: 'complete' }] });
  await stream.stop({ markdown_text: ' are up', blocks: [{ type: 'divider' }] });
  const answer = slack.thread('#sales', question.ts)[1];
  expect(answer?.text).toBe('**Sales** are up');
  expect(answer?.blocks?.map((each) => each.type)).toEqual(['markdown', 'task_card', 'markdown', 'divider']);
  expect(answer?.streaming).toBe('completed');
  expect(await errorOf(web.chat.startStream({ ...args, recipient_team_id: '' }))).toBe('missing_recipient_team_id');
});

test('a status stands in a thread until the app answers there', async () => {
  const { ts } = slack.say('ada', '#sales', 'go');
  await web.assistant.threads.setStatus({ channel_id: sales, thread_ts: ts, status: 'is reading…' });
  expect([...slack.world.statuses.values()]).toEqual(['is reading…']);
  await web.chat.postMessage({ channel: sales, thread_ts: ts, text: 'done' });
  expect(slack.world.statuses.size).toBe(0);
});

test('a code is good for one installation', async () => {
  const { clientId, clientSecret } = slack.app();
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: 'http://127.0.0.1:1/back', state: 's' });
  const answer = await fetch(`${slack.url}/oauth/v2/authorize?${query}`, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('s');
  const code = back.searchParams.get('code') ?? '';
  const nobody = new WebClient(undefined, clientOptions(slack));
  const exchange = () => nobody.oauth.v2.access({ client_id: clientId, client_secret: clientSecret, code });
  const { access_token: token = '' } = await exchange();
  expect((await new WebClient(token, clientOptions(slack)).auth.test()).user_id).toBe(slack.install().botUser);
  expect(await errorOf(exchange())).toBe('code_already_used');
});

const modal = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'x' }, blocks: [] };

function channel(name: string): string {
  return [...slack.world.channels.values()].find((each) => each.name === name)?.id ?? never();
}

async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return error instanceof WebAPIPlatformError ? error.data.error : String(error);
  }
}

function never(): never {
  throw new Error('It should be there.');
}
