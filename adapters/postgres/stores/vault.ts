// Bytes -> bytes that only this deployment can read: AES-256-GCM under a key derived from ENCRYPTION_KEY, bound to the place
// where they are stored, so that one client's file cannot be moved under another's name.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

export interface Vault {
  /** `place` names where the result is kept; opening needs the same one. */
  seal(plain: Uint8Array, place: string): Buffer;
  /** Throws when the bytes were changed, belong to another place, or were sealed with another key. */
  open(sealed: Buffer, place: string): Uint8Array;
}

/** @param encryptionKey 32 bytes */
export function makeVault(encryptionKey: Buffer): Vault {
  const key = Buffer.from(hkdfSync('sha256', encryptionKey, Buffer.alloc(0), 'taskifai stored files v1', 32));
  return {
    seal(plain, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      return Buffer.concat([Buffer.from([version]), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, place) {
      if (sealed[0] !== version) throw new Error(`stored file of an unknown version ${sealed[0]}`);
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
      return Buffer.concat([
        decipher.update(sealed.subarray(1 + nonceBytes, sealed.length - tagBytes)),
        decipher.final(),
      ]);
    },
  };
}
