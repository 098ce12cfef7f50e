import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forecast, leastMonths, type Point } from '#src/ask/outlook/forecast.ts';
import { understand } from '#src/ask/understand/understand.ts';

const series = (values: number[], from = 2023): Point[] =>
  values.map((value, i) => ({ month: `${from + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`, value }));
const year = [100, 90, 110, 120, 130, 125, 140, 135, 150, 180, 240, 300];

describe('a forecast', () => {
  test('of a year that repeats itself is that year again, without an error', () => {
    const made = forecast(series([...year, ...year, ...year]), 6)!;
    expect(made.points).toEqual(
      year.slice(0, 6).map((value, i) => ({ month: `2026-0${i + 1}`, value, low: value, high: value })),
    );
    expect([made.errorPct, made.triedOn]).toEqual([0, 6]);
  });

  test('of a year that repeats itself a tenth higher goes on a tenth higher', () => {
    const made = forecast(
      series([...year, ...year.map((value) => value * 1.1), ...year.map((value) => value * 1.21)]),
      3,
    )!;
    expect(made.points.map(({ value }) => value)).toEqual(
      year.slice(0, 3).map((value) => Math.round(value * 1.331 * 100) / 100),
    );
  });

  test('of what never changes is that, and of nothing is nothing', () => {
    expect(forecast(series(Array(20).fill(50)), 2)!.points.map(({ value }) => value)).toEqual([50, 50]);
    expect(forecast(series(Array(20).fill(0)), 1)!.points).toEqual([{ month: '2024-09', value: 0, low: 0, high: 0 }]);
  });

  test('is refused where there is too little to try a method on', () => {
    expect(forecast(series(Array(leastMonths - 1).fill(1)), 1)).toBeNull();
    expect(forecast(series(Array(leastMonths).fill(1)), 1)).not.toBeNull();
  });

  test('is the same whenever it is made, in order, with finite figures and a range around each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 50_000 }), { minLength: leastMonths, maxLength: 48 }),
        fc.integer({ min: 1, max: 12 }),
        (values, ahead) => {
          const made = forecast(series(values), ahead)!;
          expect(made).toEqual(forecast(series(values), ahead));
          expect(made.points).toHaveLength(ahead);
          for (const { value, low, high } of made.points) {
            expect(Number.isFinite(value)).toBe(true);
            expect(low <= value && value <= high).toBe(true);
          }
          const months = made.points.map(({ month }) => month);
          expect(months).toEqual([...months].sort());
        },
      ),
    );
  });
});

const names = {
  resellers: ['Nordlys', 'Kioku'],
  products: ['Clay Mask'],
  brands: [],
  stores: [],
  channels: [],
  currencies: [],
  months: { from: '2023-04', to: '2025-09' },
};
const read = (question: string) =>
  understand(question, { today: '2025-10-06', names, baseCurrency: 'EUR', previous: null });

describe('a question about the months to come', () => {
  test.each([
    // October is not over: it is foretold on the way to the next month.
    ['forecast next month', { metric: 'sales', ahead: 2 }],
    ['what will we sell in the next 3 months?', { metric: 'sales', ahead: 4 }],
    [
      'how many units will Nordlys sell next month?',
      { metric: 'units', ahead: 2, filters: [{ dimension: 'reseller', names: ['Nordlys'], exclude: false }] },
    ],
    ['forecast for next quarter', { metric: 'sales', ahead: 6 }],
    ['please predict sales of Clay Mask', { metric: 'sales', ahead: 3 }],
    ['Prognose für die nächsten 3 Monate', { metric: 'sales', ahead: 4 }],
    ['prévision des ventes du mois prochain', { metric: 'sales', ahead: 2 }],
  ])('%s', (question, query) => {
    expect(read(question)).toMatchObject({ kind: 'query', query: { kind: 'forecast', ...query } });
  });

  test.each([
    ['forecast the weather', 'weather'],
    ['forecast sales for the next 24 months', 'at most 12 months'],
    ['forecast next year', 'at most 12 months'],
  ])('%s is not guessed at', (question, part) => {
    expect(read(question)).toMatchObject({ kind: 'unknown', text: expect.stringContaining(part) });
  });
});
