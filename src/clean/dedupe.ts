// Clean rows into rows without copies, where the vendor definition says that an exact repeat can only be a copy.
// Everywhere else every line is a sale: nothing is ever merged there, and repeats are only mentioned.

import { fileIssue } from './rows/issue-list.ts';
import type { CleanRow, Issue } from './types.ts';

export function dedupe(
  rows: CleanRow[],
  policy: 'keep' | 'merge',
): { rows: CleanRow[]; merged: number; issues: Issue[] } {
  const seen = new Set<string>();
  const kept: CleanRow[] = [];
  let repeats = 0;
  for (const row of rows) {
    const key = `${row.productEan}\t${row.functionalName}\t${row.rawProduct}\t${row.salesDate}\t${row.quantity}\t${row.amountLocal}\t${row.currency}\t${row.reseller}\t${row.store}\t${row.channel}`;
    if (seen.has(key)) {
      repeats += 1;
      if (policy === 'merge') continue;
    } else {
      seen.add(key);
    }
    if (policy === 'merge') kept.push(row);
  }
  if (repeats === 0) return { rows, merged: 0, issues: [] };
  if (policy === 'merge') {
    const hint = `${repeats} rows repeat another row exactly and were counted once.`;
    return { rows: kept, merged: repeats, issues: [fileIssue('info', 'exact-repeats', hint)] };
  }
  const hint = `${repeats} rows are equal to another row. Each line of this report is a sale of its own, so all are kept.`;
  return { rows, merged: 0, issues: [fileIssue('info', 'exact-repeats', hint)] };
}
