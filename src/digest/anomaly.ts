// A monthly series -> whether its last month is out of the ordinary: its distance from the median of the months before,
// in robust standard deviations (MAD). Says nothing below twelve earlier months: too little to know what is ordinary.

export interface Anomaly {
  value: number;
  /** Median of the months before. */
  usual: number;
  /** Robust z-score; positive is above the usual. */
  score: number;
}

const leastMonths = 12;
const threshold = 3.5;

/** The last entry is the month judged. Gaps are left out, not taken as zero. */
export function lastMonthAnomaly(values: (number | null)[]): Anomaly | null {
  const value = values.at(-1);
  const before = values.slice(0, -1).filter((entry): entry is number => entry !== null);
  if (value === null || value === undefined || before.length < leastMonths) return null;
  const usual = median(before);
  const spread = median(before.map((entry) => Math.abs(entry - usual))) / 0.6745;
  // A series that hardly moves would make every wobble an event: at least 5 % of the usual counts as ordinary spread.
  const scale = Math.max(spread, 0.05 * Math.abs(usual));
  if (scale === 0) return null;
  const score = (value - usual) / scale;
  return Math.abs(score) >= threshold ? { value, usual, score } : null;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
