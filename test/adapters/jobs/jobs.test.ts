import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { makeJobs } from '#adapters/jobs/index.ts';
import type { Job } from '#src/ports.ts';
import { testDatabase } from '#test/support/database.ts';

const database = await testDatabase();
const jobs = await makeJobs({ databaseUrl: database.productUrl, onError: () => {} });
const handled: string[] = [];
const dead: string[] = [];
let fail: (job: Job, attempt: number) => boolean = () => false;
const attempts = new Map<string, number>();
afterAll(() => jobs.stop());

const job = (): Job => ({
  kind: 'ingest',
  uploadId: randomUUID(),
  reply: null,
  onDifference: 'hold',
  vendor: null,
  period: null,
  reading: null,
});
const until = async (done: () => boolean, seconds: number) => {
  for (let waited = 0; !done() && waited < seconds * 20; waited++) await sleep(50);
};

test('a job whose process was killed in the middle is finished once by another', async () => {
  const worker = spawn(process.execPath, ['test/adapters/jobs/worker.ts', database.productUrl], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const one = job();
  await jobs.enqueue(one);
  await once(worker.stdout, 'data');
  worker.kill('SIGKILL');
  await jobs.work({
    concurrency: 2,
    async handle(each) {
      const attempt = (attempts.get(each.uploadId) ?? 0) + 1;
      attempts.set(each.uploadId, attempt);
      if (fail(each, attempt)) throw new Error('not this time');
      // Long enough for the same upload to be queued again meanwhile.
      await sleep(200);
      handled.push(each.uploadId);
    },
    async onDead(each) {
      dead.push(each.uploadId);
    },
  });
  await until(() => handled.includes(one.uploadId), 45);
  expect(handled).toEqual([one.uploadId]);
});

test('a job is picked up at once, and the same upload is queued once', async () => {
  const one = job();
  const started = performance.now();
  await Promise.all([jobs.enqueue(one), jobs.enqueue(one), jobs.enqueue(one)]);
  await until(() => handled.includes(one.uploadId), 5);
  const waited = performance.now() - started;
  await sleep(300);
  expect(handled.filter((id) => id === one.uploadId)).toHaveLength(1);
  expect(waited).toBeLessThan(3000);
});

test('a job that fails is tried again, and finished once', async () => {
  const one = job();
  fail = (each, attempt) => each.uploadId === one.uploadId && attempt < 2;
  await jobs.enqueue(one);
  await until(() => handled.includes(one.uploadId), 20);
  expect([attempts.get(one.uploadId), handled.filter((id) => id === one.uploadId)]).toEqual([2, [one.uploadId]]);
});

test('a job that fails on every try is reported dead', async () => {
  const one = job();
  fail = (each) => each.uploadId === one.uploadId;
  await jobs.enqueue(one);
  await until(() => dead.includes(one.uploadId), 40);
  expect(dead).toContain(one.uploadId);
  expect(attempts.get(one.uploadId)).toBe(4);
});
