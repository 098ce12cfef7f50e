// Faults on demand: what shall go wrong with the next calls of a method, or with those a predicate picks.

import type { Json } from '../world/types.ts';

export type Fault =
  /** Never answers; the connection stays open until the client or the peer ends. */
  | { kind: 'hang' }
  /** Cuts the connection; nothing was done. */
  | { kind: 'drop' }
  /** Does it, then cuts the connection. */
  | { kind: 'apply and drop' }
  | { kind: 'status'; status: number }
  /** 429; without `retryAfter` there is no header. */
  | { kind: 'rate limit'; retryAfter?: number }
  /** `ok: false` with this error. */
  | { kind: 'error'; error: string; extra?: Json }
  /** An HTML page with status 200, as a login page in place of a file. */
  | { kind: 'login page' }
  /** Sends the reader elsewhere, e.g. to a host that must not see the token. */
  | { kind: 'redirect'; to: string }
  /** Announces the whole answer, sends so many bytes of it, and cuts the connection. */
  | { kind: 'cut'; bytes: number }
  /** Answers, but only after so long on the peer's clock. */
  | { kind: 'slow'; ms: number };

export interface Faults {
  /** @param method a Web API method, `upload`, `files-pri`, `response_url`, or `*`. */
  next(method: string, fault: Fault, which?: { times?: number; when?: (args: Json) => boolean }): void;
  /** The fault that strikes this call, used up by asking. */
  take(method: string, args: Json): Fault | undefined;
  clear(): void;
}

export function makeFaults(): Faults {
  const planned: { method: string; fault: Fault; left: number; when: (args: Json) => boolean }[] = [];
  return {
    next: (method, fault, which = {}) => {
      planned.push({ method, fault, left: which.times ?? 1, when: which.when ?? (() => true) });
    },
    take: (method, args) => {
      const found = planned.find(
        (each) => each.left > 0 && (each.method === method || each.method === '*') && each.when(args),
      );
      if (found) found.left -= 1;
      return found?.fault;
    },
    clear: () => {
      planned.length = 0;
    },
  };
}
