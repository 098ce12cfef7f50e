// A file -> an upload with its encrypted original, its steps and its receipt. Names are kept as a clean base name: no path, no
// control characters, nothing that turns text around.

import { createHash, randomUUID } from 'node:crypto';
import { and, desc, eq, notInArray } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { UploadRecord, Uploads } from '#src/ports.ts';
import { processingLogs, spaceUploads, uploadFiles, uploads } from '../schema.ts';
import type { Vault } from './vault.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeUploads({ pool, clientId, vault }: { pool: pg.Pool; clientId: string; vault: Vault }): Uploads {
  const db = drizzle(pool);
  return {
    async open({ name, bytes, principal }) {
      const fileName = baseName(name);
      const hash = createHash('sha256').update(bytes).digest('hex');
      const space = { spaceId: principal.spaceId, clientId };
      const [known] = await db
        .select()
        .from(uploads)
        .where(
          and(
            eq(uploads.clientId, clientId),
            eq(uploads.hash, hash),
            eq(uploads.fileName, fileName),
            notInArray(uploads.status, ['failed', 'refused', 'undone']),
          ),
        )
        .orderBy(desc(uploads.createdAt))
        .limit(1);
      if (known) {
        // The file was shared here too, so its rows may be seen here too.
        await db
          .insert(spaceUploads)
          .values({ ...space, uploadId: known.id })
          .onConflictDoNothing();
        return { upload: record(known), existing: true };
      }
      const id = randomUUID();
      const sealed = vault.seal(bytes, place(clientId, id));
      const made = await db.transaction(async (tx) => {
        const values = {
          id,
          clientId,
          userId: principal.userId,
          spaceId: principal.spaceId,
          fileName,
          hash,
          size: bytes.byteLength,
        };
        const [row] = await tx.insert(uploads).values(values).returning();
        await tx.insert(uploadFiles).values({ uploadId: id, clientId, encrypted: sealed });
        await tx.insert(spaceUploads).values({ ...space, uploadId: id });
        return row;
      });
      if (!made) throw new Error('the upload was not stored');
      return { upload: record(made), existing: false };
    },
    async find(uploadId) {
      const [row] = await db.select().from(uploads).where(eq(uploads.id, uploadId));
      return row ? record(row) : null;
    },
    async bytes(uploadId) {
      const [row] = await db.select().from(uploadFiles).where(eq(uploadFiles.uploadId, uploadId));
      if (!row) throw new Error(`upload ${uploadId} has no stored file`);
      return vault.open(row.encrypted, place(clientId, uploadId));
    },
    async log(uploadId, { step, status, details }) {
      await db.insert(processingLogs).values({ clientId, uploadId, step, status, details });
      if (status === 'started' && step === 'read') {
        await db
          .update(uploads)
          .set({ status: 'processing' })
          .where(and(eq(uploads.id, uploadId), eq(uploads.status, 'pending')));
      }
    },
    async settle(uploadId, receipt) {
      const open = receipt.status === 'pending' || receipt.status === 'processing';
      await db
        .update(uploads)
        .set({
          status: receipt.status,
          vendor: receipt.vendor,
          rowsProcessed: receipt.rows.read,
          rowsCleaned: receipt.rows.loaded,
          processingTimeMs: Math.round(receipt.ms),
          errorCode: receipt.error?.code ?? null,
          error: receipt.error?.message ?? null,
          receipt: open ? null : receipt,
          completedAt: open ? null : new Date(),
        })
        .where(eq(uploads.id, uploadId));
    },
  };
}

function record(row: typeof uploads.$inferSelect): UploadRecord {
  const { id, fileName, size, hash, status, vendor, userId, spaceId, createdAt, receipt } = row;
  return { id, fileName, size, hash, status, vendor, userId, spaceId: spaceId ?? '', receivedAt: createdAt, receipt };
}

function place(clientId: string, uploadId: string): string {
  return `${clientId}/${uploadId}`;
}

const longestName = 255;

/** What is left of a name that a stranger chose: its last part, on one line, in one direction. */
export function baseName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '').trim();
  if (clean === '' || clean === '.' || clean === '..') return 'unnamed.xlsx';
  if (clean.length <= longestName) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, longestName - ending.length).replace(/[\ud800-\udbff]$/, '') + ending;
}
