import { expect, test } from 'vitest';
import { withProgress } from '#adapters/console/index.ts';
import type { Observation } from '#src/observation.ts';

function watched(isTTY: boolean, asked: boolean) {
  let written = '';
  const recorded: Observation[] = [];
  const observer = { record: (each: Observation) => void recorded.push(each), failure: () => 'reference' };
  const shown = withProgress(observer, { isTTY, write: (text) => (written += text) }, asked);
  return { shown, recorded, written: () => written };
}

const reading = (uploadId: string, rows: number, percent: number | null): Observation => ({
  ...{ kind: 'upload-progress', uploadId, rows, percent },
});
const done: Observation = {
  ...{ kind: 'upload-settled', uploadId: 'one', status: 'completed', loaded: 1, quarantined: 0, ms: 1 },
};

test('a terminal shows one line, written over and over, which is gone when the file is done', () => {
  const { shown, written, recorded } = watched(true, false);
  shown.record(reading('one', 4_500, 45));
  shown.record(reading('two', 700, null));
  shown.record(done);
  expect(written()).toBe(
    '\r\u001b[2KReading 4,500 rows (45 %)\r\r\u001b[2KReading 4,500 rows (45 %) | 700 rows\r\r\u001b[2K',
  );
  expect(recorded).toHaveLength(3);
});

test('what is no terminal stays silent, unless somebody asked: then each word is a line', () => {
  const silent = watched(false, false);
  silent.shown.record(reading('one', 4_500, 45));
  expect([silent.written(), silent.recorded.length]).toEqual(['', 1]);
  const asked = watched(false, true);
  asked.shown.record(reading('one', 4_500, 45));
  asked.shown.record(done);
  expect(asked.written()).toBe('Reading one: 4,500 rows (45 %)\n');
});
