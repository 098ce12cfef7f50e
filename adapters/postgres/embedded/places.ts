// DATA_DIR and the installed binaries -> folders that the server's account can use. Where that account cannot enter
// (a home directory of mode 700), data and binaries move to a folder under the system's temp directory, under a name
// that is the same at every start, and one log line says so.

import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { AppError } from '#src/errors.ts';
import { type Account, canReach } from './account.ts';

type Log = (line: string) => void;

export interface Places {
  /** Lock, leases, password and the server's log; belongs to this process's user. */
  home: string;
  /** The folder in which the data folder `data` lies; belongs to the server's account. Real path. */
  base: string;
  /** As which the server runs; null: as this process. */
  account: Account | null;
}

/** Makes the folders. Refuses a folder in the temp directory that somebody else made. */
export function preparePlaces(dataDir: string, account: Account | null, log: Log): Places {
  const wanted = join(dataDir, 'postgres');
  mkdirSync(wanted, { recursive: true, mode: 0o700 });
  const home = realpathSync(wanted);
  if (account === null) return { home, base: home, account };
  // Data of an ordinary user, and now root starts: the server goes on as that user rather than begin an empty database.
  const present = statSync(join(home, 'data'), { throwIfNoEntry: false });
  if (present)
    return { home, base: home, account: { name: `user ${present.uid}`, uid: present.uid, gid: present.gid } };
  const base = elsewhere(home, account, log) ?? home;
  if (base === home) chmodSync(home, 0o711);
  const server = join(base, 'cluster');
  mkdirSync(server, { recursive: true, mode: 0o700 });
  chownSync(server, account.uid, account.gid);
  return { home, base: server, account };
}

/** The folder in a temp directory that stands in for `home`; null where `home` itself will do. Once moved, always moved. */
function elsewhere(home: string, account: Account, log: Log): string | null {
  const note = join(home, 'moved-to');
  const before = existsSync(note) ? readFileSync(note, 'utf8').trim() : null;
  if (before === null && canReach(account, dirname(home))) return null;
  if (before !== null && !existsSync(before)) {
    log(`the data that lay in ${before} is gone, for the system empties that place: the database starts empty`);
  }
  const place = before ?? join(reachableTemp(account), `taskifai-postgres-${digest(home)}`);
  ownFolder(place);
  writeFileSync(note, place);
  log(
    `the database account "${account.name}" cannot enter ${dirname(home)}: the data lies in ${place} instead, which the system may empty; set DATA_DIR to a folder that it can enter`,
  );
  return place;
}

/** The folder with `bin`, `lib` and `share`, readable to the account: the installed one, or a copy of it. */
export function reachableBinaries(installed: string, version: string, account: Account | null, log: Log): string {
  restoreLinks(installed);
  if (canReach(account, join(installed, 'bin', 'postgres'))) return installed;
  const copy = join(reachableTemp(account), `taskifai-postgres-binaries-${version}-${digest(installed)}`);
  if (existsSync(copy)) {
    mustBeOurs(copy);
    // A system that empties its temp directory takes file by file.
    if (readdirSync(copy, { recursive: true }).length === readdirSync(installed, { recursive: true }).length)
      return copy;
    rmSync(copy, { recursive: true, force: true });
  }
  log(`the database account "${account?.name}" cannot read ${installed}: the server's binaries are copied to ${copy}`);
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  chmodSync(unfinished, 0o755);
  try {
    renameSync(unfinished, copy);
  } catch {
    // Another process was faster; its copy is the same.
    rmSync(unfinished, { recursive: true, force: true });
    mustBeOurs(copy);
  }
  return copy;
}

/** npm keeps no symbolic links; the package makes them in an install script, which may have been switched off. */
function restoreLinks(installed: string): void {
  const list = join(installed, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(dirname(installed), target);
    if (lstatSync(at, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source) || basename(source), at);
  }
}

function reachableTemp(account: Account | null): string {
  const found = [tmpdir(), '/var/tmp', '/tmp'].find((folder) => existsSync(folder) && canReach(account, folder));
  if (found) return realpathSync(found);
  throw new AppError('CONFIG_DATABASE', {
    reason: `the database account "${account?.name}" can enter neither DATA_DIR nor a temp directory; set DATA_DIR to a folder outside /root, or DATABASE_URL`,
  });
}

function ownFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o711 });
  mustBeOurs(path);
  chmodSync(path, 0o711);
  return path;
}

/** In a temp directory anybody may have made a folder of that name before. */
function mustBeOurs(path: string): void {
  const stat = lstatSync(path);
  if (stat.isDirectory() && stat.uid === process.getuid?.()) return;
  throw new AppError('CONFIG_DATABASE', {
    reason: `${path} exists but does not belong to this user; remove it, or set DATA_DIR to a folder outside /root`,
  });
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
