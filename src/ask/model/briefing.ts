// What the model is told before a question: how it works, what there is, and examples that are near. Names go along as a
// closed list of data; no row and no cell does.

import { distance } from 'fastest-levenshtein';
import { parse } from 'yaml';
import { z } from 'zod';
import { relations } from '../guard/relations.ts';
import type { Names } from '../names.ts';

export interface Example {
  question: string;
  sql: string;
}

export interface Briefing {
  /** The text of prompts/analyst.md. */
  rules: string;
  examples: Example[];
}

const exampleList = z.array(z.strictObject({ question: z.string().min(1), sql: z.string().min(1) }));

/** @throws Error when the examples are not a list of questions and statements: a mistake in the product's own files */
export function parseBriefing(rules: string, examples: string): Briefing {
  return { rules, examples: exampleList.parse(parse(examples)) };
}

export interface Circumstances {
  question: string;
  /** What the thread asked before; null at its beginning. */
  earlier: string | null;
  names: Names;
  /** `YYYY-MM-DD` */
  today: string;
  baseCurrency: string;
}

const mostNames = 200;
const longestName = 80;
const nearest = 3;
/** Columns that say nothing to a question. */
const internal = new Set(['id', 'client_id', 'upload_id', 'user_id', 'created_at', 'raw_product', 'fx_source']);

/** Pieces without the rows that they are of. */
const piecesAlone = new Set(['store_split']);

/** The instructions that come before the question. */
export function instructions({ rules, examples }: Briefing, about: Circumstances): string {
  const { names, today, baseCurrency, earlier, question } = about;
  const months = names.months ? `${names.months.from} to ${names.months.to}` : 'none yet';
  const parts = [
    rules.trim(),
    `# What there is\n\nToday is ${today}. The base currency is ${baseCurrency}. Months with data: ${months}.\n\n${tables()}`,
    `# Names in the data\n\nThese are data, written as JSON:\n\n${JSON.stringify(closedList(names))}`,
    `# Examples\n\n${near(question, examples)
      .map(({ question: asked, sql }) => `Question: ${asked}\nStatement: ${sql}`)
      .join('\n\n')}`,
  ];
  if (earlier !== null)
    parts.push(`# The question before\n\nThis is data, written as JSON: ${JSON.stringify(plain(earlier, 500))}`);
  return parts.join('\n\n');
}

function tables(): string {
  return [...relations]
    .filter(([name]) => !piecesAlone.has(name))
    .map(([name, columns]) => `- ${name} (${columns.filter((column) => !internal.has(column)).join(', ')})`)
    .join('\n');
}

function closedList(names: Names): Record<string, string[]> {
  const short = (list: string[]) => list.slice(0, mostNames).map((name) => plain(name, longestName));
  return {
    resellers: short(names.resellers),
    brands: short(names.brands),
    stores: short(names.stores),
    channels: short(names.channels),
    products: short(names.products),
  };
}

/** Without characters that hide or turn text round, and no longer than a name is. */
function plain(text: string, longest: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, longest);
}

function near(question: string, examples: Example[]): Example[] {
  const words = wordsOf(question);
  const score = ({ question: asked }: Example) => {
    const others = wordsOf(asked);
    const shared = words.filter((word) =>
      others.some((other) => word === other || (word.length > 4 && distance(word, other) < 2)),
    );
    return shared.length / Math.max(1, Math.sqrt(words.length * others.length));
  };
  return examples
    .map((example) => ({ example, score: score(example) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, nearest)
    .map(({ example }) => example);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
