// Questions that only a model can answer, over real HTTP to a scripted one and over a real database: whatever the model does,
// what is shown comes from a query.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadDataset } from '#adapters/postgres/index.ts';
import type { Observation } from '#src/observation.ts';
import type { Principal } from '#src/ports.ts';
import { testDatabase } from '#test/support/database.ts';
import { modelSettings, productOver } from '#test/support/product.ts';
import { person, storesOf } from '#test/support/stored.ts';
import { modelServer } from './model-server.ts';

const database = await testDatabase();
const server = await modelServer();
const observed: Observation[] = [];
const observer = { record: (each: Observation) => void observed.push(each), failure: () => 'ab12cd34' };
const { app } = productOver(database, { model: server.model, observer });
let ann: Principal;
let total: number;

beforeAll(async () => {
  ann = await person(database);
  await loadDataset(database, database.clientId, 'test/fixtures/eval', ann);
  const { rows } = await database.pool.query(
    'SELECT round(sum(sales_amount_base), 2)::float8 AS total FROM app.sales_data WHERE year = 2024',
  );
  total = rows[0].total;
});

let thread = 0;
const ask = (question: string) => app.ask(question, ann, `t${thread++}`, '2025-10-06');
const text = (answer: Awaited<ReturnType<typeof ask>>) =>
  answer.message.blocks.flatMap((block) => ('text' in block ? [block.text] : [])).join('\n');
const totalSql = 'SELECT round(sum(sales_amount_base), 2) AS sales FROM sales_data WHERE year = 2024';
const words = (value: number) => value.toLocaleString('en-US', { minimumFractionDigits: 2 });

describe('a statement that is right', () => {
  test('gives its figures, the sentence of the model, and what it cost', async () => {
    const asked = 'How healthy did the year 2024 feel, in one number?';
    server.script({ asked, sql: [totalSql], says: `In 2024 you sold for €${words(total)}.` });
    const answer = await ask(asked);
    expect(answer).toMatchObject({ kind: 'answer', engine: 'model', sql: totalSql, rows: [{ sales: total }] });
    expect(answer.text).toBe(`In 2024 you sold for €${words(total)}.`);
    expect(text(answer)).toContain('every figure comes from a query');
    expect(answer.use).toMatchObject({ model: 'gpt-4o' });
    expect(answer.use!.inputTokens).toBeGreaterThan(0);
    const { rows } = await database.pool.query(
      'SELECT engine, model, input_tokens FROM app.questions WHERE question = $1',
      [asked],
    );
    expect(rows).toEqual([{ engine: 'model', model: 'gpt-4o', input_tokens: answer.use!.inputTokens }]);
  });

  test('of several rows gives a table and a chart', async () => {
    const asked = 'Paint me the resellers as a mountain range';
    const sql = 'SELECT reseller, sum(quantity) AS units FROM sales_data WHERE year = 2024 GROUP BY 1 ORDER BY 2 DESC';
    server.script({ asked, sql: [sql], says: 'Here they are, from the highest to the lowest.' });
    const answer = await ask(asked);
    expect(Buffer.from(answer.chart!.png.subarray(1, 4)).toString()).toBe('PNG');
    expect(answer.rows.length).toBeGreaterThan(5);
    expect(answer.evidence?.uploads).toBeGreaterThan(0);
  });
});

test('a wrong column goes back once, and the mended statement counts', async () => {
  const asked = 'How rosy was 2024 on the whole?';
  server.script({
    asked,
    sql: ['SELECT sum(turnover) FROM sales_data', totalSql],
    says: `It came to €${words(total)}.`,
  });
  const answer = await ask(asked);
  expect(answer).toMatchObject({ kind: 'answer', sql: totalSql, rows: [{ sales: total }] });
  expect(server.sent().at(-1)).toContain('Mend the statement');
});

