// The last day of a reporting week into the week and the month that it counts for: the one that holds most of its days.

import type { Period } from '../types.ts';
import { type Day, daysIn } from '../values/date.ts';

export interface Week {
  /** The Sunday, `YYYY-MM-DD`. */
  ending: string;
  period: Period;
  /** The last day of the week that lies in that month, `YYYY-MM-DD`. */
  salesDate: string;
  /** The day that was named is the Monday after. */
  shifted: boolean;
}

/** A Sunday, or the Monday after it; null for any other day, since that could be either week. */
export function weekEnding(day: Day): Week | null {
  const weekday = weekdayOf(day);
  if (weekday > 1) return null;
  const sunday = weekday === 0 ? day : minusDays(day, 1);
  // Thursday's month holds at least four of the seven days.
  const thursday = minusDays(sunday, 3);
  const period = { year: thursday.year, month: thursday.month };
  const last = sunday.month === period.month ? sunday : { ...thursday, day: daysIn(thursday.year, thursday.month) };
  return { ending: iso(sunday), period, salesDate: iso(last), shifted: weekday === 1 };
}

/** 0 is Sunday. (Sakamoto's method.) */
function weekdayOf({ year, month, day }: Day): number {
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
  const y = month < 3 ? year - 1 : year;
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift[month - 1]! + day) % 7;
}

function minusDays(from: Day, days: number): Day {
  let { year, month, day } = from;
  day -= days;
  if (day < 1) {
    month -= 1;
    if (month < 1) {
      month = 12;
      year -= 1;
    }
    day += daysIn(year, month);
  }
  return { year, month, day };
}

function iso({ year, month, day }: Day): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
