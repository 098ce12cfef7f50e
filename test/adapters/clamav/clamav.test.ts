// The scanner over a real connection, to a daemon that speaks the protocol and to some that do not.

import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { makeScanner } from '#adapters/clamav/index.ts';
import type { Observation } from '#src/observation.ts';
import { closeDaemons, eicar, scanningDaemon, startDaemon } from '#test/support/clamd.ts';

afterEach(closeDaemons);

const observed: Observation[] = [];
const observer = { record: (what: Observation) => void observed.push(what) };
const scannerAt = (port: number, timeoutMs = 10_000) => makeScanner({ host: '127.0.0.1', port, timeoutMs, observer });

test('sends every byte in pieces that carry their length, whatever the size', async () => {
  const daemon = await scanningDaemon();
  for (const size of [0, 1, 65_535, 65_536, 65_537, 3 * 65_536, 1_000_001]) {
    const bytes = Buffer.alloc(size, 'a workbook ');
    expect(await scannerAt(daemon.port).scan(bytes)).toEqual({ clean: true });
    const { pieces } = daemon.files.at(-1)!;
    expect(Buffer.concat(pieces).equals(bytes), `${size} bytes`).toBe(true);
    expect(pieces.every((piece) => piece.length > 0)).toBe(true);
  }
});

test('says what was found', async () => {
  const daemon = await scanningDaemon();
  expect(await scannerAt(daemon.port).scan(eicar)).toEqual({ clean: false, found: 'Eicar-Test-Signature' });
  const hidden = Buffer.concat([Buffer.alloc(65_530), eicar]);
  expect(await scannerAt(daemon.port).scan(hidden)).toEqual({ clean: false, found: 'Eicar-Test-Signature' });
});

test('a reply may come in pieces, and its name cannot bring control characters', async () => {
  const port = await startDaemon(async (socket) => {
    for (const part of ['stre', 'am: Wor', 'm\x1b[31m\n', '.A FOU', 'ND\0']) {
      socket.write(part);
      await new Promise((done) => setTimeout(done, 5));
    }
  });
  expect(await scannerAt(port).scan(Buffer.from('x'))).toEqual({ clean: false, found: 'Worm?[31m?.A' });
});

test.each<[string, string, (socket: Socket) => void]>([
  ['ends the connection', 'without an answer', (socket) => socket.end()],
  ['breaks the connection', 'ECONNRESET', (socket) => socket.resetAndDestroy()],
  ['is silent', 'within 0.3 seconds', () => {}],
  ['takes nothing', 'within 0.3 seconds', (socket) => socket.pause()],
  ['talks without end', 'not understood', (socket) => socket.write('x'.repeat(10_000))],
  ['answers half', 'without an answer', (socket) => socket.end('stream: OK')],
  ['answers nonsense', 'not understood', (socket) => socket.write('HTTP/1.1 200 OK\0')],
  ['says OK of something else', 'not understood', (socket) => socket.write('stream: OK FOUND? OK\0')],
  ['reports an error', 'not understood', (socket) => socket.write('Can not allocate memory ERROR\0')],
  ['is given too much', 'StreamMaxLength', (socket) => socket.end('INSTREAM size limit exceeded. ERROR\0')],
])('lets nothing pass when the daemon %s', async (_, reason, answer) => {
  const port = await startDaemon(answer);
  const failure = await scannerAt(port, 300)
    .scan(Buffer.alloc(5_000_000))
    .catch((error) => error);
  expect(failure).toMatchObject({ code: 'UPLOAD_SCANNER_DOWN', retryable: true });
  expect(failure.message).toContain(reason);
});

test('lets nothing pass when nobody listens', async () => {
  const port = await startDaemon(() => {});
  await closeDaemons();
  const failure = await scannerAt(port)
    .scan(eicar)
    .catch((error) => error);
  expect(failure).toMatchObject({ code: 'UPLOAD_SCANNER_DOWN' });
  expect(failure.message).toContain('cannot be reached (ECONNREFUSED)');
});

test('names the limit of a daemon that hangs up in the middle of a file', async () => {
  const daemon = await scanningDaemon({ limit: 100_000 });
  const failure = await scannerAt(daemon.port)
    .scan(Buffer.alloc(8_000_000))
    .catch((error) => error);
  expect(failure).toMatchObject({ code: 'UPLOAD_SCANNER_DOWN' });
  expect(await scannerAt(daemon.port).scan(Buffer.alloc(90_000))).toEqual({ clean: true });
});

test('the doctor says whether the scanner answers', async () => {
  const daemon = await scanningDaemon();
  const at = `the virus scanner at 127.0.0.1:${daemon.port}`;
  expect(await scannerAt(daemon.port).check()).toEqual({ level: 'ok', what: `${at} answers`, todo: '' });
  await closeDaemons();
  const finding = await scannerAt(daemon.port).check();
  expect(finding).toMatchObject({ level: 'error', what: `${at} cannot be reached (ECONNREFUSED)` });
  expect(finding.todo).toContain('CLAMD_HOST');
});

test('without an address everything passes, and one line says so', async () => {
  observed.length = 0;
  const scanner = makeScanner({ host: undefined, port: 3310, observer });
  expect(await scanner.scan(eicar)).toEqual({ clean: true });
  expect(observed).toEqual([{ kind: 'part-off', part: 'virus scanner', because: 'CLAMD_HOST is not set' }]);
  expect(await scanner.check()).toMatchObject({ level: 'ok', todo: '' });
});

test('many files at once are scanned each for itself', async () => {
  const daemon = await scanningDaemon();
  const scanner = scannerAt(daemon.port);
  const all = Array.from({ length: 20 }, (_, at) => (at % 3 === 0 ? eicar : Buffer.alloc(100_000 + at, 'x')));
  const results = await Promise.all(all.map((bytes) => scanner.scan(bytes)));
  expect(results.map((result) => result.clean)).toEqual(all.map((bytes) => bytes !== eicar));
});
