// An upload beside the other files of its vendor: what the database knows of both, as figures and never as judgement.

import type pg from 'pg';
import type { History } from '#src/ports.ts';
import { differences } from './differences.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeHistory({ pool }: { pool: pg.Pool; clientId: string }): History {
  return {
    differences: (uploadId) => differences(pool, uploadId),
  };
}
