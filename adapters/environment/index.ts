// The process environment and DATA_DIR -> the variables that the configuration is read from. For a local start the secrets
// that are missing are made once and kept in DATA_DIR/secrets.env (mode 600).

import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

export { machine } from './machine.ts';

const makers: Record<string, () => string> = {
  CLIENT_ID: () => randomUUID(),
  ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
};

/** The environment with the secrets of an earlier local start below it: what is set in the environment wins. */
export function environment(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const file = secretsFile(env);
  if (env.NODE_ENV === 'production' || !existsSync(file)) return env;
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  return { ...parseEnv(readFileSync(file, 'utf8')), ...given };
}

/**
 * Makes the missing secrets and adds them to DATA_DIR/secrets.env. When another process was faster, its secrets stand.
 * @returns the path of the file
 */
export function generateSecrets(env: Record<string, string | undefined>, missing: readonly string[]): string {
  const file = secretsFile(env);
  mkdirSync(env.DATA_DIR || './.data', { recursive: true });
  const lines = missing.map((name) => `${name}=${makers[name]?.() ?? ''}`);
  try {
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const known = parseEnv(readFileSync(file, 'utf8'));
    const added = lines.filter((line) => known[line.split('=')[0] ?? ''] === undefined);
    if (added.length > 0) writeFileSync(file, `${added.join('\n')}\n`, { flag: 'a' });
    chmodSync(file, 0o600);
  }
  return file;
}

/**
 * The configuration, or null after saying everything that is wrong with it.
 * @param read checks the variables; `missing` are secrets that a local start may make
 */
export function settle<Config>(
  read: (
    env: Record<string, string | undefined>,
  ) =>
    | { ok: true; config: Config }
    | { ok: false; problems: { variable: string; message: string }[]; missing: readonly string[] },
): Config | null {
  for (let tries = 0; tries < 2; tries++) {
    const env = environment(process.env);
    const result = read(env);
    if (result.ok) return result.config;
    if (result.problems.length > 0) {
      console.error('The configuration has problems:');
      for (const { variable, message } of result.problems) console.error(`  ${variable} ${message}`);
      return null;
    }
    generateSecrets(env, result.missing);
  }
  return null;
}

function secretsFile(env: Record<string, string | undefined>): string {
  return join(env.DATA_DIR || './.data', 'secrets.env');
}
