// Headings that nothing could be made of, by way of a model over real HTTP: what it says is an answer to choose, never a choice made.

import { expect, test } from 'vitest';
import { makeWorkbooks } from '#adapters/excel/index.ts';
import { noChoices } from '#src/clean/teach/proposal.ts';
import { suggestColumns } from '#src/usecases/teach/suggest-columns.ts';
import { proposeLayout } from '#src/usecases/teach/teach-layout.ts';
import { eanOf } from '#test/clean/workbook.ts';
import { testDatabase } from '#test/support/database.ts';
import { definitions, productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { workbookOf } from '#test/support/workbook-file.ts';
import { modelServer } from '../ask/model-server.ts';

const database = await testDatabase();
const server = await modelServer();
const { app, ports } = productOver(database, { model: server.model });
const ann = await person(database);

const rows = Array.from({ length: 6 }, (_, i) => ['2025-03-31', eanOf(i + 1), 3 + i, 4, 120.5 + i, 'EUR']);
const bytes = await workbookOf(
  makeWorkbooks(),
  'Foglio',
  ['Date', 'EAN', 'Zappelkram', 'Wuselzeug', 'Knete', 'Currency'],
  rows,
);
const { upload } = await app.receive({ name: 'Kunterbunt.xlsx', bytes, principal: ann, reply: null });
const lesson = await proposeLayout(ports, definitions, upload.id, noChoices, ann);

test('without a model a lesson stays as it is', async () => {
  const { ports: plain } = productOver(database);
  expect(await suggestColumns(plain, lesson, ann, null)).toBe(lesson);
});

test('a heading is suggested first, noted as such, and taken by nobody', async () => {
  const open = lesson.proposal.questions.find(({ about }) => about === 'quantity')!;
  expect(open.needed).toBe(true);
  const matches = [
    { heading: 'Wuselzeug', field: 'quantity' },
    // Not among the questions, so it changes nothing.
    { heading: 'Knete', field: 'store' },
  ];
  server.mock.on(
    { userMessage: 'Zappelkram', responseFormat: 'json_schema' },
    { content: JSON.stringify({ matches: matches.slice(0, 1) }) },
  );
  const { proposal } = await suggestColumns(ports, lesson, ann, null);
  const asked = proposal.questions.find(({ about }) => about === 'quantity')!;
  expect(asked.answers[0]).toBe('--set quantity=Wuselzeug');
  expect(asked.needed).toBe(true);
  expect(proposal.columns).toEqual(lesson.proposal.columns);
  expect(proposal.notes.at(-1)).toContain('The language model takes "Wuselzeug" for the quantity');

  const sent = server.sent().at(-1)!;
  expect(sent).toContain('Zappelkram');
  expect(sent).toContain('whole numbers');
  for (const private_ of [eanOf(1), '120.5', 'Kunterbunt', ann.email]) expect(sent).not.toContain(private_);
  const { rows: recorded } = await database.pool.query(
    "SELECT engine, cost_usd > 0 AS paid FROM app.questions WHERE question LIKE 'headings of%'",
  );
  expect(recorded).toEqual([{ engine: 'model', paid: true }]);
});

test('a model that makes up a heading, or fails, leaves the questions as they were', async () => {
  server.mock.clearFixtures();
  server.mock.on(
    { userMessage: 'Zappelkram' },
    { content: JSON.stringify({ matches: [{ heading: 'Invented', field: 'quantity' }] }) },
  );
  expect((await suggestColumns(ports, lesson, ann, null)).proposal.questions).toEqual(lesson.proposal.questions);
  server.mock.clearFixtures();
  server.mock.on({ userMessage: 'Zappelkram' }, { error: { message: 'no', type: 'x' }, status: 500 });
  expect((await suggestColumns(ports, lesson, ann, null)).proposal).toEqual(lesson.proposal);
});

test('beyond the budget no model is asked', async () => {
  const before = server.sent().length;
  expect(await suggestColumns(ports, lesson, ann, 0)).toBe(lesson);
  expect(server.sent()).toHaveLength(before);
});
