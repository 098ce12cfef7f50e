// What changed, taken apart: every part comes from the data, and the parts of each kind are the whole change.

import { describe, expect, test } from 'vitest';
import { compile } from '#src/ask/compile/compile.ts';
import { namesSql, shapeNames } from '#src/ask/names.ts';
import { understand } from '#src/ask/understand/understand.ts';
import { testDatabase } from '../../support/database.ts';
import { withEvalData } from '../compile/ask-eval.ts';

const database = await testDatabase();
const run = withEvalData(database);

async function read(question: string) {
  const names = shapeNames((await run(namesSql)).rows);
  return understand(question, { today: '2025-10-06', names, previous: null, baseCurrency: 'EUR' });
}

describe('why something changed', () => {
  test.each([
    [
      'why did sales drop in January 2025 compared to December 2024?',
      "sales_date = '2025-01-01'",
      "sales_date = '2024-12-01'",
      'sales_amount_base',
    ],
    [
      'what explains the growth of Q2 2025 vs Q1 2025?',
      'year = 2025 AND month IN (4, 5, 6)',
      'year = 2025 AND month IN (1, 2, 3)',
      'sales_amount_base',
    ],
    [
      'why are units of Kioku down this year vs last year?',
      "reseller = 'Kioku' AND year = 2025",
      "reseller = 'Kioku' AND year = 2024 AND month <= 9",
      'quantity',
    ],
  ])('%s', async (question, now, before, value) => {
    const understood = await read(question);
    if (understood.kind !== 'query') throw new Error(understood.text);
    expect(understood.query.kind).toBe('why');
    const { rows } = await run(compile(understood.query, { baseCurrency: 'EUR', months: null }));
    const { rows: whole } = await run(
      `SELECT round(sum(${value}) FILTER (WHERE ${now}) - sum(${value}) FILTER (WHERE ${before}), 2) AS change FROM sales_data`,
    );
    for (const part of ['reseller', 'product']) {
      const own = rows.filter((row) => row.part === part);
      expect(own.length).toBeGreaterThan(0);
      expect(own.reduce((sum, row) => sum + Number(row.change), 0)).toBeCloseTo(Number(whole[0]!.change), 1);
      expect(own.reduce((sum, row) => sum + Number(row.share_pct), 0)).toBeCloseTo(100, 1);
    }
  });

  test('asks with what to compare where that is not said, and keeps its why', async () => {
    const asked = await read('why did sales drop in January 2025?');
    expect(asked).toMatchObject({
      kind: 'clarify',
      text: 'Should I compare January 2025 with December 2024 or with January 2024?',
    });
    for (const { question } of asked.kind === 'clarify' ? asked.options : []) {
      expect(await read(question)).toMatchObject({ kind: 'query', query: { kind: 'why' } });
    }
  });

  test.each([
    'why is the sky blue?',
    'why do customers like Clay Mask?',
    'why was the average price lower in 2025 than in 2024?',
  ])('%s is not made up', async (question) => {
    expect((await read(question)).kind).not.toBe('query');
  });
});
