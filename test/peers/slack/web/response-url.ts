// POST /response/APP/SECRET: where an app answers an interaction, five times within half an hour.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Peer } from '../peer.ts';
import { respond } from '../people/respond.ts';
import type { CallEntry } from '../record/journal.ts';
import { decodeArguments, readBody } from './decode.ts';
import { SlackError } from './errors.ts';
import { type Answer, strike } from './strike.ts';

export async function takeResponse(peer: Peer, id: string, request: IncomingMessage, response: ServerResponse) {
  const type = request.headers['content-type'] ?? '';
  const args = decodeArguments(type, await readBody(request), new URLSearchParams());
  const entry: CallEntry = { method: 'response_url', args, at: Date.now(), outcome: 'ok' };
  peer.journal.calls.push(entry);
  const refused = (status: number, error: string): Answer => {
    entry.outcome = error;
    return { status, body: { ok: false, error } };
  };
  const apply = async (): Promise<Answer> => {
    const address = peer.responses.get(id);
    if (!address) return refused(404, 'invalid_url');
    if (address.due < peer.clock.now()) return refused(404, 'expired_url');
    if (address.uses === 0) return refused(404, 'used_url');
    entry.app = address.app;
    try {
      respond(peer, address, args);
      address.uses -= 1;
      return { body: 'ok' };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return refused(error.code === 'no_text' ? 400 : 404, error.code);
    }
  };
  await strike(peer, peer.faults.take('response_url', args), entry, response, apply);
  peer.journal.changed();
}
