// An upload's rows, its held-back rows, its repaired cells; and taking it back.

import type { Ports, Principal } from '../ports.ts';
import { findOwn, undoUpload } from '../usecases/undo-upload.ts';
import { fixDocument, quarantinedDocument, rowDocument } from './documents.ts';
import type { Reply } from './ingest.ts';

/** Yields one document a row. Throws AppError when there is no such upload for this person. */
export async function* rows(
  ports: Pick<Ports, 'uploads' | 'batches'>,
  uploadId: string,
  by: Principal,
  which: 'stored' | 'quarantined',
): AsyncGenerator<unknown> {
  const upload = await findOwn(ports, uploadId, by);
  if (which === 'quarantined') {
    for (const row of await ports.batches.quarantined(upload.id)) yield quarantinedDocument(row);
    return;
  }
  for await (const row of ports.batches.rows(upload.id)) yield rowDocument(row);
}

/** Yields one document a repaired cell. */
export async function* fixes(
  ports: Pick<Ports, 'uploads' | 'batches'>,
  uploadId: string,
  by: Principal,
): AsyncGenerator<unknown> {
  const upload = await findOwn(ports, uploadId, by);
  for await (const fix of ports.batches.fixes(upload.id)) yield fixDocument(fix);
}

export async function undo(
  ports: Pick<Ports, 'uploads' | 'batches' | 'audit'>,
  uploadId: string,
  by: Principal,
): Promise<Reply> {
  const { upload, scopes } = await undoUpload(ports, uploadId, by);
  const restored = scopes.filter((scope) => scope.state === 'loaded').length;
  const gone = scopes.length - restored;
  const sentence = `${upload.fileName} is undone: ${gone} ${gone === 1 ? 'month' : 'months'} taken out${restored > 0 ? `, ${restored} put back as before` : ''}.`;
  return {
    document: { uploadId: upload.id, status: 'undone', scopes },
    message: { blocks: [{ kind: 'text', text: sentence }] },
    failed: false,
  };
}
