// A chart -> the sentence that stands for it where it cannot be seen: it states the figures, all of them when they are
// few, else the ends, the highest and the lowest. Only figures that the chart holds.

import { formatMonth, formatNumber, formatPercent } from './format.ts';
import type { ChartSpec, ChartType } from './message.ts';
import { cleanLine } from './text.ts';

const names: Record<ChartType, string> = {
  bar: 'Bar chart',
  horizontalBar: 'Bar chart',
  stackedBar: 'Stacked bar chart',
  line: 'Line chart',
  area: 'Area chart',
  pie: 'Pie chart',
  doughnut: 'Doughnut chart',
};
const allUpTo = 13;

interface Point {
  label: string;
  value: number;
}

export function chartAlt(chart: ChartSpec): string {
  const unit = cleanLine(chart.unit);
  const head = `${names[chart.type]}: ${cleanLine(chart.title)}${unit ? ` (${unit})` : ''}.`;
  const { beside } = chart;
  const second = beside ? [seriesAlt({ ...chart, ...beside, series: [beside, beside] }, beside)] : [];
  const said = [...chart.series.map((series) => seriesAlt(chart, series)), ...second].filter((text) => text !== '');
  return said.length === 0 ? `${head} There is no data for it.` : `${head} ${said.join(' ')}`;
}

function seriesAlt(chart: ChartSpec, series: ChartSpec['series'][number]): string {
  const points: Point[] = [];
  const missing: string[] = [];
  for (const [index, raw] of chart.labels.entries()) {
    const value = series.values[index];
    const label = formatMonth(raw);
    if (typeof value === 'number' && Number.isFinite(value)) points.push({ label, value });
    else missing.push(label);
  }
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  const prefix = chart.series.length > 1 ? `${cleanLine(series.name)}: ` : '';
  const gaps =
    missing.length === 0
      ? ''
      : missing.length <= 3
        ? ` No figure for ${missing.join(', ')}.`
        : ` No figure for ${missing.length} others.`;
  if (points.length <= allUpTo)
    return `${prefix}${points.map((point) => state(chart, point, points)).join('; ')}.${gaps}`;
  const highest = points.reduce((best, point) => (point.value > best.value ? point : best));
  const lowest = points.reduce((best, point) => (point.value < best.value ? point : best));
  const extremes = `highest ${state(chart, highest, points)}; lowest ${state(chart, lowest, points)}`;
  return `${prefix}${points.length} figures from ${state(chart, first, points)} to ${state(chart, last, points)}; ${extremes}.${gaps}`;
}

function state(chart: ChartSpec, { label, value }: Point, all: Point[]): string {
  const figure = formatNumber(value, { format: chart.format, currency: chart.currency });
  const round = chart.type === 'pie' || chart.type === 'doughnut';
  if (!round || chart.format === 'percent' || all.some((point) => point.value < 0)) return `${label} ${figure}`;
  const total = all.reduce((sum, point) => sum + point.value, 0);
  return total > 0 ? `${label} ${figure} (${formatPercent((100 * value) / total)})` : `${label} ${figure}`;
}
