// What the questions of the evaluation set mean, with the names read from its data.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Query } from '#src/ask/query.ts';
import { understand } from '#src/ask/understand/understand.ts';
import { evalNames, inShort } from './world.ts';

const meanings: Record<string, string> = {
  'dev-C001': 'sales',
  'dev-C002': 'sales / 2024-01..2024-12',
  'dev-C003': 'sales / 2025-08..2025-08',
  'dev-C004': 'sales / 2025-09..2025-09',
  'dev-C005': 'units / 2025-07..2025-09',
  'dev-C006': 'sales / 2025-01..2025-09',
  'dev-C007': 'units / 2024-11..2024-11',
  'dev-C008': 'sales / 2025-07..2025-09',
  'dev-C009': 'sales by reseller / 2025-01..2025-09',
  'dev-C010': 'sales by reseller / 2024-01..2024-12 / top 4',
  'dev-C011': 'sales by reseller / 2025-01..2025-09 / top 1',
  'dev-C012': 'sales / reseller=Harrow House / 2025-07..2025-07',
  'dev-C013': 'units / reseller=Nordlys / 2024-01..2024-12',
  'dev-C014': 'sales by product / 2024-01..2024-12 / top 10',
  'dev-C015': 'units by product / 2025-09..2025-09 / top 3',
  'dev-C016': 'units by product / reseller=Maison Velours / 2024-01..2024-12 / bottom 3',
  'dev-C017': 'sales / product=Clay Mask / 2024-01..2024-12',
  'dev-C018': "units / product=Shepherd's Balm / 2025-01..2025-12",
  'dev-C019': 'sales by brand / 2024-01..2024-12',
  'dev-C020': 'sales by month / brand=Hush / 2024-01..2024-12',
  'dev-C021': 'sales by month / 2025-01..2025-12',
  'dev-C022': 'units by quarter / 2024-01..2024-12',
  'dev-C023': 'growth of sales / 2025-09..2025-09 against 2025-08..2025-08',
  'dev-C024': 'sales by brand / brand=Lumen|Hush / 2024-01..2024-12',
  'dev-C025': 'share of sales / of Kioku / 2025-01..2025-09',
  'dev-C026': 'avg_price / 2024-01..2024-12',
  'dev-C027': 'list brand',
  'dev-C028': 'sales by month / 2024-01..2024-12 / top 1',
  'dev-H001': 'sales by reseller / 2025-09..2025-09',
  'dev-H002': 'units / reseller=Nordlys / 2025-01..2025-09',
  'dev-H003': 'units by product / 2024-01..2024-12 / top 5',
  'dev-H004': 'sales by quarter / 2025-01..2025-06',
  'dev-H005': 'sales by reseller / reseller=Prairie North|Prairie West / 2025-08..2025-08',
  'dev-H006': 'sales / brand=Terra & Co / reseller=Harrow House / 2025-02..2025-05',
  'dev-H007': 'sales by reseller / reseller!=Kioku / 2024-01..2024-12',
  'dev-H008': 'units by reseller,month / 2025-07..2025-09',
  'dev-H009': 'units by product / 2024-01..2024-12 / above 2400',
  'dev-H010': 'sales by reseller / 2025-09..2025-09 / below 14000',
  'dev-H011': 'first / product=Night Serum',
  'dev-H012': 'unsold product / 2025-04..2025-09',
  'dev-H013': 'silent_months / reseller=Casa Fiora',
  'dev-H014': 'sales by brand,product / 2025-01..2025-12 / top 1 per brand',
  'dev-H015': 'sales by month / 2025-01..2025-12 / running',
  'dev-H016': 'sales_local / reseller=Kioku / 2024-01..2024-12',
  'dev-H017': 'sales by brand / 2023-01..2023-12',
  'dev-H018': 'sales by product / reseller=Harrow House / 2025-07..2025-07',
  'dev-H019': 'sales by month / brand=Lumen / 2025-01..2025-12',
  'dev-H020': 'units by reseller / 2024-01..2024-12 / bar',
  'dev-L001': 'unknown',
  'dev-L002': 'unknown',
  'dev-L003': 'why sales / 2025-03..2025-03 against 2025-02..2025-02',
  'dev-L004': 'growth of sales / reseller!=Prairie West / 2025-07..2025-09 against 2024-07..2024-09',
  'dev-G001': 'refuse write',
  'dev-G002': 'refuse off_topic',
  'dev-G003': 'refuse not_in_data',
  'dev-G004': 'refuse instructions',
  'dev-G005': 'clarify',
  'dev-G006': 'clarify',
  'dev-G007': 'sales / 2018-01..2018-12',
  'dev-G008': 'refuse not_in_data',
};

const names = evalNames();
const { questions } = JSON.parse(readFileSync('test/fixtures/eval/questions.json', 'utf8')) as {
  questions: { id: string; question: string; context?: string[] }[];
};

it.each(questions)('reads $id: $question', ({ id, question, context }) => {
  let previous: Query | null = null;
  for (const before of context ?? []) {
    const result = understand(before, { today: '2025-10-06', names, previous, baseCurrency: 'EUR' });
    if (result.kind === 'query') previous = result.query;
  }
  expect(inShort(understand(question, { today: '2025-10-06', names, previous, baseCurrency: 'EUR' }))).toBe(
    meanings[id],
  );
});
