import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { chatLoop, consoleStyle, makeConsoleChat } from '#adapters/console/index.ts';
import type { ChatEvent, ConversationId } from '#src/chat/event.ts';

const conversation = 'console:local' as ConversationId;
const sender = { platform: 'console' as const, id: 'me', email: null, displayName: null };

async function typed(lines: string[], offered = [{ id: 'undo', label: 'Undo', value: 'u1' }]): Promise<ChatEvent[]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const events: ChatEvent[] = [];
  const done = chatLoop({
    input,
    output,
    sender,
    conversation,
    offered: () => offered,
    onEvent: async (event) => void events.push(event),
  });
  input.end(`${lines.join('\n')}\n`);
  await done;
  return events;
}

it('turns lines into what was said, shared and chosen, and stops at /quit', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'chat-'));
  const [a, b] = [join(dir, "it's april (2).xlsx"), join(dir, 'b.xlsx')];
  writeFileSync(a, 'abc');
  writeFileSync(b, '');
  const events = await typed([
    'total sales',
    a,
    `"${a}" ${b}`,
    a.replace(/[ '()]/g, '\\$&'),
    '1',
    '2',
    '/help',
    '',
    '/quit',
    'not read',
  ]);
  expect(events.map((event) => event.kind)).toEqual([
    'message-received',
    'file-shared',
    'file-shared',
    'file-shared',
    'action-pressed',
    'message-received',
  ]);
  expect(events[2]).toMatchObject({
    files: [
      { name: "it's april (2).xlsx", size: 3, handle: a },
      { name: 'b.xlsx', size: 0 },
    ],
  });
  expect(events[4]).toMatchObject({ actionId: 'undo', value: 'u1' });
});

it('takes a very long line for a message', async () => {
  expect((await typed(['x'.repeat(6000)])).map((event) => event.kind)).toEqual(['message-received']);
});

it('writes attachments inside its folder only, and prints where', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'out-'));
  let printed = '';
  const chat = makeConsoleChat({ write: (text) => (printed += text), outDir, width: 80, color: false });
  const attachment = { name: '../../evil.png', contentType: 'image/png', data: new Uint8Array([1]) };
  await chat.post(conversation, {
    blocks: [{ kind: 'image', alt: 'a', attachment: attachment.name }],
    attachments: [attachment],
  });
  expect(readFileSync(join(outDir, 'evil.png')).length).toBe(1);
  expect(printed).toContain(`Picture: ${join(outDir, 'evil.png')}`);
});

it('uses colours and pictures only on a terminal that has them', () => {
  expect(consoleStyle({ isTTY: false }, {})).toMatchObject({ color: false, images: 'none' });
  expect(consoleStyle({ isTTY: true, columns: 90 }, { NO_COLOR: '1', KITTY_WINDOW_ID: '1' })).toEqual({
    width: 90,
    color: false,
    images: 'kitty',
  });
  expect(consoleStyle({ isTTY: true }, { TERM_PROGRAM: 'WezTerm' })).toMatchObject({ color: true, images: 'iterm' });
});
