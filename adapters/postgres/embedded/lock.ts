// A path -> the right to be the only process that starts or stops the server of a data folder. The lock is a symbolic
// link whose target names its holder: making one is atomic in Node and in `sh` alike. A dead holder's lock is taken over.

import { readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processName } from './process-life.ts';

/** Runs `work` while holding the lock; waits at most `patienceMs` for it. */
export async function withLock<T>(path: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const me = processName(process.pid);
  const until = Date.now() + patienceMs;
  while (!take(path, me)) {
    const holder = holderOf(path);
    if (holder !== null && !isAlive(holder)) evict(path, holder, me);
    else if (Date.now() > until) throw new Error(`${path} has been held by process ${holder ?? '?'} for too long`);
    else await sleep(15);
  }
  try {
    return await work();
  } finally {
    if (holderOf(path) === me) unlinkSync(path);
  }
}

function take(path: string, me: string): boolean {
  try {
    symlinkSync(me, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** Renaming is atomic: of several that see the same dead holder only one gets the link, and it looks at what it got. */
function evict(path: string, dead: string, me: string): void {
  const aside = `${path}.${me}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const got = holderOf(aside);
  unlinkSync(aside);
  if (got !== null && got !== dead) take(path, got);
}
