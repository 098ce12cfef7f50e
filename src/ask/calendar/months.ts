// Arithmetic on months written `YYYY-MM`, and the labels of ranges of them.

import type { MonthRange } from '../query.ts';

const shortNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const longNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Months since year 0. */
export function indexOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export function monthAt(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}`;
}

export function addMonths(month: string, count: number): string {
  return monthAt(indexOf(month) + count);
}

/** How many months a range has. */
export function lengthOf(range: { from: string; to: string }): number {
  return indexOf(range.to) - indexOf(range.from) + 1;
}

/** A range with the label an answer uses for it: `2024`, `Q3 2025`, `August 2025`, `Jul to Sep 2025`. */
export function rangeOf(from: string, to: string): MonthRange {
  return { from, to, label: label(from, to) };
}

/** Ranges with months between them that are none of theirs, in the order of time. */
export function apart(ranges: MonthRange[]): MonthRange {
  const sorted = [...ranges].sort((a, b) => a.from.localeCompare(b.from));
  const labels = sorted.map(({ label }) => label);
  const label = `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
  const parts = sorted.map(({ from, to }) => ({ from, to }));
  return { from: sorted[0]?.from ?? '', to: sorted.at(-1)?.to ?? '', label, parts };
}

/** A range less the months of others; null when none is left. */
export function less(range: MonthRange, holes: MonthRange[]): MonthRange | null {
  const gone = (month: string) => holes.some(({ from, to }) => month >= from && month <= to);
  const parts: { from: string; to: string }[] = [];
  for (let at = indexOf(range.from); at <= indexOf(range.to); at++) {
    const month = monthAt(at);
    if (gone(month)) continue;
    const last = parts.at(-1);
    if (last && addMonths(last.to, 1) === month) last.to = month;
    else parts.push({ from: month, to: month });
  }
  const [first] = parts;
  const end = parts.at(-1);
  if (!first || !end) return null;
  const left = holes.filter(({ from, to }) => to >= range.from && from <= range.to).map((hole) => hole.label);
  // Nothing is left out: whatever was meant, it was not this.
  if (left.length === 0) return null;
  return { from: first.from, to: end.to, label: `${range.label} without ${left.join(' and ')}`, parts };
}

function label(from: string, to: string): string {
  const year = from.slice(0, 4);
  const start = Number(from.slice(5, 7));
  const length = lengthOf({ from, to });
  if (length === 1) return `${longNames[start - 1]} ${year}`;
  if (length % 12 === 0 && start === 1) return length === 12 ? year : `${year} to ${to.slice(0, 4)}`;
  if (length === 3 && start % 3 === 1) return `Q${(start + 2) / 3} ${year}`;
  const first = shortNames[start - 1];
  const last = `${shortNames[Number(to.slice(5, 7)) - 1]} ${to.slice(0, 4)}`;
  return year === to.slice(0, 4) ? `${first} to ${last}` : `${first} ${year} to ${last}`;
}
