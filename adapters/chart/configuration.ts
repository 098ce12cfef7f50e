// ChartSpec -> Chart.js configuration: what the picture looks like. Legends only where there is something to tell apart,
// ticks with thousands separators, long labels elided or skipped, nulls as gaps, and an honest picture for no data.

import type { ChartConfiguration, ChartDataset, ChartOptions, FontSpec, ScaleOptionsByType } from 'chart.js';
import { formatMonth, formatNumber, formatPercent } from '#src/message/format.ts';
import type { ChartSpec } from '#src/message/message.ts';
import { cleanLine, elide } from '#src/message/text.ts';
import { light, palette } from '#src/message/theme.ts';
import { fontFamily } from './fonts.ts';
import { emptyNote, figuresAtBars } from './plugins.ts';

/** Logical pixels; the picture has twice as many. */
export const size = { width: 900, height: 500 };

const font = (pixels: number, weight: 'normal' | 'bold' = 'normal'): Partial<FontSpec> => ({
  family: fontFamily,
  size: pixels,
  weight,
});

/** What Chart.js calls them; how they stand is a matter of options. */
const kinds: Record<ChartSpec['type'], 'bar' | 'line' | 'pie' | 'doughnut'> = {
  bar: 'bar',
  horizontalBar: 'bar',
  stackedBar: 'bar',
  line: 'line',
  area: 'line',
  pie: 'pie',
  doughnut: 'doughnut',
};

export function configuration(chart: ChartSpec): ChartConfiguration {
  const round = chart.type === 'pie' || chart.type === 'doughnut';
  const drawable = chart.series.some((series) =>
    series.values.some((value) => isFigure(value) && (!round || value > 0)),
  );
  // A pie cannot show what is below zero; bars can.
  if (round && drawable && chart.series.some((series) => series.values.some((value) => isFigure(value) && value < 0))) {
    return configuration({ ...chart, type: 'horizontalBar' });
  }
  const shown = drawable ? chart : { ...chart, type: 'bar' as const, labels: [], series: [] };
  return {
    type: kinds[shown.type],
    data: {
      labels: tickLabels(shown),
      datasets: [...shown.series.map((series, index) => dataset(shown, series, index)), ...besides(shown)],
    },
    options: options(shown, round && drawable, drawable),
    plugins: drawable
      ? shown.type === 'line' || shown.type === 'area' || shown.type === 'stackedBar' || round
        ? []
        : [figuresAtBars(shown, fontFamily)]
      : [emptyNote(fontFamily)],
  } as ChartConfiguration;
}

function dataset(chart: ChartSpec, series: ChartSpec['series'][number], index: number): ChartDataset {
  const colour = palette[index % palette.length] ?? palette[0];
  const label = elide(cleanLine(series.name), 40);
  const data = chart.labels.map((_, at) => (isFigure(series.values[at]) ? (series.values[at] ?? null) : null));
  switch (chart.type) {
    case 'bar':
    case 'horizontalBar':
    case 'stackedBar':
      return {
        type: 'bar',
        label,
        data,
        backgroundColor: colour,
        borderRadius: chart.type === 'stackedBar' ? 0 : 3,
        maxBarThickness: 64,
        categoryPercentage: 0.78,
        barPercentage: 0.92,
      };
    case 'line':
    case 'area': {
      const many = data.length > 40;
      return {
        type: 'line',
        label,
        data,
        borderColor: colour,
        backgroundColor: chart.type === 'area' ? `${colour}55` : colour,
        fill: chart.type === 'area' ? (chart.series.length > 1 ? 'stack' : 'origin') : false,
        borderWidth: 2.5,
        pointRadius: many || chart.type === 'area' ? 0 : 3.5,
        pointBackgroundColor: '#ffffff',
        pointBorderWidth: 2,
        tension: 0,
        spanGaps: false,
      };
    }
    case 'pie':
    case 'doughnut': {
      const colours = chart.labels.map((_, at) => palette[at % palette.length] ?? palette[0]);
      return { label, data, backgroundColor: colours, borderColor: '#ffffff', borderWidth: 2 } as ChartDataset;
    }
  }
}

/** The figure in another unit: a line over the rest, in a colour of its own. */
function besides({ type, beside, labels, series }: ChartSpec): ChartDataset[] {
  if (!beside || labels.length === 0) return [];
  const colour = palette[series.length % palette.length] ?? palette[0];
  const line = {
    type: 'line' as const,
    yAxisID: 'right',
    label: elide(cleanLine(beside.name), 40),
    data: labels.map((_, at) => (isFigure(beside.values[at]) ? (beside.values[at] ?? null) : null)),
    borderColor: colour,
    backgroundColor: colour,
    borderDash: [6, 4],
    borderWidth: 2.5,
    pointRadius: labels.length > 40 ? 0 : 3.5,
    pointBackgroundColor: '#ffffff',
    pointBorderWidth: 2,
    spanGaps: false,
    // Before bars, and after the other line in the legend.
    ...(type === 'bar' ? { order: -1 } : {}),
  };
  return [line];
}

