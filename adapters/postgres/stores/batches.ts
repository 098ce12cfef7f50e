// A clean batch -> rows in force, in one transaction: all of it or nothing. A month that is loaded already is compared, left
// alone when equal, and replaced only when a person said so; what was replaced stays and comes back with an undo.

import type pg from 'pg';
import QueryStream from 'pg-query-stream';
import type { Fix, QuarantinedRow } from '#src/clean/types.ts';
import type { Batch, Batches, StoredRow } from '#src/ports.ts';
