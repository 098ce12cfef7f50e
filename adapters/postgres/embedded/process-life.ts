// A process id -> whether that very process still lives. A number alone is not enough: after a restart of a container
// the same number belongs to somebody else, so the start time goes with it where the system tells it (Linux).

import { readFileSync } from 'node:fs';

/** `pid.start`: a name for one process that no later process gets; `pid.0` where the start time is not known. */
export function processName(pid: number): string {
  return `${pid}.${statOf(pid)?.start ?? '0'}`;
}

/** Whether the process of that name lives; a zombie does not. */
export function isAlive(name: string): boolean {
  const [pid, start] = name.split('.');
  if (!exists(Number(pid))) return false;
  const stat = statOf(Number(pid));
  if (stat === null) return true;
  return stat.state !== 'Z' && (start === undefined || start === '0' || start === stat.start);
}

function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** null where there is no /proc, or no such process. */
function statOf(pid: number): { state: string; start: string } | null {
  try {
    // The name in parentheses may hold anything, parentheses too: count the fields after the last one.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '0' };
  } catch {
    return null;
  }
}
