// A question, its rows and its evidence -> what a person reads: a sentence, a table, a chart as data, the small print. It says
// only figures that the rows hold, and never a bare zero where there are no data.

import { chartAlt } from '../message/alt.ts';
import { formatNumber } from '../message/format.ts';
import type { Block, ChartSpec, Column, Message, Value } from '../message/message.ts';
import { chartOf, describeColumns } from '../message/rows.ts';
import { evidenceWords } from './answer/evidence-words.ts';
import { foretell } from './answer/foretell.ts';
import { sentence } from './answer/sentence.ts';
import { filterWords, listWords, metricWords, monthWords, periodOf, periodWords } from './answer/words.ts';
import type { Evidence } from './evidence.ts';
import type { Names } from './names.ts';
import type { Aggregate, Query } from './query.ts';

export interface AnswerInput {
  query: Query;
  columns: string[];
  rows: Record<string, Value>[];
  /** More rows existed than were read. */
  truncated: boolean;
  evidence: Evidence | null;
  /** What was corrected or assumed. */
  notes: string[];
  names: Names;
  /** ISO 4217. */
  baseCurrency: string;
}

export interface Answered {
  text: string;
  message: Message;
  chart: ChartSpec | null;
  /** Those with a figure; empty when there are no data. */
  rows: Record<string, Value>[];
  empty: boolean;
}

const shownRows = 25;
/** Kinds of which no picture says more than the words. */
const inWords = new Set<Query['kind']>(['about', 'list', 'why', 'unusual', 'missing_reports']);

export function answer(input: AnswerInput): Answered {
  const { query, baseCurrency, truncated, notes, evidence } = input;
  if (query.kind === 'forecast') {
    const small = [...notes, evidence ? evidenceWords(evidence) : ''];
    const told = foretell(query, input.rows, input.names.months, small, baseCurrency);
    return { ...told, empty: told.rows.length === 0 };
  }
  const figures =
    query.kind === 'aggregate'
      ? query.metrics[0] === 'units'
        ? []
        : ['running', 'moving_average']
      : 'metric' in query && query.metric !== 'units'
        ? ['current', 'previous', 'change', 'usual']
        : [];
  const columns = describeColumns(input.columns, input.rows, baseCurrency, figures);
  const rows = input.rows.filter((row) => holdsSomething(row, columns));
  if (rows.length === 0 || (isOutside(input) && rows.every((row) => isZero(row, columns)))) return nothing(input);
  const text = sentence({ query, columns, rows, baseCurrency, truncated });
  const drawn = !inWords.has(query.kind) && query.chart !== 'table';
  const chart = drawn ? chartOf(columns, rows, query.chart === 'table' ? null : query.chart, titleOf(query)) : null;
  const blocks: Block[] = [{ kind: 'text', text, style: 'strong' }];
  if (chart) blocks.push({ kind: 'chart', chart, alt: chartAlt(chart), attachment: 'chart.png' });
  if (rows.length > 1)
    blocks.push({ kind: 'table', columns, rows: rows.slice(0, shownRows), more: Math.max(0, rows.length - shownRows) });
  const small = [
    ...notes,
    ...(truncated ? ['There are more rows than can be shown.'] : []),
    evidence ? evidenceWords(evidence) : '',
  ];
  for (const line of small) if (line !== '') blocks.push({ kind: 'context', text: line });
  return { text, message: { blocks }, chart, rows, empty: false };
}

/** What is missing, and what there is instead. */
function nothing({ query, names, notes }: AnswerInput): Answered {
  const about = `${filterWords(query.filters)}${periodWords(periodOf(query))}`;
  const what = query.kind === 'aggregate' ? metricWords[query.metrics[0] ?? 'sales'] : 'data';
  const range =
    names.months === null
      ? 'There are no data yet: drop a workbook first.'
      : `The data run from ${monthWords(names.months.from)} to ${monthWords(names.months.to)}.`;
  const text =
    (isOutside({ query, names }) ? null : nothingFound(query, about)) ?? `There are no ${what}${about}. ${range}`;
  const blocks: Block[] = [{ kind: 'text', text }, ...notes.map((note): Block => ({ kind: 'context', text: note }))];
  return { text, message: { blocks }, chart: null, rows: [], empty: true };
}

