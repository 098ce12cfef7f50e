// A course of changes, month on month (or by quarter, or by year) -> SQL. The step before the period is read too, so that its
// first one has something to be compared with.

import type { Aggregate, Dimension, MonthRange } from '../query.ts';
import { groups } from './groups.ts';
import { isTime, literal, monthNumber, monthText } from './selection.ts';

const months: Partial<Record<Dimension, number>> = { month: 1, quarter: 3, year: 12 };

export function changeSql({ metrics, by, filters, period }: Aggregate): string {
  const [metric = 'sales'] = metrics;
  const step = by.find(isTime) ?? 'month';
  const apart = by.filter((dimension) => dimension !== step);
  const wider = period && { ...period, from: monthText(monthNumber(period.from) - (months[step] ?? 1)) };
  const inner = groups({ by: [...apart, step], metrics: [metric], filters, period: wider });
  const partition = apart.length === 0 ? '' : `PARTITION BY ${apart.map((each) => `g.${each}`).join(', ')} `;
  const before = `lag(g.${metric}) OVER (${partition}ORDER BY g.${step})`;
  const digits = metric === 'avg_price' ? 4 : 2;
  const columns = [...apart, step].map((each) => `g.${each}`).join(', ');
  const course = `SELECT ${columns}, round(g.${metric}, ${digits}) AS ${metric}, round((g.${metric} - ${before}) / nullif(abs(${before}), 0) * 100, 4) AS growth_pct FROM g`;
  const from = period === null ? '' : ` WHERE c.${step} >= ${startOf(step, period)}`;
  return `${inner} SELECT c.* FROM (${course}) c${from} ORDER BY ${[step, ...apart].map((each) => `c.${each}`).join(', ')}`;
}

function startOf(step: Dimension, { from }: MonthRange): string {
  if (step === 'year') return from.slice(0, 4);
  return literal(step === 'quarter' ? `${from.slice(0, 4)}-Q${Math.ceil(Number(from.slice(5)) / 3)}` : from);
}
