// An archive -> the parts of a package: read whole or in a stream, with a budget each and one in all, and their
// relationships. The ratio of a part to its packed size is no proof of a bomb; being large, dense and empty is.

import type { Archive } from './archive.ts';
import { inflate, type Meter } from './inflate.ts';
import { bomb, corrupt } from './refusal.ts';
import { type Handler, XmlReader } from './xml.ts';

export interface Relationship {
  id: string;
  /** The last word of the type, lower case: `worksheet`, `sharedstrings`, `vbaproject`. */
  type: string;
  /** The part's name in lower case, without a leading slash; for external ones, as written. */
  target: string;
  external: boolean;
}

const SMALL_PART = 32_000_000;

export class Parts {
  readonly archive: Archive;
  #meter: Meter = { total: 0 };

  constructor(archive: Archive) {
    this.archive = archive;
  }

  has(name: string): boolean {
    return this.archive.entries.has(name);
  }

  names(): string[] {
    return [...this.archive.entries.keys()];
  }

  /**
   * Streams a part into a handler; yields after each chunk, so that a caller may take what the handler has gathered or
   * stop, and says how much of the part that was, 0 to 1, as far as its declared size can be believed. `weight` says how much
   * content was found so far: parts that unpack to much and hold little are refused.
   */
  async *feed(name: string, handler: Handler, limit: number, weight?: () => number): AsyncGenerator<number> {
    const entry = this.archive.entries.get(name);
    if (!entry) throw corrupt('a part that it needs is missing');
    const reader = new XmlReader(handler);
    let size = 0;
    for await (const chunk of inflate(this.archive, entry, limit, this.#meter)) {
      size += chunk.length;
      if (weight && size > EMPTY_LIMIT && size > entry.packed * 200 && size > EMPTY_LIMIT + weight() * 400) {
        throw bomb(
          `a part of ${kilobytes(entry.packed)} kB unpacks to more than ${kilobytes(size)} kB with next to no content`,
        );
      }
      reader.write(chunk);
      yield Math.min(1, size / Math.max(1, entry.size));
    }
    reader.end();
  }

  /** Reads a part to its end. */
  async read(name: string, handler: Handler, limit = SMALL_PART): Promise<void> {
    for await (const _ of this.feed(name, handler, limit));
  }

  /** The relationships of a part (`''` is the package itself); none when it has no such file. */
  async relationships(part: string): Promise<Relationship[]> {
    const slash = part.lastIndexOf('/') + 1;
    return this.relationshipsIn(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`);
  }

  async relationshipsIn(file: string): Promise<Relationship[]> {
    if (!this.has(file)) return [];
    const found: Relationship[] = [];
    const folder = file.replace(/_rels\/[^/]*$/, '');
    await this.read(file, {
      open(name, attributes) {
        if (name !== 'Relationship') return;
        const external = attributes.get('TargetMode') === 'External';
        const target = attributes.get('Target') ?? '';
        found.push({
          id: attributes.local('Id') ?? '',
          type: (attributes.get('Type') ?? '').replace(/^.*\//, '').toLowerCase(),
          target: external ? target : resolve(folder, target),
          external,
        });
      },
      close() {},
      text() {},
    });
    return found;
  }
}

const EMPTY_LIMIT = 4_000_000;

/** A target relative to the folder of its source -> a part name. What climbs out of the package resolves to nothing. */
function resolve(folder: string, target: string): string {
  let text = target;
  try {
    text = decodeURIComponent(target);
  } catch {}
  const steps = text.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const step of text.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/').toLowerCase();
}

function kilobytes(bytes: number): string {
  return Math.round(bytes / 1_000).toLocaleString('en');
}
