// Turns of those who ask at the same time.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeQueue } from '#adapters/postgres/analyst/queue.ts';

test('never more at once than allowed, in all and for one person, and everybody gets a turn', async () => {
  const queue = makeQueue({ atOnce: 3, perPerson: 2, patienceMs: 5000 });
  const running: string[] = [];
  let most = 0;
  let mostOfOne = 0;
  const served = await Promise.all(
    Array.from({ length: 20 }, (_, n) => `person ${n % 4 === 0 ? n : 'busy'}`).map((person) =>
      queue.run(person, async () => {
        running.push(person);
        most = Math.max(most, running.length);
        mostOfOne = Math.max(mostOfOne, running.filter((each) => each === person).length);
        await sleep(3);
        running.splice(running.indexOf(person), 1);
        return person;
      }),
    ),
  );
  expect(served).toHaveLength(20);
  expect([most, mostOfOne]).toEqual([3, 2]);
});

test('who waits too long is told to come back, and takes no turn from the others', async () => {
  const queue = makeQueue({ atOnce: 1, perPerson: 1, patienceMs: 20 });
  const long = queue.run('a', () => sleep(80));
  await expect(queue.run('b', async () => 'never')).rejects.toMatchObject({ code: 'ASK_BUSY', retryable: true });
  await long;
  expect(await queue.run('b', async () => 'now')).toBe('now');
});

test('a question that fails gives its turn back', async () => {
  const queue = makeQueue({ atOnce: 1, perPerson: 1, patienceMs: 20 });
  await expect(queue.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await queue.run('a', async () => 'yes')).toBe('yes');
});
