// Runs a program and measures it from outside: seconds, and the peak resident memory of the process and its children.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

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

/** Looking must cost next to nothing: what is measured uses both cores, and a looker would take its share of them. */
function treeKilobytes(root: number): number {
  const parts = treeOf(root).map(memoryOf);
  return parts.reduce((sum, part) => sum + part.own, 0) + Math.max(0, ...parts.map((part) => part.shared));
}

/** A process and its descendants, database servers left out. */
function treeOf(pid: number): number[] {
  try {
    if (/^(postgres|pg_ctl|initdb)/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))) return [];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return [pid, ...(children === '' ? [] : children.split(' ').flatMap((child) => treeOf(Number(child))))];
  } catch {
    return [];
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
