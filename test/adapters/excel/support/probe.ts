// Runs with the rights of the reading process and tries what it must not be able to do; prints what it could.

import { readFileSync, writeFileSync } from 'node:fs';
import { seal } from '#adapters/excel/reader/seal.ts';

const spawn = await tryLoad('node:child_process');
const early: Record<string, () => unknown> = {
  'reads the workbook': () => readFileSync(process.argv[2]!),
  'reads /etc/passwd': () => readFileSync('/etc/passwd'),
  'reads package-lock.json': () => readFileSync('package-lock.json'),
  writes: () => writeFileSync(`${process.argv[2]}.new`, 'x'),
  'starts a process': () => (spawn as typeof import('node:child_process')).execFileSync(process.execPath, ['-v']),
  'sees the environment': () => {
    if (Object.keys(process.env).length === 0) throw new Error('empty');
  },
};
for (const [what, act] of Object.entries(early)) attempt(what, act);

seal();
attempt('has fetch', () => fetch('http://127.0.0.1:9'));
attempt('has a built-in', () => process.getBuiltinModule('node:net').connect(9));
for (const name of ['node:net', 'node:http', 'node:dns', 'node:dgram', 'node:worker_threads', 'node:child_process']) {
  if (await tryLoad(name)) console.log(`loads ${name}`);
}

function attempt(what: string, act: () => unknown): void {
  try {
    act();
    console.log(what);
  } catch {}
}

async function tryLoad(name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch {
    return null;
  }
}
