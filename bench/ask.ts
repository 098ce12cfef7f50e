// Question to answer without a model on 1,000,000 stored rows, against the bare SQL of the same figure on the same server.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#adapters/postgres/index.ts';
import { median, run } from './measure.ts';

const rows = 1_000_000;
const rounds = 5;
const clientId = '7c1f9a52-4b1e-4f57-9f0c-0d0f6a3a9b11';
const encryptionKey = Buffer.alloc(32, 7);

const questions: { question: string; bare: string }[] = [
  {
    question: 'Total sales in 2025',
    bare: 'SELECT round(sum(sales_amount_base), 2) FROM app.sales_data WHERE year = 2025',
  },
  {
    question: 'Sales by reseller in 2025',
    bare: 'SELECT reseller, round(sum(sales_amount_base), 2) FROM app.sales_data WHERE year = 2025 GROUP BY 1',
  },
  {
    question: 'Top 5 products in 2025 by units',
    bare: 'SELECT functional_name, sum(quantity) FROM app.sales_data WHERE year = 2025 GROUP BY 1 ORDER BY 2 DESC LIMIT 5',
  },
  {
    question: 'Sales by month',
    bare: "SELECT to_char(sales_date, 'YYYY-MM'), round(sum(sales_amount_base), 2) FROM app.sales_data GROUP BY 1 ORDER BY 1",
  },
];

export async function benchAsk(folder: string): Promise<string> {
  const options = { dataDir: folder, clientId, clientName: 'Bench', baseCurrency: 'EUR', encryptionKey, log: () => {} };
  const env = {
    DATA_DIR: folder,
    CLIENT_ID: clientId,
    ENCRYPTION_KEY: encryptionKey.toString('base64'),
    LOG_LEVEL: 'warn',
    DATA_VISIBILITY: 'client',
  };
  const database = await openDatabase(options);
  try {
    await run(process.execPath, ['src/start.js', 'user', 'list', '--json'], env);
    await fill(database.pool);
    const lines: string[] = [];
    for (const { question, bare } of questions) {
      const sql: number[] = [];
      const asked: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const started = performance.now();
        await database.pool.query(bare);
        sql.push(performance.now() - started);
      }
      const measured = await run(
        process.execPath,
        ['src/start.js', 'ask', '--file', lineFile(folder, question), '--jsonl', '--today', '2025-12-15'],
        env,
      );
      for (const line of measured.stdout.trim().split('\n')) {
        const reply = JSON.parse(line);
        if (reply.kind !== 'answer') throw new Error(`no answer to "${question}": ${reply.text}`);
        asked.push(reply.ms);
      }
      lines.push(
        `| ${question} | ${median(asked).toFixed(0)} ms | ${median(sql).toFixed(0)} ms | ${(median(asked) / median(sql)).toFixed(1)} |`,
      );
    }
    return `## Question to answer, without a model, on ${rows.toLocaleString('en')} rows

From the question's arrival to the answer with its evidence and picture, median of ${rounds}, beside the bare SQL of the figure.

| question | answer | bare SQL | ratio |
|---|---|---|---|
${lines.join('\n')}`;
  } finally {
    await database.close();
  }
}

type Pool = Awaited<ReturnType<typeof openDatabase>>['pool'];

/** 100 uploads of 10,000 rows: 8 resellers, 400 products, 24 months. */
async function fill(pool: Pool): Promise<void> {
  const { rows: users } = await pool.query<{ id: string }>('SELECT id FROM app.users LIMIT 1');
  await pool.query(
    `INSERT INTO app.uploads (id, client_id, user_id, file_name, hash, status, completed_at)
     SELECT gen_random_uuid(), $1, $2, 'report ' || n || '.xlsx', encode(sha256(n::text::bytea), 'hex'), 'completed', now() FROM generate_series(1, 100) n`,
    [clientId, users[0]?.id],
  );
  await pool.query(
    `INSERT INTO app.sales_data (client_id, upload_id, reseller, product_ean, functional_name, brand, year, month, sales_date, quantity, sales_amount_local, currency, sales_amount_base)
     SELECT $1, u.id, 'Reseller ' || (n % 8), lpad((n % 400)::text, 13, '0'), 'Product ' || (n % 400), 'Brand ' || (n % 5), extract(year FROM d), extract(month FROM d), d,
            1 + n % 20, (n % 997) + 0.5, 'EUR', (n % 997) + 0.5
     FROM (SELECT id, row_number() OVER () AS number FROM app.uploads) u
     CROSS JOIN LATERAL (SELECT u.number * 10000 + g AS n, (date '2024-01-01' + ((u.number - 1) % 24) * interval '1 month')::date AS d FROM generate_series(1, 10000) g) x`,
    [clientId],
  );
}

function lineFile(folder: string, question: string): string {
  const path = join(folder, 'questions.jsonl');
  writeFileSync(
    path,
    Array.from({ length: rounds }, (_, index) => JSON.stringify({ id: `q${index}`, question })).join('\n'),
  );
  return path;
}
