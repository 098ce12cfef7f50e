// Question to answer without a model on 1,000,000 stored rows: beside the bare SQL of the same figure on the same server and the
// picture, and twenty people at once.

import { makeCharts } from '#adapters/chart/index.ts';
import { noModel } from '#adapters/memory/index.ts';
import { type Database, makeStores, openDatabase } from '#adapters/postgres/index.ts';
import type { ConversationId } from '#src/chat/event.ts';
import type { ChartSpec } from '#src/message/message.ts';
import type { Principal } from '#src/ports.ts';
import { type Answer, answerQuestion } from '#src/usecases/ask/answer-question.ts';
import { makeAskMemory } from '#src/usecases/ask/ask-memory.ts';
import { median } from './measure.ts';

const rows = 1_000_000;
const rounds = 5;
const people = 20;
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
  const database = await openDatabase(options);
  try {
    const ask = await askingAs(database);
    await fill(database.pool);
    const charts = makeCharts();
    const lines: string[] = [];
    for (const { question, bare } of questions) {
      const asked: number[] = [];
      const sql: number[] = [];
      let chart: ChartSpec | null = null;
      for (let round = 0; round < rounds; round++) {
        const memory = makeAskMemory();
        // Another question before it, so that the names are known, as they are to a bot that runs.
        await ask('Units by channel in 2019', memory);
        const started = performance.now();
        chart = (await ask(question, memory)).chart?.spec ?? null;
        asked.push(performance.now() - started);
        sql.push(await alone(database.pool, bare));
      }
      const drawn: number[] = [];
      for (let round = 0; chart && round < rounds; round++)
        drawn.push(await timed(() => charts.draw(chart as ChartSpec)));
      const picture = drawn.length === 0 ? 0 : median(drawn);
      const least = median(sql) + picture;
      lines.push(
        `| ${question} | ${median(asked).toFixed(0)} ms | ${median(sql).toFixed(0)} ms | ${picture === 0 ? '' : `${picture.toFixed(0)} ms`} | **${(median(asked) / least).toFixed(2)}** |`,
      );
    }
    return `## Question to answer, without a model, on ${rows.toLocaleString('en')} rows

From the question's arrival to the answer with its evidence and picture, asked for the first time, median of ${rounds}; beside the bare SQL of the figure, in one
process of the server as every question is run, and drawing the picture.

| question | answer | bare SQL | picture | ratio to both |
|---|---|---|---|---|
${lines.join('\n')}

${await atOnce(ask)}`;
  } finally {
    await database.close();
  }
}

/** Twenty people, each with a question of their own, against the same questions one after the other. */
async function atOnce(
  ask: (question: string, memory: ReturnType<typeof makeAskMemory>, person?: number) => Promise<Answer>,
) {
  const asked = Array.from(
    { length: people },
    (_, at) => `Sales of Reseller ${at % 8} by month in ${2024 + (at % 2)}, top ${at + 1}`,
  );
  const one = makeAskMemory();
  const apart = await timed(async () => {
    for (const question of asked) await ask(question, one);
  });
  const other = makeAskMemory();
  const took: number[] = [];
  let answered = 0;
  const together = await timed(() =>
    Promise.all(
      asked.map(async (question, person) => {
        took.push(
          await timed(async () => {
            if ((await ask(question, other, person)).kind === 'answer') answered += 1;
          }),
        );
      }),
    ),
  );
  return `${people} people at once: ${answered} answers, ${(together / apart).toFixed(2)} times the time of the same questions one after the other (${apart.toFixed(0)} ms);
the middle one waits ${median(took).toFixed(0)} ms, the last ${Math.max(...took).toFixed(0)} ms.`;
}

async function askingAs(database: Database) {
  const stores = makeStores(database, { clientId, encryptionKey, visibility: 'client', isDirect: () => true });
  const principals: Principal[] = [];
  for (let person = 0; person < people; person++) {
    const email = `person${person}@example.com`;
    await stores.directory.addUser({ email, role: 'admin' });
    const sender = { platform: 'console' as const, id: email, email, displayName: null };
    const principal = await stores.directory.principal(sender, 'console:bench' as ConversationId);
    if (principal) principals.push(principal);
  }
  const ports = {
    ...stores,
    analyst: database.analyst,
    audit: database.audit,
    charts: makeCharts(),
    clock: { now: () => new Date() },
    model: noModel,
    observer: { record: () => {}, failure: String },
  };
  const settings = { briefing: { rules: '', examples: [] }, budgetUsd: null, resultRows: 0 };
  return (question: string, memory: ReturnType<typeof makeAskMemory>, person = 0): Promise<Answer> =>
    answerQuestion(ports, settings, {
      question,
      principal: principals[person] as Principal,
      previous: null,
      earlier: null,
      today: '2025-12-15',
      baseCurrency: 'EUR',
      memory,
      byModel: false,
    });
}

/** As questions are run: by one process, with the same memory to work in. */
async function alone(pool: Pool, sql: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("SET max_parallel_workers_per_gather = 0; SET work_mem = '16MB'");
    return await timed(() => client.query(sql));
  } finally {
    await client.query('RESET ALL');
    client.release();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
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