function options(chart: ChartSpec, round: boolean, drawable: boolean): ChartOptions {
  const horizontal = chart.type === 'horizontalBar';
  const title = cleanLine(chart.title);
  const unit =
    [chart.unit, chart.beside?.unit]
      .map((each) => cleanLine(each ?? ''))
      .filter(Boolean)
      .join(' left, ') + (chart.beside ? ' right' : '');
  return {
    devicePixelRatio: 2,
    indexAxis: horizontal ? 'y' : 'x',
    locale: 'en-US',
    layout: { padding: { top: 18, right: horizontal ? 72 : 26, bottom: 16, left: 22 } },
    plugins: {
      title: {
        display: title !== '',
        text: elide(title, 84),
        align: 'start',
        color: light.ink,
        font: font(20, 'bold'),
        padding: { top: 0, bottom: unit ? 2 : 16 },
      },
      subtitle: {
        display: unit !== '',
        text: elide(unit, 110),
        align: 'start',
        color: light.muted,
        font: font(14),
        padding: { top: 0, bottom: 16 },
      },
      legend: {
        display: drawable && (round || chart.series.length > 1 || chart.beside !== undefined),
        position: round ? 'right' : 'top',
        align: round ? 'center' : 'start',
        labels: {
          color: light.ink,
          font: font(14),
          usePointStyle: true,
          pointStyle: 'circle',
          boxHeight: 8,
          padding: 14,
        },
      },
    },
    ...(round ? { cutout: chart.type === 'doughnut' ? '58%' : 0 } : { scales: scales(chart, horizontal, drawable) }),
  } as ChartOptions;
}

function scales(chart: ChartSpec, horizontal: boolean, drawable: boolean) {
  const stacked = chart.type === 'stackedBar' || (chart.type === 'area' && chart.series.length > 1);
  const value = {
    display: drawable,
    stacked,
    beginAtZero:
      chart.type !== 'line' ||
      chart.series.some((series) => series.values.some((figure) => isFigure(figure) && figure < 0)) ||
      steep(chart),
    grace: '6%',
    border: { display: false },
    grid: {
      color: (at: { tick?: { value: number } }) => (at.tick?.value === 0 ? '#8a96a3' : light.line),
      drawTicks: false,
    },
    ticks: { color: light.muted, font: font(13), padding: 8, maxTicksLimit: 7, callback: tickText(chart) },
  } as unknown as ScaleOptionsByType;
  const category = {
    display: drawable,
    stacked: chart.type === 'stackedBar',
    border: { color: '#8a96a3', display: !horizontal },
    grid: { display: false },
    ticks: {
      color: light.ink,
      font: font(chart.labels.length > 24 ? 11.5 : 13),
      padding: 6,
      autoSkip: true,
      autoSkipPadding: horizontal ? 2 : 10,
      maxRotation: 45,
    },
  } as unknown as ScaleOptionsByType;
  if (horizontal) return { x: value, y: category };
  const { beside } = chart;
  if (!beside) return { x: category, y: value };
  const right = {
    ...value,
    position: 'right',
    beginAtZero: true,
    grid: { display: false },
    ticks: { ...value.ticks, callback: tickText(beside) },
  };
  return { x: category, y: value, right };
}

/** A line starts at zero unless all its figures lie close together far above it. */
function steep(chart: ChartSpec): boolean {
  const figures = chart.series.flatMap((series) => series.values).filter(isFigure);
  return Math.min(...figures) < 0.7 * Math.max(...figures);
}

function tickText(
  chart: Pick<ChartSpec, 'format' | 'currency'>,
): (value: number | string, index: number, ticks: { value: number }[]) => string {
  return (value, _index, ticks) => {
    const step = Math.abs((ticks[1]?.value ?? 1) - (ticks[0]?.value ?? 0));
    const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
    return formatNumber(Number(value), { format: chart.format, currency: chart.currency, digits });
  };
}

function tickLabels(chart: ChartSpec): string[] {
  const round = chart.type === 'pie' || chart.type === 'doughnut';
  const figures = chart.series[0]?.values ?? [];
  const total = figures.reduce<number>((sum, value) => sum + (isFigure(value) ? value : 0), 0);
  const longest = round ? 24 : chart.type === 'horizontalBar' ? 32 : chart.labels.length > 12 ? 16 : 20;
  return chart.labels.map((label, index) => {
    const text = elide(formatMonth(label), longest);
    const value = figures[index];
    if (!round || !isFigure(value)) return text;
    const figure = formatNumber(value, { format: chart.format, currency: chart.currency });
    return chart.format === 'percent' || total <= 0
      ? `${text}  ${figure}`
      : `${text}  ${figure} (${formatPercent((100 * value) / total)})`;
  });
}

function isFigure(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
