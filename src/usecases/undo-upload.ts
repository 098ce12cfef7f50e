// Takes an upload's figures back out, or says why that person may not. What the upload had replaced comes back.

import { AppError } from '../errors.ts';
import type { Ports, Principal, ScopeOutcome, UploadRecord } from '../ports.ts';

/** The months whose figures changed. Throws UPLOAD_NOT_FOUND, UPLOAD_NOT_YOURS, UPLOAD_IN_WORK or UPLOAD_NOT_UNDOABLE. */
export async function undoUpload(
  ports: Pick<Ports, 'uploads' | 'batches' | 'audit'>,
  uploadId: string,
  by: Principal,
): Promise<{ upload: UploadRecord; scopes: ScopeOutcome[] }> {
  const upload = await findOwn(ports, uploadId, by);
  // What is being worked on would come back in force right after.
  if (upload.status === 'processing') {
    throw new AppError('UPLOAD_IN_WORK', { file: upload.fileName });
  }
  const scopes = await ports.batches.undo(upload.id, by);
  if (scopes.length === 0) throw new AppError('UPLOAD_NOT_UNDOABLE', { id: uploadId });
  await ports.audit.security({ principal: by, kind: 'upload-undone', details: { uploadId: upload.id } });
  return { upload, scopes };
}

/** An upload that this person may change: their own, or any for an administrator. */
export async function findOwn(ports: Pick<Ports, 'uploads'>, uploadId: string, by: Principal): Promise<UploadRecord> {
  const upload = isUuid(uploadId) ? await ports.uploads.find(uploadId) : null;
  if (!upload) throw new AppError('UPLOAD_NOT_FOUND', { id: uploadId });
  if (by.role !== 'admin' && upload.userId !== by.userId) throw new AppError('UPLOAD_NOT_YOURS');
  return upload;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
