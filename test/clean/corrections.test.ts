import { expect, test } from 'vitest';
import type { RowDecision } from '#src/clean/types.ts';
import { BOXNOX, boxnoxRow, cleanFile, sheet } from './workbook.ts';

const decision = (kind: RowDecision['kind'], cells: RowDecision['cells'] = []): RowDecision => ({
  sheet: 'SELL OUT BY EAN',
  row: 3,
  kind,
  cells,
  by: 'ann@example.com',
});

function boxnox(row: ReturnType<typeof boxnoxRow>, ...decisions: RowDecision[]) {
  return cleanFile('Boxnox.xlsx', [sheet('SELL OUT BY EAN', [BOXNOX, boxnoxRow(), row])], [], decisions);
}

test('a corrected cell is read as the person wrote it, and the log says what the file held', () => {
  const result = boxnox(boxnoxRow({ QTY: 'three' }), decision('edit', [{ column: 5, text: '3' }]));
  expect(result.rows[1]?.quantity).toBe(3);
  expect(result.fixes.filter((fix) => fix.rule === 'corrected')).toEqual([
    { sheet: 'SELL OUT BY EAN', row: 3, column: 'QTY', cell: 'F3', original: 'three', cleaned: '3', rule: 'corrected' },
  ]);
});

test('a correction that is no better leaves the row held back', () => {
  const result = boxnox(boxnoxRow({ QTY: 'three' }), decision('edit', [{ column: 5, text: 'four' }]));
  expect(result.quarantined).toHaveLength(1);
  expect(result.counts).toMatchObject({ loaded: 1, quarantined: 1 });
});

test('a released code names the product and is no EAN', () => {
  const result = boxnox(boxnoxRow({ EAN: '7000000004393', SKU: null }), decision('release'));
  expect(result.rows[1]).toMatchObject({ productEan: null, functionalName: '7000000004393' });
});

test('a release mends no figure', () => {
  expect(boxnox(boxnoxRow({ QTY: 'three' }), decision('release')).quarantined).toHaveLength(1);
});

test('a discarded row is left out, and who said so is counted', () => {
  const result = boxnox(boxnoxRow({ QTY: 'three' }), decision('discard'));
  expect(result.quarantined).toEqual([]);
  expect(result.ignoredByReason).toEqual([{ reason: 'discarded by ann@example.com', count: 1 }]);
});
