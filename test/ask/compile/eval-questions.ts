// Typed questions for the questions of the evaluation data: what a perfect reader would make of their words. Data only.

import type { Aggregate, Filter, Growth, NameDimension, Query } from '#src/ask/query.ts';
import { range, year } from './ask-eval.ts';

const common = { filters: [], period: null, chart: null };

export function total(more: Partial<Aggregate> = {}): Aggregate {
  return {
    ...common,
    kind: 'aggregate',
    metrics: ['sales'],
    by: [],
    ranking: null,
    threshold: null,
    running: false,
    perMonth: false,
    ...more,
  };
}

export function growth(more: Partial<Growth> = {}): Growth {
  return {
    kind: 'growth',
    filters: [],
    chart: null,
    metric: 'sales',
    by: [],
    ranking: null,
    current: range('2025-09'),
    previous: range('2025-08'),
    ...more,
  };
}

export const only = (dimension: NameDimension, ...names: string[]): Filter => ({ dimension, names, exclude: false });
export const without = (dimension: NameDimension, ...names: string[]): Filter => ({ dimension, names, exclude: true });
const top = (n: number | null): Aggregate['ranking'] => ({ direction: 'top', n, per: null });
const q3 = range('2025-07', '2025-09');
const september = range('2025-09');

/** [question, its meaning, whether the order of the rows is part of the answer] */
export const evalQuestions: [id: string, query: Query, ordered?: boolean][] = [
  ['dev-C001', total()],
  ['dev-C002', total({ period: year(2024) })],
  ['dev-C003', total({ period: range('2025-08') })],
  ['dev-C004', total({ period: september })],
  ['dev-C005', total({ metrics: ['units'], period: q3 })],
  ['dev-C006', total({ period: year(2025) })],
  ['dev-C007', total({ metrics: ['units'], period: range('2024-11') })],
  ['dev-C008', total({ period: q3 })],
  ['dev-C009', total({ by: ['reseller'], period: year(2025) })],
  ['dev-C010', total({ by: ['reseller'], period: year(2024), ranking: top(4) }), true],
  ['dev-C011', total({ by: ['reseller'], period: year(2025), ranking: top(1) }), true],
  ['dev-C012', total({ filters: [only('reseller', 'Harrow House')], period: range('2025-07') })],
  ['dev-C013', total({ metrics: ['units'], filters: [only('reseller', 'Nordlys')], period: year(2024) })],
  ['dev-C014', total({ by: ['product'], period: year(2024), ranking: top(null) }), true],
  ['dev-C015', total({ metrics: ['units'], by: ['product'], period: september, ranking: top(3) }), true],
  [
    'dev-C016',
    total({
      metrics: ['units'],
      by: ['product'],
      filters: [only('reseller', 'Maison Velours')],
      period: year(2024),
      ranking: { direction: 'bottom', n: 3, per: null },
    }),
    true,
  ],
  ['dev-C017', total({ filters: [only('product', 'Clay Mask')], period: year(2024) })],
  ['dev-C018', total({ metrics: ['units'], filters: [only('product', "Shepherd's Balm")], period: year(2025) })],
  ['dev-C019', total({ by: ['brand'], period: year(2024) })],
  ['dev-C020', total({ by: ['month'], filters: [only('brand', 'Hush')], period: year(2024) }), true],
  ['dev-C021', total({ by: ['month'], period: year(2025) }), true],
  ['dev-C022', total({ metrics: ['units'], by: ['quarter'], period: year(2024) }), true],
  ['dev-C023', growth()],
  ['dev-C024', total({ by: ['brand'], filters: [only('brand', 'Lumen', 'Hush')], period: year(2024) })],
  [
    'dev-C025',
    { ...common, kind: 'share', metric: 'sales', of: only('reseller', 'Kioku'), by: null, period: year(2025) },
  ],
  ['dev-C026', total({ metrics: ['avg_price'], period: year(2024) })],
  ['dev-C027', { ...common, kind: 'list', dimension: 'brand' }],
  ['dev-C028', total({ by: ['month'], period: year(2024), ranking: top(1) }), true],
  ['dev-H004', total({ by: ['quarter'], period: range('2025-01', '2025-06') })],
  [
    'dev-H005',
    total({
      by: ['reseller'],
      filters: [only('reseller', 'Prairie North', 'Prairie West')],
      period: range('2025-08'),
    }),
  ],
  [
    'dev-H006',
    total({
      filters: [only('brand', 'Terra & Co'), only('reseller', 'Harrow House')],
      period: range('2025-02', '2025-05'),
    }),
  ],
  ['dev-H007', total({ by: ['reseller'], filters: [without('reseller', 'Kioku')], period: year(2024) })],
  ['dev-H008', total({ metrics: ['units'], by: ['reseller', 'month'], period: q3 })],
  [
    'dev-H009',
    total({
      metrics: ['units'],
      by: ['product'],
      period: year(2024),
      threshold: { compare: 'above', value: 2400 },
    }),
    true,
  ],
  ['dev-H010', total({ by: ['reseller'], period: september, threshold: { compare: 'below', value: 14_000 } })],
  ['dev-H011', { ...common, kind: 'first_or_last', which: 'first', filters: [only('product', 'Night Serum')] }],
  ['dev-H012', { ...common, kind: 'unsold', dimension: 'product', period: range('2025-04', '2025-09') }],
  ['dev-H013', { ...common, kind: 'silent_months', filters: [only('reseller', 'Casa Fiora')] }],
  [
    'dev-H014',
    total({ by: ['brand', 'product'], period: year(2025), ranking: { direction: 'top', n: 1, per: 'brand' } }),
  ],
  ['dev-H015', total({ by: ['month'], period: year(2025), running: true }), true],
  ['dev-H016', total({ metrics: ['sales_local'], filters: [only('reseller', 'Kioku')], period: year(2024) })],
  [
    'dev-L004',
    growth({
      filters: [without('reseller', 'Prairie West')],
      current: q3,
      previous: range('2024-07', '2024-09'),
    }),
  ],
  ['dev-G007', total({ period: year(2018) })],
];
