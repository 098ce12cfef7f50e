// One try to deliver by HTTP: signs the exact bytes, posts them as JSON or as a form, and reads the answer.

import { createHmac } from 'node:crypto';
import type { Clock } from '../record/clock.ts';
import type { App, Json } from '../world/types.ts';
import type { Delivery, Try } from './delivery.ts';

/** The `v0=` signature of a body, for tests that forge or break one. */
export function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Headers as Slack sends them with these bytes. */
export function signedHeaders(app: App, body: string, contentType: string, at = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  return {
    'content-type': contentType,
    accept: '*/*',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature(app.signingSecret, timestamp, body),
  };
}

export async function sendByHttp(
  app: App,
  delivery: Delivery,
  retry: { number: number; reason: string } | undefined,
  ackMs: number,
  clock: Clock,
): Promise<Try> {
  const { url, contentType, body } = requestFor(app, delivery);
  const headers = signedHeaders(app, body, contentType);
  if (retry) {
    headers['x-slack-retry-num'] = String(retry.number);
    headers['x-slack-retry-reason'] = retry.reason;
  }
  const limit = new AbortController();
  const cancel = clock.after(ackMs, () => limit.abort());
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: limit.signal });
    const text = await response.text();
    if (response.ok) return { outcome: 'acked', status: response.status, answer: readAnswer(text) };
    return {
      outcome: 'http_error',
      status: response.status,
      noRetry: response.headers.get('x-slack-no-retry') === '1',
    };
  } catch {
    return { outcome: limit.signal.aborted ? 'timeout' : 'connection_failed' };
  } finally {
    cancel();
  }
}

function requestFor(app: App, delivery: Delivery): { url: string; contentType: string; body: string } {
  if (app.route.mode !== 'http') throw new Error(`App ${app.id} is not reached by HTTP.`);
  const form = 'application/x-www-form-urlencoded';
  if (delivery.kind === 'events_api') {
    return { url: app.route.url, contentType: 'application/json', body: JSON.stringify(delivery.payload) };
  }
  if (delivery.kind === 'slash_commands') {
    return { url: app.route.commandsUrl ?? app.route.url, contentType: form, body: formOf(delivery.payload) };
  }
  const body = formOf({ payload: JSON.stringify(delivery.payload) });
  return { url: app.route.interactivityUrl ?? app.route.url, contentType: form, body };
}

function formOf(fields: Json): string {
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) form.set(key, String(value));
  return form.toString();
}

function readAnswer(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
