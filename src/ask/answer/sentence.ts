// A question and its rows -> one or two sentences with the figures. No figure that the rows do not hold.

import { formatDate, formatMoney, formatNumber, formatPercent, formatValue } from '../../message/format.ts';
import type { Column, Value } from '../../message/message.ts';
import { cleanLine } from '../../message/text.ts';
import type { Aggregate, Growth, Query, Share } from '../query.ts';
import { missing, unusual } from './closer.ts';
import { explain } from './explain.ts';
import { filterWords, listWords, metricWords, monthWords, periodWords } from './words.ts';

type Row = Record<string, Value>;

export interface Told {
  query: Query;
  columns: Column[];
  rows: Row[];
  baseCurrency: string;
  /** More rows existed than were read. */
  truncated: boolean;
}

/** At least one row. */
export function sentence(told: Told): string {
  const { query, rows } = told;
  switch (query.kind) {
    case 'aggregate':
      return query.by.length === 0 ? total(told, query) : groups(told, query);
    case 'growth':
      return growth(told, query);
    case 'share':
      return share(told, query);
    case 'list':
      return `${count(told, query.dimension)}: ${listWords(
        rows.map((row) => String(row[query.dimension])),
        12,
      )}.`;
    case 'first_or_last':
      return `The ${query.which} month with sales${filterWords(query.filters)} is ${monthWords(String(rows[0]?.month))}.`;
    case 'unsold':
      return `${count(told, query.dimension)} had no sales${periodWords(query.period)}${filterWords(query.filters)}: ${listWords(
        rows.map((row) => String(row[query.dimension])),
        8,
      )}.`;
    case 'arrivals': {
      const names = listWords(
        rows.map((row) => String(row[query.dimension])),
        8,
      );
      const about = filterWords(query.filters);
      return query.which === 'new'
        ? `${count(told, query.dimension)}${about} sold for the first time${periodWords(query.period)}: ${names}.`
        : `${count(told, query.dimension)}${about} had sales before, and none${periodWords(query.period)}: ${names}.`;
    }
    case 'silent_months':
      return `${rows.length} ${rows.length === 1 ? 'month' : 'months'} without sales${filterWords(query.filters)}: ${listWords(
        rows.map((row) => monthWords(String(row.month))),
        8,
      )}.`;
    case 'unusual':
      return unusual(query, rows, told.baseCurrency);
    case 'missing_reports':
      return missing(rows);
    case 'why':
      return explain(query, rows, told.baseCurrency);
    case 'forecast':
      // Says itself what it is (foretell.ts).
      return '';
    case 'about':
      return query.what === 'uploads' ? uploads(rows) : data(rows[0] ?? {});
  }
}

/** Several rows when the total is in several currencies: they have no sum. */
function total({ columns, rows }: Told, query: Aggregate): string {
  const about = `${filterWords(query.filters)}${periodWords(query.period)}`;
  const figures = columns.filter((column) => column.kind === 'number');
  const show = (row: Row, column: Column) =>
    column.key === 'sales_local' && typeof row.currency === 'string'
      ? formatMoney(number(row[column.key]), row.currency)
      : formatValue(row[column.key], column);
  return figures
    .map((column) => `${column.label}${about}: ${rows.map((row) => show(row, column)).join(', ')}.`)
    .join(' ');
}

const named = 3;
const ordinals = ['Second: ', 'Third: ', 'Fourth: ', 'Fifth: '];

function groups(answered: Told, query: Aggregate): string {
  const { columns, rows } = answered;
  const metric = query.metrics[0] ?? 'sales';
  const told = query.change ? 'growth_pct' : query.moving ? 'moving_average' : null;
  const figure = columns.find((column) => (told ? column.key === told : column.kind === 'number'));
  const by = listWords(query.by.map(String));
  const about = `${filterWords(query.filters)}${periodWords(query.period)}`;
  const what = query.running
    ? `Running total of ${metricWords[metric]}`
    : query.moving
      ? `Average over ${query.moving} months of ${metricWords[metric]}`
      : query.change
        ? `Change in ${metricWords[metric]}`
        : query.perMonth
          ? `Average ${metricWords[metric]} a month`
          : capital(metricWords[metric]);
  const rank = ordinals[(query.ranking?.nth ?? 1) - 2] ?? '';
  const head = `${what} by ${by}${about}`;
  const single = rows.length === 1 ? rows[0] : undefined;
  if (figure && single)
    return `${rank}${capital(place(answered, single))}: ${formatValue(single[figure.key], figure)}${about ? ` (${metricWords[metric]}${about})` : ''}.`;
  const isTime = query.by.some((dimension) => dimension === 'month' || dimension === 'quarter' || dimension === 'year');
  if (figure && isTime && query.by.length === 1) return `${head}: ${course(answered, figure, query.running)}.`;
  if (!figure || isTime || query.ranking?.per) return `${head}: ${rows.length} rows.`;
  const first = rows.slice(0, named).map((row) => `${place(answered, row)} ${formatValue(row[figure.key], figure)}`);
  const direction = query.ranking?.direction === 'bottom' ? 'lowest first' : query.ranking ? 'highest first' : null;
  const more = rows.length > named ? `, and ${rows.length - named} more` : '';
  return `${head}${direction ? `, ${direction}` : ''}: ${first.join(', ')}${more}.`;
}

