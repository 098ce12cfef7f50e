// What somebody typed as the value of an option -> a checked value, or null where it is none.

/** A month, or with a day the Sunday that ends a week. */
export type TypedPeriod = { year: number; month: number; day: number | null };

/** How a file writes what can be read in two ways; null where nothing was said of it. */
export interface TypedReading {
  decimal: 'comma' | 'point' | null;
  dates: 'dmy' | 'mdy' | null;
}

/** `2025-06`, or the Sunday that ends a week. */
export function periodOf(text: string): TypedPeriod | null {
  const month = /^(\d{4})-(0[1-9]|1[0-2])(-\d\d)?$/.exec(text);
  if (!month) return null;
  if (month[3] === undefined) return { year: Number(month[1]), month: Number(month[2]), day: null };
  if (!isDay(text) || new Date(`${text}T00:00:00Z`).getUTCDay() !== 0) return null;
  return { year: Number(month[1]), month: Number(month[2]), day: Number(month[3].slice(1)) };
}

export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** null when neither option was given; `wrong` names the option whose value is none. */
export function readingOf(decimal: string | null, dates: string | null): TypedReading | null | { wrong: string } {
  if (decimal === null && dates === null) return null;
  if (decimal !== null && decimal !== 'comma' && decimal !== 'point') {
    return { wrong: `--decimal takes comma or point, not "${decimal}".` };
  }
  if (dates !== null && dates !== 'dmy' && dates !== 'mdy') {
    return { wrong: `--dates takes dmy (the day comes first) or mdy, not "${dates}".` };
  }
  return { decimal, dates };
}
