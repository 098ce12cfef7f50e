// Observations -> structured log lines on standard error (standard output belongs to answers). Ids and counts only;
// an unexpected error is logged with its stack under a reference that a person can quote.

import { randomBytes } from 'node:crypto';
import { type Logger, pino } from 'pino';
import type { Observation } from '#src/observation.ts';
import type { Observer } from '#src/ports.ts';

export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** An observer that writes JSON lines to standard error. */
export function makeLog(level: Level): Observer {
  const logger = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  return {
    record: (observation) => write(logger, observation),
    failure(where, error) {
      const reference = randomBytes(4).toString('hex');
      logger.error({ reference, where, err: withoutParameters(error) }, 'unexpected error');
      return reference;
    },
  };
}

function write(logger: Logger, observation: Observation): void {
  const { kind, ...details } = observation;
  if (kind === 'job-dead' || kind === 'warning') logger.warn(details, kind);
  else if (kind === 'upload-step' || kind === 'upload-progress') logger.debug(details, kind);
  else logger.info(details, kind);
}

/** Database drivers hang values and statements on their errors; the log keeps name, message, code and stack. */
function withoutParameters(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    name: error.name,
    message: code?.match(/^2[23]/) ? `database error ${code}` : error.message,
    code,
    stack: code?.match(/^2[23]/) ? undefined : error.stack,
  };
}
