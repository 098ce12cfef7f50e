// The HTTP and WebSocket front: which address leads to which part.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerPage } from './page/routes.ts';
import type { Peer } from './peer.ts';
import type { People } from './people/index.ts';
import { answerApi } from './web/api.ts';
import { giveFile, takeUpload } from './web/bytes.ts';
import { LOGIN_PAGE } from './web/login-page.ts';
import { authorize } from './web/methods/oauth.ts';
import { takeResponse } from './web/response-url.ts';
import { send } from './web/strike.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

export async function listen(peer: Peer, people: People, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    route(peer, people, request, response).catch((error: unknown) => {
      peer.journal.calls.push({ method: 'crash', args: {}, at: Date.now(), outcome: String(error) });
      peer.journal.changed();
      const detail = error instanceof Error ? error.stack : String(error);
      send(response, { status: 500, body: { ok: false, error: 'internal_error', detail } });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://peer').searchParams.get('ticket') ?? '';
    if (!peer.sockets.accept(ticket, request, socket, head)) socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function route(peer: Peer, people: People, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://peer');
  const { pathname: path, searchParams: query } = url;
  const method = /^\/api\/([\w.]+)$/.exec(path)?.[1];
  if (method !== undefined) return answerApi(peer, method, request, response);
  const [, first = '', ...rest] = path.split('/');
  if (first === 'files-pri') return giveFile(peer, rest.join('/'), request, response);
  if (request.method === 'POST' && first === 'upload') return takeUpload(peer, rest[0] ?? '', request, response);
  if (request.method === 'POST' && first === 'response') return takeResponse(peer, rest[1] ?? '', request, response);
  if (path === '/oauth/v2/authorize') return send(response, authorize(peer, query));
  if (path === '/' && query.has('signin')) return send(response, { body: LOGIN_PAGE, headers: HTML });
  if (path === '/' || first === 'page') return answerPage(peer.world, people, url, request, response);
  send(response, { status: 404, body: 'Not found' });
}
