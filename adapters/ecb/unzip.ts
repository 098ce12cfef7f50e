// A zip archive of one file -> that file's bytes. Refuses several files, other packing, and more bytes than are allowed: the
// sizes that an archive claims are not believed.

import { inflateRawSync } from 'node:zlib';

const endRecord = 0x06054b50;
const centralRecord = 0x02014b50;

/** Throws Error when it is no such archive. */
export function unzipOnly(bytes: Uint8Array, most: number): Uint8Array {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== endRecord) end -= 1;
  if (end < 0 || zip.readUInt16LE(end + 10) !== 1) throw new Error('not an archive of one file');
  // Sizes stand in the central directory: in front of the file itself they may be left open.
  const central = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(central) !== centralRecord) throw new Error('the archive has no directory');
  const method = zip.readUInt16LE(central + 10);
  const size = zip.readUInt32LE(central + 20);
  const local = zip.readUInt32LE(central + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + size);
  if (packed.length > most) throw new Error('the file is too large');
  if (method === 0) return packed;
  if (method !== 8) throw new Error('the file is packed in another way');
  return inflateRawSync(packed, { maxOutputLength: most });
}
