// What the block check takes and what it refuses, limit by limit.

import { expect, test } from 'vitest';
import { checkBlocks } from '../blocks/check.ts';
import type { Json } from '../world/types.ts';

const plain = (text: string): Json => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const button = (more: Json = {}): Json => ({ type: 'button', action_id: 'b', text: plain('Go'), ...more });
const cell = (text: string): Json => ({ type: 'raw_text', text });
const table = (rows: number, columns: number, text = 'x'): Json => ({
  type: 'table',
  rows: many(rows, () => many(columns, () => cell(text))),
});
const dataTable = (rows: number, more: Json = {}): Json => ({
  type: 'data_table',
  caption: 'Sales',
  rows: many(rows, () => [cell('a'), { type: 'raw_number', value: 1, text: '1' }]),
  ...more,
});
const rich = (element: Json): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [element] }],
});
const feedback = { text: plain('Good'), value: 'good' };
const input = (element: Json): Json => ({ type: 'input', label: plain('Year'), element });
const select = (count: number): Json => ({
  type: 'static_select',
  action_id: 's',
  options: many(count, (at) => ({ text: plain(`Option ${at}`), value: `${at}` })),
});

const chart = (chart: Json, title = 'Sales'): Json => ({ type: 'data_visualization', title, chart });
const points = (count: number, label = 'M') => many(count, (at) => ({ label: `${label}${at}`, value: at }));
const bars = (count: number, label = 'M'): Json => ({
  type: 'bar',
  series: [{ name: 'Net', data: points(count, label) }],
  axis_config: { categories: many(count, (at) => `M${at}`) },
});

const taken: [string, Json[]][] = [
  ['a header of 150', [{ type: 'header', text: plain('x'.repeat(150)) }]],
  ['a header of 150 emoji', [{ type: 'header', text: plain('🧾'.repeat(150)) }]],
  ['a section of 3000', [{ type: 'section', text: mrkdwn('x'.repeat(3000)) }]],
  ['ten fields of 2000', [{ type: 'section', fields: many(10, () => mrkdwn('x'.repeat(2000))) }]],
  ['a section with a button', [{ type: 'section', text: mrkdwn('x'), accessory: button() }]],
  ['ten context elements', [{ type: 'context', elements: many(10, () => mrkdwn('x')) }]],
  ['25 buttons', [{ type: 'actions', elements: many(25, (at) => button({ action_id: `b${at}` })) }]],
  ['a known file', [{ type: 'image', alt_text: 'Sales by month', slack_file: { id: 'F1' } }]],
  ['an image by address', [{ type: 'image', alt_text: '', image_url: 'https://example.com/a.png' }]],
  ['a table of 100 by 20', [table(100, 5), { type: 'divider' }]],
  ['a data table of 201 rows', [dataTable(201)]],
  ['rich text', [rich({ type: 'text', text: 'x', style: { bold: true } })]],
  ['markdown of 12000', [{ type: 'markdown', text: 'x'.repeat(12_000) }]],
  ['an input', [input({ type: 'plain_text_input', action_id: 'a' })]],
  ['a select of 100', [{ type: 'actions', elements: [select(100)] }]],
  [
    'feedback buttons',
    [
      {
        type: 'context_actions',
        elements: [{ type: 'feedback_buttons', action_id: 'f', positive_button: feedback, negative_button: feedback }],
      },
    ],
  ],
  ['two charts', [chart({ type: 'pie', segments: points(6) }), chart(bars(20))]],
  ['fifty blocks', many(50, () => ({ type: 'divider' }))],
];

