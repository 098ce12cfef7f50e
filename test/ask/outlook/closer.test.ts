// What stands out, what is missing, and averages that move along: against the evaluation data, in which some of it was planted.

import { describe, expect, test } from 'vitest';
import { answer } from '#src/ask/answer.ts';
import { compile } from '#src/ask/compile/compile.ts';
import { namesSql, shapeNames } from '#src/ask/names.ts';
import { understand } from '#src/ask/understand/understand.ts';
import type { Value } from '#src/message/message.ts';
import { testDatabase } from '../../support/database.ts';
import { withEvalData } from '../compile/ask-eval.ts';

const database = await testDatabase();
const run = withEvalData(database);

async function ask(question: string): Promise<{ text: string; rows: Record<string, Value>[] }> {
  const names = shapeNames((await run(namesSql)).rows);
  const understood = understand(question, { today: '2025-10-06', names, previous: null, baseCurrency: 'EUR' });
  if (understood.kind !== 'query') throw new Error(`${question}: ${understood.kind}`);
  const { query, notes } = understood;
  const { columns, rows, truncated } = await run(compile(query, { baseCurrency: 'EUR', months: names.months }));
  return answer({ query, columns, rows, truncated, evidence: null, notes, names, baseCurrency: 'EUR' });
}

describe('what stands out', () => {
  test('is a month with an order out of all proportion and one of zeros, and no season', async () => {
    const { rows, text } = await ask('anything unusual?');
    expect(rows.map((row) => [row.reseller, row.month])).toEqual([
      ['Kioku', '2025-03'],
      ['Casa Fiora', '2025-02'],
    ]);
    expect(text).toContain('Kioku in Mar 2025 with €44,730.45, where €11,577.69 is usual (+286%)');
  });

  test('is said of the months that were asked about only, measured by all of them', async () => {
    expect((await ask('what looks odd in March 2025')).rows).toMatchObject([{ reseller: 'Kioku', usual: 11577.69 }]);
    const { text, rows } = await ask('any outliers in units last month?');
    expect(rows).toEqual([]);
    expect(text).toContain(
      'Nothing stands out in September 2025: no month of a reseller is far from what is usual for it.',
    );
  });
});

describe('reports that are missing', () => {
  test('are named with their months, from the first one of each reseller', async () => {
    const { rows, text } = await ask('which months are missing?');
    expect(rows).toEqual([
      { reseller: 'Casa Fiora', month: '2023-09' },
      { reseller: 'Casa Fiora', month: '2024-08' },
    ]);
    expect(text).toBe('2 monthly reports are missing: Casa Fiora (Sep 2023 and Aug 2024).');
    expect((await ask('what is missing in 2025?')).text).toContain('No report is missing in 2025.');
  });

  test('are those of the last months, too', async () => {
    await database.pool.query("DELETE FROM app.sales_data WHERE reseller = 'Kioku' AND sales_date >= '2025-08-01'");
    expect((await ask('who has not reported yet?')).text).toContain('Kioku (Aug 2025 and Sep 2025)');
  });
});

test('an average moves along the calendar and needs its months, those before the period included', async () => {
  const months = (await ask('units by month')).rows.map((row) => Number(row.units));
  const { rows } = await ask('rolling average of units over 4 months');
  expect(rows.map((row) => row.moving_average)).toEqual(
    months.map((_, at) => {
      const sum = months.slice(Math.max(0, at - 3), at + 1).reduce((a, b) => a + b, 0);
      return at < 3 ? null : Math.round((sum / 4) * 100) / 100;
    }),
  );
  const part = (await ask('4 month moving average of units in 2025')).rows;
  expect(part).toEqual(rows.filter((row) => String(row.month) >= '2025-01'));
});

test('months side by side are split by month, and months that are left out are left out', async () => {
  const all = (await ask('sales by month in 2024')).rows;
  const two = (await ask('sales in March and May 2024')).rows;
  expect(two).toEqual(all.filter((row) => row.month === '2024-03' || row.month === '2024-05'));
  const [rest] = (await ask('sales in 2024 without December')).rows;
  const sum = all.filter((row) => row.month !== '2024-12').reduce((total, row) => total + Number(row.sales), 0);
  expect(rest?.sales).toBeCloseTo(sum, 2);
});
