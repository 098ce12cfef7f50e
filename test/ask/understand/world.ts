// Two small worlds to ask about: one of our own, and the names of the evaluation data.

import { readFileSync } from 'node:fs';
import type { Names } from '#src/ask/names.ts';
import type { Query } from '#src/ask/query.ts';
import { understand } from '#src/ask/understand/understand.ts';
import type { Understanding } from '#src/ask/understanding.ts';

export const ownNames: Names = {
  resellers: ['Alder & Sons', 'Bluebird', 'Casa Lima', 'Nordwind', 'Nordwind Online'],
  products: ["Fisher's Soap", 'Oak 100 ml', 'Oak 30 ml', 'Rose Balm', 'Rose Balm Mini'],
  brands: ['Kite & Co', 'Verdant'],
  stores: ['Hamburg', 'Porto'],
  channels: [],
  currencies: [
    { currency: 'EUR', resellers: ['Casa Lima', 'Nordwind', 'Nordwind Online'] },
    { currency: 'GBP', resellers: ['Alder & Sons'] },
    { currency: 'JPY', resellers: ['Bluebird'] },
  ],
  months: { from: '2023-01', to: '2026-01' },
};

/** Asks in the own world on 2026-02-14; earlier questions of the thread first. */
export function ask(...thread: string[]): Understanding {
  let previous: Query | null = null;
  let last: Understanding = { kind: 'unknown', text: '', suggestions: [] };
  for (const question of thread) {
    last = understand(question, { today: '2026-02-14', names: ownNames, baseCurrency: 'EUR', previous });
    if (last.kind === 'query') previous = last.query;
  }
  return last;
}

/** One line for one meaning: `sales,units by brand | reseller=A|B | 2025-01..2025-12 | top 3 per brand`. */
export function inShort(result: Understanding): string {
  if (result.kind !== 'query') return result.kind === 'refuse' ? `refuse ${result.reason}` : result.kind;
  const q = result.query;
  const range = (each: { from: string; to: string; parts?: { from: string; to: string }[] } | null): string =>
    each?.parts ? each.parts.map((part) => range(part)).join('+') : each ? `${each.from}..${each.to}` : '';
  const filters = q.filters.map((each) => `${each.dimension}${each.exclude ? '!=' : '='}${each.names.join('|')}`);
  const rest = [...filters, 'period' in q ? range(q.period) : '', q.chart ?? ''];
  const by = (list: string[]) => (list.length > 0 ? ` by ${list.join(',')}` : '');
  const rank = (each: { direction: string; n: number | null; per?: string | null } | null) =>
    each ? `${each.direction} ${each.n ?? 'all'}${each.per ? ` per ${each.per}` : ''}` : '';
  const join = (...parts: string[]) => parts.filter((part) => part !== '').join(' / ');
  switch (q.kind) {
    case 'aggregate':
      return join(
        `${q.metrics.join(',')}${by(q.by)}`,
        ...rest,
        rank(q.ranking),
        q.threshold
          ? [q.threshold, ...(q.threshold.also ? [q.threshold.also] : [])]
              .map((each) => `${each.compare} ${each.value}`)
              .join(' and ')
          : '',
        q.running ? 'running' : '',
        q.moving ? `moving ${q.moving}` : '',
        q.perMonth ? 'per month' : '',
      );
    case 'growth':
      return join(
        `growth of ${q.metric}${by(q.by)}`,
        ...rest,
        `${range(q.current)} against ${range(q.previous)}`,
        rank(q.ranking),
      );
    case 'share':
      return join(`share of ${q.metric}${q.by ? by([q.by]) : ''}`, q.of ? `of ${q.of.names.join('|')}` : '', ...rest);
    case 'list':
    case 'unsold':
      return join(`${q.kind} ${q.dimension}`, ...rest);
    case 'first_or_last':
      return join(q.which, ...rest);
    case 'why':
      return join(`why ${q.metric}`, `${range(q.current)} against ${range(q.previous)}`);
    case 'about':
      return `about ${q.what}`;
    default:
      return join(q.kind, ...rest);
  }
}

/** The names in the evaluation data. */
export function evalNames(): Names {
  const lines = readFileSync('test/fixtures/eval/sales.csv', 'utf8').trim().split(/\r?\n/).slice(1);
  const rows = lines.map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((cell) =>
      (cell[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'),
    ),
  );
  const column = (at: number) => [...new Set(rows.map((row) => row[at] ?? ''))].filter(Boolean).sort();
  return {
    resellers: column(0),
    stores: column(1),
    products: column(3),
    brands: column(4),
    channels: [],
    currencies: column(10).map((currency) => ({
      currency,
      resellers: [...new Set(rows.filter((row) => row[10] === currency).map((row) => row[0] ?? ''))],
    })),
    months: { from: '2023-04', to: '2025-09' },
  };
}
