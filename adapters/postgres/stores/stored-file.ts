// The bytes of an upload -> encrypted parts in the database, and back. Refuses a file of which a part is missing, was changed, or
// belongs to another upload.

import type pg from 'pg';
import type { Vault } from './vault.ts';

/** Where a part of a file is kept. The number of parts is in it, so that none can go missing unnoticed. */
function place(clientId: string, uploadId: string, part: number, parts: number): string {
  return `${clientId}/${uploadId}/${part}/${parts}`;
}

/** Bytes travel to and from the database as text, at several times their size: so a file goes in parts. */
const partBytes = 1_000_000;

export async function storeFile(
  client: pg.PoolClient,
  vault: Vault,
  clientId: string,
  uploadId: string,
  bytes: Uint8Array,
): Promise<void> {
  const parts = Math.max(1, Math.ceil(bytes.length / partBytes));
  for (let part = 0; part < parts; part += 1) {
    const plain = bytes.subarray(part * partBytes, (part + 1) * partBytes);
    await client.query('INSERT INTO app.upload_files (upload_id, client_id, part, encrypted) VALUES ($1, $2, $3, $4)', [
      uploadId,
      clientId,
      part,
      vault.seal(plain, place(clientId, uploadId, part, parts)),
    ]);
  }
}

export async function storedFile(pool: pg.Pool, vault: Vault, clientId: string, uploadId: string): Promise<Uint8Array> {
  const { rows } = await pool.query<{ size: number; parts: number }>(
    `SELECT u.size::int AS size, count(f.part)::int AS parts
     FROM app.uploads u JOIN app.upload_files f ON f.upload_id = u.id WHERE u.id = $1 GROUP BY u.size`,
    [uploadId],
  );
  if (!rows[0]) throw new Error(`upload ${uploadId} has no stored file`);
  const { size, parts } = rows[0];
  const whole = Buffer.allocUnsafe(size);
  for (let part = 0; part < parts; part += 1) {
    const stored = await pool.query<{ encrypted: Buffer }>(
      'SELECT encrypted FROM app.upload_files WHERE upload_id = $1 AND part = $2',
      [uploadId, part],
    );
    if (!stored.rows[0]) throw new Error(`upload ${uploadId} lacks a part of its stored file`);
    whole.set(vault.open(stored.rows[0].encrypted, place(clientId, uploadId, part, parts)), part * partBytes);
  }
  return whole;
}
