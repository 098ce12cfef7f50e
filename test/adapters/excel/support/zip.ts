// Builds zip archives by hand, well-formed or not, so that a test can say exactly what is wrong with one.

import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  data: string | Uint8Array;
  stored?: boolean;
  /** Sizes and checksum follow the data instead of leading it. */
  descriptor?: boolean;
  encrypted?: boolean;
  /** The name that the local header claims. */
  localName?: string;
  /** A checksum other than the right one. */
  crc?: number;
  /** Sizes in the 64-bit form. */
  zip64?: boolean;
}

export function zip(entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data as string);
    const packed = entry.stored ? data : deflateRawSync(data);
    const crc = entry.crc ?? crc32(data);
    const flags = (entry.encrypted ? 1 : 0) | (entry.descriptor ? 8 : 0) | 0x800;
    const sizes = numbers(crc, packed.length, data.length);
    const localName = Buffer.from(entry.localName ?? entry.name);
    const common = shorts(20, flags, entry.stored ? 0 : 8, 0, 0);
    const local = Buffer.concat([
      numbers(0x04034b50),
      common,
      entry.descriptor ? Buffer.alloc(12) : sizes,
      shorts(localName.length, 0),
      localName,
      packed,
      entry.descriptor ? Buffer.concat([numbers(0x08074b50), sizes]) : Buffer.alloc(0),
    ]);
    const name = Buffer.from(entry.name);
    const extra = entry.zip64
      ? Buffer.concat([shorts(1, 16), long(data.length), long(packed.length)])
      : Buffer.alloc(0);
    directory.push(
      Buffer.concat([
        numbers(0x02014b50),
        shorts(20),
        common,
        entry.zip64 ? numbers(crc, 0xffffffff, 0xffffffff) : sizes,
        shorts(name.length, extra.length, 0, 0, 0),
        numbers(0, at),
        name,
        extra,
      ]),
    );
    locals.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const count = entries.length;
  const end = Buffer.concat([numbers(0x06054b50), shorts(0, 0, count, count), numbers(central.length, at), shorts(0)]);
  return Buffer.concat([...locals, central, end]);
}

function shorts(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16LE(value & 0xffff, index * 2);
  });
  return bytes;
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32LE(value >>> 0, index * 4);
  });
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