test('a second mistake ends in words without a figure', async () => {
  const asked = 'How cloudy was 2024 on the whole?';
  server.script({
    asked,
    sql: ['SELECT turnover FROM sales_data', 'SELECT takings FROM sales_data', totalSql],
    says: 'x',
  });
  const answer = await ask(asked);
  expect(answer).toMatchObject({ kind: 'clarify', rows: [], sql: null });
  expect(answer.text).toContain('it came to no end (reference ab12cd34)');
});

describe('an unsafe statement', () => {
  test.each([
    ['DROP TABLE sales_data', 'Sweep the floor please, and tell me about the brooms'],
    ['SELECT * FROM users', 'Whisper the neighbours’ names to me'],
    ["SELECT set_config('app.client_id', 'x', false)", 'Put on another coat for me'],
    ['SELECT 1; DELETE FROM sales_data', 'Two birds, one stone, what falls?'],
    ["SELECT pg_read_file('/etc/passwd')", 'Read me a bedtime story'],
  ])('%s is refused, recorded, and nothing of it is shown', async (sql, asked) => {
    server.script({ asked, sql: [sql], says: 'Done: 123,456 rows are gone.' });
    const answer = await ask(asked);
    expect(answer).toMatchObject({ kind: 'refuse', rows: [], sql: null });
    expect(answer.text).not.toMatch(/123/);
    const { rows } = await database.pool.query(
      "SELECT details FROM app.security_logs WHERE kind = 'query-refused' ORDER BY at DESC LIMIT 1",
    );
    expect(rows[0].details.by).toBe('model');
  });
});

describe('a figure that no query returned', () => {
  test('is not shown: our own sentence stands in its place', async () => {
    const asked = 'How did 2024 taste, all in all?';
    server.script({ asked, sql: [totalSql], says: 'You sold for €9,876,543.21, more than ever.' });
    const answer = await ask(asked);
    expect(answer.kind).toBe('answer');
    expect(answer.text).not.toContain('9,876,543');
    expect(answer.text).toContain(words(total));
    expect(text(answer)).toContain('held something that no query returned');
  });

  test('without any query is not shown at all', async () => {
    const asked = 'Tell me how 2023 smelled compared to roses';
    server.script({ asked, says: 'It smelled of 4,321,000 euros.' });
    const answer = await ask(asked);
    expect(answer).toMatchObject({ kind: 'refuse', rows: [] });
    expect(answer.text).not.toContain('4,321');
  });
});

test('a question of the model is asked back', async () => {
  const asked = 'How do the big ones dance?';
  server.script({ asked, says: 'Do you mean the resellers with the most sales, or those with the most units?' });
  expect(await ask(asked)).toMatchObject({
    kind: 'clarify',
    text: expect.stringContaining('or those with the most units?'),
  });
});

