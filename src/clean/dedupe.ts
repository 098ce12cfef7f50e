// Finds rows that repeat an earlier one exactly. They are left out only where the vendor definition says that a repeat can
// only be a copy; everywhere else every line is a sale, all are kept, and repeats are only mentioned.

import { fileIssue } from './rows/issue-list.ts';
import type { CleanRow, Issue } from './types.ts';
import { HashSet, hash53 } from './values/hash-set.ts';

export interface Repeats {
  /** Whether the row is a copy that must not be loaded. */
  isCopy(row: CleanRow): boolean;
  merged(): number;
  issues(): Issue[];
}

export function findRepeats(policy: 'keep' | 'merge'): Repeats {
  // Where a row could be left out, the whole text decides. A mere mention makes do with 53 bits of it: a set of texts would
  // grow with the file.
  const texts = new Set<string>();
  const hashes = new HashSet();
  let repeats = 0;
  return {
    isCopy(row) {
      const text = keyOf(row);
      const isNew = policy === 'merge' ? texts.size < texts.add(text).size : hashes.add(hash53(text));
      if (isNew) return false;
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
  const product = row.productEan ?? row.functionalName;
  return `${product}\t${row.rawProduct}\t${row.salesDate}\t${row.quantity}\t${row.amountLocal}\t${row.store}\t${row.channel}\t${row.currency}\t${row.reseller}`;
}
