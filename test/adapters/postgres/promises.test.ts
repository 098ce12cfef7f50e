// What the guard lets a question name and what the read-only login may read are the same, on a real database.

import { expect, test } from 'vitest';
import { relations } from '#src/ask/guard/relations.ts';
import { testDatabase, unguarded } from '../../support/database.ts';
import { asSuperuser, principal } from '../../support/two-clients.ts';

const database = await testDatabase();

test.each([...relations])('the analyst reads %s, every column the guard knows', async (table, columns) => {
  const sql = `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM app."${table}"`;
  expect((await database.analyst.run(unguarded(sql), principal(database, 'ana', 'client'))).columns).toEqual(columns);
});

test('the analyst reads four tables and nothing of an upload that is not a person’s business', async () => {
  const readable = await asSuperuser(database, async (client) => {
    const { rows } = await client.query(
      `SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
         AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_column_privilege($1, c.oid, a.attnum, 'SELECT')
       GROUP BY 1 ORDER BY 1`,
      [database.target.roles.analyst],
    );
    return rows as { table: string; columns: string[] }[];
  });
  expect(readable.map(({ table }) => table)).toEqual([
    'products',
    'sales_by_store',
    'sales_coverage',
    'sales_data',
    'sales_names',
    'store_split',
    'stores',
    'uploads',
  ]);
  const uploads = readable.find(({ table }) => table === 'uploads')?.columns ?? [];
  expect(uploads).not.toEqual(expect.arrayContaining(['hash']));
  expect(uploads.filter((column) => /hash|error|receipt|space|size/.test(column))).toEqual([]);
});
