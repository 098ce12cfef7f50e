import { expect, test } from 'vitest';
import type { ConvertedRow, Issue } from '#src/clean/types.ts';
import { withHistory } from '#src/usecases/compare/what-changed.ts';
import { emptyReceipt } from '#src/usecases/receipt.ts';
import { testDatabase } from '#test/support/database.ts';
import { batchOf, openUpload, person, saleOf, storesOf } from '#test/support/stored.ts';

const database = await testDatabase();
const { batches, history, uploads } = storesOf(database);
const ann = await person(database);
let shops = 0;

type Sale = { product: string; quantity: number; amount: number | null; currency?: string; ean?: string | null };

/** A reseller of its own, whose files are loaded one after the other; each gives what was found about it. */
function newShop() {
  const reseller = `Shop ${++shops}`;
  let files = 0;
  return async (months: Record<string, Sale[]>, more: { fileName?: string } = {}): Promise<Issue[]> => {
    const fileName = more.fileName ?? `${reseller} ${++files}.xlsx`;
    const uploadId = await openUpload(database, ann, fileName);
    const rows = Object.entries(months).flatMap(([month, sales]) =>
      sales.map(({ product, quantity, amount, currency = 'EUR', ean = null }): ConvertedRow => {
        const productInFile = ean === null ? product : null;
        const named = { productEan: ean, functionalName: product, rawProduct: product, productInFile };
        return { ...saleOf(month, quantity, amount, named), currency, reseller };
      }),
    );
    const scopes = await batches.save(batchOf(uploadId, rows));
    const upload = await uploads.find(uploadId);
    if (!upload) throw new Error('expected the upload');
    return (await withHistory(history, { ...emptyReceipt(upload), scopes }, null)).issues;
  };
}

