// How events travel: acknowledgements, repeats, signatures, and sockets that come and go.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import { signature } from '../delivery/http.ts';
import { type Slack, type SlackOptions, startSlack } from '../index.ts';
import { startBolt } from './bolt.ts';

let slack: Slack;
let bolt: App | undefined;
let listener: Server | undefined;

afterEach(async () => {
  await bolt?.stop();
  bolt = undefined;
  listener?.close();
  listener = undefined;
  await slack.stop();
});

interface Request {
  headers: Record<string, unknown>;
  body: string;
}

/** An endpoint that answers with these statuses, one after another, the last one for ever. */
async function endpoint(answers: { status: number; headers?: Record<string, string> }[], options: SlackOptions = {}) {
  const requests: Request[] = [];
  listener = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    if (answer && answer.status > 0) response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => listener?.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  slack = await startSlack({
    speed: 0,
    apps: [{ route: { mode: 'http', url: `http://127.0.0.1:${port}/` }, events: ['app_mention'] }],
    ...options,
  });
  return requests;
}

test('an event that fails comes again at once, after one and after five minutes, with its number and reason', async () => {
  const requests = await endpoint([{ status: 500 }]);
  slack.mention('ada', '#sales', 'hello');
  const attempts = (count: number) => slack.waitFor(() => slack.journal.deliveries[0]?.attempts.length === count);
  await attempts(2);
  slack.clock.advance(59_000);
  expect(requests).toHaveLength(2);
  slack.clock.advance(1000);
  await attempts(3);
  slack.clock.advance(300_000);
  await slack.waitFor(() => slack.journal.deliveries[0]?.outcome === 'given up');
  expect(requests.map((each) => each.headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
  expect(requests[1]?.headers['x-slack-retry-reason']).toBe('http_error');
  const ids = requests.map((each) => JSON.parse(each.body).event_id);
  expect(new Set(ids).size).toBe(1);
});

test('an endpoint that takes longer than three seconds has failed', async () => {
  const requests = await endpoint([{ status: 0 }, { status: 200 }]);
  slack.mention('ada', '#sales', 'hello');
  await slack.waitFor(() => requests.length === 1);
  slack.clock.advance(3000);
  await slack.settled();
  expect(slack.journal.deliveries[0]?.attempts.map((each) => each.outcome)).toEqual(['timeout', 'acked']);
  expect(requests[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
});

test('x-slack-no-retry ends the repeats', async () => {
  const requests = await endpoint([{ status: 401, headers: { 'x-slack-no-retry': '1' } }]);
  slack.mention('ada', '#sales', 'hello');
  await slack.settled();
  expect(requests).toHaveLength(1);
});

test('the signature covers the bytes that were sent', async () => {
  const requests = await endpoint([{ status: 200 }]);
  slack.mention('ada', '#sales', 'naïve — 100 €');
  await slack.settled();
  const { headers, body } = requests[0] ?? { headers: {}, body: '' };
  const timestamp = String(headers['x-slack-request-timestamp']);
  expect(headers['x-slack-signature']).toBe(signature(slack.app().signingSecret, timestamp, body));
});

test('bolt refuses what is signed with another secret, and hears nothing', async () => {
  slack = await startSlack({ retryAfterMs: [] });
  let heard = 0;
  bolt = await startBolt(slack, 'http', (app) => app.event('app_mention', async () => void heard++));
  slack.app().signingSecret = 'another';
  slack.mention('ada', '#sales', 'hello');
  await slack.settled();
  expect(slack.journal.deliveriesOf('app_mention')[0]?.attempts[0]).toMatchObject({
    outcome: 'http_error',
    status: 401,
  });
  expect(heard).toBe(0);
});

test('each event goes to one of the open sockets', async () => {
  slack = await startSlack({ apps: [{ events: ['app_mention'] }] });
  const heard: string[] = [];
  const first = await startBolt(slack, 'socket', (app) =>
    app.event('app_mention', async () => void heard.push('first')),
  );
  bolt = await startBolt(slack, 'socket', (app) => app.event('app_mention', async () => void heard.push('second')));
  slack.mention('ada', '#sales', 'one');
  slack.mention('ada', '#sales', 'two');
  await slack.settled();
  await slack.waitFor(() => heard.length >= 2);
  await first.stop();
  expect(heard.toSorted()).toEqual(['first', 'second']);
});

test('after a disconnect frame bolt comes back, and what was said meanwhile arrives as a repeat', async () => {
  slack = await startSlack({ apps: [{ events: ['app_mention'] }], retryAfterMs: [0, 60_000], speed: 0 });
  const retries: unknown[] = [];
  const listen = (app: App) => app.event('app_mention', async ({ context }) => void retries.push(context.retryNum));
  bolt = await startBolt(slack, 'socket', listen, 200);
  slack.mention('ada', '#sales', 'before');
  await slack.waitFor(() => retries.length === 1);
  const { id } = slack.app();
  slack.sockets.disconnect(id, 'refresh_requested');
  slack.mention('ada', '#sales', 'meanwhile');
  await slack.waitFor(() => slack.journal.deliveries[1]?.attempts.length === 2 && slack.sockets.open(id) === 1);
  slack.clock.advance(60_000);
  await slack.waitFor(() => retries.length === 2);
  expect(retries).toEqual([0, 2]);
});

test('a socket that is cut before the acknowledgement gets the envelope again', async () => {
  slack = await startSlack({ apps: [{ events: [] }] });
  const { url } = (await (await call('apps.connections.open', slack.app().appToken)).json()) as { url: string };
  const socket = new WebSocket(url);
  const frames: Record<string, unknown>[] = [];
  socket.addEventListener('message', (event) => frames.push(JSON.parse(String(event.data))));
  await slack.waitFor(() => slack.sockets.open(slack.app().id) === 1);
  slack.app().events.add('app_mention');
  slack.mention('ada', '#sales', 'hello');
  await expect.poll(() => frames.length, { interval: 5 }).toBe(2);
  expect(frames[0]).toMatchObject({ type: 'hello', connection_info: { app_id: slack.app().id } });
  expect(frames[1]).toMatchObject({ type: 'events_api', retry_attempt: 0, accepts_response_payload: false });
  slack.sockets.drop(slack.app().id);
  await slack.waitFor(() => (slack.journal.deliveries[0]?.attempts.length ?? 0) > 1);
  expect(slack.journal.deliveries[0]?.attempts[0]?.outcome).toBe('socket closed');
});

function call(method: string, token: string): Promise<Response> {
  return fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
}
