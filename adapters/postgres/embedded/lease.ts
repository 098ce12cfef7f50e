// A process that uses the server -> a lease, and the server stopped when the last lease ends, however its holder ended.
// Each process has a watchdog: a detached `sh` that waits on a pipe. When the pipe closes (stop, crash, kill -9) it
// gives the lease back and, if no other process holds one, shuts the server down.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processName } from './process-life.ts';

export interface Lease {
  /** Gives the lease back; settles when the server runs on for others or has stopped. */
  end(): Promise<void>;
}

// $1 folder of lock and leases, $2 data folder. Never uses a path from elsewhere; only signals the pid in postmaster.pid.
const watchdog = `
home=$1 data=$2
start_of() { s=$(cat "/proc/$1/stat" 2>/dev/null) || return 1; s=\${s##*) }; set -- $s; [ "$1" != Z ] && echo "\${20}"; }
alive() {
  kill -0 "\${1%%.*}" 2>/dev/null || return 1
  [ -d /proc/self ] || return 0
  now=$(start_of "\${1%%.*}") || return 1
  [ "\${1#*.}" = 0 ] || [ "\${1#*.}" = "$now" ]
}
me=$$.0
now=$(start_of $$) && me=$$.$now
read -r _
tries=0
until ln -s "$me" "$home/lock" 2>/dev/null; do
  holder=$(readlink "$home/lock" 2>/dev/null)
  if [ -n "$holder" ] && ! alive "$holder"; then
    # as in lock.ts: renaming is atomic, and what was renamed is looked at before it is gone
    if mv "$home/lock" "$home/lock.$me" 2>/dev/null; then
      got=$(readlink "$home/lock.$me"); rm -f "$home/lock.$me"
      [ "$got" = "$holder" ] || ln -s "$got" "$home/lock" 2>/dev/null
    fi
    continue
  fi
  tries=$((tries + 1))
  [ $tries -gt 600 ] && break
  sleep 0.05
done
rm -f "$home/leases/$me"
others=no
for lease in "$home"/leases/*; do
  [ -e "$lease" ] || continue
  if alive "\${lease##*/}"; then others=yes; else rm -f "$lease"; fi
done
if [ $others = no ] && [ -f "$data/postmaster.pid" ]; then
  read -r server < "$data/postmaster.pid"
  case $server in *[!0-9]* | '') ;; *)
    if [ ! -d /proc/self ] || [ "$(readlink "/proc/$server/cwd" 2>/dev/null)" = "$data" ]; then
      kill -INT "$server" 2>/dev/null
      tries=0
      while kill -0 "$server" 2>/dev/null && [ -f "$data/postmaster.pid" ]; do
        tries=$((tries + 1))
        [ $tries -eq 300 ] && kill -QUIT "$server" 2>/dev/null
        [ $tries -gt 400 ] && break
        sleep 0.05
      done
    fi ;;
  esac
fi
[ "$(readlink "$home/lock" 2>/dev/null)" = "$me" ] && rm -f "$home/lock"
exit 0
`;

/** Takes a lease. `home` holds lock and leases, `data` is the server's folder (its real path). Call it while holding the lock. */
export function takeLease(home: string, data: string): Lease {
  mkdirSync(join(home, 'leases'), { recursive: true, mode: 0o700 });
  const child = spawn('/bin/sh', ['-c', watchdog, 'taskifai-postgres-watchdog', home, data], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  });
  if (child.pid === undefined) throw new Error('the watchdog of the database could not be started');
  writeFileSync(join(home, 'leases', processName(child.pid)), '', { mode: 0o600 });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin.on('error', () => {});
  // Neither the pipe nor the child keeps this process from ending.
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return {
    end() {
      child.ref();
      child.stdin.end();
      return ended;
    },
  };
}
