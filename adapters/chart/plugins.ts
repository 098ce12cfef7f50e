// Two small Chart.js plugins: the figure at the end of each bar (where there is room), and the sentence that stands in
// a picture without data.

import type { Chart, Plugin } from 'chart.js';
import { formatCompact } from '#src/message/format.ts';
import type { ChartSpec } from '#src/message/message.ts';
import { light } from '#src/message/theme.ts';

export function figuresAtBars(chart: ChartSpec, family: string): Plugin {
  const horizontal = chart.type === 'horizontalBar';
  const labelOf = (value: number) => formatCompact(value, { format: chart.format, currency: chart.currency });
  return {
    id: 'figuresAtBars',
    afterDatasetsDraw(drawn: Chart) {
      const { ctx } = drawn;
      ctx.save();
      ctx.font = `12.5px ${family}`;
      ctx.fillStyle = light.ink;
      for (const [index, series] of chart.series.entries()) {
        for (const [at, bar] of drawn.getDatasetMeta(index).data.entries()) {
          const value = series.values[at];
          if (typeof value !== 'number' || !Number.isFinite(value)) continue;
          const { x, y, width, height } = bar.getProps(['x', 'y', 'width', 'height'], true) as Record<
            'x' | 'y' | 'width' | 'height',
            number
          >;
          const text = labelOf(value);
          const below = value < 0;
          if (horizontal) {
            if (height < 11) continue;
            ctx.textAlign = below ? 'right' : 'left';
            ctx.textBaseline = 'middle';
            ctx.fillText(text, x + (below ? -6 : 6), y);
          } else {
            const room = chart.series.length > 1 ? width + 2 : width * 1.25;
            if (ctx.measureText(text).width > room) continue;
            ctx.textAlign = 'center';
            ctx.textBaseline = below ? 'top' : 'bottom';
            ctx.fillText(text, x, y + (below ? 5 : -4));
          }
        }
      }
      ctx.restore();
    },
  };
}

export function emptyNote(family: string): Plugin {
  return {
    id: 'emptyNote',
    afterDraw({ ctx, width, height }: Chart) {
      ctx.save();
      ctx.font = `16px ${family}`;
      ctx.fillStyle = light.muted;
      ctx.textAlign = 'center';
      ctx.fillText('No data for this selection', width / 2, height / 2 + 20);
      ctx.restore();
    },
  };
}
