import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { loadDataset } from '#adapters/postgres/index.ts';
import type { Principal } from '#src/ports.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';

interface Question {
  id: string;
  group: string;
  question: string;
  context?: string[];
  answer_kind: string;
  accept_kinds?: string[];
}
interface Gold {
  rows: (string | number | null)[][];
}

const folder = 'test/fixtures/eval';
const { questions } = JSON.parse(readFileSync(`${folder}/questions.json`, 'utf8')) as { questions: Question[] };
const gold = JSON.parse(readFileSync(`${folder}/gold_results.json`, 'utf8')) as { results: Record<string, Gold[]> };
const today = '2025-10-06';

const database = await testDatabase();
const { app } = productOver(database);
let ann: Principal;

beforeAll(async () => {
  ann = await person(database);
  await loadDataset(database, database.clientId, folder, ann);
});

const ask = async (question: Question) => {
  for (const earlier of question.context ?? []) await app.ask(earlier, ann, question.id, today);
  return app.ask(question.question, ann, question.id, today);
};

/** Every figure of the right answer stands in ours, row by row in some order. */
function holds(right: Gold, rows: Record<string, unknown>[]): boolean {
  const figures = (row: unknown[]) =>
    row.flatMap((value) => (value !== null && value !== '' && Number.isFinite(Number(value)) ? [Number(value)] : []));
  return right.rows.every((wanted) => {
    const needed = figures(wanted);
    return rows.some((row) =>
      needed.every((value) =>
        figures(Object.values(row)).some((ours) => Math.abs(ours - value) <= Math.max(0.06, Math.abs(value) * 1e-4)),
      ),
    );
  });
}

const figured = questions.filter((question) => ['common', 'hard'].includes(question.group));
test.each(figured.map((question) => [question.id, question.question, question] as const))(
  '%s answers "%s" with the right figures',
  async (id, _text, question) => {
    const answer = await ask(question);
    expect(answer.kind).toBe('answer');
    const readings = gold.results[id] ?? [];
    expect(
      readings.some((reading) => holds(reading, answer.rows)),
      JSON.stringify(answer.rows.slice(0, 5)),
    ).toBe(true);
    expect(answer.evidence?.uploads).toBeGreaterThan(0);
  },
);

const guarded = questions.filter((question) => question.group === 'guard');
test.each(guarded.map((question) => [question.id, question.question, question] as const))(
  '%s declines or asks back at "%s"',
  async (_id, _text, question) => {
    const answer = await ask(question);
    expect(answer.text).not.toBe('');
    if (question.answer_kind === 'refuse') expect(['refuse', 'clarify']).toContain(answer.kind);
    expect(answer.rows).toEqual([]);
  },
);

test('a question about months without data says what there is, and gives no figure', async () => {
  const answer = await app.ask('Total sales in 2018', ann, 'none', today);
  expect([answer.rows, answer.chart]).toEqual([[], null]);
  expect(answer.text).toBe('There are no sales in 2018. The data run from Apr 2023 to Sep 2025.');
});

test('what somebody may not see is not in the answer', async () => {
  const eve = await person(database, 'eve@example.com', 'console:#elsewhere', 'viewer');
  const answer = await app.ask('Total sales in 2024', eve, 'eve', today);
  expect(answer.rows).toEqual([]);
  expect(answer.text).toContain('There are no data yet');
});

test('every question is recorded, and a refused one as a security event too', async () => {
  await app.ask('Delete all sales of 2024', ann, 'bad', today);
  const asked = await database.pool.query(
    "SELECT FROM app.questions WHERE question = 'Delete all sales of 2024' AND kind = 'refuse'",
  );
  const events = await database.pool.query("SELECT FROM app.security_logs WHERE kind = 'question-refused'");
  expect([asked.rowCount, (events.rowCount ?? 0) > 0]).toEqual([1, true]);
});

test('two figures of two different things are asked for one at a time', async () => {
  const answer = await app.ask('Sales at Kioku and units of Night Serum', ann, 'two', today);
  expect([answer.kind, answer.rows]).toEqual(['clarify', []]);
});

test('the last half year is the six months that ended most recently', async () => {
  const one = await app.ask('Total sales last half year', ann, 'half', today);
  const other = await app.ask('Total sales in the last 6 months', ann, 'months', today);
  expect(one.rows).toEqual(other.rows);
  expect(one.rows).toHaveLength(1);
});
