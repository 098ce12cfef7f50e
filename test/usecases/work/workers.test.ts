import { expect, test } from 'vitest';
import { workersFor } from '#src/usecases/work/workers.ts';

test.each([
  ['one core still waits for its database now and then', 1, 8_192, 2],
  ['as many as cores', 4, 16_384, 4],
  ['no more than the connections to the database bear', 32, 262_144, 6],
  ['no more than half of the memory bears', 8, 4_096, 3],
  ['one, however little memory there is', 8, 256, 1],
])('%s', (_, cores, memoryMb, workers) => {
  expect(workersFor({ cores, memoryMb })).toBe(workers);
});
