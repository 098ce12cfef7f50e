// An upload beside the other files of its vendor: what the database knows of both, as figures and never as judgement.

import type pg from 'pg';
import type { History } from '#src/ports.ts';
import { beside } from './beside.ts';
import { columnsBefore, keepColumns } from './columns.ts';
import { differences } from './differences.ts';
import { sameContent } from './same-content.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeHistory({ pool, clientId }: { pool: pg.Pool; clientId: string }): History {
  return {
    differences: (uploadId) => differences(pool, uploadId),
    sameContent: (uploadId) => sameContent(pool, uploadId),
    beside: (uploadId) => beside(pool, clientId, uploadId),
    keepColumns: (uploadId, columns) => keepColumns(pool, clientId, uploadId, columns),
    columnsBefore: (uploadId) => columnsBefore(pool, uploadId),
  };
}
