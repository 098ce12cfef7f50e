import { expect, test } from 'vitest';
import { html } from '#src/message/html.ts';
import { plainText } from '#src/message/plain-text.ts';
import type { Receipt, ScopeOutcome, UploadRecord } from '#src/ports.ts';
import { emptyReceipt } from '#src/usecases/receipt.ts';
import { receiptMessage } from '#src/usecases/receipt-message.ts';

const upload: UploadRecord = {
  ...{
    id: 'one',
    fileName: 'May.xlsx',
    size: 1,
    hash: '',
    status: 'processing',
    vendor: null,
    userId: '',
    spaceId: '',
  },
  receivedAt: new Date(0),
  receipt: null,
};
const may = { year: 2025, month: 5 };
const loaded: ScopeOutcome = {
  ...{ reseller: 'Shop', store: null, period: may, week: null, state: 'loaded', rows: 3, quantity: 7, amount: 70 },
  currency: 'EUR',
  before: null,
};
const differs: ScopeOutcome = {
  ...loaded,
  state: 'differs',
  before: { uploadId: 'two', fileName: 'May (old).xlsx', rows: 2, quantity: 5, amount: 60 },
};

function text(more: Partial<Receipt>): string {
  const base: Receipt = {
    ...emptyReceipt(upload),
    ...{ status: 'completed', vendor: 'shop', vendorName: 'Shop', sheet: 'Sales', baseCurrency: 'EUR' },
    period: { from: may, to: may },
    rows: { read: 3, loaded: 3, merged: 0, quarantined: 0, ignored: 0 },
    totals: [{ currency: 'EUR', quantity: 7, amount: 70, amountBase: 70 }],
    scopes: [loaded],
  };
  return plainText(receiptMessage({ ...base, ...more }), { width: 400 });
}

test('a weekly report names its week and the month in which it counts', () => {
  const weekly = text({ scopes: [{ ...loaded, week: '2025-06-01' }] });
  expect(weekly).toMatch(/^Week: +ending Sun 1 Jun 2025, counted in May 2025$/m);
  expect(weekly).not.toContain('Months:');
  const two = text({ scopes: ['2025-05-25', '2025-06-01'].map((week) => ({ ...loaded, week })) });
  expect(two).toMatch(/^Weeks: +2, ending Sun 25 May 2025 to Sun 1 Jun 2025, counted in May 2025$/m);
});

test('only what became of some rows is said of the rows', () => {
  expect(text({})).toMatch(/^Rows: +3 read, all loaded$/m);
  const rows = { read: 9, loaded: 3, merged: 0, quarantined: 2, ignored: 4 };
  expect(text({ rows })).toMatch(/^Rows: +9 read = 3 loaded \+ 2 held back \+ 4 left out$/m);
});

test('the two reasons that weigh most are named, and long ones are cut', () => {
  const headings = `row 1 has the headings ${Array.from({ length: 20 }, (_, i) => `Heading ${i}`).join(', ')}`;
  const shown = text({ vendorReasons: [headings, 'the sheet is named "Sales"', 'the file name says "shop"'] });
  const [line = ''] = shown.split('\n').filter((each) => each.startsWith('Recognised by'));
  expect(line).toMatch(/Heading 3 and others; the sheet is named "Sales"$/);
  expect(line.length).toBeLessThan(130);
});

test('a report without amounts says its units and has no table of money', () => {
  const shown = text({ totals: [{ currency: 'PLN', quantity: 280, amount: null, amountBase: null }] });
  expect(shown).toMatch(/^Units loaded: +280$/m);
  expect(shown).not.toContain('Currency');
});

test('names that wait to be matched are counted, with what to do', () => {
  expect(text({ unmatched: 24 })).toContain('24 names in this file wait to be matched to products.');
  expect(text({ unmatched: 1 })).toContain('One name in this file waits to be matched to a product.');
  expect(text({})).not.toContain('matched');
});

test('a file that repeats another one says which', () => {
  const scopes = [{ ...differs, state: 'unchanged' as const }];
  expect(text({ status: 'duplicate', scopes })).toContain('It came in "May (old).xlsx". Nothing was changed');
});

const difference = {
  ...{ reseller: 'Shop', store: null, period: may, week: null, currency: 'EUR', added: 1, gone: 0, changed: 2 },
  quantity: { before: 5, after: 7, difference: 2 },
  amount: { before: 60, after: 70, difference: 10 },
  products: [
    {
      product: 'SOAP100',
      quantity: { before: 5, after: 7, difference: 2 },
      amount: { before: 60, after: 70, difference: 10 },
    },
  ],
};

test('a month that differs shows both figures, the difference, the rows behind it and the products', () => {
  const shown = text({ status: 'needs_decision', scopes: [differs], differences: [difference] });
  expect(shown).toContain('One month is loaded already with other figures. It stays as it is');
  expect(shown).toMatch(/^May 2025 +2 +3 +5 +7 +60\.00 +70\.00 +10\.00$/m);
  expect(shown).toContain(
    'May 2025: 1 row is new, 2 rows are changed. Largest differences: SOAP100 (+2 units, +€10.00).',
  );
  expect(shown).toContain('Loaded now: "May (old).xlsx".');
});

test('where there are no amounts a month that differs is shown in units', () => {
  const scope = { ...differs, amount: null, before: { ...differs.before!, amount: null } };
  const units = { ...difference, amount: null, products: [{ ...difference.products[0]!, amount: null }] };
  const shown = text({ scopes: [scope], differences: [units] });
  expect(shown).toMatch(/^May 2025 +2 +3 +5 +7 +2$/m);
  expect(shown).toContain('SOAP100 (+2 units)');
  expect(shown).not.toContain('Amount now');
});

test('a receipt from before differences were kept is shown too', () => {
  const { differences: _, unmatched: __, ...old } = { ...emptyReceipt(upload), vendor: 'shop', scopes: [differs] };
  expect(plainText(receiptMessage(old as Receipt))).toContain('May (old).xlsx');
});

test('what changed stands under one heading, apart from what the rows themselves say', () => {
  const issue = (rule: string, hint: string) => ({
    ...{ severity: 'warning' as const, rule, hint, sheet: null, row: null, column: null, value: null },
  });
  const shown = text({ issues: [issue('other-table', 'Another sheet.'), issue('currency-new', 'Now in USD.')] });
  expect(shown.indexOf('What changed')).toBeGreaterThan(0);
  expect(shown.indexOf('Now in USD.')).toBeGreaterThan(shown.indexOf('What changed'));
  expect(shown.indexOf('Another sheet.')).toBeGreaterThan(shown.indexOf('Now in USD.'));
  const many = Array.from({ length: 11 }, (_, i) => issue('price-unusual', `Price ${i}.`));
  expect(text({ issues: many })).toContain('and 3 more');
});

test('in HTML the names of files and products stay text', () => {
  const nasty = '<img src=x onerror=alert(1)>';
  const scope = { ...differs, before: { ...differs.before!, fileName: nasty } };
  const products = [{ ...difference.products[0]!, product: nasty }];
  const receipt = { ...emptyReceipt(upload), scopes: [scope], differences: [{ ...difference, products }] };
  expect(html(receiptMessage({ ...receipt, vendor: 'shop' }))).not.toContain('<img');
});
