// Rows -> CSV that Excel opens as it is meant: UTF-8 with its mark, and no text that begins like a formula is one.

import type { Value } from './message.ts';

/** Numbers stay numbers; a text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets an apostrophe before it. */
export function csvOf(columns: string[], rows: Record<string, Value>[]): string {
  const lines = [columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column] ?? null)))];
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
