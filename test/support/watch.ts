// Some work -> how long it took, how much memory this process and all its children held meanwhile, and who of them is left.

import { readdirSync, readFileSync } from 'node:fs';

export interface Watched<T> {
  result: T;
  seconds: number;
  /** The most that all processes held together. */
  peakMb: number;
  /** What this process held before. */
  baseMb: number;
}

/** Looks twenty times a second, from outside of the work; where there is no /proc, memory is not measured. */
export async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const baseMb = treeMb();
  let peakMb = baseMb;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, treeMb());
  }, 50);
  const began = performance.now();
  try {
    const result = await work();
    return { result, seconds: (performance.now() - began) / 1_000, peakMb: Math.max(peakMb, treeMb()), baseMb };
  } finally {
    clearInterval(timer);
  }
}

/** Ids of the processes that this one has started and that are still there. */
export function children(): number[] {
  return processes().flatMap(({ pid, parent }) => (parent === process.pid ? [pid] : []));
}

function treeMb(): number {
  const all = processes();
  const tree = new Set([process.pid]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.reduce((sum, { pid, mb }) => sum + (tree.has(pid) ? mb : 0), 0);
}

function processes(): { pid: number; parent: number; mb: number }[] {
  return names().flatMap((name) => {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const number = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return [{ pid: Number(name), parent: number('PPid'), mb: number('VmRSS') / 1_024 }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function names(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
