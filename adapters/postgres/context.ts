// A principal -> the signed token that tells the database who asks. It is bound to one backend and one transaction, so
// SQL that reads it can neither forge another nor use it elsewhere. The key never reaches the database as such.

import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Principal } from '#src/ports.ts';

/** The key that signs; derived from ENCRYPTION_KEY. */
export function contextKey(encryptionKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', encryptionKey, Buffer.alloc(0), 'taskifai sql context v1', 32));
}

/** The two padded halves of an HMAC key: with them plain sha256() verifies in SQL, and no extension is needed. */
export function paddedKeys(key: Buffer): { ikey: Buffer; okey: Buffer } {
  const pad = (byte: number) => {
    const padded = Buffer.alloc(64);
    key.copy(padded);
    return padded.map((each) => each ^ byte);
  };
  return { ikey: Buffer.from(pad(0x36)), okey: Buffer.from(pad(0x5c)) };
}

/** Names a key without telling it; the number under which the database keeps it. */
export function keyId(key: Buffer): number {
  return createHash('sha256').update('taskifai key id').update(key).digest().readUIntBE(0, 3) % 1_000_000;
}

export interface Signer {
  /** `pid` and `startedMicros` (transaction start, microseconds since 1970) as the server reported them. */
  sign(
    principal: Pick<Principal, 'clientId' | 'userId' | 'mode' | 'spaceId'>,
    pid: string,
    startedMicros: string,
  ): string;
}

export function makeSigner(encryptionKey: Buffer): Signer {
  const key = contextKey(encryptionKey);
  const kid = String(keyId(key));
  return {
    sign(principal, pid, startedMicros) {
      const fields = ['v1', kid, principal.clientId, principal.userId, principal.mode, principal.spaceId || '-'];
      const mac = createHmac('sha256', key)
        .update([...fields, pid, startedMicros].join('|'))
        .digest('hex');
      return [...fields, mac].join('.');
    },
  };
}
