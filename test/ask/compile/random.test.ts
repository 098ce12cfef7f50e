// Any typed question at all: its SQL passes the guard, and runs.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '#src/ask/compile/compile.ts';
import { evidenceSql, shapeEvidence } from '#src/ask/evidence.ts';
import { guard } from '#src/ask/guard/guard.ts';
import type { Dimension, Filter, MonthRange, NameDimension, Query } from '#src/ask/query.ts';
import { testDatabase } from '../../support/database.ts';
import { months, withEvalData } from './ask-eval.ts';

const database = await testDatabase();
const run = withEvalData(database);

const nameDimension = fc.constantFrom<NameDimension[]>('reseller', 'product', 'brand', 'store', 'channel');
const dimension = fc.constantFrom<Dimension[]>(
  'reseller',
  'product',
  'brand',
  'store',
  'channel',
  'month',
  'quarter',
  'year',
);
const awkward = ["O'Neil", "\\'", '--', '/*', '%_', '$$x$$', 'Ünïcode 名', 'a\nb', "'", '"', ';', 'Kioku'];
const filter: fc.Arbitrary<Filter> = fc.record({
  dimension: nameDimension,
  names: fc.array(fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme', maxLength: 20 })), {
    maxLength: 4,
  }),
  exclude: fc.boolean(),
});
const month = fc
  .tuple(fc.integer({ min: 2015, max: 2030 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`);
const range: fc.Arbitrary<MonthRange> = fc
  .tuple(month, month)
  .map(([one, other]) => [one, other].sort())
  .map(([from = '', to = '']) => ({ from, to, label: 'x' }));
const n = fc.option(fc.integer({ min: 1, max: 50 }));
const direction = fc.constantFrom<('top' | 'bottom')[]>('top', 'bottom');
const common = { filters: fc.array(filter, { maxLength: 3 }), chart: fc.constant(null) };
const timed = { ...common, period: fc.option(range) };

const query: fc.Arbitrary<Query> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('aggregate' as const),
      ...timed,
      metrics: fc.uniqueArray(
        fc.constantFrom('sales', 'sales_local', 'units', 'avg_price', 'products', 'resellers', 'stores', 'records'),
        { minLength: 1, maxLength: 4 },
      ),
      by: fc.uniqueArray(dimension, { maxLength: 3 }),
      ranking: fc.option(fc.record({ direction, n, per: fc.option(dimension) })),
      threshold: fc.option(
        fc.record({
          compare: fc.constantFrom('above', 'below', 'at_least', 'at_most'),
          value: fc.double({ noNaN: true, noDefaultInfinity: true }),
        }),
      ),
      running: fc.boolean(),
      perMonth: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constant('growth' as const),
    ...common,
    metric: fc.constantFrom('sales', 'units', 'avg_price'),
    current: range,
    previous: range,
    by: fc.uniqueArray(nameDimension, { maxLength: 2 }),
    ranking: fc.option(fc.record({ direction, n })),
  }),
  fc.record({
    kind: fc.constant('share' as const),
    ...timed,
    metric: fc.constantFrom('sales', 'units'),
    of: fc.option(filter),
    by: fc.option(dimension),
  }),
  fc.record({ kind: fc.constant('list' as const), ...timed, dimension: nameDimension }),
  fc.record({ kind: fc.constant('first_or_last' as const), ...timed, which: fc.constantFrom('first', 'last') }),
  fc.record({
    kind: fc.constant('unsold' as const),
    ...timed,
    dimension: fc.constantFrom('product', 'reseller', 'brand', 'store'),
  }),
  fc.record({ kind: fc.constant('silent_months' as const), ...timed }),
  fc.record({ kind: fc.constant('about' as const), ...timed, what: fc.constantFrom('data', 'uploads') }),
) as fc.Arbitrary<Query>;

test('any question passes the guard', async () => {
  await fc.assert(
    fc.asyncProperty(query, fc.option(fc.constant(months)), async (asked, known) => {
      for (const sql of [compile(asked, { baseCurrency: 'EUR', months: known }), evidenceSql(asked)]) {
        expect(await guard(sql), sql).toMatchObject({ ok: true });
      }
    }),
    { numRuns: 300 },
  );
});

test('any question runs, and so does its evidence', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      await run(compile(asked, { baseCurrency: 'EUR', months }));
      const evidence = shapeEvidence((await run(evidenceSql(asked))).rows);
      expect(evidence.uploads).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 150 },
  );
}, 60_000);
