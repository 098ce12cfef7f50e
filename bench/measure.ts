// Runs a program and measures it from outside: seconds, and the peak resident memory of the process and its children.

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  seconds: number;
  /**
   * Of the process tree at its highest moment, pages that processes share counted once; database servers are not part of it.
   */
  peakMb: number;
  stdout: string;
  exitCode: number;
}

/** Runs to the end; memory is sampled every 100 ms from /proc (0 where there is none). */
export async function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let peak = 0;
  const timer = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, treeKilobytes(child.pid));
  }, 100);
  let stdout = '';
  for await (const chunk of child.stdout) stdout += chunk;
  const exitCode = await new Promise<number>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code ?? 1));
  });
  clearInterval(timer);
  return { seconds: (performance.now() - started) / 1000, peakMb: Math.round(peak / 1024), stdout, exitCode };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function treeKilobytes(root: number): number {
  try {
    const parents = new Map<number, number>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = statOf(name);
      if (stat && !/postgres|pg_ctl|initdb/.test(stat.name)) parents.set(Number(name), stat.parent);
    }
    const tree = new Set([root]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const [pid, parent] of parents) {
        if (!tree.has(pid) && tree.has(parent)) {
          tree.add(pid);
          grown = true;
        }
      }
    }
    const parts = [...tree].map(memoryOf);
    return parts.reduce((sum, part) => sum + part.own, 0) + Math.max(0, ...parts.map((part) => part.shared));
  } catch {
    return 0;
  }
}

function statOf(pid: string): { name: string; parent: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const match = /\((.*)\) \S (\d+)/.exec(text);
    return match ? { name: match[1] ?? '', parent: Number(match[2]) } : null;
  } catch {
    return null;
  }
}

/** Kilobytes that are a process's own, and those that it may share (the program's text, libraries). */
function memoryOf(pid: number): { own: number; shared: number } {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { own: of('RssAnon'), shared: of('RssFile') };
  } catch {
    return { own: 0, shared: 0 };
  }
}
