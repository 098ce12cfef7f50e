// The Socket Mode side: one-use addresses, `hello`, pings, and one envelope at a time to ONE of an app's open sockets.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../record/clock.ts';
import type { Journal } from '../record/journal.ts';
import type { App } from '../world/types.ts';
import type { Delivery, Try } from './delivery.ts';

export type DisconnectReason = 'warning' | 'refresh_requested' | 'too_many_websockets' | 'link_disabled';

interface Line {
  number: number;
  app: string;
  socket: WebSocket;
  /** It was told to go: no further envelopes. */
  leaving: boolean;
  /** Envelope id -> the ack that is waited for. */
  waiting: Map<string, (tried: Try) => void>;
}

export interface Sockets {
  /** A new one-use ticket for the address. */
  ticket(app: string): string;
  /** Takes an HTTP upgrade; false when the ticket is unknown or used. */
  accept(ticket: string, request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  send(app: App, delivery: Delivery, retry: { number: number; reason: string }, ackMs: number): Promise<Try>;
  /** How many sockets of this app take events now. */
  open(app: string): number;
  /** Sends a `disconnect` frame to one socket (the oldest) or to all. */
  disconnect(app: string, reason: DisconnectReason, which?: 'one' | 'all'): void;
  /** Cuts the lines without a word. */
  drop(app: string): void;
  stop(): void;
}

const MOST_SOCKETS = 10;

export function makeSockets(parts: {
  clock: Clock;
  journal: Journal;
  envelopeId: () => string;
  pingMs: number;
}): Sockets {
  const { clock, journal } = parts;
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Map<string, string>();
  const lines = new Set<Line>();
  let opened = 0;
  let turn = 0;
  const pings = setInterval(() => {
    for (const line of lines) line.socket.ping(`Ping from applink-${line.number}`);
  }, parts.pingMs);
  const ready = (app: string) => [...lines].filter((each) => each.app === app && !each.leaving);

  function greet(app: string, socket: WebSocket): void {
    const line: Line = { number: ++opened, app, socket, leaving: false, waiting: new Map() };
    if (ready(app).length >= MOST_SOCKETS) {
      say(line, { type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'local-slack' } });
      socket.close();
      return;
    }
    lines.add(line);
    socket.on('message', (data) => take(line, String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      lines.delete(line);
      for (const done of line.waiting.values()) done({ outcome: 'socket closed', socket: line.number });
      journal.changed();
    });
    say(line, {
      type: 'hello',
      num_connections: ready(app).length,
      connection_info: { app_id: app },
      debug_info: { host: 'local-slack', build_number: 1, approximate_connection_time: 18_060 },
    });
    journal.changed();
  }

  return {
    ticket: (app) => {
      const ticket = parts.envelopeId();
      tickets.set(ticket, app);
      return ticket;
    },
    accept: (ticket, request, socket, head) => {
      const app = tickets.get(ticket);
      if (app === undefined) return false;
      tickets.delete(ticket);
      server.handleUpgrade(request, socket, head, (fresh) => greet(app, fresh));
      return true;
    },
    send: (app, delivery, retry, ackMs) => {
      const open = ready(app.id);
      const line = open[turn++ % Math.max(1, open.length)];
      if (!line) return Promise.resolve({ outcome: 'no socket' });
      const id = parts.envelopeId();
      return new Promise<Try>((resolve) => {
        const settle = (tried: Try) => {
          cancel();
          line.waiting.delete(id);
          resolve(tried);
        };
        const cancel = clock.after(ackMs, () => settle({ outcome: 'timeout', socket: line.number }));
        line.waiting.set(id, settle);
        say(line, {
          envelope_id: id,
          type: delivery.kind,
          payload: delivery.payload,
          accepts_response_payload: delivery.kind !== 'events_api',
          ...(delivery.kind === 'events_api' && { retry_attempt: retry.number, retry_reason: retry.reason }),
        });
      });
    },
    open: (app) => ready(app).length,
    disconnect: (app, reason, which = 'one') => {
      for (const line of which === 'one' ? ready(app).slice(0, 1) : ready(app)) {
        line.leaving = true;
        say(line, { type: 'disconnect', reason, debug_info: { host: 'local-slack' } });
      }
    },
    drop: (app) => {
      for (const line of ready(app)) line.socket.terminate();
    },
    stop: () => {
      clearInterval(pings);
      for (const line of lines) line.socket.terminate();
      server.close();
    },
  };
}

function say(line: Line, frame: object): void {
  line.socket.send(JSON.stringify(frame));
}

function take(line: Line, text: string): void {
  let frame: { envelope_id?: string; payload?: unknown };
  try {
    frame = JSON.parse(text);
  } catch {
    return;
  }
  if (frame.envelope_id === undefined) return;
  line.waiting.get(frame.envelope_id)?.({ outcome: 'acked', answer: frame.payload, socket: line.number });
}
