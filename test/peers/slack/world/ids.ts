// Ids and message timestamps in Slack's forms, never the same twice.

export interface Ids {
  /** `C` -> `C00000001A`. */
  next(prefix: string): string;
  /** The time now as a message timestamp, later than every earlier one. */
  ts(): string;
  secret(): string;
}

export function makeIds(): Ids {
  let count = 46_655;
  let last = 0;
  return {
    next: (prefix) => `${prefix}0${(++count).toString(36).toUpperCase().padStart(9, '0')}`,
    ts: () => {
      const micros = Date.now() * 1000;
      last = Math.max(last + 100, micros);
      return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
    },
    secret: () => `${(++count).toString(36)}x${Math.floor(Math.random() * 1e12).toString(36)}`,
  };
}
