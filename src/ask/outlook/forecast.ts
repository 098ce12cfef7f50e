// A monthly series -> what the next months may bring, by the plain method that would have been nearest on the series itself, with the
// range in which four of five of its own past errors lay. Refuses what is shorter than a year and a half: nothing can be tried on it.

export interface Point {
  /** `YYYY-MM` */
  month: string;
  value: number;
}

export interface Forecast {
  method: string;
  /** The mean absolute error of the method on months that it had not seen, in per cent of their mean; null where that is 0. */
  errorPct: number | null;
  /** How many months it was tried on. */
  triedOn: number;
  points: { month: string; value: number; low: number; high: number }[];
}

/** 12 months to know a year by, and 6 to try the methods on. */
export const leastMonths = 18;
const tried = 6;
/** Four of five past errors: the 80th of a hundred. */
const covered = 0.8;

/** @param ahead how many months, 1 to 12; null when the history is too short */
export function forecast(series: Point[], ahead: number): Forecast | null {
  if (series.length < leastMonths) return null;
  const values = series.map(({ value }) => value);
  const trials = methods.map((method) => ({ method, errors: errorsOf(values, method.next) }));
  const best = trials.reduce((a, b) => (mean(b.errors.map(Math.abs)) < mean(a.errors.map(Math.abs)) ? b : a));
  const slack = quantile(best.errors.map(Math.abs), covered);
  const level = mean(values.slice(-tried).map(Math.abs));
  const last = series.at(-1)!.month;
  // What never was below nothing will not be.
  const least = values.some((each) => each < 0) ? Number.NEGATIVE_INFINITY : 0;
  const points = best.method.next(values, ahead).map((said, i) => {
    const value = Math.max(least, said);
    // What lies further ahead is known less well.
    const wide = slack * Math.sqrt(i + 1);
    return {
      month: later(last, i + 1),
      value: round(value),
      low: round(Math.max(least, value - wide)),
      high: round(value + wide),
    };
  });
  const error = mean(best.errors.map(Math.abs));
  return {
    method: best.method.name,
    errorPct: level === 0 ? null : round((error / level) * 100),
    triedOn: best.errors.length,
    points,
  };
}

interface Method {
  name: string;
  next(values: number[], ahead: number): number[];
}

const methods: Method[] = [
  {
    name: 'the same months of the year before, at the level of the last twelve',
    next(values, ahead) {
      const recent = sum(values.slice(-12));
      const before = sum(values.slice(-24, -12));
      // Without two whole years there is no level to compare.
      const scale = values.length >= 24 && before > 0 ? recent / before : 1;
      return Array.from({ length: ahead }, (_, i) => values[values.length - 12 + (i % 12)]! * scale);
    },
  },
  {
    name: 'the mean of the last three months',
    next: (values, ahead) => Array.from({ length: ahead }, () => mean(values.slice(-3))),
  },
  {
    name: 'the trend of the last months, losing force (Holt, damped)',
    next: (values, ahead) => damped(values, ahead),
  },
];

/** Holt's linear method with a damped trend (Gardner and McKenzie, 1985), with usual weights. */
function damped(values: number[], ahead: number): number[] {
  const [alpha, beta, phi] = [0.4, 0.1, 0.9];
  let level = values[0] ?? 0;
  let trend = (values[1] ?? level) - level;
  for (const value of values.slice(1)) {
    const before = level;
    level = alpha * value + (1 - alpha) * (level + phi * trend);
    trend = beta * (level - before) + (1 - beta) * phi * trend;
  }
  let [force, sumOfForces] = [1, 0];
  return Array.from({ length: ahead }, () => {
    force *= phi;
    sumOfForces += force;
    return level + sumOfForces * trend;
  });
}

/** The method's errors on each of the last months, each foretold from the months before it alone. */
function errorsOf(values: number[], next: Method['next']): number[] {
  return Array.from({ length: tried }, (_, i) => {
    const at = values.length - tried + i;
    return values[at]! - next(values.slice(0, at), 1)[0]!;
  });
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}

function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

function later(month: string, by: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}
