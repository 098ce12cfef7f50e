// Every development question by way of a model that knows the right statement, over real HTTP: what is measured is everything
// around the model, from its briefing to the figures that are shown.

import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { loadDataset } from '#adapters/postgres/index.ts';
import type { Principal } from '#src/ports.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { modelServer } from './model-server.ts';

interface Question {
  id: string;
  question: string;
  gold_sql: string | null;
  answer_kind: string;
}

const folder = 'test/fixtures/eval';
const { questions } = JSON.parse(readFileSync(`${folder}/questions.json`, 'utf8')) as { questions: Question[] };
const known = questions.filter((each): each is Question & { gold_sql: string } => each.gold_sql !== null);

const database = await testDatabase();
const server = await modelServer();
const { app } = productOver(database, { model: server.model });
let ann: Principal;

beforeAll(async () => {
  ann = await person(database);
  await loadDataset(database, database.clientId, folder, ann);
  // A question may be the beginning of another one.
  for (const { question, gold_sql } of [...known].sort((a, b) => b.question.length - a.question.length)) {
    server.script({ asked: question, sql: [gold_sql], says: 'Here is what the query returned.' });
  }
});

test.each(known.map((each) => [each.id, each] as const))('%s comes out as the statement gives it', async (id, each) => {
  const answer = await app.ask(each.question, ann, id, '2025-10-06', { byModel: true });
  // What the engine declines or asks back never goes to a model.
  if (answer.engine === 'offline') {
    expect(['clarify', 'refuse']).toContain(answer.kind);
    return;
  }
  expect(answer).toMatchObject({ kind: 'answer', engine: 'model', sql: each.gold_sql.trim().replace(/;$/, '') });
  const rows = await directly(each.gold_sql);
  expect(answer.rows).toHaveLength(rows.length);
  const [shown, wanted] = [answer.rows.map((row) => Object.values(row).map(plain)), rows.map((row) => row.map(plain))];
  // Without an order each run may give another one.
  const ordered = /ORDER BY/i.test(each.gold_sql) ? (of: unknown[][]) => of : sorted;
  expect(ordered(shown)).toEqual(ordered(wanted));
});

/** The same statement, without anything around it. */
async function directly(sql: string): Promise<unknown[][]> {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN; SET LOCAL search_path = app');
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** Numbers as numbers, days as text, whatever the driver makes of them. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value !== null && value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

test('nearly all of them went through the model', () => {
  const asked = new Set(server.mock.getRequests().map(({ body }) => JSON.stringify(body)));
  expect(asked.size).toBeGreaterThan(known.length);
});

function sorted(rows: unknown[][]): unknown[][] {
  return rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