const rulesOf = (issues: Issue[]) => issues.map(({ rule }) => rule);
const of = (issues: Issue[], rule: string) => issues.filter((issue) => issue.rule === rule);
const one = (product: string, quantity: number, amount: number | null, currency = 'EUR') => ({
  ...{ product, quantity, amount, currency },
});
const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2024-${month}`);

/** The same sales in each of the first so many months of 2024, a file each. */
async function loadMonths(shop: ReturnType<typeof newShop>, count: number, sales: (month: number) => Sale[]) {
  for (const [i, month] of months.slice(0, count).entries()) await shop({ [month]: sales(i) });
}

test('the first file of a reseller says nothing, however many months it holds', async () => {
  const shop = newShop();
  const sales = Object.fromEntries(months.map((month, i) => [month, [one('A', 1 + i, 10 ** (i % 4))]]));
  expect(await shop(sales)).toEqual([]);
});

test('a file like the ones before says nothing', async () => {
  const shop = newShop();
  await loadMonths(shop, 8, (i) => [one('A', 10 + (i % 3), 100 + 10 * (i % 3)), one('B', 5, 25)]);
  expect(await shop({ '2024-09': [one('A', 11, 110), one('B', 5, 25)] })).toEqual([]);
});

test('a unit price is said when it is more than 40 % off the median of at least three months', async () => {
  const shop = newShop();
  await loadMonths(shop, 2, () => [one('A', 10, 100), one('B', 1, 7)]);
  expect(of(await shop({ '2024-03': [one('A', 10, 1000), one('B', 1, 7)] }), 'price-unusual')).toEqual([]);
  await shop({ '2024-04': [one('A', 10, 100), one('B', 1, 7)] });
  const inside = await shop({ '2024-05': [one('A', 10, 140), one('B', 1, 7)] });
  expect(of(inside, 'price-unusual')).toEqual([]);
  const [outside, ...none] = of(await shop({ '2024-06': [one('A', 10, 58), one('B', 1, 7)] }), 'price-unusual');
  expect(none).toEqual([]);
  expect(outside?.severity).toBe('warning');
  expect(outside?.hint).toBe('A comes to €5.80 a unit, 42% less than usual (€10.00 in the middle of 5 reports).');
});

test('gifts and returns are no price', async () => {
  const shop = newShop();
  await loadMonths(shop, 4, () => [one('A', 10, 100)]);
  const issues = await shop({ '2024-05': [one('A', 10, 100), one('A', 90, 0), one('A', -3, -99)] });
  expect(of(issues, 'price-unusual')).toEqual([]);
});

const four = (factor: number) => ['A', 'B', 'C', 'D'].map((name, i) => one(name, 10, 100 * (i + 1) * factor));

test('prices that all moved by one factor are one finding: another currency where the factor is its rate', async () => {
  await database.pool.query(
    `INSERT INTO app.fx_rates (client_id, currency, month, eur_per_unit, source) VALUES ($1, 'PLN', '2024-01-01', 0.25, 'test')
     ON CONFLICT (client_id, currency, month) DO UPDATE SET eur_per_unit = 0.25`,
    [database.clientId],
  );
  await database.pool.query(
    "DELETE FROM app.fx_rates WHERE currency = 'PLN' AND month > '2024-01-01' AND month < '2024-09-01'",
  );
  const polish = newShop();
  await polish({ '2024-01': [one('A', 1, 1, 'PLN')] });
  const shop = newShop();
  await loadMonths(shop, 4, () => four(1));
  const zloty = await shop({ '2024-05': four(4.3) });
  expect(rulesOf(zloty)).toEqual(['prices-other-currency']);
  expect(zloty[0]?.hint).toContain('as if the amounts were in PLN and not in EUR');
  expect(zloty[0]?.hint).toContain('€43.00 a unit, usually €10.00');
  expect(rulesOf(await shop({ '2024-06': four(5) }))).toEqual(['prices-shifted']);
});

test('amounts in euros under the name of another currency are found the same way', async () => {
  const shop = newShop();
  const zloty = (factor: number) => four(factor).map((sale) => ({ ...sale, currency: 'PLN' }));
  await loadMonths(shop, 4, () => zloty(1));
  expect(rulesOf(await shop({ '2024-05': zloty(0.25) }))).toEqual(['prices-other-currency']);
});

test('four of five prices by one factor are one finding, three are three', async () => {
  const five = (...factors: number[]) => factors.map((factor, i) => one(`P${i}`, 10, 100 * factor));
  const together = newShop();
  await loadMonths(together, 3, () => five(1, 1, 1, 1, 1));
  expect(rulesOf(await together({ '2024-04': five(1.5, 1.5, 1.5, 1.5, 1) }))).toEqual(['prices-shifted']);
  const apart = newShop();
  await loadMonths(apart, 3, () => five(1, 1, 1, 1, 1));
  expect(rulesOf(await apart({ '2024-04': five(1.5, 1.5, 1.5, 1, 1) }))).toEqual(Array(3).fill('price-unusual'));
});

test('a name that is a paragraph is cut, and line breaks in it are blanks', async () => {
  const shop = newShop();
  const name = `Soap\n${'very '.repeat(40)}long`;
  await loadMonths(shop, 3, () => [one(name, 10, 100)]);
  const [issue] = of(await shop({ '2024-04': [one(name, 10, 300)] }), 'price-unusual');
  expect(issue?.hint).toMatch(/^Soap very very [a-z ]+… comes to €30.00 a unit/);
  expect(issue?.hint.length).toBeLessThan(170);
});

test('prices that moved together by more than a tenth ask about VAT; by less, nothing is said', async () => {
  const shop = newShop();
  await loadMonths(shop, 4, () => four(1));
  expect(await shop({ '2024-05': four(1.09) })).toEqual([]);
  const issues = await shop({ '2024-06': four(1.21) });
  expect(rulesOf(issues)).toEqual(['prices-shifted']);
  expect(issues[0]?.hint).toContain('about 1.21 times');
});

test('returns are said from five units, twice the usual rate and five points more', async () => {
  const shop = newShop();
  await loadMonths(shop, 3, () => [one('A', 100, 1000), one('A', -2, -20)]);
  expect(of(await shop({ '2024-04': [one('A', 100, 1000), one('A', -6, -60)] }), 'returns-unusual')).toEqual([]);
  const rise = newShop();
  await loadMonths(rise, 3, () => [one('A', 100, 1000), one('A', -2, -20)]);
  const [issue] = of(await rise({ '2024-04': [one('A', 100, 1000), one('A', -8, -80)] }), 'returns-unusual');
  expect(issue?.hint).toMatch(/^8 of 100 units \(8.0%\) came back; usual at Shop \d+ is 2.0%.$/);
});

test('returns that are usual and fail to come are said when five units or more would be expected', async () => {
  const shop = newShop();
  await loadMonths(shop, 3, () => [one('A', 100, 1000), one('A', -10, -100)]);
  expect(of(await shop({ '2024-04': [one('A', 49, 490)] }), 'returns-unusual')).toEqual([]);
  const missing = newShop();
  await loadMonths(missing, 3, () => [one('A', 100, 1000), one('A', -10, -100)]);
  const [issue] = of(await missing({ '2024-04': [one('A', 50, 500)] }), 'returns-unusual');
  expect(issue?.hint).toContain('0 of 50 units (0.0%) came back');
  expect(issue?.hint).toContain('about 5 units');
});

test('a month is said when it lies outside of what six months or more make usual', async () => {
  // The median of 90, 95, 100, 100, 105, 110 is 100, the median distance 5, so 3.5 × 1.4826 × 5 = 25.95 either way.
  const usual = [90, 95, 100, 100, 105, 110];
  const before = (i: number) => [one('A', 1000, usual[i]!)];
  const inside = newShop();
  await loadMonths(inside, 6, before);
  expect(of(await inside({ '2024-07': [one('A', 1000, 125.9)] }), 'total-unusual')).toEqual([]);
  const outside = newShop();
  await loadMonths(outside, 6, before);
  const [issue] = of(await outside({ '2024-07': [one('A', 1000, 126)] }), 'total-unusual');
  expect(issue?.hint).toMatch(
    /^Jul 2024 of Shop \d+ comes to €126.00; the middle of the 6 months before is €100.00, and €74.05 to €125.95 would be usual.$/,
  );
  const early = newShop();
  await loadMonths(early, 5, before);
  expect(of(await early({ '2024-06': [one('A', 1000, 500)] }), 'total-unusual')).toEqual([]);
});

test('what the same month came to a year ago is the season, and no news', async () => {
  const shop = newShop();
  await loadMonths(shop, 12, (i) => [one('A', 1000, i === 0 ? 200 : 100)]);
  expect(of(await shop({ '2025-01': [one('A', 1000, 210)] }), 'total-unusual')).toEqual([]);
  expect(of(await shop({ '2025-02': [one('A', 1000, 210)] }), 'total-unusual')).toHaveLength(1);
});

test('where few units are sold, what varies by chance is not said', async () => {
  // Three times the root of 36 is 18, half of it.
  const inside = newShop();
  await loadMonths(inside, 6, () => [one('A', 36, 360)]);
  expect(of(await inside({ '2024-07': [one('A', 54, 540)] }), 'total-unusual')).toEqual([]);
  const outside = newShop();
  await loadMonths(outside, 6, () => [one('A', 36, 360)]);
  const [issue] = of(await outside({ '2024-07': [one('A', 55, 550)] }), 'total-unusual');
  expect(issue?.hint).toContain('€180.00 to €540.00 would be usual');
});

test('months that were all equal may still move by a quarter, and units stand in where there are no amounts', async () => {
  const inside = newShop();
  await loadMonths(inside, 6, () => [one('A', 400, null)]);
  expect(of(await inside({ '2024-07': [one('A', 500, null)] }), 'total-unusual')).toEqual([]);
  const outside = newShop();
  await loadMonths(outside, 6, () => [one('A', 400, null)]);
  const [issue] = of(await outside({ '2024-07': [one('A', 299, null)] }), 'total-unusual');
  expect(issue?.hint).toContain('comes to 299 units; the middle of the 6 months before is 400 units');
});

test('a currency is said when this reseller never used it', async () => {
  const shop = newShop();
  await shop({ '2024-01': [one('A', 1, 10, 'GBP')] });
  expect(of(await shop({ '2024-02': [one('A', 1, 10, 'GBP')] }), 'currency-new')).toEqual([]);
  const [issue] = of(await shop({ '2024-03': [one('A', 1, 12, 'USD')] }), 'currency-new');
  expect(issue?.hint).toMatch(/^The amounts are in USD; until now Shop \d+ reported in GBP.$/);
});

test('a product is new when no file of the twelve months before has it, and gone when it was in each of the last three', async () => {
  const shop = newShop();
  const [a, b, c, e, rare] = [one('A', 4, 1), one('B', 4, 2), one('C', 4, 3), one('E', 4, 3), one('F', 3, 3)];
  await shop({ '2024-01': [a, b, c, e, rare] });
  await shop({ '2024-02': [a, b, e, rare] });
  await shop({ '2024-03': [a, b, c, e, rare] });
  const issues = await shop({ '2024-04': [a, one('D', 1, 4), e] });
  expect(of(issues, 'products-new').map(({ severity, hint }) => [severity, hint])).toEqual([
    ['info', expect.stringMatching(/^1 of 3 products is new; no file of Shop \d+ had it in the 12 months before: D.$/)],
  ]);
  // C was not in each of them, and so few were sold of F that a month without any is nothing special.
  expect(of(issues, 'products-gone').map(({ hint }) => hint)).toEqual([
    expect.stringMatching(/^1 product that Shop \d+ sold in each of the 3 reports before is not in this one: B.$/),
  ]);
});

test('a product that comes under another EAN is named with both', async () => {
  const shop = newShop();
  await shop({ '2024-01': [{ ...one('SOAP', 9, 90), ean: '4006381333931' }, one('A', 1, 1)] });
  const issues = await shop({ '2024-02': [{ ...one('SOAP', 9, 90), ean: '5901234123457' }, one('A', 1, 1)] });
  expect(of(issues, 'products-new')[0]?.hint).toMatch(/: SOAP \(5901234123457\)\.$/);
  expect(of(issues, 'products-gone')[0]?.hint).toMatch(/: SOAP \(4006381333931\)\.$/);
});

test('when half of at least four products are new, the file itself is in doubt', async () => {
  const before = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name) => one(name, 1, 1));
  const few = newShop();
  await few({ '2024-01': before });
  const launch = await few({ '2024-02': [...before.slice(0, 3), one('X', 1, 1), one('Y', 1, 1)] });
  expect(of(launch, 'products-new')[0]?.severity).toBe('info');
  const many = newShop();
  await many({ '2024-01': before });
  const others = await many({ '2024-02': ['A', 'B', 'W', 'X'].map((name) => one(name, 1, 1)) });
  expect(of(others, 'products-new')[0]?.severity).toBe('warning');
});

test('another file of the same content for another month is named, both count, and five rows are needed', async () => {
  const rows = ['A', 'B', 'C', 'D', 'E'].map((name, i) => one(name, i + 1, 10 * (i + 1)));
  const shop = newShop();
  await shop({ '2024-01': rows }, { fileName: 'January report.xlsx' });
  const [issue, ...none] = await shop({ '2024-02': rows });
  expect(none).toEqual([]);
  expect([issue?.rule, issue?.severity]).toEqual(['same-content', 'warning']);
  expect(issue?.hint).toContain('Feb 2024 holds exactly what "January report.xlsx"');
  expect(issue?.hint).toContain('for Jan 2024: 5 rows, 15 units, €150.00.');
  const { rows: counted } = await database.pool.query(
    'SELECT count(*)::int AS n FROM app.sales_data WHERE reseller = $1',
    [`Shop ${shops}`],
  );
  expect(counted).toEqual([{ n: 10 }]);
  const small = newShop();
  await small({ '2024-01': rows.slice(0, 4) });
  expect(await small({ '2024-02': rows.slice(0, 4) })).toEqual([]);
  // One row of five differs.
  expect(of(await shop({ '2024-03': [...rows.slice(0, 4), one('E', 5, 51)] }), 'same-content')).toEqual([]);
});

test('the same file under another name for the same month is known already, and nothing is compared', async () => {
  const rows = ['A', 'B', 'C', 'D', 'E'].map((name) => one(name, 1, 10));
  const shop = newShop();
  await shop({ '2024-01': rows });
  expect(await shop({ '2024-01': rows }, { fileName: 'Another name.xlsx' })).toEqual([]);
});
