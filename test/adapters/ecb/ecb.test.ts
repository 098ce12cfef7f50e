import { crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readRates } from '#adapters/ecb/formats.ts';
import { unzipOnly } from '#adapters/ecb/unzip.ts';

const csv = 'Date,USD,JPY,\n2025-04-02,1.08,161.2,\n2025-04-01,1.0788,N/A,\n';

/** An archive as archivers make them: the sizes in front of each file are left open. */
function zipOf(...files: Buffer[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const bytes of files) {
    const packed = deflateRawSync(bytes);
    const name = Buffer.from('eurofxref-hist.csv');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(crc32(bytes), 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(bytes.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, name, packed);
    centrals.push(central, name);
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...centrals, end]);
}

test('a history is read as CSV and as XML, without the days that have no rate', () => {
  const expected = [
    { date: '2025-04-02', currency: 'USD', unitsPerEuro: 1.08 },
    { date: '2025-04-02', currency: 'JPY', unitsPerEuro: 161.2 },
    { date: '2025-04-01', currency: 'USD', unitsPerEuro: 1.0788 },
  ];
  const xml = `<?xml version="1.0"?><gesmes:Envelope><Cube><Cube time="2025-04-02"><Cube currency="USD" rate="1.08"/>
    <Cube currency='JPY' rate='161.2'/></Cube><Cube time="2025-04-01"><Cube currency="USD" rate="1.0788"/></Cube></Cube></gesmes:Envelope>`;
  expect(readRates(csv)).toEqual(expected);
  expect(readRates(xml)).toEqual(expected);
});

test.each([
  ['Datum,USD\n2025-04-01,1', 'its first heading is not'],
  ['Date,USD\n01.04.2025,1', 'is not a day'],
  ['Date,USD\n2025-04-01,-1', 'is not a rate'],
  ['Date,USD\n2025-04-01,0', 'is not a rate'],
  ['Date,Dollar\n2025-04-01,1', 'it has no rates'],
  ['<Cube currency="USD" rate="1"/>', 'no day'],
])('%j is refused: %s', (text, reason) => expect(() => readRates(text)).toThrow(reason));

test('a zip of one file is unpacked, within a limit', () => {
  expect(Buffer.from(unzipOnly(zipOf(Buffer.from(csv)), 1e6)).toString()).toBe(csv);
  expect(() => unzipOnly(zipOf(Buffer.alloc(2e6)), 1e6)).toThrow();
  expect(() => unzipOnly(zipOf(Buffer.from('a'), Buffer.from('b')), 1e6)).toThrow('one file');
  expect(() => unzipOnly(Buffer.from('PK\u0003\u0004 and nothing else'), 1e6)).toThrow();
});