/** Questions to which "none" is the answer. */
function nothingFound(query: Query, about: string): string | null {
  if (query.kind === 'unsold') return `Every ${query.dimension} had sales${about}.`;
  if (query.kind === 'arrivals')
    return query.which === 'new'
      ? `No ${query.dimension}${filterWords(query.filters)} sold for the first time${periodWords(query.period)}.`
      : `No ${query.dimension}${filterWords(query.filters)} with sales before had none${periodWords(query.period)}.`;
  if (query.kind === 'unusual')
    return `Nothing stands out${about}: no month of a reseller is far from what is usual for it.`;
  if (query.kind === 'missing_reports') return `No report is missing${about}.`;
  if (query.kind === 'silent_months') return `There is no month without sales${about}.`;
  if (query.kind === 'aggregate' && query.threshold)
    return `None has ${metricWords[query.metrics[0] ?? 'sales']} ${boundsWords(query.threshold)}${about}.`;
  return null;
}

function boundsWords({ compare, value, also }: NonNullable<Aggregate['threshold']>): string {
  const one = `${compare.replace('_', ' ')} ${formatNumber(value)}`;
  return also ? `${boundsWords(also)} and ${one}` : one;
}

/** Whether the question is about months of which there are no data at all: a zero there would be a claim. */
function isOutside({ query, names }: Pick<AnswerInput, 'query' | 'names'>): boolean {
  const period = periodOf(query);
  return period !== null && (names.months === null || period.to < names.months.from || period.from > names.months.to);
}

function isZero(row: Record<string, Value>, columns: Column[]): boolean {
  return columns.every((column) => column.kind !== 'number' || row[column.key] === 0 || row[column.key] === null);
}

function holdsSomething(row: Record<string, Value>, columns: Column[]): boolean {
  const numbers = columns.filter((column) => column.kind === 'number');
  if (numbers.length === 0) return columns.some((column) => row[column.key] !== null && row[column.key] !== undefined);
  return numbers.some((column) => row[column.key] !== null && row[column.key] !== undefined);
}

function courseWords({ running, moving, change }: Aggregate): string {
  if (running) return 'running total of ';
  if (moving) return `moving average over ${moving} months of `;
  return change ? 'change in ' : '';
}

function titleOf(query: Query): string {
  const about = `${filterWords(query.filters)}${periodWords(periodOf(query))}`;
  const name = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  switch (query.kind) {
    case 'aggregate': {
      // Courses show two figures, anything else the first.
      const isCourse = query.by.length === 1 && ['month', 'quarter', 'year'].includes(query.by[0] ?? '');
      const drawn = isCourse ? query.metrics.slice(0, 2) : query.metrics.slice(0, 1);
      return name(
        `${courseWords(query)}${listWords(drawn.map((metric) => metricWords[metric]))}${query.by.length > 0 ? ` by ${query.by.join(' and ')}` : ''}${about}`,
      );
    }
    case 'growth':
      return `Change in ${metricWords[query.metric]}${filterWords(query.filters)}, ${query.current.label} against ${query.previous.label}`;
    case 'share':
      return `Share ${query.of ? `of ${listWords(query.of.names)} ` : ''}of ${metricWords[query.metric]}${about}`;
    default:
      return name(query.kind.replaceAll('_', ' ')) + about;
  }
}

/** Asks back, with the readings to choose from. */
export function clarifyMessage(text: string, options: { label: string; question: string }[]): Message {
  return withChoices(text, options);
}

export function refuseMessage(text: string): Message {
  return { blocks: [{ kind: 'text', text }] };
}

/** Says what was not understood, with questions that can be answered. */
export function unknownMessage(text: string, suggestions: string[]): Message {
  return withChoices(
    text,
    suggestions.map((question) => ({ label: question, question })),
  );
}

function withChoices(text: string, options: { label: string; question: string }[]): Message {
  const actions = options.map(({ label, question }, index) => ({ id: `ask-${index}`, label, value: question }));
  return { blocks: [{ kind: 'text', text }, ...(actions.length > 0 ? [{ kind: 'actions' as const, actions }] : [])] };
}
