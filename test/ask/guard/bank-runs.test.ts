import { describe, expect, it } from 'vitest';
import { guard } from '#src/ask/guard/guard.ts';
import { relations } from '#src/ask/guard/relations.ts';
import { testDatabase } from '#test/support/database.ts';
import { asSuperuser, principal } from '#test/support/two-clients.ts';
import { legitimate } from './legitimate.ts';

const database = await testDatabase();

describe('the bank of honest questions on a real Postgres, as the analyst', () => {
  it('runs to the end, each of them', async () => {
    const failed: string[] = [];
    for (const sql of legitimate) {
      const verdict = await guard(sql);
      if (!verdict.ok) throw new Error(`${verdict.refusal.rule}: ${sql}`);
      try {
        await database.analyst.run(verdict.statement, principal(database, 'ana', 'client'));
      } catch (error) {
        failed.push(`${(error as Error).message} ${String((error as Error).cause ?? '')}: ${sql}`);
      }
    }
    expect(failed).toEqual([]);
  });

  it('may read every column that the guard lets a question name', async () => {
    await asSuperuser(database, async (client) => {
      const { rows } = await client.query<{ name: string; columns: string[] }>(
        `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = 'app'::regnamespace AND has_column_privilege($1, c.oid, a.attnum, 'SELECT')
         GROUP BY c.relname`,
        [new URL(database.target.analystUrl).username],
      );
      for (const [name, columns] of relations) {
        expect(rows.find((row) => row.name === name)?.columns).toEqual(expect.arrayContaining([...columns]));
      }
    });
  });
});
