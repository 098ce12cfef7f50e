// What a model said and what its statements returned -> an answer: its sentence where every figure in it stands in the
// results, else a sentence of ours; the last result as table and chart. Without a result it said no figures, or nothing is shown.

import { chartAlt } from '../../message/alt.ts';
import { formatValue } from '../../message/format.ts';
import type { Block, ChartSpec, Column, Message, Value } from '../../message/message.ts';
import { chartOf, describeColumns } from '../../message/rows.ts';
import { cleanLine } from '../../message/text.ts';

export interface StatementResult {
  sql: string;
  columns: string[];
  rows: Record<string, Value>[];
  truncated: boolean;
}

export interface ModelAnswer {
  kind: 'answer' | 'clarify' | 'refuse';
  text: string;
  message: Message;
  sql: string | null;
  columns: string[];
  rows: Record<string, Value>[];
  chart: ChartSpec | null;
}

const shownRows = 25;
const longestText = 1200;

/** @param trusted every figure in the text stands in the results */
export function modelAnswer(input: {
  text: string;
  trusted: boolean;
  results: StatementResult[];
  notes: string[];
  baseCurrency: string;
}): ModelAnswer {
  const { trusted, results, baseCurrency } = input;
  const said = cleanLine(input.text.replace(/\s+/g, ' ')).slice(0, longestText);
  const result = results.at(-1);
  if (!result) return withoutResult(trusted ? said : null, input.notes);
  const notes = [
    'Worked out by a language model; every figure comes from a query over your data.',
    ...(trusted ? [] : ['Its own sentence held something that no query returned, and is not shown.']),
    ...input.notes,
  ];
  return statementAnswer({ said: trusted ? said : null, result, notes, baseCurrency });
}

/** What a statement returned, as an answer. @param said a sentence in which every figure is known; null for one of ours */
export function statementAnswer(input: {
  said: string | null;
  result: StatementResult;
  notes: string[];
  baseCurrency: string;
}): ModelAnswer {
  const { said, result, notes, baseCurrency } = input;
  const { sql, rows, truncated } = result;
  const columns = describeColumns(result.columns, rows, baseCurrency);
  const text = said ?? ourSentence(columns, rows);
  const chart = chartOf(columns, rows, null, '');
  const blocks: Block[] = [{ kind: 'text', text, style: 'strong' }];
  if (chart) blocks.push({ kind: 'chart', chart, alt: chartAlt(chart), attachment: 'chart.png' });
  if (rows.length > 1)
    blocks.push({ kind: 'table', columns, rows: rows.slice(0, shownRows), more: Math.max(0, rows.length - shownRows) });
  const small = [...notes, ...(truncated ? ['There are more rows than can be shown.'] : [])];
  for (const line of small) blocks.push({ kind: 'context', text: line });
  return { kind: 'answer', text, message: { blocks }, sql, columns: result.columns, rows, chart };
}

function withoutResult(said: string | null, notes: string[]): ModelAnswer {
  const text = said ?? 'I cannot answer that from the data: no query was run for it.';
  const blocks: Block[] = [{ kind: 'text', text }, ...notes.map((note): Block => ({ kind: 'context', text: note }))];
  const kind = said?.endsWith('?') ? 'clarify' : 'refuse';
  return { kind, text, message: { blocks }, sql: null, columns: [], rows: [], chart: null };
}

/** What the result says by itself: one figure with its name, a first row, or how many rows there are. */
function ourSentence(columns: Column[], rows: Record<string, Value>[]): string {
  const [first] = rows;
  if (!first) return 'The query returned no rows: there are no such data.';
  const cell = (column: Column) => `${column.label}: ${formatValue(first[column.key], column)}`;
  if (rows.length === 1) return `${columns.map(cell).join(', ')}.`;
  return `${rows.length} rows; the first is ${columns.slice(0, 3).map(cell).join(', ')}.`;
}
