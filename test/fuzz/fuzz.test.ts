// Broken workbooks, the same ones each time: `npm run fuzz` tries others.

import { expect, test } from 'vitest';
import { attack, originals } from './attack.ts';
import { mutate } from './mutate.ts';

test('a broken workbook is read or refused with a sentence, and leaves nothing behind', {
  timeout: 60_000,
}, async () => {
  const until = performance.now() + 10_000;
  const outcomes = new Map<string, number>();
  // A busy machine tries fewer, but these.
  for (let seed = 1; seed <= 20 || performance.now() < until; seed += 1) {
    const { outcome, how, findings } = await attack(seed);
    expect(findings, `seed ${seed}: ${how.join(', ')}`).toEqual([]);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  // A change that makes every file unreadable would find nothing else.
  expect(outcomes.get('read') ?? 0).toBeGreaterThan(1);
  expect(outcomes.get('UPLOAD_CORRUPT') ?? 0).toBeGreaterThan(1);
});

test('a seed always breaks a workbook in the same way', () => {
  const [original] = originals;
  const [one, other] = [mutate(original!, 7), mutate(original!, 7)];
  expect(one.how).toEqual(other.how);
  expect(one.bytes.equals(other.bytes)).toBe(true);
});
