// A workbook and a seed -> a broken workbook, always the same one: the archive cut, flipped and put together wrongly, or its
// XML cut, doubled, swapped, nested and filled with what no program writes.

import { inflateRawSync } from 'node:zlib';
import { type ZipEntry, zip } from '#test/adapters/excel/support/zip.ts';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Roll = () => number;

/** What was done, and what came of it. */
export interface Mutant {
  bytes: Buffer;
  how: string[];
}

export function mutate(original: Buffer, seed: number): Mutant {
  const roll = dice(seed);
  const how: string[] = [];
  let bytes = original;
  if (roll() < 0.8) {
    const entries = unzip(original);
    for (let left = 1 + upTo(roll, 2); left > 0; left -= 1) {
      const [name, change] = pick(roll, Object.entries(roll() < 0.85 ? inXml : inArchive));
      how.push(name);
      change(entries, roll);
    }
    bytes = zip(entries);
  }
  if (how.length === 0 || roll() < 0.05) {
    const [name, change] = pick(roll, Object.entries(inBytes));
    how.push(name);
    bytes = change(Buffer.from(bytes), roll);
  }
  return { bytes, how };
}

const upTo = (roll: Roll, count: number): number => Math.floor(roll() * count);
const pick = <T>(roll: Roll, from: T[]): T => from[upTo(roll, from.length)]!;

/** On the file as it is. */
const inBytes: Record<string, (bytes: Buffer, roll: Roll) => Buffer> = {
  cut: (bytes, roll) => bytes.subarray(0, upTo(roll, bytes.length)),
  'cut in the middle': (bytes, roll) => {
    const from = upTo(roll, bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + upTo(roll, 400))]);
  },
  flip: (bytes, roll) => {
    for (let left = 1 + upTo(roll, 8); left > 0; left -= 1) bytes[upTo(roll, bytes.length)]! ^= 1 << upTo(roll, 8);
    return bytes;
  },
  'flip in the directory': (bytes, roll) => {
    const from = Math.max(0, bytes.indexOf('PK\x01\x02', 0, 'latin1'));
    for (let left = 1 + upTo(roll, 4); left > 0; left -= 1) {
      bytes[from + upTo(roll, bytes.length - from)] = pick(roll, [0, 1, 0x7f, 0x80, 0xff]);
    }
    return bytes;
  },
  'huge numbers in the directory': (bytes, roll) => {
    const from = Math.max(0, bytes.indexOf('PK\x01\x02', 0, 'latin1'));
    bytes.writeUInt32LE(
      pick(roll, [0xffffffff, 0x7fffffff, 0x80000000, 0]),
      from + upTo(roll, bytes.length - from - 4),
    );
    return bytes;
  },
  'bytes in between': (bytes, roll) => {
    const at = upTo(roll, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(upTo(roll, 200), upTo(roll, 256)), bytes.subarray(at)]);
  },
  doubled: (bytes) => Buffer.concat([bytes, bytes]),
};

/** On the archive's entries. */
const inArchive: Record<string, (entries: ZipEntry[], roll: Roll) => void> = {
  'an entry less': (entries, roll) => void entries.splice(upTo(roll, entries.length), 1),
  'two entries swapped': (entries, roll) => {
    const [one, other] = [pick(roll, entries), pick(roll, entries)];
    [one.data, other.data] = [other.data, one.data];
  },
  'an entry twice': (entries, roll) => void entries.push({ ...pick(roll, entries) }),
  'another name': (entries, roll) => {
    pick(roll, entries).name = pick(roll, [
      '../x',
      '/x',
      'xl/vbaProject.bin',
      '',
      'XL/WORKBOOK.XML',
      '\u0000',
      'a'.repeat(5_000),
    ]);
  },
  'a wrong checksum': (entries, roll) => void Object.assign(pick(roll, entries), { crc: upTo(roll, 2 ** 32) }),
  'an encrypted entry': (entries, roll) => void Object.assign(pick(roll, entries), { encrypted: true }),
  'other sizes': (entries, roll) =>
    void Object.assign(pick(roll, entries), pick(roll, [{ zip64: true }, { descriptor: true }, { stored: true }])),
  'another local name': (entries, roll) => void Object.assign(pick(roll, entries), { localName: 'x' }),
  'random data': (entries, roll) => {
    pick(roll, entries).data = Buffer.from(Array.from({ length: upTo(roll, 2_000) }, () => upTo(roll, 256)));
  },
};

