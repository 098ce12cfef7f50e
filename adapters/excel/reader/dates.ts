// A serial day number -> ISO text. Refuses (null) what no calendar has: negative numbers, 29 February 1900, the year 10000.

const DAY = 86_400;
const MAX_SERIAL = 2_958_466;

/** Whole days by number: a report repeats few days many times. */
const known = new Map<number, string>();

/** `YYYY-MM-DD`, or with `THH:MM:SS` when there is a time of day (rounded to the second). `epoch1904`: the old Mac calendar. */
export function dateOf(serial: number, epoch1904: boolean): string | null {
  const seconds = Math.round(serial * DAY);
  let days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  if (epoch1904) {
    days += 1_462;
    if (serial < 0) return null;
  } else {
    // Below 1 it is a time without a day; 60 is the day that 1900 did not have; before it the count is one off.
    if (days < 1 || days === 60) return null;
    if (days < 60) days += 1;
  }
  if (days >= MAX_SERIAL) return null;
  const before = rest === 0 ? known.get(days) : undefined;
  if (before !== undefined) return before;
  const iso = new Date((days - 25_569) * DAY * 1_000 + rest * 1_000).toISOString();
  if (rest !== 0) return iso.slice(0, 19);
  if (known.size < 10_000) known.set(days, iso.slice(0, 10));
  return iso.slice(0, 10);
}
