// A worker process of its own, for killing: says when it has a job in hand and never finishes it.

import { makeJobs } from '#adapters/jobs/index.ts';

const jobs = await makeJobs({ databaseUrl: process.argv[2] ?? '', onError: () => {} });
await jobs.work({
  concurrency: 1,
  handle: () => {
    process.stdout.write('in hand\n');
    return new Promise(() => {});
  },
  onDead: async () => {},
});
