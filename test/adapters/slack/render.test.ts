// A Message as Slack shows it: what a local Slack that knows Slack's rules would refuse of it, and what must never become markup.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inWords, render } from '#adapters/slack/render.ts';
import type { Block, Column, Message } from '#src/message/message.ts';
import { checkBlocks } from '../../peers/slack/blocks/check.ts';

const problemsOf = (message: Message, files = new Map<string, string>()) =>
  checkBlocks(JSON.parse(JSON.stringify(render(message, files).blocks)), {
    surface: 'message',
    charts: false,
    fileReady: (id) => [...files.values()].includes(id),
  });

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '<!channel>',
    '<@U123>',
    '*bold* _it_ `code`',
    '=HYPERLINK("x")',
    '\u202Exslx.exe',
    'مرحبا 123',
    '👩‍👩‍👧‍👦',
    '',
  ),
  fc.string({ minLength: 3_000, maxLength: 7_000 }),
);
const value = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null), fc.boolean());
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text,
    style: fc.constantFrom('plain' as const, 'strong' as const, 'warning' as const, 'code' as const),
  }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: text, value: text }), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    title: text,
    columns: fc.constant<Column[]>([
      { key: 'a', label: 'Name', kind: 'text' },
      { key: 'b', label: 'Sales', kind: 'number', format: 'money', currency: 'EUR' },
    ]),
    rows: fc.array(fc.record({ a: value, b: value }), { maxLength: 130 }),
    more: fc.nat(20),
  }),
  fc.record({
    kind: fc.constant('image' as const),
    alt: text.filter((each) => each.trim() !== ''),
    attachment: fc.constantFrom('chart.png', 'lost.png'),
  }),
  fc.record({
    kind: fc.constant('actions' as const),
    actions: fc.array(fc.record({ id: fc.constantFrom('ask-1', 'undo'), label: text, value: text }), { maxLength: 40 }),
  }),
  fc.record({
    kind: fc.constant('input' as const),
    id: fc.constant('name'),
    label: text.filter((each) => each.trim() !== ''),
    placeholder: text.filter((each) => each.trim() !== ''),
  }),
  fc.constant({ kind: 'divider' as const }),
  fc.record({ kind: fc.constant('context' as const), text }),
);

test('no message is refused, whatever it holds and however long it is', () => {
  const files = new Map([['chart.png', 'F0CHART']]);
  fc.assert(
    fc.property(text, fc.array(block, { maxLength: 70 }), (title, blocks) => {
      expect(problemsOf({ title, blocks }, files)).toEqual([]);
      expect([...inWords({ title, blocks })].length).toBeLessThan(40_000);
    }),
    { numRuns: 60 },
  );
});

describe('what people and workbooks wrote', () => {
  const hostile = 'Soap <!channel> <@U1|ann> <https://evil.example|here> & *bold*';

  test('stands in blocks that read no markup', () => {
    const { blocks } = render({
      title: hostile,
      blocks: [
        { kind: 'text', text: hostile },
        { kind: 'fields', fields: [{ label: 'Product', value: hostile }] },
        { kind: 'table', columns: [{ key: 'a', label: 'Product', kind: 'text' }], rows: [{ a: hostile }] },
        { kind: 'context', text: hostile },
      ],
    });
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
    expect(JSON.stringify(blocks)).toContain(hostile);
  });

  test('is escaped in the words beside them', () => {
    const { text: words } = render({ blocks: [{ kind: 'text', text: hostile }] });
    expect(words).toContain('&lt;!channel&gt;');
    expect(words).not.toMatch(/<[!@h]/);
  });

  test('is kept from turning what stands beside it, and is cut between letters', () => {
    const { blocks } = render({
      blocks: [
        {
          kind: 'fields',
          fields: [
            { label: 'Name', value: `${'👩‍👩‍👧‍👦'.repeat(2_000)}` },
            { label: 'Ort', value: 'שלום 12' },
          ],
        },
      ],
    });
    const shown = JSON.stringify(blocks);
    expect(shown).toContain('\u2068שלום 12\u2069');
    expect(shown).toMatch(/👩‍👩‍👧‍👦…/u);
    expect(shown).not.toContain('\uFFFD');
  });
});

test('a picture without its file is told in words, and buttons stay when blocks must go', () => {
  const many: Block[] = Array.from({ length: 80 }, (_, at) => ({ kind: 'text', text: `line ${at}` }));
  const { blocks } = render({
    blocks: [
      { kind: 'image', alt: 'Sales rose.', attachment: 'x.png' },
      ...many,
      { kind: 'actions', actions: [{ id: 'undo', label: 'Undo', value: 'u1' }] },
    ],
  });
  expect(blocks[0]).toMatchObject({ type: 'context', elements: [{ text: '[Sales rose.]' }] });
  expect(blocks).toHaveLength(50);
  expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'undo#0', value: 'u1' }] });
});
