// Faults on demand: each does to a call what its name says, once, and the journal tells.

import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Fault, type Slack, startSlack } from '../index.ts';
import { clientOptions } from './bolt.ts';

let slack: Slack;
let web: WebClient;

beforeEach(async () => {
  slack = await startSlack({ speed: 0 });
  web = new WebClient(slack.install().botToken, { ...clientOptions(slack), rejectRateLimitedCalls: true });
});

afterEach(async () => {
  await slack.stop();
});

const post = () => web.chat.postMessage({ channel: '#sales', text: 'once' });

test.each<[Fault, number, RegExp]>([
  [{ kind: 'drop' }, 0, /fetch failed/],
  [{ kind: 'apply and drop' }, 1, /fetch failed/],
  [{ kind: 'status', status: 503 }, 0, /503/],
  [{ kind: 'rate limit', retryAfter: 3 }, 0, /retry this request in 3 seconds/],
  [{ kind: 'rate limit' }, 0, /did not contain a valid timeout/],
  [{ kind: 'error', error: 'fatal_error' }, 0, /fatal_error/],
])('%o strikes the next call only', async (fault, stored, message) => {
  slack.faults.next('chat.postMessage', fault);
  await expect(post()).rejects.toThrow(message);
  expect(slack.messages('#sales')).toHaveLength(stored);
  expect((await post()).ok).toBe(true);
  expect(slack.journal.callsTo('chat.postMessage').map((each) => each.outcome)).toEqual([
    fault.kind === 'error' ? fault.error : fault.kind,
    'ok',
  ]);
});

test('a call may hang until the client gives up', async () => {
  slack.faults.next('chat.postMessage', { kind: 'hang' });
  const hasty = new WebClient(slack.install().botToken, { ...clientOptions(slack), timeout: 100 });
  await expect(hasty.chat.postMessage({ channel: '#sales', text: 'once' })).rejects.toThrow(/timeout/i);
  expect(slack.messages('#sales')).toHaveLength(0);
});

test('a predicate picks the calls', async () => {
  const when = (args: Record<string, unknown>) => args.text === 'twice';
  slack.faults.next('chat.postMessage', { kind: 'error', error: 'fatal_error' }, { when, times: 2 });
  expect((await post()).ok).toBe(true);
  await expect(web.chat.postMessage({ channel: '#sales', text: 'twice' })).rejects.toThrow('fatal_error');
});

test('a login page comes in place of a file', async () => {
  const message = slack.share('ada', '#sales', { name: 'a.csv', bytes: 'a' });
  const { file } = await web.files.info({ file: message.files[0] ?? '' });
  slack.faults.next('files-pri', { kind: 'login page' });
  const headers = { authorization: `Bearer ${slack.install().botToken}` };
  const get = async () => (await fetch(file?.url_private ?? '', { headers, redirect: 'manual' })).text();
  expect(await get()).toContain('Sign in to your workspace');
  expect(await get()).toBe('a');
});

test('a file may be cut in the middle, or lead to another host', async () => {
  const message = slack.share('ada', '#sales', { name: 'a.csv', bytes: 'a'.repeat(1000), size: 5 });
  const { file } = await web.files.info({ file: message.files[0] ?? '' });
  expect(file?.size).toBe(5);
  const headers = { authorization: `Bearer ${slack.install().botToken}` };
  const get = () => fetch(file?.url_private ?? '', { headers, redirect: 'manual' });
  slack.faults.next('files-pri', { kind: 'cut', bytes: 10 });
  await expect(get().then((response) => response.text())).rejects.toThrow('terminated');
  slack.faults.next('files-pri', { kind: 'redirect', to: 'http://evil.example/a.csv' });
  expect((await get()).headers.get('location')).toBe('http://evil.example/a.csv');
});

test('posts to one channel may be limited to one a second', async () => {
  slack.switches.postEveryMs = 1000;
  expect((await post()).ok).toBe(true);
  await expect(post()).rejects.toThrow(/retry this request in 1 seconds/);
  expect((await web.chat.postMessage({ channel: '#general', text: 'elsewhere' })).ok).toBe(true);
  slack.clock.advance(1000);
  expect((await post()).ok).toBe(true);
});

test('a trigger is good for three seconds', async () => {
  const delivery = slack.slash('ada', '#sales', '/sales');
  const payload = slack.journal.deliveries[0]?.payload;
  slack.clock.advance(3001);
  const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'x' }, blocks: [] };
  const open = web.views.open({ trigger_id: String(payload?.trigger_id), view });
  await expect(open).rejects.toThrow('expired_trigger_id');
  expect((await delivery).outcome).toBe('given up');
  expect(slack.ephemeral('#sales')[0]?.text).toContain('failed with the error');
});
