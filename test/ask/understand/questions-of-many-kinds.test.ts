// Questions that were once read as something else, each with the figures that a statement written by hand gives.

import { expect, test } from 'vitest';
import { compile } from '#src/ask/compile/compile.ts';
import { namesSql, shapeNames } from '#src/ask/names.ts';
import { understand } from '#src/ask/understand/understand.ts';
import { testDatabase } from '../../support/database.ts';
import { withEvalData } from '../compile/ask-eval.ts';

const database = await testDatabase();
const run = withEvalData(database);
const today = '2025-10-06';

async function answered(question: string): Promise<unknown[][]> {
  const names = shapeNames((await run(namesSql)).rows);
  const understood = understand(question, { today, names, previous: null, baseCurrency: 'EUR' });
  if (understood.kind !== 'query') throw new Error(`${question}: ${understood.text}`);
  const { rows } = await run(compile(understood.query, { baseCurrency: 'EUR', months: names.months }));
  return rows.map((row) => Object.values(row));
}

async function directly(sql: string): Promise<unknown[][]> {
  const { rows } = await run(sql);
  return rows.map((row) => Object.values(row));
}

const sales = 'round(sum(sales_amount_base), 2)';

test.each([
  ['How much did our clients buy in 2024?', `SELECT ${sales} AS sales FROM sales_data WHERE year = 2024`],
  [
    'how many units did all our customers order in 2024?',
    'SELECT sum(quantity) AS units FROM sales_data WHERE year = 2024',
  ],
  [
    'second best reseller in 2024',
    `SELECT reseller, ${sales} AS sales FROM sales_data WHERE year = 2024 GROUP BY 1 ORDER BY 2 DESC LIMIT 1 OFFSET 1`,
  ],
  [
    '3rd best selling product last year by units',
    'SELECT functional_name AS product, sum(quantity) AS units FROM sales_data WHERE year = 2024 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1 OFFSET 2',
  ],
  [
    'resellers with more than 26 products in 2024',
    'SELECT reseller, count(*) AS products FROM (SELECT reseller, functional_name FROM sales_data WHERE year = 2024 GROUP BY 1, 2 HAVING sum(quantity) > 0) s GROUP BY 1 HAVING count(*) > 26 ORDER BY 2 DESC, 1',
  ],
  [
    'products sold by fewer than 5 resellers in 2025',
    'SELECT functional_name AS product, count(*) AS resellers FROM (SELECT functional_name, reseller FROM sales_data WHERE year = 2025 GROUP BY 1, 2 HAVING sum(quantity) > 0) s GROUP BY 1 HAVING count(*) < 5 ORDER BY 2 DESC, 1',
  ],
  [
    'number of brands',
    'SELECT count(*) AS brands FROM (SELECT brand FROM sales_data GROUP BY 1 HAVING sum(quantity) > 0) b',
  ],
  [
    'growth by month in 2025',
    `SELECT * FROM (SELECT month, sales, round((sales - lag(sales) OVER (ORDER BY month)) / abs(lag(sales) OVER (ORDER BY month)) * 100, 4) AS growth_pct
     FROM (SELECT to_char(sales_date, 'YYYY-MM') AS month, sum(sales_amount_base) AS sales FROM sales_data GROUP BY 1) m) c WHERE month >= '2025-01' ORDER BY 1`,
  ],
  [
    'first month of Prairie West',
    "SELECT to_char(min(sales_date), 'YYYY-MM') AS month FROM (SELECT sales_date FROM sales_data WHERE reseller = 'Prairie West' GROUP BY 1 HAVING sum(quantity) > 0) m",
  ],
  [
    'which reseller lost the most compared to last year?',
    `SELECT reseller, ${sales.replace('sales_amount_base', 'sales_amount_base) FILTER (WHERE year = 2025')} AS current, round(sum(sales_amount_base) FILTER (WHERE year = 2024), 2) AS previous,
     round((sum(sales_amount_base) FILTER (WHERE year = 2025) - sum(sales_amount_base) FILTER (WHERE year = 2024)) / sum(sales_amount_base) FILTER (WHERE year = 2024) * 100, 4) AS growth_pct
     FROM sales_data WHERE month <= 9 AND year IN (2024, 2025) GROUP BY 1 ORDER BY 4 LIMIT 1`,
  ],
  [
    'new products in 2025',
    `SELECT product, first_month, sales FROM (SELECT product, to_char(min(day), 'YYYY-MM') AS first_month, round(sum(sales), 2) AS sales FROM
     (SELECT functional_name AS product, sales_date AS day, sum(quantity) AS units, sum(sales_amount_base) AS sales FROM sales_data GROUP BY 1, 2) m
     WHERE units > 0 GROUP BY 1) n WHERE first_month BETWEEN '2025-01' AND '2025-12' ORDER BY 2, 1`,
  ],
  [
    'which products did we stop selling in 2025?',
    `SELECT product, last_month, sales FROM (SELECT product, to_char(max(day), 'YYYY-MM') AS last_month, round(sum(sales), 2) AS sales FROM
     (SELECT functional_name AS product, sales_date AS day, sum(quantity) AS units, sum(sales_amount_base) AS sales FROM sales_data GROUP BY 1, 2) m
     WHERE units > 0 GROUP BY 1) n WHERE last_month < '2025-01' ORDER BY 2, 1`,
  ],
  ['sales ly', `SELECT ${sales} AS sales FROM sales_data WHERE year = 2024`],
])('%s', async (question, sql) => {
  const [ours, right] = [await answered(question), await directly(sql)];
  const rounded = (rows: unknown[][]) =>
    rows.map((row) => row.map((value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)));
  expect(rounded(ours)).toEqual(rounded(right));
});
