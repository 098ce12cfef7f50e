// The bytes of a file -> clean, or the name of what was found, as a ClamAV daemon says (its INSTREAM command). A daemon that
// is down, slow or not understood lets nothing pass. Without an address every file passes, and the log says so once.

import { AppError } from '#src/errors.ts';
import type { Observer, Scanner } from '#src/ports.ts';
import { exchange, NoReply } from './exchange.ts';

export interface ScannerOptions {
  /** Unset: nothing is scanned. */
  host: string | undefined;
  port: number;
  timeoutMs?: number;
  observer: Pick<Observer, 'record'>;
}

const pieceSize = 65_536;

/** `scan` throws AppError `UPLOAD_SCANNER_DOWN` when nobody can say whether the file is clean. */
export function makeScanner({ host, port, timeoutMs = 10_000, observer }: ScannerOptions): Scanner {
  if (host === undefined) {
    observer.record({ kind: 'part-off', part: 'virus scanner', because: 'CLAMD_HOST is not set' });
    const what = 'files are not scanned for viruses (CLAMD_HOST is not set)';
    return { scan: async () => ({ clean: true }), check: async () => ({ level: 'ok', what, todo: '' }) };
  }
  const address = { host, port, timeoutMs };
  return {
    async scan(bytes) {
      const reply = await exchange(address, inPieces(bytes)).catch((error: unknown) => {
        throw error instanceof NoReply ? down(error.message, error) : error;
      });
      if (reply === 'stream: OK') return { clean: true };
      const found = /^stream: (.+) FOUND$/s.exec(reply)?.[1];
      if (found !== undefined) return { clean: false, found: found.replace(/[^ -~]/g, '?').slice(0, 200) };
      throw down(/size limit exceeded/i.test(reply) ? tooLarge : notUnderstood);
    },
    async check() {
      const where = `the virus scanner at ${host}:${port}`;
      const fault = await exchange(address, [command('PING')]).then(
        (reply) => (reply === 'PONG' ? null : notUnderstood),
        (error: Error) => error.message,
      );
      if (fault === null) return { level: 'ok', what: `${where} answers`, todo: '' };
      const todo = 'Start clamd there, or correct CLAMD_HOST and CLAMD_PORT. Until it answers every file is refused.';
      return { level: 'error', what: `${where} ${fault}`, todo };
    },
  };
}

const notUnderstood = 'gave an answer that is not understood';
const tooLarge = 'takes no files of this size (its StreamMaxLength must be at least MAX_UPLOAD_SIZE_MB)';

/** With `z` before it a command ends, and is answered, with a zero byte. */
function command(name: string): Uint8Array {
  return Buffer.from(`z${name}\0`);
}

/** Each piece follows its length, and a length of zero ends the file. */
function* inPieces(bytes: Uint8Array): Generator<Uint8Array> {
  yield command('INSTREAM');
  for (let at = 0; at < bytes.length; at += pieceSize) {
    const piece = bytes.subarray(at, at + pieceSize);
    yield lengthOf(piece.length);
    yield piece;
  }
  yield lengthOf(0);
}

function lengthOf(count: number): Uint8Array {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(count);
  return four;
}

function down(reason: string, cause?: unknown): AppError {
  return new AppError('UPLOAD_SCANNER_DOWN', { reason }, { cause });
}
