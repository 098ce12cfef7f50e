// A clean result into the counts that a receipt shows: fixes by rule, rows held back and rows left out by reason.

import type { CleanResult } from './types.ts';

export interface Summary {
  fixesByRule: { rule: string; count: number }[];
  quarantinedByReason: { reason: string; count: number }[];
  ignoredByReason: { reason: string; count: number }[];
}

/** Most frequent first; equal counts in the order of the alphabet. */
export function summarise(result: Pick<CleanResult, 'fixes' | 'quarantined' | 'ignored'>): Summary {
  return {
    fixesByRule: counted(result.fixes, (f) => f.rule).map(([rule, count]) => ({ rule, count })),
    quarantinedByReason: counted(result.quarantined, (q) => q.reasonCode).map(([reason, count]) => ({ reason, count })),
    ignoredByReason: counted(result.ignored, (i) => i.reason).map(([reason, count]) => ({ reason, count })),
  };
}

function counted<T>(items: T[], key: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
