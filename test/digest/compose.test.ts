import { expect, it } from 'vitest';
import { lastMonthAnomaly } from '../../src/digest/anomaly.ts';
import { composeDigest } from '../../src/digest/compose.ts';
import { plainText } from '../../src/message/plain-text.ts';
import { digestInput } from './sample.ts';

const text = plainText(composeDigest(digestInput()), { width: 400 });

it('compares the latest complete month with the month and the year before', () => {
  expect(text).toContain('€9,000.10 (+140.0% on Mar 2025; +80.0% on Apr 2024)');
});
it('says whose month is missing, what has no rate and what was held back', () => {
  expect(text).toContain('No report for Apr 2025 yet from: Quiet Shop.');
  expect(text).toContain('4 rows of Apr 2025 have an amount but no exchange rate');
  expect(text).toContain('3 rows of recent files were held back');
});
it('mentions a month far from the usual', () =>
  expect(text).toContain('Nordlys: €9,000.10 in Apr 2025 is unusually high'));
it('leaves the month that is still running out', () => {
  const input = digestInput();
  input.monthly.push({ month: '2025-05', reseller: 'Nordlys', quantity: 1, amount: 1, rows: 1, withoutRate: 0 });
  expect(composeDigest(input).title).toContain('Apr 2025');
});
it('says that there is nothing to compare without a complete month', () => {
  expect(plainText(composeDigest({ ...digestInput(), monthly: [] }))).toContain('No complete month');
});
it('calls nothing unusual below twelve earlier months, or within ordinary wobble', () => {
  expect(lastMonthAnomaly([1, 1, 1, 1, 1, 99])).toBeNull();
  const steady = Array.from({ length: 12 }, (_, index) => 100 + (index % 3));
  expect(lastMonthAnomaly([...steady, 104])).toBeNull();
  expect(lastMonthAnomaly([...steady, 20])?.score).toBeLessThan(-3.5);
});

it('does not take a product sold without a known amount for a loss', () => expect(text).not.toContain('No rate'));
it('leaves out the oldest month when not all rows could be read', () => {
  const cut = plainText(composeDigest({ ...digestInput(), truncated: true }), { width: 400 });
  expect(cut).toContain('stored rows of the latest months');
});
