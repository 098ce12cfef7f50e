// What happens to a question before the database is asked: understanding it beside two thousand names, against twenty; and the
// guard over a statement of several steps, against Postgres's own parser alone.

import { parse } from 'libpg-query';
import { guard, loadGuard } from '#src/ask/guard/guard.ts';
import { understand } from '#src/ask/understand/understand.ts';
import { median } from './measure.ts';

const questions = [
  'top 3 prodcts of Blubird in 2025',
  'how did Galeries Martin do last year?',
  'sales by brand and month in 2025',
];
const statement =
  'WITH m AS (SELECT year, month, reseller, sum(sales_amount_base) AS rev FROM sales_data WHERE year IN (2024, 2025) GROUP BY 1, 2, 3) SELECT reseller, rev, rev - lag(rev) OVER (PARTITION BY reseller ORDER BY year, month) AS gain FROM m ORDER BY 1';

export async function benchEngine(_folder: string): Promise<string> {
  const few = await typical(() => ask(20));
  const many = await typical(() => ask(2000));
  await loadGuard();
  const parser = await typical(() => parse(statement));
  const guarded = await typical(() => guard(statement));
  return `## Before the database is asked

| | ms | times |
|---|---|---|
| three questions beside 20 names of products | ${few.toFixed(2)} | 1 |
| the same beside 2,000 | ${many.toFixed(2)} | ${(many / few).toFixed(1)} |
| Postgres's parser over a statement of several steps | ${parser.toFixed(2)} | 1 |
| the guard over it, parser included | ${guarded.toFixed(2)} | ${(guarded / parser).toFixed(1)} |`;
}

function ask(size: number): void {
  const products = Array.from(
    { length: size },
    (_, at) => `Serum ${String.fromCharCode(97 + (at % 26))}lpha${at} Night`,
  );
  const names = {
    resellers: ['Bluebird', 'Galeries Martin', 'Nordwind'],
    products,
    brands: ['Lumen', 'Terra & Co'],
    stores: [],
    channels: [],
    currencies: [{ currency: 'EUR', resellers: ['Bluebird'] }],
    months: { from: '2024-01', to: '2026-01' },
  };
  const context = { today: '2026-02-14', names, baseCurrency: 'EUR', previous: null };
  for (const question of questions) understand(question, context);
}

/** Median milliseconds, warmed up. */
async function typical(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 120; round += 1) {
    const started = performance.now();
    await work();
    if (round >= 20) times.push(performance.now() - started);
  }
  return median(times);
}