const refused: [string, Json[], string][] = [
  ['51 blocks', many(51, () => ({ type: 'divider' })), 'no more than 50 items allowed [json-pointer:/blocks]'],
  ['an unknown type', [{ type: 'chart' }], 'unsupported type: chart [json-pointer:/blocks/0/type]'],
  ['an unknown field', [{ type: 'divider', colour: 'red' }], 'invalid additional property: colour'],
  ['a header of 151', [{ type: 'header', text: plain('x'.repeat(151)) }], 'must be less than 151 characters'],
  ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }], 'must be a plain_text object'],
  ['an empty header', [{ type: 'header', text: plain('') }], 'must be more than 0 characters'],
  [
    'a section of 3001',
    [{ type: 'section', text: mrkdwn('x'.repeat(3001)) }],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['a section with nothing', [{ type: 'section' }], 'missing required field: text'],
  ['eleven fields', [{ type: 'section', fields: many(11, () => mrkdwn('x')) }], 'no more than 10 items allowed'],
  ['emoji in mrkdwn', [{ type: 'section', text: { ...mrkdwn('x'), emoji: true } }], 'additional property: emoji'],
  ['eleven context elements', [{ type: 'context', elements: many(11, () => mrkdwn('x')) }], 'no more than 10 items'],
  ['26 buttons', [{ type: 'actions', elements: many(26, (at) => button({ action_id: `b${at}` })) }], 'no more than 25'],
  ['no buttons', [{ type: 'actions', elements: [] }], 'must have at least 1 item'],
  ['the same action twice', [{ type: 'actions', elements: [button(), button()] }], '`action_id` already exists'],
  ['a label of 76', [{ type: 'actions', elements: [button({ text: plain('x'.repeat(76)) })] }], 'less than 76'],
  ['a value of 2001', [{ type: 'actions', elements: [button({ value: 'x'.repeat(2001) })] }], 'less than 2001'],
  ['a select of 101', [{ type: 'actions', elements: [select(101)] }], 'no more than 100 items allowed'],
  ['the same block id twice', many(2, () => ({ type: 'divider', block_id: 'a' })), '`block_id` already exists'],
  ['a block id of 256', [{ type: 'divider', block_id: 'x'.repeat(256) }], 'must be less than 256 characters'],
  ['an unknown file', [{ type: 'image', alt_text: 'a', slack_file: { id: 'F2' } }], 'invalid slack file'],
  ['an image without words', [{ type: 'image', slack_file: { id: 'F1' } }], 'missing required field: alt_text'],
  ['101 rows', [table(101, 1)], 'no more than 100 items allowed'],
  ['21 columns', [table(1, 21)], 'no more than 20 items allowed'],
  ['an empty cell', [table(2, 2, '')], 'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]'],
  ['tables of over 10000 characters', [table(100, 10, 'x'.repeat(11))], 'tables must be less than 10001'],
  ['a data table of one row', [dataTable(1)], 'must have at least 2 items'],
  ['a data table of 202 rows', [dataTable(202)], 'no more than 201 items allowed'],
  ['a page of 101', [dataTable(3, { page_size: 101 })], 'must be an integer between 1 and 100'],
  ['two long markdown blocks', many(2, () => ({ type: 'markdown', text: 'x'.repeat(7000) })), 'less than 12001'],
  ['an empty piece of rich text', [rich({ type: 'text', text: '' })], 'must be more than 0 characters'],
  ['an unknown piece of rich text', [rich({ type: 'formula' })], 'unsupported type: formula'],
  ['a pie of seven', [chart({ type: 'pie', segments: points(7) })], 'no more than 6 items allowed'],
  ['21 categories', [chart(bars(21))], 'no more than 20 items allowed'],
  ['labels beside the categories', [chart(bars(3, 'Q'))], 'labels must match the categories'],
  ['three charts', many(3, () => chart(bars(2))), 'no more than 2 data_visualization blocks'],
  ['a button as an input', [input(button())], 'unsupported type: button'],
];

const message = { surface: 'message', charts: true, fileReady: (id: string) => id === 'F1' } as const;

test.each(taken)('takes %s', (_, blocks) => {
  expect(checkBlocks(blocks, message)).toEqual([]);
});

test.each(refused)('refuses %s', (_, blocks, why) => {
  const wrong = checkBlocks(blocks, message);
  expect(wrong.join('\n')).toContain(why);
});

test('charts are unknown until they reach the workspace', () => {
  expect(checkBlocks([chart(bars(2))], { ...message, charts: false })).toHaveLength(1);
});

test('a modal may have 100 blocks, but no table', () => {
  const view = { ...message, surface: 'view' } as const;
  expect(
    checkBlocks(
      many(100, () => ({ type: 'divider' })),
      view,
    ),
  ).toEqual([]);
  expect(checkBlocks([table(1, 1)], view)).toEqual(['[ERROR] unsupported type: table [json-pointer:/blocks/0/type]']);
});