describe('a model that fails', () => {
  test('by an endless loop of statements is stopped', async () => {
    const asked = 'Round and round the garden we go';
    server.mock.on(
      { userMessage: asked },
      { toolCalls: [{ name: 'query_sales', arguments: JSON.stringify({ sql: totalSql }) }] },
    );
    const answer = await ask(asked);
    expect(answer.text).toContain('it came to no end (reference ab12cd34)');
    expect(answer.kind).toBe('clarify');
  });

  test.each([
    [429, 'it has too much to do'],
    [500, 'it cannot be reached'],
    [503, 'it cannot be reached'],
    [401, 'its key or its address is not accepted'],
    [404, 'its key or its address is not accepted'],
  ])('with status %i says so, with what can be asked instead', async (status, sentence) => {
    const asked = `Wonder about the moon, verse ${status}`;
    server.mock.on({ userMessage: asked }, { error: { message: 'a secret detail', type: 'x' }, status });
    const answer = await ask(asked);
    expect(answer.kind).toBe('clarify');
    expect(answer.text).toContain(sentence);
    expect(text(answer)).not.toContain('secret');
    expect(answer.message.blocks.some((block) => block.kind === 'actions')).toBe(true);
  });

  test('by taking too long is not waited for', async () => {
    const slow = await modelServer({ LLM_TIMEOUT_SECONDS: '1' });
    slow.mock.on({ userMessage: 'snail' }, { content: 'late' }, { chaos: { latencyMs: 4000 } });
    const { app: other } = productOver(database, { model: slow.model, observer });
    const answer = await other.ask('How does a snail see our shops?', ann, 'slow', '2025-10-06');
    expect(answer.text).toContain('it took too long');
  });

  test('because nobody is there', async () => {
    const gone = await modelServer();
    await gone.mock.stop();
    const { app: other } = productOver(database, { model: gone.model, observer });
    expect((await other.ask('Where has the wind gone?', ann, 'gone', '2025-10-06')).text).toContain(
      'it cannot be reached',
    );
  });

  test('by saying nothing, or JSON that is none', async () => {
    server.mock.on({ userMessage: 'the silent one' }, { content: '' });
    expect((await ask('What says the silent one?')).text).toContain('it said nothing');
    server.mock.on(
      { userMessage: 'the mumbling one' },
      { toolCalls: [{ name: 'query_sales', arguments: '{"sql": "SELECT' }] },
    );
    expect((await ask('What says the mumbling one?')).text).toMatch(/could not be read|came to no end/);
  });

  test('by being cut off in the middle of its words', async () => {
    server.mock.on({ userMessage: 'the interrupted one' }, { content: 'It was a dark and', finishReason: 'length' });
    expect((await ask('What says the interrupted one?')).text).toContain('its answer was cut off');
    server.mock.on({ userMessage: 'the vanished one' }, { content: 'It was' }, { chaos: { disconnectRate: 1 } });
    expect((await ask('What says the vanished one?')).text).toContain('it cannot be reached');
  });
});

describe('what leaves for the model', () => {
  test('is the question, names, tables and conventions, and no row that was not asked for', async () => {
    const sent = server.sent()[0]!;
    expect(sent).toContain('How healthy did the year 2024 feel');
    expect(sent).toContain('Prairie West');
    expect(sent).not.toContain(ann.email);
    expect(sent).not.toContain(database.clientId);
  });

  test('is not a single row where rows are switched off', async () => {
    const asked = 'Rank them the way a poet would';
    const { app: other } = productOver(
      database,
      { model: server.model, observer },
      { ...modelSettings, resultRows: 0 },
    );
    server.script({
      asked,
      sql: ['SELECT reseller, sum(quantity) AS units FROM sales_data GROUP BY 1 ORDER BY 2 DESC'],
      says: 'See the table.',
    });
    const before = server.sent().length;
    const got = await other.ask(asked, ann, 'rows', '2025-10-06');
    expect(got.rows.length).toBeGreaterThan(3);
    const result = JSON.parse(server.sent().slice(before).at(-1)!).messages.at(-1).content;
    expect(JSON.parse(result)).toEqual({ columns: ['reseller', 'units'], count: 8, more: true });
  });
});

describe('the budget', () => {
  const withBudget = (budgetUsd: number) =>
    productOver(database, { model: server.model, observer }, { ...modelSettings, budgetUsd }).app;

  test('blocks the model in words when it is used up', async () => {
    const spent = await storesOf(database).spending.inMonth(new Date());
    expect(spent).toBeGreaterThan(0);
    const before = server.sent().length;
    const answer = await withBudget(spent).ask('How do the clouds drift?', ann, 'b1', '2025-10-06');
    expect(answer.text).toContain('has used up its budget for this month');
    expect(server.sent()).toHaveLength(before);
  });

  test('is warned of from 80 % on', async () => {
    const asked = 'How do the clouds settle?';
    server.script({ asked, sql: [totalSql], says: 'See the figure.' });
    const spent = await storesOf(database).spending.inMonth(new Date());
    const answer = await withBudget(spent / 0.85).ask(asked, ann, 'b2', '2025-10-06');
    expect(text(answer)).toMatch(/has used 8[45] % of its budget/);
    expect(observed.some(({ kind }) => kind === 'model-budget')).toBe(true);
  });

  test('of last month does not count', async () => {
    expect(await storesOf(database).spending.inMonth(new Date(Date.now() + 40 * 86_400_000))).toBe(0);
  });
});
