// Brings one event or interaction to an app: over a socket or by signed HTTP, again where Slack would, and keeps a record.
// Events are repeated at once, after 1 and after 5 minutes; interactions and commands are tried once.

import type { Clock } from '../record/clock.ts';
import type { Journal } from '../record/journal.ts';
import type { App, Json } from '../world/types.ts';
import { sendByHttp } from './http.ts';
import type { Sockets } from './sockets.ts';

export type DeliveryKind = 'events_api' | 'interactive' | 'slash_commands';

export interface Attempt {
  /** 0 for the first. */
  number: number;
  /** Real time, in ms. */
  at: number;
  outcome: 'acked' | 'timeout' | 'http_error' | 'connection_failed' | 'no socket' | 'socket closed';
  /** Milliseconds until the acknowledgement, in real time. */
  ackedAfter?: number;
  status?: number;
  /** Which socket carried it. */
  socket?: number;
}

export interface Delivery {
  /** The event id, or one of our own for interactions. */
  id: string;
  kind: DeliveryKind;
  /** `app_mention`, `message`, `block_actions`, `view_submission`, `/command`, … */
  type: string;
  app: string;
  team: string;
  payload: Json;
  attempts: Attempt[];
  outcome: 'waiting' | 'acked' | 'given up';
  /** What the app answered with, e.g. `response_action`. */
  answer?: unknown;
}

/** The result of one try. */
export interface Try {
  outcome: Attempt['outcome'];
  answer?: unknown;
  status?: number;
  socket?: number;
  noRetry?: boolean;
}

export interface Deliveries {
  /** Resolves when it was acknowledged or given up. */
  send(app: App, delivery: Pick<Delivery, 'id' | 'kind' | 'type' | 'team' | 'payload'>): Promise<Delivery>;
}

export interface DeliveryTimes {
  /** How long an app may take. */
  ackMs: number;
  retryAfterMs: readonly number[];
}

export function makeDeliveries(parts: {
  clock: Clock;
  journal: Journal;
  sockets: Sockets;
  times: DeliveryTimes;
}): Deliveries {
  const { clock, journal, sockets, times } = parts;

  async function attempt(app: App, delivery: Delivery, number: number, reason: string): Promise<Try> {
    const at = Date.now();
    const retry = number > 0 ? { number, reason } : undefined;
    const tried =
      app.route.mode === 'socket'
        ? await sockets.send(app, delivery, { number, reason }, times.ackMs)
        : await sendByHttp(app, delivery, retry, times.ackMs, clock);
    delivery.attempts.push({
      number,
      at,
      outcome: tried.outcome,
      ...(tried.outcome === 'acked' && { ackedAfter: Date.now() - at }),
      ...(tried.status !== undefined && { status: tried.status }),
      ...(tried.socket !== undefined && { socket: tried.socket }),
    });
    return tried;
  }

  return {
    async send(app, fresh) {
      const delivery: Delivery = { ...fresh, app: app.id, attempts: [], outcome: 'waiting' };
      journal.deliveries.push(delivery);
      journal.changed();
      const delays = delivery.kind === 'events_api' ? times.retryAfterMs : [];
      let reason = '';
      for (let number = 0; number <= delays.length; number++) {
        if (number > 0) await clock.wait(delays[number - 1] ?? 0);
        const tried = await attempt(app, delivery, number, reason);
        if (tried.outcome === 'acked') {
          delivery.outcome = 'acked';
          delivery.answer = tried.answer;
          break;
        }
        reason = app.route.mode === 'http' ? reasonFor(tried.outcome) : 'timeout';
        journal.changed();
        if (tried.noRetry) break;
      }
      if (delivery.outcome === 'waiting') delivery.outcome = 'given up';
      journal.changed();
      return delivery;
    },
  };
}

/** The word in `x-slack-retry-reason`. */
function reasonFor(outcome: Attempt['outcome']): string {
  return outcome === 'timeout' ? 'http_timeout' : outcome;
}
