// Work that outlives this process, kept by pg-boss in the same Postgres: picked up at once, retried with back-off, and taken
// over when the process that held it dies. One upload is never in two hands.

import { type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Job, Jobs } from '#src/ports.ts';

const queue = 'ingest';
const deadQueue = 'ingest-dead';
const retries = 3;

export interface JobsOptions {
  /** The product's own login; the schema `pgboss` belongs to it. */
  databaseUrl: string;
  /** What the queue itself complains about, for the log. */
  onError: (error: unknown) => void;
}

/** Connects, and makes or migrates the queue's tables. */
export async function makeJobs({ databaseUrl, onError }: JobsOptions): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'taskifai jobs',
    schema: 'pgboss',
    createSchema: false,
    max: 4,
    schedule: false,
    // How often jobs whose process died are looked for.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    useListenNotify: true,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(deadQueue, {});
  await boss.createQueue(queue, {
    policy: 'exclusive',
    retryLimit: retries,
    retryDelay: 1,
    retryBackoff: true,
    expireInSeconds: 600,
    heartbeatSeconds: 10,
    deadLetter: deadQueue,
    notify: true,
  });
  return {
    async enqueue(job) {
      // null when the upload is queued or in hand already: then there is nothing to add.
      await boss.send(queue, job, { singletonKey: job.uploadId });
    },
    async work({ concurrency, handle, onDead }) {
      const options = {
        includeMetadata: true,
        batchSize: 1,
        pollingIntervalSeconds: 0.5,
        // A retry becomes due without a notification.
        notifyPollingIntervalSeconds: 1,
        localConcurrency: concurrency,
      } as const;
      await boss.work(queue, options, async ([job]: JobWithMetadata<Job>[]) => {
        if (!job) return;
        try {
          await handle(job.data);
        } catch (error) {
          if (job.retryCount >= retries) await onDead(job.data, error);
          throw error;
        }
      });
      // Jobs that died with their process on the last try end here without anybody having said so.
      await boss.work<Job>(deadQueue, { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 }, async ([job]) => {
        if (job) await onDead(job.data, new Error('the process ended on every try'));
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  };
}