const values = [
  '-1',
  '0',
  '1e309',
  '-1e-400',
  'NaN',
  '99999999999999999999',
  '2147483648',
  '0x10',
  '1048577',
  '16385',
  ' ',
  '',
  '½',
  '=1+1',
];
const texts = [
  '&#0;',
  '&#x1F;',
  '&bogus;',
  '&lt;script&gt;',
  ']]>',
  '<![CDATA[x]]>',
  '<!--',
  '<?x?>',
  '\u0000',
  '\uFFFF',
  '_x0000_',
  '_xFFFF_',
  '\u202E',
  '<!DOCTYPE a>',
  'xmlns=""',
];
const types = ['s', 'str', 'inlineStr', 'b', 'e', 'd', 'n', 'x', ''];

/** On the text of one XML part. */
const inXml: Record<string, (entries: ZipEntry[], roll: Roll) => void> = {
  'XML cut': onText((text, roll) => text.slice(0, upTo(roll, text.length))),
  'XML cut in the middle': onText((text, roll) => {
    const from = upTo(roll, text.length);
    return text.slice(0, from) + text.slice(from + upTo(roll, 300));
  }),
  'an element twice': onText((text, roll) =>
    replaceOne(text, roll, /<(row|c|si|sheet|xf|Relationship)\b[^>]*?(\/>|>.*?<\/\1>)/gs, (all) => all + all),
  ),
  'an element less': onText((text, roll) =>
    replaceOne(text, roll, /<(row|c|si|v|t|sheet|xf|Relationship|sheetData)\b[^>]*?(\/>|>.*?<\/\1>)/gs, () => ''),
  ),
  'rows the other way round': onText((text) => {
    const rows = text.match(/<row\b.*?<\/row>/gs) ?? [];
    return text.replace(/<row\b.*<\/row>/s, () => [...rows].reverse().join(''));
  }),
  'another number': onText((text, roll) =>
    replaceOne(text, roll, /(?<=[">])[\d.]+(?=["<])/g, () => pick(roll, values)),
  ),
  'other numbers everywhere': onText((text, roll) => {
    const value = pick(roll, values);
    return text.replace(/(?<=<v>)[\d.]+(?=<)/g, () => (roll() < 0.5 ? value : '7'));
  }),
  'another type': onText((text, roll) => replaceOne(text, roll, /\bt="\w*"/g, () => `t="${pick(roll, types)}"`)),
  'another address': onText((text, roll) =>
    replaceOne(
      text,
      roll,
      /\br="\w*"/g,
      () => `r="${pick(roll, ['A0', 'XFD1048576', 'XFE1', 'A1:B2', '1', '', 'ZZZZZ9', 'a1'])}"`,
    ),
  ),
  'strange text': onText((text, roll) =>
    replaceOne(text, roll, /(?<=>)[^<>]+(?=<)/g, (all) => all + pick(roll, texts)),
  ),
  'a strange attribute': onText((text, roll) =>
    replaceOne(text, roll, /(?<==")[^"]*(?=")/g, () => pick(roll, [...texts, ...values]).replace(/[<"]/g, '')),
  ),
  'much text': onText((text, roll) =>
    replaceOne(text, roll, /(?<=>)[^<>]+(?=<)/g, (all) => all.repeat(1 + upTo(roll, 100_000 / all.length))),
  ),
  'deep nesting': onText((text, roll) => {
    const depth = pick(roll, [10, 63, 65, 5_000]);
    return replaceOne(text, roll, /<(v|t|si|c|row)\b/g, (all) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}${all}`);
  }),
  'a tag that does not close': onText((text, roll) => replaceOne(text, roll, /<\/\w+>/g, () => '')),
  'another encoding': onText((text) => text, 'utf16le'),
  'many rows': onText((text, roll) =>
    replaceOne(text, roll, /<row\b[^>]*>.*?<\/row>/gs, (all) => all.replace(/ r="\w+"/g, '').repeat(2_000)),
  ),
};

function onText(change: (text: string, roll: Roll) => string, encoding: BufferEncoding = 'utf8') {
  return (entries: ZipEntry[], roll: Roll): void => {
    const parts = entries.filter(({ name }) => /\.(xml|rels)$/i.test(name));
    // Most of what can go wrong is in the sheets.
    const sheets = parts.filter(({ name }) => /sheet\d|sharedStrings|styles/i.test(name));
    const entry = pick(roll, sheets.length > 0 && roll() < 0.75 ? sheets : parts);
    if (entry) entry.data = Buffer.from(change(Buffer.from(entry.data as string).toString('utf8'), roll), encoding);
  };
}

function replaceOne(text: string, roll: Roll, pattern: RegExp, by: (found: string) => string): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const match = pick(roll, found);
  return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
}

/** The entries of a sound archive. */
function unzip(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const entries: ZipEntry[] = [];
  for (let at = bytes.readUInt32LE(end + 16); bytes.readUInt32LE(at) === 0x02014b50; ) {
    const [nameLength, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    const data = bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    entries.push({ name: bytes.toString('utf8', at + 46, at + 46 + nameLength), data: Buffer.from(data) });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}
