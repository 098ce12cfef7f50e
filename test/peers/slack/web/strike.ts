// Answers a request, or does to it what a planned fault says. The work is done only where the fault lets it.

import type { ServerResponse } from 'node:http';
import type { Peer } from '../peer.ts';
import type { Fault } from '../record/faults.ts';
import type { CallEntry } from '../record/journal.ts';
import { LOGIN_PAGE } from './login-page.ts';

export interface Answer {
  body: object | string | Buffer;
  status?: number;
  headers?: Record<string, string>;
}

export async function strike(
  peer: Peer,
  fault: Fault | undefined,
  entry: CallEntry,
  response: ServerResponse,
  apply: () => Promise<Answer>,
): Promise<void> {
  if (!fault) return send(response, await apply());
  if (fault.kind === 'slow') {
    await peer.clock.wait(fault.ms);
    return send(response, await apply());
  }
  if (fault.kind === 'cut') {
    const { body } = await apply();
    entry.outcome = fault.kind;
    return cut(response, Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)), fault.bytes);
  }
  if (fault.kind === 'apply and drop') await apply();
  entry.outcome = fault.kind;
  switch (fault.kind) {
    case 'hang':
      return;
    case 'drop':
    case 'apply and drop':
      response.socket?.destroy();
      return;
    case 'status':
      return send(response, {
        status: fault.status,
        body: 'upstream connect error or disconnect/reset before headers',
      });
    case 'rate limit':
      return send(response, rateLimited(fault.retryAfter));
    case 'redirect':
      return send(response, { status: 302, body: '', headers: { location: fault.to } });
    case 'error':
      entry.outcome = fault.error;
      return send(response, { body: { ok: false, error: fault.error, ...fault.extra } });
    case 'login page':
      return send(response, { body: LOGIN_PAGE, headers: { 'content-type': 'text/html; charset=utf-8' } });
  }
}

/** @param retryAfter in seconds; left out, there is no header. */
export function rateLimited(retryAfter?: number): Answer {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  };
}

function cut(response: ServerResponse, body: Buffer, bytes: number): void {
  response.writeHead(200, { 'content-length': String(body.length) });
  response.write(body.subarray(0, bytes), () => response.socket?.destroy());
}

export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const { body } = answer;
  const plain = typeof body === 'string' || Buffer.isBuffer(body);
  const type = plain ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
  response.end(plain ? body : JSON.stringify(body));
}
