// One command to the scanner over a connection of its own -> its one reply, up to the zero byte that ends it. Throws
// `NoReply` with the rest of the sentence "the virus scanner ..." when there is none.

import { connect } from 'node:net';

export interface Address {
  host: string;
  port: number;
  /** For connecting, sending and answering together. */
  timeoutMs: number;
}

/** `message` completes the sentence "the virus scanner ...". */
export class NoReply extends Error {}

/** No reply of the protocol is longer. */
const longestReply = 4_096;

/** Sends the pieces one after the other, no faster than they are taken. */
export function exchange(address: Address, pieces: Iterable<Uint8Array>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port });
    let connected = false;
    let reply = '';
    const timer = setTimeout(
      () => end(() => reject(new NoReply(`did not answer within ${address.timeoutMs / 1_000} seconds`))),
      address.timeoutMs,
    );
    function end(how: () => void): void {
      clearTimeout(timer);
      socket.destroy();
      how();
    }
    const waiting = pieces[Symbol.iterator]();
    function send(): void {
      for (let next = waiting.next(); !next.done; next = waiting.next()) {
        if (!socket.write(next.value)) {
          socket.once('drain', send);
          return;
        }
      }
    }
    socket.setEncoding('latin1');
    socket.once('connect', () => {
      connected = true;
      send();
    });
    socket.on('data', (text: string) => {
      reply += text;
      const zero = reply.indexOf('\0');
      if (zero >= 0) end(() => resolve(reply.slice(0, zero)));
      else if (reply.length > longestReply) end(() => reject(new NoReply('gave an answer that is not understood')));
    });
    socket.once('end', () => end(() => reject(new NoReply('ended the connection without an answer'))));
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = `${connected ? 'broke the connection' : 'cannot be reached'} (${cause.code ?? cause.name})`;
      end(() => reject(new NoReply(reason, { cause })));
    });
  });
}
