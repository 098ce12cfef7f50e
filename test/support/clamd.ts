// A virus scanner's daemon on this machine, as far as its protocol goes: INSTREAM and PING, and one signature that it knows.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

/** The harmless file that every scanner reports; put together here, so that this file is not reported itself. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);

const open = new Set<{ server: Server; sockets: Set<Socket> }>();

/** Listens on a free port and gives every connection to `answer`. */
export async function startDaemon(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    answer(socket);
  });
  open.add({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export async function closeDaemons(): Promise<void> {
  for (const { server, sockets } of open) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
  open.clear();
}

export interface ScanningDaemon {
  port: number;
  /** What it was sent, a file at a time. */
  files: { pieces: Buffer[] }[];
}

/** @param options.limit the most bytes that a file may have, as StreamMaxLength */
export async function scanningDaemon(options: { limit?: number } = {}): Promise<ScanningDaemon> {
  const files: ScanningDaemon['files'] = [];
  const port = await startDaemon((socket) => {
    let held = Buffer.alloc(0);
    let file: { pieces: Buffer[] } | null = null;
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      if (!file) {
        const zero = held.indexOf(0);
        if (zero < 0) return;
        const command = held.toString('latin1', 0, zero);
        held = held.subarray(zero + 1);
        if (command === 'zPING') return void socket.end('PONG\0');
        if (command !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0');
        file = { pieces: [] };
      }
      while (held.length >= 4) {
        const length = held.readUInt32BE(0);
        if (length === 0) {
          files.push(file);
          const infected = Buffer.concat(file.pieces).includes(eicar);
          return void socket.end(infected ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
        }
        if (held.length < 4 + length) return;
        file.pieces.push(held.subarray(4, 4 + length));
        held = held.subarray(4 + length);
        const size = file.pieces.reduce((sum, piece) => sum + piece.length, 0);
        if (size > (options.limit ?? Number.POSITIVE_INFINITY)) {
          // As clamd does it: the reply, and the connection is gone with the rest of the file unread.
          socket.write('INSTREAM size limit exceeded. ERROR\0', () => socket.destroy());
          return;
        }
      }
    });
  });
  return { port, files };
}
