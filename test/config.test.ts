import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig, variableNames } from '#src/config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const complete = { CLIENT_ID: '7c1f9a52-4b1e-4f57-9f0c-0d0f6a3a9b11', ENCRYPTION_KEY: key };

test('.env.example lists exactly the variables of the configuration, in the same order', () => {
  const names = readFileSync('.env.example', 'utf8')
    .split('\n')
    .flatMap((line) => /^([A-Z_a-z]+)=/.exec(line)?.[1] ?? []);
  expect(names).toEqual(variableNames);
});

test('the values of .env.example are the defaults', () => {
  const example = Object.fromEntries(
    readFileSync('.env.example', 'utf8')
      .split('\n')
      .flatMap((line) => {
        const match = /^([A-Z_a-z]+)=(.*)$/.exec(line);
        return match ? [[match[1], match[2]]] : [];
      }),
  );
  const fromExample = readConfig({ ...example, ...complete });
  const fromNothing = readConfig(complete);
  expect(fromExample).toEqual(fromNothing);
  expect(fromNothing.ok).toBe(true);
});

test('reports every problem at once, with the variable and without its value', () => {
  const result = readConfig({
    ...complete,
    PORT: '99999',
    BASE_CURRENCY: 'euro',
    TIMEZONE: 'Mars/Base',
    DATABASE_URL: 'hunter2',
  });
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.problems.map((problem) => problem.variable).sort()).toEqual([
    'BASE_CURRENCY',
    'DATABASE_URL',
    'PORT',
    'TIMEZONE',
  ]);
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

test('takes rates only from an address that nobody on the way can change', () => {
  const problems = (FX_RATES_URL: string) => {
    const read = readConfig({ ...complete, FX_RATES_URL });
    return read.ok ? [] : read.problems.map(({ variable }) => variable);
  };
  expect(problems('https://example.com/hist.csv')).toEqual([]);
  expect(problems('http://127.0.0.1:8080/hist.csv')).toEqual([]);
  expect(problems('http://example.com/hist.csv')).toEqual(['FX_RATES_URL']);
  expect(problems('rates')).toEqual(['FX_RATES_URL']);
});

test('names the secrets that a local start may generate', () => {
  expect(readConfig({})).toEqual({ ok: false, problems: [], missing: ['CLIENT_ID', 'ENCRYPTION_KEY'] });
});

test('refuses a production start without its secrets, and says how to make them', () => {
  const result = readConfig({ NODE_ENV: 'production' });
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.problems.map((problem) => problem.variable)).toEqual(['CLIENT_ID', 'ENCRYPTION_KEY']);
  expect(result.problems[1]?.message).toContain('openssl rand -base64 32');
});

test('secrets show as stars in text, JSON and inspection', () => {
  const result = readConfig({ ...complete, DATABASE_URL: 'postgres://u:hunter2@h/d' });
  if (!result.ok) throw new Error('expected a configuration');
  const shown = `${result.config.DATABASE_URL} ${JSON.stringify(result.config)} ${inspect(result.config, { depth: 9 })}`;
  expect(shown).not.toContain('hunter2');
  expect(shown).not.toContain(key);
  expect(result.config.DATABASE_URL?.reveal()).toContain('hunter2');
});
