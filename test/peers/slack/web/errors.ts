// An answer with `ok: false`. Thrown inside a method; the Web API turns it into JSON with status 200, as Slack does.

import type { Json } from '../world/types.ts';

export class SlackError extends Error {
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** `invalid_blocks` and its like, with what is wrong where. */
export function withMessages(code: string, messages: readonly string[]): SlackError {
  return new SlackError(code, { errors: messages, response_metadata: { messages } });
}
