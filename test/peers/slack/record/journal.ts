// Writes down every call that came in and every delivery that went out, and wakes those who wait for something.

import type { Delivery } from '../delivery/delivery.ts';
import type { Json } from '../world/types.ts';

export interface CallEntry {
  /** A Web API method, or `upload`, `files-pri`, `response_url`. */
  method: string;
  /** Decoded: what came as JSON inside a form is an object here. */
  args: Json;
  team?: string;
  app?: string;
  /** Real time, in ms. */
  at: number;
  /** `ok`, Slack's error, or the name of the fault that struck. */
  outcome: string;
  /** What was answered, if anything was. */
  answer?: unknown;
}

export interface Journal {
  calls: CallEntry[];
  deliveries: Delivery[];
  /** Calls of one method, oldest first. */
  callsTo(method: string): CallEntry[];
  /** Deliveries whose event or payload is of this type. */
  deliveriesOf(type: string): Delivery[];
  /** Tells the waiters that something changed. */
  changed(): void;
  /** The first truthy answer of `look`, asked again at each change and often in between. Throws after `ms`. */
  waitFor<T>(look: () => T | undefined | null | false, ms?: number): Promise<T>;
}

/** For what only the test knows of, such as a listener that was called. */
const LOOK_AGAIN_MS = 10;

export function makeJournal(): Journal {
  const listeners = new Set<() => void>();
  const journal: Journal = {
    calls: [],
    deliveries: [],
    callsTo: (method) => journal.calls.filter((each) => each.method === method),
    deliveriesOf: (type) => journal.deliveries.filter((each) => each.type === type),
    changed: () => {
      for (const tell of [...listeners]) tell();
    },
    waitFor: <T>(look: () => T | undefined | null | false, ms = 5000) =>
      new Promise<T>((resolve, reject) => {
        const finish = () => {
          clearTimeout(limit);
          clearInterval(again);
          listeners.delete(check);
        };
        const check = () => {
          try {
            const found = look();
            if (!found) return;
            finish();
            resolve(found);
          } catch (error) {
            finish();
            reject(error);
          }
        };
        const limit = setTimeout(() => {
          finish();
          reject(new Error(`Nothing of the kind within ${ms} ms. Last in the journal: ${lastLines(journal)}`));
        }, ms);
        const again = setInterval(check, LOOK_AGAIN_MS);
        listeners.add(check);
        check();
      }),
  };
  return journal;
}

function lastLines(journal: Journal): string {
  const calls = journal.calls.slice(-8).map((each) => `${each.method} -> ${each.outcome}`);
  const deliveries = journal.deliveries.slice(-5).map((each) => `${each.type} (${each.outcome})`);
  return `calls [${calls.join(', ')}], deliveries [${deliveries.join(', ')}]`;
}
