// Channels, messages and files as the app finds them: lists and pages, what becomes of edits and removals, addresses that expire.

import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Slack, startSlack } from '../index.ts';
import { clientOptions } from './bolt.ts';

let slack: Slack;
let web: WebClient;

beforeEach(async () => {
  slack = await startSlack({ speed: 0, retryAfterMs: [], apps: [{ events: [] }] });
  web = new WebClient(slack.install().botToken, clientOptions(slack));
});

afterEach(async () => {
  await slack.stop();
});

test('channels are listed by kind, private ones only where the bot is', async () => {
  slack.addChannel({ name: 'old', archived: true });
  slack.addChannel({ name: 'secret', kind: 'private', members: ['ada'] });
  slack.addChannel({ name: 'ours', kind: 'private', members: ['ada', 'colleague'] });
  const { channels } = await web.conversations.list({
    types: 'public_channel,private_channel',
    exclude_archived: true,
  });
  expect(channels?.map((each) => [each.name, each.is_private, each.is_member])).toEqual([
    ['general', false, true],
    ['sales', false, true],
    ['ours', true, true],
  ]);
  slack.install().scopes.delete('groups:read');
  await expect(web.conversations.list({ types: 'private_channel' })).rejects.toThrow('missing_scope');
});

test('the bot joins a public channel, reads its members, and opens a direct conversation once', async () => {
  const { id } = slack.addChannel({ name: 'away', members: ['ada', 'ben'] });
  await expect(web.conversations.history({ channel: id })).rejects.toThrow('not_in_channel');
  await web.conversations.join({ channel: id });
  const members = await web.conversations.members({ channel: id, limit: 2 });
  expect(members.members).toHaveLength(2);
  expect(members.response_metadata?.next_cursor).not.toBe('');
  const ada = members.members?.[0] ?? '';
  const first = await web.conversations.open({ users: ada });
  const second = await web.conversations.open({ users: ada, return_im: true });
  expect(second.channel?.id).toBe(first.channel?.id);
  const sent = await web.chat.postMessage({ channel: ada, text: 'hi' });
  expect(sent.channel).toBe(first.channel?.id);
  const { channel } = await web.conversations.info({ channel: first.channel?.id ?? '' });
  expect(channel).toMatchObject({ is_im: true, user: ada });
});

test('an update replaces blocks, and a removed root stays as a tombstone while it has answers', async () => {
  const blocks = [{ type: 'divider' as const }];
  const { channel = '', ts = '' } = await web.chat.postMessage({ channel: '#sales', text: 'one', blocks });
  await web.chat.update({ channel, ts, text: 'two' });
  expect(slack.messages('#sales')).toMatchObject([{ text: 'two', edited: { user: slack.install().botUser } }]);
  expect(slack.messages('#sales')[0]?.blocks).toBeUndefined();
  const reply = slack.say('ada', '#sales', 'a reply', { thread: ts });
  await web.chat.delete({ channel, ts });
  const { messages } = await web.conversations.replies({ channel, ts });
  expect(messages).toMatchObject([{ subtype: 'tombstone' }, { text: 'a reply' }]);
  slack.remove(reply);
  expect(slack.thread('#sales', ts)).toHaveLength(1);
});

test('a message for one person only is nobody else’s, and cannot be found again', async () => {
  const ada = slack.say('ada', '#sales', 'x').user;
  await web.chat.postEphemeral({ channel: '#sales', user: ada, text: 'psst' });
  expect(slack.ephemeral('#sales')).toMatchObject([{ text: 'psst', onlyFor: ada }]);
  const { messages } = await web.conversations.history({ channel: slack.messages('#sales')[0]?.channel ?? '' });
  expect(messages?.map((each) => each.text)).toEqual(['x']);
});

test('a response address is good for five answers in half an hour', async () => {
  const addressOf = async () => {
    await slack.slash('ada', '#sales', '/sales');
    return String(slack.journal.deliveries.at(-1)?.payload.response_url);
  };
  const answer = async (url: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).text();
  };
  const url = await addressOf();
  for (let use = 0; use < 5; use++) expect(await answer(url, { text: `${use}` })).toBe('ok');
  expect(await answer(url, { text: 'six' })).toContain('used_url');
  const later = await addressOf();
  slack.clock.advance(30 * 60_000 + 1);
  expect(await answer(later, { text: 'late' })).toContain('expired_url');
});

test('a deleted file leaves a tombstone, and asking for it says so', async () => {
  const message = slack.share('ada', '#sales', [
    { name: 'a.csv', bytes: 'a' },
    { name: 'b.csv', bytes: 'b', mode: 'tombstone' },
    { name: 'c.gdoc', bytes: 'c', mode: 'external' },
  ]);
  const [first] = slack.filesOf(message);
  if (first) slack.deleteFile(first);
  const { messages } = await web.conversations.history({ channel: message.channel });
  expect(messages?.[0]?.files?.map((each) => each.mode)).toEqual(['tombstone', 'tombstone', 'external']);
  expect(messages?.[0]?.files?.[2]?.url_private).toContain('docs.google.com');
  await expect(web.files.info({ file: first?.id ?? '' })).rejects.toThrow('file_deleted');
});

test('arguments arrive as JSON as well as in a form, and the journal keeps them without the token', async () => {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const sent = { channel: '#sales', text: 'hi', token: slack.install().botToken };
  const url = `${slack.apiUrl}chat.postMessage`;
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(sent) });
  expect(await answer.json()).toMatchObject({ ok: true, message: { text: 'hi', bot_id: slack.install().botId } });
  expect(slack.journal.callsTo('chat.postMessage')[0]?.args).toEqual({ channel: '#sales', text: 'hi' });
});
