import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import * as schema from '#adapters/postgres/schema.ts';
import { testDatabase } from '#test/support/database.ts';

const database = await testDatabase();

test('the drizzle schema has the tables and columns of the migrated database, with the same types and nulls', async () => {
  const { rows } = await database.pool.query<{ table: string; column: string; type: string; nullable: boolean }>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`,
  );
  const migrated = rows.map(
    ({ table, column, type, nullable }) => `${table}.${column} ${type}${nullable ? ' null' : ''}`,
  );
  const typed = Object.values(schema)
    .filter((table) => is(table, PgTable))
    .flatMap((table) =>
      Object.values(getTableColumns(table)).map(
        (column) => `${getTableName(table)}.${column.name} ${column.getSQLType()}${column.notNull ? '' : ' null'}`,
      ),
    );
  expect(typed.sort()).toEqual(migrated.sort());
});
