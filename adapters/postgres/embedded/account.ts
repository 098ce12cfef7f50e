// The account that the server runs as, and what that account can reach. Postgres refuses to run as root, so a start as
// root uses the system user `postgres` (made when missing); an ordinary user runs it as itself.

import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** null: run as whoever runs this process. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const found = accountNamed('postgres');
  if (found) return found;
  for (const [command, ...args] of [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'],
    ['adduser', '-S', '-D', '-H', '-s', '/bin/false', 'postgres'],
  ] as const) {
    try {
      execFileSync(command, args, { stdio: 'ignore' });
    } catch {
      // The next way, or the account that every system has.
    }
    const made = accountNamed('postgres');
    if (made) return made;
  }
  return accountNamed('nobody') ?? { name: 'nobody', uid: 65534, gid: 65534 };
}

/** Whether the account may enter every folder from the root down to `path` (itself included when it is a folder). */
export function canReach(account: Account | null, path: string): boolean {
  if (account === null) return true;
  for (let at = path; ; at = dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat) {
      const shift = stat.uid === account.uid ? 6 : stat.gid === account.gid ? 3 : 0;
      const needed = stat.isDirectory() ? 0o1 : 0o4;
      if (((stat.mode >> shift) & needed) === 0) return false;
    }
    if (dirname(at) === at) return true;
  }
}

function accountNamed(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { name, uid: Number(uid), gid: Number(gid) };
}
