// A failure of the database -> a sentence fit for chat. The database's own words hold values, names and sometimes other
// people's data: only those about the text of the query itself pass, everything else is replaced.

import { AppError } from '#src/errors.ts';

/** Stopped on this side, before or while the server answered. */
export class Stopped extends Error {
  readonly limit: string;
  constructor(limit: string) {
    super(limit);
    this.name = 'Stopped';
    this.limit = limit;
  }
}

/** The SQLSTATE for the audit; `client` where the failure was on this side. */
export function stateOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : 'client';
}

/** `reference` finds the query in the log. */
export function failureOf(error: unknown, reference: string): AppError {
  if (error instanceof AppError) return error;
  const failed = (code: 'ASK_BAD_QUERY' | 'ASK_TOO_MUCH', params: Record<string, string>) =>
    new AppError(code, params, { cause: error });
  if (error instanceof Stopped) return failed('ASK_TOO_MUCH', { limit: error.limit });
  const state = stateOf(error);
  // Denied and missing get the same sentence, so that existence does not show.
  if (state === '42501' || state === '42P01') {
    return failed('ASK_BAD_QUERY', { reason: 'a table or column that it names is not available' });
  }
  if (aboutTheText.has(state)) return failed('ASK_BAD_QUERY', { reason: (error as Error).message });
  if (state.startsWith('22')) {
    return failed('ASK_BAD_QUERY', { reason: `a value could not be read or computed as asked (${state})` });
  }
  if (state === '0A000' || state.startsWith('42') || state === '25006' || state === '21000') {
    return failed('ASK_BAD_QUERY', { reason: `it is not a query that can be run here (${state})` });
  }
  const limit = limits[state] ?? (state.startsWith('54') ? 'it is too complex' : undefined);
  if (limit !== undefined) return failed('ASK_TOO_MUCH', { limit });
  return new AppError('ASK_FAILED', { reference }, { cause: error });
}

/** Their messages quote only the query. */
const aboutTheText = new Set(['42601', '42703', '42803', '42883', '42804', '42P10', '42702']);

const limits: Record<string, string> = {
  '57014': 'it took longer than 8 seconds',
  '25P04': 'it took longer than 20 seconds',
  '55P03': 'it waited too long for other work',
  '53400': 'it needs more than 128 MB of scratch space',
  '53200': 'it needs more memory than there is',
};
