// File bytes in and out: POST /upload/FILE (multipart or raw) and GET /files-pri/TEAM-FILE/… (a bearer token, else a login page).

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Peer } from '../peer.ts';
import type { CallEntry } from '../record/journal.ts';
import { maySee } from '../world/files.ts';
import type { StoredFile } from '../world/types.ts';
import { decodeMultipart, readBody } from './decode.ts';
import { type Answer, strike } from './strike.ts';

export async function takeUpload(peer: Peer, id: string, request: IncomingMessage, response: ServerResponse) {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const parts = type.startsWith('multipart/form-data') ? decodeMultipart(type, body) : [];
  const bytes = parts.find((each) => each.filename !== undefined)?.bytes ?? parts[0]?.bytes ?? body;
  const entry: CallEntry = { method: 'upload', args: { file: id, size: bytes.length }, at: Date.now(), outcome: 'ok' };
  peer.journal.calls.push(entry);
  const apply = async (): Promise<Answer> => {
    const file = peer.world.files.get(id);
    if (!file || file.complete) {
      entry.outcome = 'not found';
      return { status: 404, body: 'Not found' };
    }
    file.bytes = bytes;
    return { body: `OK - ${bytes.length}` };
  };
  await strike(peer, peer.faults.take('upload', entry.args), entry, response, apply);
  peer.journal.changed();
}

/** @param path as after `/files-pri/`: `T1-F1/name.csv` or `T1-F1/download/name.csv`. */
export async function giveFile(peer: Peer, path: string, request: IncomingMessage, response: ServerResponse) {
  const id = /^\w+-(\w+)\//.exec(path)?.[1] ?? '';
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const entry: CallEntry = { method: 'files-pri', args: { file: id }, at: Date.now(), outcome: 'ok' };
  peer.journal.calls.push(entry);
  const apply = async (): Promise<Answer> => {
    const file = peer.world.files.get(id);
    if (!file || !readableWith(peer, token, file)) {
      entry.outcome = 'login page';
      const location = `${peer.base()}/?redir=${encodeURIComponent(`/files-pri/${path}`)}&signin=1`;
      return { status: 302, body: '', headers: { location } };
    }
    if (file.deleted) {
      entry.outcome = 'not found';
      return { status: 404, body: 'Not found' };
    }
    const download = path.includes('/download/') ? { 'content-disposition': 'attachment' } : {};
    return { body: file.bytes, headers: { 'content-type': file.mimetype, ...download } };
  };
  await strike(peer, peer.faults.take('files-pri', entry.args), entry, response, apply);
  peer.journal.changed();
}

function readableWith(peer: Peer, token: string | undefined, file: StoredFile): boolean {
  const install = peer.world.installs.find((each) => each.botToken === token && each.state === 'active');
  return install?.scopes.has('files:read') === true && maySee(peer.world, install, file);
}
