// Golden files: UPDATE_GOLDEN=1 rewrites them; the difference is what gets reviewed.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderConsole } from '#adapters/console/render.ts';
import { html, htmlPage } from '../../src/message/html.ts';
import { plainText } from '../../src/message/plain-text.ts';
import { displayWidth } from '../../src/message/text.ts';
import { samples } from './samples.ts';

function golden(name: string, text: string): void {
  const path = new URL(`../fixtures/golden/${name}`, import.meta.url);
  if (process.env.UPDATE_GOLDEN) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

describe.each(Object.entries(samples))('the %s', (name, message) => {
  it('reads as plain text as agreed', () => golden(`${name}.txt`, `${plainText(message)}\n`));
  it('is the HTML page that was agreed', () => golden(`${name}.html`, htmlPage(message, { title: name })));
  it('looks in the terminal as agreed', () =>
    golden(`${name}.console.txt`, `${renderConsole(message, { width: 80, color: false, images: 'none' })}\n`));

  it.each([40, 60, 100])('stays within %i columns', (width) => {
    const lines = [plainText(message, { width }), renderConsole(message, { width, color: false, images: 'none' })]
      .join('\n')
      .split('\n');
    const over = lines.filter((line) => displayWidth(line) > width && !/^(Picture|File): |^ {4}/.test(line));
    expect(over).toEqual([]);
  });

  it('lets no control or bidi character through', () => {
    const texts = [
      plainText(message),
      htmlPage(message, { title: message.title ?? '' }),
      renderConsole(message, { width: 80, color: false, images: 'none' }),
    ];
    for (const text of texts)
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/);
  });
});

it('escapes all that could be markup', () => {
  const page = html(samples.hostile ?? { blocks: [] });
  expect(page).not.toMatch(/<script|<b>|<img src=x|" onload=/);
});

it('puts a picture into the page, beside it, or into the mail', () => {
  const chart = { kind: 'image' as const, alt: 'a', attachment: 'a b.png' };
  const message = {
    blocks: [chart],
    attachments: [{ name: 'a b.png', contentType: 'image/png', data: new Uint8Array([1, 2, 3]) }],
  };
  expect(html(message)).toContain('src="cid:a%20b.png"');
  expect(html(message, { charts: 'file' })).toContain('src="a%20b.png"');
  expect(html(message, { charts: 'data' })).toContain('src="data:image/png;base64,AQID"');
  expect(html({ blocks: [chart] }, { charts: 'data' })).not.toContain('<img');
});
