// Our tokenizer says what saxes says, of every part of every sample and of damaged ones, however the text is cut.

import { globSync, readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { XmlTokens } from '#adapters/excel/package/xml-tokens.ts';

const root = new URL('../../fixtures/samples/', import.meta.url).pathname;

/** What a parser says; null when it refuses the text. Texts that follow each other count as one. */
type Events = string[] | null;

function collect(): { events: string[]; text(piece: string): void } {
  const events: string[] = [];
  return {
    events,
    text(piece) {
      if (events.at(-1)?.startsWith('#')) events[events.length - 1] += piece;
      else events.push(`#${piece}`);
    },
  };
}

function ours(xml: string, size: number): Events {
  const { events, text } = collect();
  const tokens = new XmlTokens(
    {
      open: (name, attributes) =>
        events.push(`<${name} ${['r', 's', 't', 'Id', 'Target', 'name'].map((each) => attributes.get(each) ?? '')}`),
      close: (name) => events.push(`>${name}`),
      text,
    },
    64,
  );
  try {
    for (let from = 0; from < xml.length; from += size) tokens.write(xml.slice(from, from + size));
    tokens.end();
  } catch {
    return null;
  }
  return events.filter((event) => event !== '#');
}

function theirs(xml: string): Events {
  const { events, text } = collect();
  const parser = new SaxesParser({ xmlns: false, position: false });
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  let depth = 0;
  parser.on('doctype', () => {
    throw new Error('a DTD');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > 64) throw new Error('too deep');
    const { attributes } = tag;
    events.push(`<${local(tag.name)} ${['r', 's', 't', 'Id', 'Target', 'name'].map((each) => attributes[each] ?? '')}`);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    events.push(`>${local(tag.name)}`);
  });
  parser.on('text', (piece) => depth > 0 && text(piece));
  parser.on('cdata', text);
  try {
    parser.write(xml).close();
  } catch {
    return null;
  }
  return events.filter((event) => event !== '#');
}

/** The parts of a workbook that are XML, shortened to what a test can bear. */
function partsOf(file: string): string[] {
  const bytes = readFileSync(file);
  const parts: string[] = [];
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const [method, packed, start] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ];
    if (start + 30 > bytes.length) continue;
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    try {
      const part = bytes.subarray(data, data + packed);
      const xml = method === 8 ? inflateRawSync(part, { maxOutputLength: 300_000 }) : part;
      const text = new TextDecoder('utf-8', { fatal: true }).decode(xml);
      if (text.trimStart().startsWith('<')) parts.push(text);
    } catch {
      // Damaged on purpose, too large, or no text.
    }
  }
  return parts;
}

const parts = globSync('*/*/*.{xlsx,xlsm}', { cwd: root }).flatMap((file) => partsOf(root + file));

test('every part of every sample, in pieces of any size', () => {
  expect(parts.length).toBeGreaterThan(150);
  for (const xml of parts) {
    const expected = theirs(xml);
    for (const size of [1, 2, 3, 7, 64, xml.length]) {
      if (size < 7 && xml.length > 20_000) continue;
      expect(ours(xml, size)).toEqual(expected);
    }
  }
});

describe('by hand', () => {
  test.each([
    '<a/>',
    '<a></a >',
    '<a>x &amp; y &#65; &#x1F600; &lt;&gt;&quot;&apos;</a>',
    '<a>&nbsp;</a>',
    '<a>&amp</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>]]></a>',
    '<a>]]</a>',
    '<a><![CDATA[ <b> & ]] ]]></a>',
    '<a>1\r\n2\r3\n</a>',
    '<a b="1\r\n2\t3"/>',
    '<a b="1" b="2"/>',
    '<a b="1"c="2"/>',
    '<a b=1/>',
    '<a b/>',
    '<a b="<"/>',
    '<a b=">"/>',
    "<a b='\"'/>",
    '<a b = "1"  />',
    '< a/>',
    '<a / >',
    '<1a/>',
    '<a.b-c_d:e/>',
    '<\u00e9l\u00e9ment/>',
    '<a><b></a></b>',
    '<a></b>',
    '<a>',
    '</a>',
    '<a/><b/>',
    '<a/>x',
    'x<a/>',
    ' <a/> ',
    '',
    '   ',
    '<?xml version="1.0"?><a/>',
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a/>',
    ' <?xml version="1.0"?><a/>',
    '<a/><?xml version="1.0"?>',
    '<?xml encoding="UTF-8"?><a/>',
    '<?go there?><a/><?and back?>',
    '<a><?go <there> ?></a>',
    '<? go?><a/>',
    '<!-- a comment --><a><!-- <b> --></a><!-- end -->',
    '<a><!-- -- --></a>',
    '<a><!-- x ---></a>',
    '<!DOCTYPE a><a/>',
    '<a><!ELEMENT b></a>',
    '<a>\u0000</a>',
    '<a>\u0008</a>',
    '<a>\ufffe</a>',
    '<a xml:space="preserve"> x </a>',
    '<x:a x:b="1" b="2"></x:a>',
    '<x:a></y:a>',
    `${'<a>'.repeat(64)}${'</a>'.repeat(64)}`,
    `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`,
    '<a b="&amp;&lt;"/>',
    '<a b="&unknown;"/>',
  ])('%j', (xml) => {
    const expected = theirs(xml);
    for (const size of [1, 2, 5, 1_000]) expect(ours(xml, size)).toEqual(expected);
  });
});

test('damaged parts are refused by both, or say the same to both', () => {
  let seed = 20_261_123;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed % below;
  };
  const bits = [
    '<',
    '>',
    '&',
    '"',
    '/',
    '=',
    ' ',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '&amp;',
    '&x;',
    '</c>',
    '<c r="A1">',
    '\u0007',
  ];
  const small = parts.filter((xml) => xml.length < 6_000);
  let refused = 0;
  for (let round = 0; round < 3_000; round += 1) {
    const xml = small[random(small.length)]!;
    const at = random(xml.length);
    const length = random(30);
    const damaged = [
      () => xml.slice(0, at) + xml.slice(at + length),
      () => xml.slice(0, at) + bits[random(bits.length)] + xml.slice(at),
      () => xml.slice(0, at) + xml.slice(at, at + length) + xml.slice(at),
      () => xml.slice(0, at),
    ][random(4)]!();
    const expected = theirs(damaged);
    if (expected === null) refused += 1;
    expect(ours(damaged, 1 + random(400)), damaged.slice(Math.max(0, at - 60), at + 60)).toEqual(expected);
  }
  expect(refused).toBeGreaterThan(1_000);
});
