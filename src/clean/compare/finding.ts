// What comparing a file with the others of its vendor may say: the rules by name, and the words that they share.

import { formatDate, formatMonth, formatNumber } from '../../message/format.ts';
import type { Issue, Severity } from '../types.ts';
import { squash } from '../values/text.ts';

/** Stable: programs match on them, and a receipt shows them under a heading of their own. */
export const findingRules = [
  'same-content',
  'heading-new',
  'heading-missing',
  'heading-renamed',
  'products-new',
  'products-gone',
  'price-unusual',
  'prices-shifted',
  'prices-other-currency',
  'returns-unusual',
  'total-unusual',
  'currency-new',
] as const;

export type FindingRule = (typeof findingRules)[number];

export function isFinding({ rule }: Pick<Issue, 'rule'>): boolean {
  return (findingRules as readonly string[]).includes(rule);
}

/** Something about a file as a whole; it never names a row. */
export function finding(severity: Severity, rule: FindingRule, hint: string): Issue {
  return { severity, rule, sheet: null, row: null, column: null, value: null, hint };
}

/** Names in files may be whole paragraphs; so much of one is enough to know it by. */
export function shortName(name: string): string {
  const text = squash(name);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** At most five names, and how many more there are: `A, B and 3 more`. */
export function someOf(names: string[]): string {
  const most = 5;
  const shown = names.slice(0, most).map(shortName);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${formatNumber(more)} more` : shown.join(', ');
}

/** The middle value; of an even number the mean of the middle two. NaN of nothing. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** `PLN 1,234.50` */
export function money(value: number, currency: string): string {
  return formatNumber(value, { format: 'money', currency });
}

/** `Mar 2025`, or `the week to 30 Mar 2025`. */
export function reportName(at: string, weekly: boolean): string {
  return weekly ? `the week to ${formatDate(at)}` : formatMonth(at);
}
