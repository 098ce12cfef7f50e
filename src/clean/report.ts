// Counts while the rows of a sheet go by: what became of each row, fixes by rule, rows held back and left out by reason,
// and the months that the loaded rows span.

import type { CleanChunk, CleanSummary, Period, RowCounts } from './types.ts';

export interface Tally {
  /** Rows that the reader gave, and how many of them only repeated an earlier one. */
  read(rows: number, merged: number): void;
  add(chunk: CleanChunk): void;
  counts(): RowCounts;
  /** The reason of most rows held back; null when there is none. */
  mostHeld(): string | null;
  summary(): Pick<CleanSummary, 'fixesByRule' | 'quarantinedByReason' | 'ignoredByReason' | 'period'>;
}

export function makeTally(): Tally {
  const counts: RowCounts = { read: 0, loaded: 0, merged: 0, quarantined: 0, ignored: 0 };
  const fixes = new Map<string, number>();
  const held = new Map<string, number>();
  const ignored = new Map<string, number>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  return {
    read(rows, merged) {
      counts.read += rows;
      counts.merged += merged;
    },
    add(chunk) {
      counts.loaded += chunk.rows.length;
      counts.quarantined += chunk.quarantined.length;
      counts.ignored += chunk.ignored.length;
      for (const fix of chunk.fixes) count(fixes, fix.rule);
      for (const row of chunk.quarantined) count(held, row.reasonCode);
      for (const row of chunk.ignored) count(ignored, row.reason);
      for (const row of chunk.rows) {
        const month = row.year * 12 + row.month - 1;
        if (month < first) first = month;
        if (month > last) last = month;
      }
    },
    counts: () => ({ ...counts }),
    mostHeld: () => sorted(held)[0]?.[0] ?? null,
    summary: () => ({
      fixesByRule: sorted(fixes).map(([rule, n]) => ({ rule, count: n })),
      quarantinedByReason: sorted(held).map(([reason, n]) => ({ reason, count: n })),
      ignoredByReason: sorted(ignored).map(([reason, n]) => ({ reason, count: n })),
      period: counts.loaded === 0 ? null : { from: monthAt(first), to: monthAt(last) },
    }),
  };
}

function monthAt(index: number): Period {
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Most frequent first; equal counts in the order of the alphabet. */
function sorted(counts: Map<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
