// The months that were, and what the next ones may bring -> an answer that says by which method, how wrong it has been, and that it
// is an estimate; or why nothing can be foretold.

import { chartAlt } from '../../message/alt.ts';
import { formatMonth, formatNumber } from '../../message/format.ts';
import type { Block, ChartSpec, Column, Message, Value } from '../../message/message.ts';
import { forecast, leastMonths, type Point } from '../outlook/forecast.ts';
import type { Forecast } from '../query.ts';
import { filterWords, metricWords } from './words.ts';

export interface Foretold {
  text: string;
  message: Message;
  chart: ChartSpec | null;
  rows: Record<string, Value>[];
}

const shownHistory = 18;

/** @param months first and last month of the data: months in between without rows count as 0 */
export function foretell(
  query: Forecast,
  rows: Record<string, Value>[],
  months: { from: string; to: string } | null,
  small: string[],
  baseCurrency: string,
): Foretold {
  const series = seriesOf(rows, query.metric, months?.to ?? '');
  const about = filterWords(query.filters);
  const context = small.filter((line) => line !== '').map((text): Block => ({ kind: 'context', text }));
  const made = forecast(series, query.ahead);
  if (!made) {
    const text = `There are ${series.length} months of ${metricWords[query.metric]}${about}; a forecast needs at least ${leastMonths}, to know a year by and to be tried on.`;
    return { text, message: { blocks: [{ kind: 'text', text }, ...context] }, chart: null, rows: [] };
  }
  const money = query.metric === 'sales';
  const shown = (value: number) =>
    formatNumber(value, money ? { format: 'money', currency: baseCurrency, digits: 0 } : { digits: 0 });
  const told = made.points.map(
    ({ month, value, low, high }) => `${formatMonth(month)} ${shown(value)} (${shown(low)} to ${shown(high)})`,
  );
  const text = `Forecast of ${metricWords[query.metric]}${about}: ${told.join(', ')}.`;
  const format = money ? ({ format: 'money', currency: baseCurrency } as const) : ({ format: 'integer' } as const);
  const figure = (key: string, label: string): Column => ({ key, label, kind: 'number', ...format });
  const columns: Column[] = [
    { key: 'month', label: 'Month', kind: 'month' },
    figure(query.metric, money ? 'Sales' : 'Units'),
    figure('low', 'From'),
    figure('high', 'To'),
  ];
  const table = made.points.map(({ month, value, low, high }) => ({ month, [query.metric]: value, low, high }));
  const chart = chartOf(series, made.points, text.split(':')[0] ?? '', money, baseCurrency);
  const blocks: Block[] = [
    { kind: 'text', text, style: 'strong' },
    { kind: 'chart', chart, alt: chartAlt(chart), attachment: 'chart.png' },
    { kind: 'table', columns, rows: table },
    {
      kind: 'context',
      text: `An estimate, not a figure of the data: ${made.method}. Tried on the last ${made.triedOn} months it was off by ${made.errorPct === null ? 'an unknown share' : `${formatNumber(made.errorPct, { digits: 1 })} %`} on average; four of five of its errors lie in the range.`,
    },
    ...context,
  ];
  return { text, message: { blocks }, chart, rows: table };
}

/** Every month from the first with rows to the last of the data. */
function seriesOf(rows: Record<string, Value>[], metric: string, to: string): Point[] {
  const values = new Map(rows.map((row) => [String(row.month), typeof row[metric] === 'number' ? row[metric] : 0]));
  const [first] = [...values.keys()].sort();
  const series: Point[] = [];
  for (let month = first; month !== undefined && month <= to; month = after(month))
    series.push({ month, value: values.get(month) ?? 0 });
  return series;
}

function after(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

function chartOf(
  series: Point[],
  points: { month: string; value: number; low: number; high: number }[],
  title: string,
  money: boolean,
  currency: string,
): ChartSpec {
  const past = series.slice(-shownHistory);
  const last = past.at(-1)!;
  const blank = past.slice(0, -1).map(() => null);
  const ahead = (pick: (point: (typeof points)[number]) => number) => [...blank, last.value, ...points.map(pick)];
  return {
    type: 'line',
    title,
    labels: [...past, ...points].map(({ month }) => month),
    series: [
      { name: 'So far', values: [...past.map(({ value }) => value), ...points.map(() => null)] },
      { name: 'Forecast', values: ahead(({ value }) => value) },
      { name: 'At least, four times in five', values: ahead(({ low }) => low) },
      { name: 'At most', values: ahead(({ high }) => high) },
    ],
    format: money ? 'money' : 'integer',
    ...(money ? { currency } : {}),
    unit: money ? `Sales (${currency})` : 'Units',
  };
}
