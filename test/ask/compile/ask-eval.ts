// The evaluation data in a database of its own, and typed questions asked of it as a person would.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll } from 'vitest';
import { loadDataset } from '#adapters/postgres/stores/dataset.ts';
import { compile } from '#src/ask/compile/compile.ts';
import { guard } from '#src/ask/guard/guard.ts';
import type { MonthRange, Query } from '#src/ask/query.ts';
import type { ResultSet } from '#src/ports.ts';
import type { TestDatabase } from '../../support/database.ts';
import { people, plantTwoClients, principal, spaces } from '../../support/two-clients.ts';

export const evalFolder = fileURLToPath(new URL('../../fixtures/eval', import.meta.url));
export const months = { from: '2023-04', to: '2025-09' };

/** Rows of the evaluation data are ana's; no other row is. */
export function withEvalData(database: TestDatabase): (sql: string) => Promise<ResultSet> {
  beforeAll(async () => {
    await plantTwoClients(database);
    await loadDataset(database, database.clientId, evalFolder, { userId: people.ana, spaceId: spaces.board });
    await database.pool.query("DELETE FROM app.sales_data WHERE reseller = 'Ana shop'");
  });
  return async (sql) => {
    const verdict = await guard(sql);
    if (!verdict.ok) throw new Error(`${verdict.refusal.rule}: ${verdict.refusal.help}\n${sql}`);
    return database.analyst.run(verdict.statement, principal(database, 'ana', 'own'));
  };
}

export function sqlOf(query: Query): string {
  return compile(query, { baseCurrency: 'EUR', months });
}

export function range(from: string, to: string = from): MonthRange {
  return { from, to, label: `${from} to ${to}` };
}

export function year(number: number): MonthRange {
  return range(`${number}-01`, `${number}-12`);
}

interface Gold {
  cols: { name: string; type: string }[];
  rows: (string | number | null)[][];
}

const gold = JSON.parse(readFileSync(`${evalFolder}/gold_results.json`, 'utf8')) as { results: Record<string, Gold[]> };

/** The right answer of a question, first reading. */
export function goldOf(id: string): Gold {
  const [first] = gold.results[id] ?? [];
  if (!first) throw new Error(`there is no right answer of ${id}`);
  return first;
}
