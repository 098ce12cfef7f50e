// A file -> an upload with its encrypted original, its steps and its receipt.

import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { UploadRecord, Uploads } from '#src/ports.ts';
import type { uploads } from '../schema.ts';
import { storedFile, storeFile } from './stored-file.ts';
import { transaction } from './transaction.ts';
import type { Vault } from './vault.ts';

type UploadRow = typeof uploads.$inferSelect;

const columns = `id, client_id AS "clientId", user_id AS "userId", space_id AS "spaceId", file_name AS "fileName", hash, size::float8 AS size,
  status, vendor, receipt, created_at AS "createdAt"`;

/** @param pool the product's login, pinned to `clientId` */
export function makeUploads({ pool, clientId, vault }: { pool: pg.Pool; clientId: string; vault: Vault }): Uploads {
  return {
    async open({ name: fileName, bytes, principal }) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const shareHere =
        'INSERT INTO app.space_uploads (space_id, upload_id, client_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
      const known = await pool.query<UploadRow>(
        `SELECT ${columns} FROM app.uploads
         WHERE client_id = $1 AND hash = $2 AND file_name = $3 AND status NOT IN ('failed', 'refused', 'undone')
         ORDER BY created_at DESC LIMIT 1`,
        [clientId, hash, fileName],
      );
      if (known.rows[0]) {
        // The file was shared here too, so its rows may be seen here too.
        await pool.query(shareHere, [principal.spaceId, known.rows[0].id, clientId]);
        return { upload: record(known.rows[0]), existing: true };
      }
      const id = randomUUID();
      const made = await transaction(pool, async (client) => {
        const { rows } = await client.query<UploadRow>(
          `INSERT INTO app.uploads (id, client_id, user_id, space_id, file_name, hash, size) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
          [id, clientId, principal.userId, principal.spaceId, fileName, hash, bytes.byteLength],
        );
        await storeFile(client, vault, clientId, id, bytes);
        await client.query(shareHere, [principal.spaceId, id, clientId]);
        return rows[0];
      });
      if (!made) throw new Error('the upload was not stored');
      return { upload: record(made), existing: false };
    },
    async find(uploadId) {
      const { rows } = await pool.query<UploadRow>(`SELECT ${columns} FROM app.uploads WHERE id = $1`, [uploadId]);
      return rows[0] ? record(rows[0]) : null;
    },
    async bytes(uploadId) {
      return storedFile(pool, vault, clientId, uploadId);
    },
    async log(uploadId, { step, status, details }) {
      await pool.query(
        'INSERT INTO app.processing_logs (client_id, upload_id, step, status, details) VALUES ($1, $2, $3, $4, $5)',
        [clientId, uploadId, step, status, JSON.stringify(details)],
      );
      if (status === 'started' && step === 'read') {
        await pool.query("UPDATE app.uploads SET status = 'processing' WHERE id = $1 AND status = 'pending'", [
          uploadId,
        ]);
      }
    },
    async settle(uploadId, receipt) {
      const open = receipt.status === 'pending' || receipt.status === 'processing';
      await pool.query(
        `UPDATE app.uploads SET status = $2, vendor = $3, rows_processed = $4, rows_cleaned = $5, processing_time_ms = $6, error_code = $7,
           error = $8, receipt = $9, completed_at = CASE WHEN $10 THEN NULL ELSE clock_timestamp() END
         WHERE id = $1`,
        [
          uploadId,
          receipt.status,
          receipt.vendor,
          receipt.rows.read,
          receipt.rows.loaded,
          Math.round(receipt.ms),
          receipt.error?.code ?? null,
          receipt.error?.message ?? null,
          open ? null : JSON.stringify(receipt).replaceAll('\\u0000', ''),
          open,
        ],
      );
    },
  };
}

function record(row: UploadRow): UploadRecord {
  const { id, fileName, size, hash, status, vendor, userId, spaceId, createdAt, receipt } = row;
  return { id, fileName, size, hash, status, vendor, userId, spaceId: spaceId ?? '', receivedAt: createdAt, receipt };
}
