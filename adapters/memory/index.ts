// Ports that lead nowhere, for commands in which nobody talks and nothing is queued.

import type { Chat, Jobs, Model } from '#src/ports.ts';

/** Refuses work: a command without a queue must not take any. */
export const noJobs: Jobs = {
  enqueue: () => Promise.reject(new Error('there is no queue here')),
  work: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** Says nothing to nobody. */
export const noChat: Chat = {
  post: () => Promise.resolve({ ref: '' }),
  update: () => Promise.resolve(),
  download: () => Promise.reject(new Error('there is no conversation to download from')),
};

const noneAsked = () => Promise.reject(new Error('there is no model'));

/** Is never asked, as it is not ready. */
export const noModel: Model = { ready: () => false, converse: noneAsked, match: noneAsked };
