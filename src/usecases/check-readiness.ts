// Whether the product can serve: database, queue, guard, and a login for questions that can only read.

import { guard } from '../ask/guard/guard.ts';
import { AppError } from '../errors.ts';

export interface Readiness {
  name: string;
  ok: boolean;
  /** Fit for an operator; never the database's own words. */
  message: string;
}

export interface Probes {
  /** Throw when they do not answer. */
  database: () => Promise<unknown>;
  queue: () => Promise<unknown>;
  /** Whether the login for questions has only the rights it should. */
  questionsAreSafe: () => Promise<boolean>;
}

export function checkReadiness(probes: Probes): Promise<Readiness[]> {
  return Promise.all([
    probe('database', 'answers', probes.database),
    probe('queue', 'answers', probes.queue),
    probe('guard', 'refuses what it must', async () => {
      if ((await guard('SELECT (1::float8).pg_sleep')).ok) throw new AppError('ASK_UNSAFE_DATABASE');
    }),
    probe('questions', 'run under a login that can only read', async () => {
      if (!(await probes.questionsAreSafe())) throw new AppError('ASK_UNSAFE_DATABASE');
    }),
  ]);
}

async function probe(name: string, good: string, work: () => Promise<unknown>): Promise<Readiness> {
  try {
    await work();
    return { name, ok: true, message: good };
  } catch (error) {
    return { name, ok: false, message: error instanceof AppError ? error.message : 'does not answer' };
  }
}
