// A line typed or dropped into the terminal -> the paths in it: quotes, backslash escapes, file:// addresses and ~.

import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Words as a shell would split them; a quote that never ends is an ordinary sign (it's). */
export function splitPaths(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s])+/g) ?? [];
  return words.map((word) =>
    expand(word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) => double ?? single ?? escaped)),
  );
}

/** The whole line as one path, for names with blanks that nobody quoted. */
export function wholePath(line: string): string {
  return expand(line.trim());
}

function expand(path: string): string {
  if (path.startsWith('file://')) {
    try {
      return fileURLToPath(path);
    } catch {
      return path;
    }
  }
  return resolve(path === '~' || path.startsWith('~/') ? homedir() + path.slice(1) : path);
}
