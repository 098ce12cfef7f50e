// A zip file -> its entries, from the central directory read by hand. Refuses what a workbook never needs: encrypted
// entries, two entries of one name, paths that leave the folder, entries that overlap, and directories that do not add up.

import { readSync } from 'node:fs';
import { corrupt, unsafe } from './refusal.ts';

export interface Entry {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
  packed: number;
  /** As the directory declares it; never trusted while inflating. */
  size: number;
  /** Where the packed bytes begin. */
  start: number;
}

/** An opened zip: entries by lower-case name, as package part names do not differ by case alone. */
export interface Archive {
  fd: number;
  entries: Map<string, Entry>;
}

interface Located extends Entry {
  header: number;
  raw: Buffer;
  flags: number;
}

const MAX_ENTRIES = 4_000;
const MAX_DIRECTORY = 4_000_000;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** Reads the directory of the zip open as `fd`, `length` bytes long. */
export function readArchive(fd: number, length: number): Archive {
  const { offset, size, count } = findDirectory(fd, length);
  if (count > MAX_ENTRIES) throw unsafe(`it holds ${count} entries, more than any workbook`);
  if (size > MAX_DIRECTORY || offset + size > length) throw corrupt('its directory lies outside the file');
  const located = parseDirectory(bytesAt(fd, offset, size), count);
  const entries = new Map<string, Entry>();
  for (const entry of located) {
    refuseUnsafe(entry);
    const key = entry.name.toLowerCase();
    if (entries.has(key)) throw unsafe('two entries have the same name');
    entries.set(key, entry);
  }
  placeData(fd, located, offset);
  return { fd, entries };
}

function findDirectory(fd: number, length: number): { offset: number; size: number; count: number } {
  const tailSize = Math.min(length, 65_557);
  const tail = bytesAt(fd, length - tailSize, tailSize);
  let at = tail.length - 22;
  while (at >= 0 && !(tail.readUInt32LE(at) === END && at + 22 + tail.readUInt16LE(at + 20) <= tail.length)) at -= 1;
  if (at < 0) throw corrupt('the end of the zip archive is missing, as after an interrupted transfer');
  const count = tail.readUInt16LE(at + 10);
  const size = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count !== 0xffff && size !== 0xffffffff && offset !== 0xffffffff) return { count, size, offset };
  if (at < 20 || tail.readUInt32LE(at - 20) !== LOCATOR64) return { count, size, offset };
  const end64 = bytesAt(fd, number64(tail, at - 12), 56);
  if (end64.readUInt32LE(0) !== END64) throw corrupt('its zip64 directory is damaged');
  return { count: number64(end64, 32), size: number64(end64, 40), offset: number64(end64, 48) };
}

function parseDirectory(bytes: Buffer, count: number): Located[] {
  const found: Located[] = [];
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw corrupt('its directory is damaged');
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const end = extraEnd + bytes.readUInt16LE(at + 32);
    if (end > bytes.length) throw corrupt('its directory is damaged');
    const raw = bytes.subarray(at + 46, nameEnd);
    const entry: Located = {
      name: raw.toString('utf8'),
      raw,
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      header: bytes.readUInt32LE(at + 42),
      start: 0,
    };
    widen(entry, bytes.subarray(nameEnd, extraEnd));
    found.push(entry);
    at = end;
  }
  return found;
}

/** Takes 64-bit sizes from the extra field where the 32-bit ones say that they are there. */
function widen(entry: Located, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let next = 0;
    const take = (): number => {
      if (next + 8 > field.length) throw corrupt('its directory is damaged');
      next += 8;
      return number64(field, next - 8);
    };
    if (entry.size === 0xffffffff) entry.size = take();
    if (entry.packed === 0xffffffff) entry.packed = take();
    if (entry.header === 0xffffffff) entry.header = take();
    return;
  }
}

function refuseUnsafe(entry: Located): void {
  const { name } = entry;
  if ((entry.flags & 0x2041) !== 0) throw unsafe('an entry is encrypted with a password');
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) throw unsafe('an entry has an absolute path, which is unsafe');
  if (name.includes('\\') || name.split('/').includes('..')) {
    throw unsafe('the path of an entry leads out of the archive (path traversal), which is unsafe');
  }
  if (name === '' || /[\x00-\x1f]/.test(name)) throw unsafe('the path of an entry holds control characters');
  if (entry.method !== 0 && entry.method !== 8) throw corrupt('it is packed with an unknown method');
}

/** Finds where each entry's data begins, and refuses entries that share bytes or differ from their own headers. */
function placeData(fd: number, entries: Located[], directory: number): void {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.header - b.header)) {
    if (entry.header < end) throw unsafe('its entries overlap, as in a zip bomb');
    if (entry.header + 30 > directory) throw corrupt('an entry lies outside the file');
    const head = bytesAt(fd, entry.header, 30);
    if (head.readUInt32LE(0) !== LOCAL) throw corrupt('the header of an entry is damaged');
    const nameLength = head.readUInt16LE(26);
    entry.start = entry.header + 30 + nameLength + head.readUInt16LE(28);
    end = entry.start + entry.packed;
    if (end > directory) throw corrupt('an entry is cut off');
    const same = head.readUInt16LE(8) === entry.method && bytesAt(fd, entry.header + 30, nameLength).equals(entry.raw);
    if (!same) throw unsafe('an entry and the directory contradict each other');
  }
}

/** The bytes from `offset`; refuses a file that ends before. */
export function bytesAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = readSync(fd, bytes, done, length - done, offset + done);
    if (read === 0) throw corrupt('the file ends too early');
    done += read;
  }
  return bytes;
}

function number64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw corrupt('its directory is damaged');
  return Number(value);
}
