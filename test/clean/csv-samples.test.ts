// A report that comes as CSV gives what the same report gives as a workbook: the shown text of its figures is enough.

import { expect, test } from 'vitest';
import { makeSheets } from '#adapters/excel/index.ts';
import { detect } from '#src/clean/detect.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { cellText } from '#src/clean/values/text.ts';
import { readSamples } from './samples.ts';
import { clean, headOf, TODAY, vendors } from './workbook.ts';

const cases = [
  'boxnox/02-messy',
  'skins_nl/01-euro-whole',
  'skins_sa/01-cy-february',
  'cdlc/01-pivot',
  'liberty/01-weekly',
];

test.each(
  readSamples()
    .filter(({ expected }) => cases.includes(expected.case))
    .map((each) => [each.expected.case, each] as const),
)('%s', async (_, { sheets, uploadName, expected }) => {
  const all = await sheets();
  const found = detect(headOf(uploadName, all), vendors);
  const { name, rows } = all.find((each) => each.name === found.sheet)!;
  const period = expected.report_period ? { ...expected.report_period, day: null } : null;
  const input = { vendor: found.vendor!, products: [], today: TODAY, period };
  const one = clean({ ...input, head: headOf(uploadName, all), sheet: name, rows });

  const lines: string[] = [];
  for (const row of rows) {
    while (lines.length < row.row - 1) lines.push('');
    lines.push(row.cells.map(quoted).join(';'));
  }
  const workbook = await makeSheets().open({
    name: uploadName.replace(/\.xls[xm]$/, '.csv'),
    bytes: Buffer.from(lines.join('\r\n')),
  });
  const csv = { ...workbook.sheets[0]!, rows: [] as typeof rows };
  for await (const some of workbook.rows(csv.name)) csv.rows.push(...some);
  const head = headOf(uploadName, [csv]);
  expect(detect(head, vendors).vendor?.id).toBe(found.vendor!.id);
  const other = clean({ ...input, head, sheet: csv.name, rows: csv.rows });
  expect(other.stop).toBeUndefined();
  const plain = ({ rows: stored }: typeof one) => stored.map((row) => ({ ...row, sheet: '' }));
  expect(plain(other)).toEqual(plain(one));
});

/** As a program set to comma decimals writes it. */
function quoted(cell: Cell): string {
  const value = cell !== null && typeof cell === 'object' && cell.kind === 'number' ? cell.value : cell;
  const text = typeof value === 'number' ? String(value).replace('.', ',') : cellText(cell);
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
