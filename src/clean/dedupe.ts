// Finds rows that repeat an earlier one exactly. They are left out only where the vendor definition says that a repeat can
// only be a copy; everywhere else every line is a sale, all are kept, and repeats are only mentioned.

import { fileIssue } from './rows/issue-list.ts';
import type { CleanRow, Issue } from './types.ts';

export interface Repeats {
  /** Whether the row is a copy that must not be loaded. */
  isCopy(row: CleanRow): boolean;
  merged(): number;
  issues(): Issue[];
}

export function findRepeats(policy: 'keep' | 'merge'): Repeats {
  // Where a row could be left out, the whole text decides. A mere mention makes do with 53 bits of it: a set of texts would
  // grow with the file.
  const seen = new Set<string | number>();
  let repeats = 0;
  return {
    isCopy(row) {
      const text = keyOf(row);
      const key = policy === 'merge' ? text : hash53(text);
      if (!seen.has(key)) {
        seen.add(key);
        return false;
      }
      repeats += 1;
      return policy === 'merge';
    },
    merged: () => (policy === 'merge' ? repeats : 0),
    issues() {
      if (repeats === 0) return [];
      const hint =
        policy === 'merge'
          ? `${repeats} rows repeat another row exactly and were counted once.`
          : `${repeats} rows are equal to another row. Each line of this report is a sale of its own, so all are kept.`;
      return [fileIssue('info', 'exact-repeats', hint)];
    },
  };
}

function keyOf(row: CleanRow): string {
  return `${row.productEan}\t${row.functionalName}\t${row.rawProduct}\t${row.productInFile}\t${row.salesDate}\t${row.quantity}\t${row.amountLocal}\t${row.currency}\t${row.reseller}\t${row.store}\t${row.channel}`;
}

/** Two 32-bit multiplicative hashes as one safe integer. */
function hash53(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high ^= low >>> 15;
  low ^= high >>> 13;
  return (high >>> 11) * 4294967296 + (low >>> 0);
}
