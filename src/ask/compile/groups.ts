// Dimensions and metrics -> `WITH g AS (...)`: one row a group with unrounded figures, always with its `net_units`.

import type { Dimension, Filter, Metric, MonthRange } from '../query.ts';
import { expressionOf, positions, where } from './selection.ts';

export interface Grouping {
  by: Dimension[];
  metrics: Metric[];
  filters: Filter[];
  period: MonthRange | null;
}

type Count = 'products' | 'resellers' | 'stores' | 'brands';
const counted: Record<Count, string> = {
  products: 'functional_name',
  resellers: 'reseller',
  stores: 'store',
  brands: 'brand',
};

const isCount = (metric: Metric): metric is Count => metric in counted;

/** An average price leaves out units whose amount is not known, or it would be too low. */
const priced = 'sum(quantity) FILTER (WHERE sales_amount_base IS NOT NULL)';

/** Returns are negative quantities. */
const cameBack = '-sum(quantity) FILTER (WHERE quantity < 0)';

const direct: Record<Exclude<Metric, Count>, string> = {
  sales: 'sum(sales_amount_base)',
  sales_local: 'sum(sales_amount_local)',
  units: 'sum(quantity)',
  avg_price: `sum(sales_amount_base) / nullif(${priced}, 0)`,
  records: 'count(*)',
  returns: `coalesce(${cameBack}, 0)`,
};

const ofParts: Record<Exclude<Metric, Count>, string> = {
  sales: 'sum(p.base_amount)',
  sales_local: 'sum(p.local_amount)',
  units: 'sum(p.units)',
  avg_price: 'sum(p.base_amount) / nullif(sum(p.priced_units), 0)',
  records: 'coalesce(sum(p.records), 0)',
  returns: 'coalesce(sum(p.returned), 0)',
};

export function groups({ by, metrics, filters, period }: Grouping): string {
  const wanted = [...new Set(metrics)];
  const keys: { name: string; sql: string }[] = by.map((name) => ({ name, sql: expressionOf(name) }));
  if (wanted.includes('sales_local')) keys.push({ name: 'currency', sql: 'currency' });
  const named = keys.map(({ name, sql }) => (name === sql ? sql : `${sql} AS ${name}`));
  const groupBy = keys.length === 0 ? '' : ` GROUP BY ${positions(keys.length)}`;
  const from = `FROM sales_data${where(filters, period)}`;
  const counts = wanted.filter(isCount);

  if (counts.length === 0) {
    const figures = wanted.map((metric) => `${direct[metric as Exclude<Metric, Count>]} AS ${metric}`);
    return `WITH g AS (SELECT ${[...named, ...figures, 'sum(quantity) AS net_units'].join(', ')} ${from}${groupBy})`;
  }

  // What counts is decided by all units of a name in a group, so names are added up before they are counted.
  const names = counts.map((count) => `${counted[count]} AS one_of_${count}`);
  const sums = [
    'sum(quantity) AS units',
    'sum(sales_amount_base) AS base_amount',
    'sum(sales_amount_local) AS local_amount',
    `${priced} AS priced_units`,
    'count(*) AS records',
    `${cameBack} AS returned`,
  ];
  const parts = `SELECT ${[...named, ...names, ...sums].join(', ')} ${from} GROUP BY ${positions(keys.length + names.length)}`;
  const own = keys.map(({ name }) => `s.${name}`);
  const totals = counts.map(
    (count) => `sum(s.units) OVER (PARTITION BY ${[...own, `s.one_of_${count}`].join(', ')}) AS of_${count}`,
  );
  const figures = wanted.map((metric) =>
    isCount(metric)
      ? `count(DISTINCT p.one_of_${metric}) FILTER (WHERE p.of_${metric} > 0) AS ${metric}`
      : `${ofParts[metric]} AS ${metric}`,
  );
  const outer = [...keys.map(({ name }) => `p.${name}`), ...figures, 'sum(p.units) AS net_units'].join(', ');
  return `WITH s AS (${parts}), p AS (SELECT s.*, ${totals.join(', ')} FROM s), g AS (SELECT ${outer} FROM p${groupBy})`;
}