/** A course of time by its ends; a running total by where it arrives. */
function course(told: Told, figure: Column, running: boolean): string {
  const points = told.rows.filter((row) => typeof row[figure.key] === 'number');
  const last = points.at(-1) ?? {};
  if (running) {
    const total = told.columns.find((column) => column.key === 'running') ?? figure;
    return `${formatValue(last[total.key], total)} by ${place(told, last)}`;
  }
  const by = [...points].sort((a, b) => Number(b[figure.key]) - Number(a[figure.key]));
  const [highest = {}] = by;
  const lowest = by.at(-1) ?? {};
  const end = (row: Row) => `${place(told, row)} (${formatValue(row[figure.key], figure)})`;
  return `highest in ${end(highest)}, lowest in ${end(lowest)}`;
}

function growth(told: Told, query: Growth): string {
  const { rows, baseCurrency } = told;
  const about = filterWords(query.filters);
  const between = `${query.current.label} against ${query.previous.label}`;
  if (query.by.length > 0) {
    const first = rows
      .slice(0, named)
      .map((row) => `${place(told, row)} ${formatPercent(number(row.growth_pct), { signed: true, digits: 1 })}`);
    return `Change in ${metricWords[query.metric]}${about}, ${between}: ${first.join(', ')}${rows.length > named ? `, and ${rows.length - named} more` : ''}.`;
  }
  const [row = {}] = rows;
  const show = (value: Value | undefined) =>
    query.metric === 'units'
      ? formatNumber(number(value), { format: 'integer' })
      : formatMoney(number(value), baseCurrency);
  const change = number(row.growth_pct);
  if (change === null) {
    return `${capital(metricWords[query.metric])}${about}: ${show(row.current)} in ${query.current.label}, ${show(row.previous)} in ${query.previous.label}; there is no percentage for that.`;
  }
  const verb = change < 0 ? 'fell' : change > 0 ? 'rose' : 'stayed the same';
  const size = change === 0 ? '' : ` by ${formatPercent(Math.abs(change), { digits: 1 })}`;
  return `${capital(metricWords[query.metric])}${about} ${verb}${size}, ${between}: from ${show(row.previous)} to ${show(row.current)}.`;
}

function share(told: Told, query: Share): string {
  const { rows, columns } = told;
  const figure = columns.find((column) => column.key === query.metric);
  const of = `of ${metricWords[query.metric]}${filterWords(query.filters)}${periodWords(query.period)}`;
  if (query.of && query.by === null) {
    const [row = {}] = rows;
    const amount = figure ? ` (${formatValue(row[figure.key], figure)})` : '';
    return `The share of ${listWords(query.of.names)} ${of} is ${formatPercent(number(row.share_pct), { digits: 1 })}${amount}.`;
  }
  const first = rows
    .slice(0, named)
    .map((row) => `${place(told, row)} ${formatPercent(number(row.share_pct), { digits: 1 })}`);
  const head = query.of ? `Share of ${listWords(query.of.names)} ${of} by ${query.by}` : `Shares ${of}`;
  return `${head}: ${first.join(', ')}${rows.length > named ? `, and ${rows.length - named} more` : ''}.`;
}

function uploads(rows: Row[]): string {
  const [last] = rows;
  const day = typeof last?.uploaded === 'string' ? `, of ${formatDate(last.uploaded)}` : '';
  return `${rows.length} ${rows.length === 1 ? 'upload' : 'uploads'}; the latest is ${cleanLine(String(last?.file_name))}${day}.`;
}

function data(row: Row): string {
  const count = (key: string, word: string) => `${formatNumber(number(row[key]), { format: 'integer' })} ${word}`;
  const parts = [count('resellers', 'resellers'), count('products', 'products'), count('records', 'records')];
  return `The data hold ${listWords(parts)}, from ${monthWords(String(row.first_month))} to ${monthWords(String(row.last_month))}.`;
}

/** The dimensions of a row in words. */
function place({ columns }: Told, row: Row): string {
  return columns
    .filter((column) => column.kind !== 'number' && column.key !== 'currency')
    .map((column) =>
      row[column.key] === null || row[column.key] === undefined ? 'unknown' : formatValue(row[column.key], column),
    )
    .join(', ');
}

function number(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 brand`, `12 products`, `more than 500 products` where not all were read. */
function count({ rows, truncated }: Told, word: string): string {
  return `${truncated ? 'More than ' : ''}${formatNumber(rows.length)} ${rows.length === 1 ? word : `${word}s`}`;
}
