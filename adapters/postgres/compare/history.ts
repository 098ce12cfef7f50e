// An upload beside the other files of its vendor: what the database knows of both, as figures and never as judgement. Other
// uploads count only where everybody who reads the receipt may see them.

import type { History } from '#src/ports.ts';
import { beside, type Surroundings } from './beside.ts';
import { columnsBefore, keepColumns } from './columns.ts';
import { differences } from './differences.ts';
import { sameContent } from './same-content.ts';

export function makeHistory(surroundings: Surroundings): History {
  const { pool, clientId } = surroundings;
  return {
    differences: (uploadId) => differences(surroundings, uploadId),
    sameContent: (uploadId) => sameContent(surroundings, uploadId),
    beside: (uploadId) => beside(surroundings, uploadId),
    keepColumns: (uploadId, columns) => keepColumns(pool, clientId, uploadId, columns),
    columnsBefore: (uploadId) => columnsBefore(surroundings, uploadId),
  };
}
