import { expect, it } from 'vitest';
import { chartAlt } from '../../src/message/alt.ts';
import {
  formatCompact,
  formatDate,
  formatMoney,
  formatMonth,
  formatNumber,
  formatPercent,
} from '../../src/message/format.ts';

it.each([
  [formatNumber(1234567), '1,234,567'],
  [formatNumber(-1234.5), '−1,234.50'],
  [formatNumber(-0.001, { format: 'decimal' }), '0.00'],
  [formatNumber(null), '–'],
  [formatNumber(Number.NaN), '–'],
  [formatMoney(1.005, 'EUR'), '€1.01'],
  [formatMoney(-99, 'PLN'), '−PLN 99.00'],
  [formatMoney(1234.5, 'JPY'), 'JPY 1,235'],
  [formatPercent(12.34, { signed: true }), '+12.3%'],
  [formatCompact(41220.5, { format: 'money', currency: 'EUR' }), '€41.2k'],
  [formatCompact(1_500_000), '1.5M'],
  [formatCompact(999_960), '1.0M'],
  [formatMonth('2025-03'), 'Mar 2025'],
  [formatMonth('2025-13'), '2025-13'],
  [formatDate('2025-03-07T10:00:00Z'), '7 Mar 2025'],
])('prints %s', (printed, expected) => expect(printed).toBe(expected));

it('states every figure of a small chart, and says what is missing', () => {
  const chart = {
    type: 'pie' as const,
    title: 'Share',
    labels: ['A', 'B', 'C'],
    series: [{ name: 's', values: [75, 25, null] }],
    format: 'integer' as const,
    unit: 'Units',
  };
  expect(chartAlt(chart)).toBe('Pie chart: Share (Units). A 75 (75.0%); B 25 (25.0%). No figure for C.');
  expect(chartAlt({ ...chart, series: [] })).toContain('no data');
});

it('states ends and extremes of a long chart', () => {
  const labels = Array.from({ length: 60 }, (_, index) => `P${index}`);
  const alt = chartAlt({
    type: 'bar',
    title: 'T',
    labels,
    series: [{ name: 's', values: labels.map((_, index) => (index === 7 ? 900 : index)) }],
    format: 'integer',
    unit: 'Units',
  });
  expect(alt).toContain('60 figures from P0 0 to P59 59; highest P7 900; lowest P0 0.');
});
