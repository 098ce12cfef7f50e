// What went wrong on the way to a model or back -> one of the ways in which it can fail. Only a status is kept of it.

import type { ModelFailure } from '#src/ports.ts';

/** The run was ended by us, for this reason. */
export class Ended extends Error {
  readonly failure: ModelFailure;
  constructor(failure: ModelFailure) {
    super(failure);
    this.failure = failure;
  }
}

export function failureOf(error: unknown, signal: AbortSignal): { failure: ModelFailure; detail: string } {
  if (signal.aborted) {
    const { reason } = signal;
    return { failure: reason instanceof Ended ? reason.failure : 'too_slow', detail: 'ended by us' };
  }
  if (error instanceof Ended) return { failure: error.failure, detail: 'ended by us' };
  const name = error instanceof Error ? error.name : typeof error;
  if (/GraphRecursion/.test(name)) return { failure: 'endless', detail: name };
  const status = statusOf(error);
  if (status === 429) return { failure: 'busy', detail: '429' };
  if (status !== null && status >= 500) return { failure: 'unreachable', detail: String(status) };
  if (status !== null && status >= 400) return { failure: 'misconfigured', detail: String(status) };
  if (error instanceof SyntaxError || /Parse|ToolInvocation/i.test(name)) return { failure: 'garbled', detail: name };
  return { failure: 'unreachable', detail: name };
}

function statusOf(error: unknown): number | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('status' in each && typeof each.status === 'number') return each.status;
  }
  return null;
}
