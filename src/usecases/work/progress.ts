// The rows of a file as they are read -> word of how far it is, for those who wait. Nothing for files that are done in a
// moment; then to whoever watches this process twice a second, and into the conversation every three seconds.

import { formatNumber } from '../../message/format.ts';
import type { Message } from '../../message/message.ts';
import type { Job, Ports } from '../../ports.ts';

/** A file that takes less needs no word. */
const patience = 3_000;
const betweenObservations = 500;
/** Platforms slow down those who change messages more often. */
const betweenMessages = 3_000;

/** Tells how far the reading of a sheet is. */
export interface Progress {
  /**
   * @param rows how many have been read until now; a file that is read a second time begins anew
   * @param share of the work, 0 to 1; null when nobody knows how much there is
   */
  read(rows: number, share: number | null): void;
  /** No word any more; returns when the last one has arrived, so that it never comes after the receipt. */
  end(): Promise<void>;
}

export function makeProgress(
  ports: Pick<Ports, 'chat' | 'observer' | 'clock'>,
  job: Pick<Job, 'uploadId' | 'reply'>,
): Progress {
  const began = ports.clock.now().getTime();
  let observed = began + patience - betweenObservations;
  let posted = began + patience - betweenMessages;
  let posting: Promise<void> | null = null;
  let ended = false;
  let most = 0;

  /** One at a time; a platform that fails to show it does not fail the file. */
  function post(reply: NonNullable<Job['reply']>, rows: number, percent: number | null): void {
    posting = ports.chat
      .update(reply.conversation, reply.ref, progressMessage(rows, percent))
      .catch(() => ports.observer.record({ kind: 'warning', what: 'progress could not be shown' }))
      .finally(() => {
        posting = null;
      });
  }

  return {
    read(rows, share) {
      most = Math.max(most, rows);
      const now = ports.clock.now().getTime();
      if (ended || now - observed < betweenObservations) return;
      observed = now;
      // Storing what was read last comes after: it is never done before it is done.
      const percent = share === null ? null : Math.min(99, Math.floor(share * 100));
      ports.observer.record({ kind: 'upload-progress', uploadId: job.uploadId, rows: most, percent });
      if (job.reply === null || posting !== null || now - posted < betweenMessages) return;
      posted = now;
      post(job.reply, most, percent);
    },
    async end() {
      ended = true;
      await posting;
    },
  };
}

function progressMessage(rows: number, percent: number | null): Message {
  const text = `Working on it: ${formatNumber(rows)} rows read${percent === null ? '' : `, ${percent} %`}.`;
  return { passing: true, blocks: [{ kind: 'text', text }] };
}
