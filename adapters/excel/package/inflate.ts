// A part of the archive -> its bytes, chunk by chunk, counted as they come. Refuses what unpacks to more than any report
// needs; the declared sizes and checksums must be right in the end, but are never relied on before.

import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Archive, bytesAt, type Entry } from './archive.ts';
import { bomb, corrupt, Refusal } from './refusal.ts';

const CHUNK = 65_536;
const MAX_TOTAL = 2_000_000_000;

/** What has been unpacked so far, over all parts of one workbook. */
export interface Meter {
  total: number;
}

/** Unpacks one part. `limit` is its budget in bytes. Stopping early is allowed and checks no checksum. */
export async function* inflate(archive: Archive, entry: Entry, limit: number, meter: Meter): AsyncGenerator<Buffer> {
  let size = 0;
  let crc = 0;
  for await (const chunk of entry.method === 0 ? packedChunks(archive, entry) : inflated(archive, entry)) {
    size += chunk.length;
    meter.total += chunk.length;
    if (size > limit || meter.total > MAX_TOTAL) throw bomb(`more than ${megabytes(size)} MB uncompressed`);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== entry.crc || size !== entry.size) throw corrupt('a checksum is wrong');
}

async function* inflated(archive: Archive, entry: Entry): AsyncGenerator<Buffer> {
  const unpack = createInflateRaw({ chunkSize: CHUNK });
  const source = Readable.from(packedChunks(archive, entry), { objectMode: true, highWaterMark: 1 });
  source.on('error', (error) => unpack.destroy(error));
  try {
    yield* source.pipe(unpack) as AsyncIterable<Buffer>;
    if (unpack.bytesWritten !== entry.packed) throw corrupt('a part is longer than its data');
  } catch (error) {
    throw error instanceof Refusal ? error : corrupt('a part cannot be unpacked');
  } finally {
    source.destroy();
    unpack.destroy();
  }
}

function* packedChunks(archive: Archive, entry: Entry): Generator<Buffer> {
  for (let at = 0; at < entry.packed; at += CHUNK) {
    yield bytesAt(archive.fd, entry.start + at, Math.min(CHUNK, entry.packed - at));
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
