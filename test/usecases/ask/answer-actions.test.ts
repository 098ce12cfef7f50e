// What can be done with an answer once it is there: its SQL, its rows, files of them, and somebody's word that it is right.

import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDataset } from '#adapters/postgres/index.ts';
import type { ActionPressed, ConversationId } from '#src/chat/event.ts';
import type { Message } from '#src/message/message.ts';
import type { Principal } from '#src/ports.ts';
import { actionsOf, answerAction } from '#src/usecases/ask/answer-actions.ts';
import { testDatabase } from '#test/support/database.ts';
import { productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { modelServer } from './model-server.ts';

const database = await testDatabase();
const server = await modelServer();
const posted: Message[] = [];
let statements = 0;
const counting = {
  run: (...args: Parameters<typeof database.analyst.run>) => {
    statements += 1;
    return database.analyst.run(...args);
  },
};
const { app, ports } = productOver(database, {
  model: server.model,
  analyst: counting,
  chat: {
    post: async (_conversation, message) => {
      posted.push(message);
      return { ref: '1' };
    },
    update: async () => {},
    download: async () => new Uint8Array(),
  },
});
let ann: Principal;

beforeAll(async () => {
  ann = await person(database);
  await loadDataset(database, database.clientId, 'test/fixtures/eval', ann);
});

const today = '2025-10-06';
let thread = 0;
const ask = (question: string, by = ann, day = today) => app.ask(question, by, `a${thread++}`, day);
const buttons = (message: Message) =>
  message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));

async function press(id: string, value: string, by: { email: string; conversation?: string } = ann): Promise<Message> {
  const event: ActionPressed = {
    kind: 'action-pressed',
    id: `press-${posted.length}`,
    sender: { platform: 'console', id: by.email, email: by.email, displayName: null },
    conversation: (by.conversation ?? 'console:local') as ConversationId,
    thread: null,
    actionId: id,
    value,
  };
  const before = posted.length;
  await app.handle(event);
  return posted.slice(before).at(-1)!;
}
const said = (message: Message) => message.blocks.flatMap((block) => ('text' in block ? [block.text] : [])).join(' ');

describe('under an answer', () => {
  test('its SQL, its rows and files of them can be had', async () => {
    const answer = await ask('sales by reseller in 2024');
    const [sql, rows, xlsx, csv] = buttons(answer.message);
    expect(said(await press(sql!.id, sql!.value))).toBe(answer.sql);

    const table = (await press(rows!.id, rows!.value)).blocks[0]!;
    expect(table).toMatchObject({ kind: 'table', title: 'sales by reseller in 2024' });
    expect(table.kind === 'table' && table.rows).toEqual(answer.rows);

    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await press(xlsx!.id, xlsx!.value)).attachments![0]!.data.buffer as ArrayBuffer);
    const sheet = book.getWorksheet('Answer')!;
    expect(sheet.getRow(2).values).toEqual([undefined, ...Object.values(answer.rows[0]!)]);

    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      (await press(csv!.id, csv!.value)).attachments![0]!.data,
    );
    expect(text.split('\r\n')[0]).toBe('\ufeffreseller,sales');
    expect(text.split('\r\n')).toHaveLength(answer.rows.length + 2);
  });

  test('nothing is to be had by somebody who was not there', async () => {
    const answer = await ask('total units in 2024');
    const bob = await person(database, 'bob@example.com', 'console:#elsewhere', 'contributor');
    const message = await press('sql', buttons(answer.message)[0]!.value, {
      email: bob.email,
      conversation: 'console:#elsewhere',
    });
    expect(said(message)).toContain('That answer is not there any more');
    expect(said(await press('sql', 'no id at all'))).toContain('That answer is not there any more');
  });
});

describe('an answer that somebody has called right', () => {
  test('is said to be so whenever the same is asked, in whatever words, and not otherwise', async () => {
    const answer = await ask('total revenue in 2023');
    const verify = buttons(answer.message).find(({ id }) => id === 'verify')!;
    expect(said(await press(verify.id, verify.value))).toContain('is answered right');
    const again = await ask('how much did we sell in 2023?');
    expect(again).toMatchObject({ engine: 'verified', rows: answer.rows, sql: answer.sql });
    expect(said(again.message)).toMatch(/Checked and called right by ann@example.com on \d+ \w+ 20\d\d/);
    expect(buttons(again.message).map(({ id }) => id)).toEqual(['sql', 'rows', 'xlsx', 'csv']);
    expect(await ask('total revenue in 2024')).toMatchObject({ engine: 'offline' });
  });

  test('is used instead of a model, in another order of the words too', async () => {
    const asked = 'Which star shines brightest of our brands?';
    const sql =
      'SELECT brand, round(sum(sales_amount_base), 2) AS sales FROM sales_data GROUP BY 1 ORDER BY 2 DESC LIMIT 1';
    server.script({ asked, sql: [sql], says: 'This one.' });
    const answer = await ask(asked);
    expect(answer.engine).toBe('model');
    await press('verify', buttons(answer.message)[0]!.value);
    const sent = server.sent().length;
    const again = await ask('Of our brands, which star shines the brightest?');
    expect(again).toMatchObject({ engine: 'verified', rows: answer.rows, sql });
    expect(server.sent()).toHaveLength(sent);
  });

  test('holds for "last month" only in that month', async () => {
    const asked = 'Which moon was full last month?';
    server.script({
      asked,
      sql: ['SELECT sum(quantity) AS units FROM sales_data WHERE year = 2025 AND month = 9'],
      says: 'This one.',
    });
    const answer = await ask(asked);
    await press('verify', buttons(answer.message)[0]!.value);
    expect(await ask(asked)).toMatchObject({ engine: 'verified' });
    expect(await ask(asked, ann, '2025-11-06')).toMatchObject({ engine: 'model' });
  });

  test('needs the word of somebody who may give it', async () => {
    const viewer: Principal = { ...ann, role: 'viewer' };
    const id = buttons((await ask('units in 2023')).message)[0]!.value;
    await expect(answerAction(ports, 'verify', id, viewer, 'EUR')).rejects.toMatchObject({ code: 'ACCESS_ROLE' });
    const block = actionsOf(id, viewer, false);
    expect(block.kind === 'actions' && block.actions.map((each) => each.id)).toEqual(['sql', 'rows', 'xlsx', 'csv']);
  });
});

describe('the same question again', () => {
  test('is answered without a statement while the data are as they were, and anew when they changed', async () => {
    const first = await ask('sales by brand in 2024');
    const before = statements;
    expect((await ask('revenue per brand 2024')).rows).toEqual(first.rows);
    expect(statements).toBe(before);

    await database.pool.query('UPDATE app.sales_data SET sales_amount_base = sales_amount_base * 2 WHERE year = 2024');
    const changed = await ask('sales by brand in 2024');
    expect(changed.rows[0]!.sales).not.toBe(first.rows[0]!.sales);
  });

  test('of somebody who sees other rows is never answered from these', async () => {
    const zoe = await person(database, 'zoe@example.com', 'console:#empty', 'viewer');
    expect((await ask('sales by brand in 2024', zoe)).rows).toEqual([]);
  });
});

test('the version of the data changes with every write, and with nothing else', async () => {
  const version = () => ports.questions.dataVersion();
  const first = await version();
  expect(await version()).toBe(first);
  await database.pool.query("UPDATE app.products SET name = name WHERE ean LIKE '7%'");
  expect(await version()).not.toBe(first);
});
