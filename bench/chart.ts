// Drawing a chart: the first picture of a process and those after it, against an
// empty canvas of the same size encoded as PNG.

import { createCanvas } from '@napi-rs/canvas';
import { makeCharts } from '#adapters/chart/index.ts';
import { median } from './measure.ts';

export async function benchChart(_folder: string): Promise<string> {
  const charts = makeCharts();
  const spec = {
    type: 'bar' as const,
    title: 'Sales by reseller',
    labels: Array.from({ length: 12 }, (_, index) => `Reseller ${index + 1}`),
    series: [{ name: 'Sales', values: Array.from({ length: 12 }, (_, index) => 12_000 - index * 900) }],
    format: 'money' as const,
    currency: 'EUR',
    unit: 'Sales (EUR)',
  };
  const time = async (work: () => unknown) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const first = await time(() => charts.draw(spec));
  const later: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < 20; round++) {
    later.push(await time(() => charts.draw(spec)));
    empty.push(await time(() => createCanvas(1800, 1000).toBuffer('image/png')));
  }
  const ratio = median(later) / median(empty);
  return `## A chart as PNG

| | ms |
|---|---|
| first picture of a process, fonts included | ${first.toFixed(0)} |
| after that, median of 20 | ${median(later).toFixed(0)} |
| an empty canvas of the same size encoded as PNG | ${median(empty).toFixed(0)} |

A picture costs ${ratio.toFixed(1)} times an empty one.`;
}
