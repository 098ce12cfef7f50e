// Questions about rows that have just come, of which the database has no statistics yet: it would expect a handful, compare
// each with each and sort instead of hashing, which takes a hundred times as long for a large file.

import type pg from 'pg';
import { transaction } from '../stores/transaction.ts';

/** One look at the database on the product's login: its statements see the same rows, and join and group by hash. */
export function byHash<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return transaction(pool, async (client) => {
    // Another file may come into force meanwhile: the figures of a receipt must not be of two moments.
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await client.query('SET LOCAL enable_nestloop = off');
    await client.query('SET LOCAL enable_sort = off');
    return work(client);
  });
}
