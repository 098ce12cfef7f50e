// Questions about rows that have just come, of which the database has no statistics yet: it would expect a handful, compare
// each with each and sort instead of hashing, which takes a hundred times as long for a large file.

import type pg from 'pg';
import { transaction } from '../stores/transaction.ts';

/** One transaction on the product's login, whose statements join and group by hash. */
export function byHash<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return transaction(pool, async (client) => {
    await client.query('SET LOCAL enable_nestloop = off');
    await client.query('SET LOCAL enable_sort = off');
    return work(client);
  });
}
