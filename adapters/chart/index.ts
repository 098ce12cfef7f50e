// Charts as data -> PNG, drawn by Chart.js on Skia. The libraries load with the first picture: a process that draws
// nothing pays nothing. The same chart always gives the same bytes.

import type { ChartSpec } from '#src/message/message.ts';
import type { Charts } from '#src/ports.ts';
import { configuration, size } from './configuration.ts';
import { registerFonts } from './fonts.ts';

type Draw = (chart: ChartSpec) => Uint8Array;

export function makeCharts(): Charts {
  let ready: Promise<Draw> | null = null;
  return {
    async draw(chart) {
      ready ??= load();
      return (await ready)(chart);
    },
  };
}

async function load(): Promise<Draw> {
  const [{ ChartJSNodeCanvas }, { GlobalFonts }] = await Promise.all([
    import('chartjs-node-canvas'),
    import('@napi-rs/canvas'),
  ]);
  registerFonts(GlobalFonts);
  const canvas = new ChartJSNodeCanvas({ ...size, backgroundColour: '#ffffff' });
  // The synchronous call: the callback style does not exist on Skia.
  return (chart) => new Uint8Array(canvas.renderToBufferSync(configuration(chart)));
}
