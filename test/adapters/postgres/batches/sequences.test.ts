import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '#test/support/database.ts';
import { batchOf, openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';

const database = await testDatabase();
const { batches } = storesOf(database);
const ann = await person(database);
let run = 0;

type Figures = Record<string, number>;
type Claim = 'loaded' | 'superseded' | 'unchanged' | 'differs' | 'undone';
/** What a growing workbook says of each month: the place is the month, the value its version. */
type Workbook = number[];

const amountOf = (month: number, version: number) => 100 * (month + 1) + version;
const monthName = (month: number) => `2025-0${month + 1}`;

/** What the store promises, in memory: which upload counts for a month. */
class Model {
  #uploads: { book: Workbook; claims: Claim[] }[] = [];

  load(book: Workbook, replace: boolean): void {
    const claims = book.map((version, month): Claim => {
      const holder = this.#holder(month);
      if (!holder) return 'loaded';
      if (holder.book[month] === version) return 'unchanged';
      if (!replace) return 'differs';
      holder.claims[month] = 'superseded';
      return 'loaded';
    });
    this.#uploads.push({ book, claims });
  }

  undo(place: number): void {
    const upload = this.#uploads[place]!;
    const freed = upload.claims.flatMap((claim, month) => (claim === 'loaded' ? [month] : []));
    upload.claims.fill('undone');
    for (const month of freed) {
      const next = this.#uploads.findLast(({ claims }) => ['superseded', 'unchanged'].includes(claims[month] ?? ''));
      if (next) next.claims[month] = 'loaded';
    }
  }

  figures(): Figures {
    const months = [0, 1, 2, 3].flatMap((month) => {
      const holder = this.#holder(month);
      return holder ? [[monthName(month), amountOf(month, holder.book[month]!)]] : [];
    });
    return Object.fromEntries(months);
  }

  #holder(month: number) {
    return this.#uploads.find(({ claims }) => claims[month] === 'loaded');
  }
}

async function inForce(reseller: string): Promise<Figures> {
  const { rows } = await database.pool.query<{ month: string; amount: number }>(
    "SELECT to_char(sales_date, 'YYYY-MM') AS month, sum(sales_amount_local)::float8 AS amount FROM app.sales_data WHERE reseller = $1 GROUP BY 1 ORDER BY 1",
    [reseller],
  );
  return Object.fromEntries(rows.map((row) => [row.month, row.amount]));
}

async function load(reseller: string, book: Workbook, replace: boolean): Promise<string> {
  const id = await openUpload(database, ann, `${reseller} ${++run}.xlsx`);
  // Two rows a month, so that half a month would show.
  const rows = book.flatMap((version, month) => [
    saleOf(monthName(month), 1, amountOf(month, version) - 1, { reseller }),
    saleOf(monthName(month), 1, 1, { reseller }),
  ]);
  await batches.save(batchOf(id, rows, { onDifference: replace ? 'replace' : 'hold' }));
  return id;
}

/** Everything that a reader sees while the work goes on. */
async function seenDuring(reseller: string, work: Promise<unknown>): Promise<Figures[]> {
  const seen: Figures[] = [];
  let over = false;
  const reading = (async () => {
    while (!over) seen.push(await inForce(reseller));
  })();
  await work.finally(() => {
    over = true;
  });
  await reading;
  return seen;
}

const workbook = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ book: workbook, replace: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ undo: fc.nat() }) },
);

test('any sequence of loads, replacements and undos leaves exactly the right figures, and readers see no mix', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
      const reseller = `Sequence ${++run}`;
      const model = new Model();
      const ids: string[] = [];
      for (const each of steps) {
        const before = model.figures();
        let work: Promise<unknown>;
        if ('book' in each) {
          model.load(each.book, each.replace);
          work = load(reseller, each.book, each.replace).then((id) => ids.push(id));
        } else {
          if (ids.length === 0) continue;
          model.undo(each.undo % ids.length);
          work = batches.undo(ids[each.undo % ids.length]!, ann);
        }
        const after = model.figures();
        for (const seen of await seenDuring(reseller, work)) expect([before, after]).toContainEqual(seen);
        expect(await inForce(reseller)).toEqual(after);
      }
    }),
    { numRuns: 40, interruptAfterTimeLimit: 8000 },
  );
}, 30_000);

test('growing workbooks that agree come to the same figures in any order', async () => {
  const grown: Workbook[] = [[1], [1, 0], [1, 0, 2], [1, 0, 2, 1]];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(grown, { minLength: 4 }), async (order) => {
      const reseller = `Order ${++run}`;
      for (const book of order) await load(reseller, book, false);
      const expected = grown[3]!.map((version, month) => [monthName(month), amountOf(month, version)]);
      expect(await inForce(reseller)).toEqual(Object.fromEntries(expected));
    }),
    { numRuns: 10, interruptAfterTimeLimit: 3000 },
  );
}, 20_000);
