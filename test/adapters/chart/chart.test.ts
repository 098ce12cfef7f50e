import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { fontFamily, registerFonts } from '#adapters/chart/fonts.ts';
import { makeCharts } from '#adapters/chart/index.ts';
import type { ChartSpec, ChartType } from '#src/message/message.ts';

const charts = makeCharts();
const names = ['Świat Łódź', 'Ελλάδα', 'Київ', 'Plain'];
const spec = (type: ChartType, values: (number | null)[], labels = names): ChartSpec => ({
  type,
  title: 'Sprzedaż / Πωλήσεις',
  labels,
  series: [{ name: 's', values }],
  format: 'money',
  currency: 'EUR',
  unit: 'Sales (EUR)',
});

function dimensions(png: Uint8Array): [number, number] {
  expect([...png.slice(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

it.each(['bar', 'line'] as const)('a %s chart with a figure in another unit beside it is drawn', async (type) => {
  const beside = { name: 'Units', values: [1, null, 3, 4], unit: 'Units', format: 'integer' as const };
  const png = await charts.draw({ ...spec(type, [40, 30, 20, 10]), beside });
  expect(dimensions(png)).toEqual([1800, 1000]);
  expect(png).not.toEqual(await charts.draw(spec(type, [40, 30, 20, 10])));
});

describe.each(['bar', 'horizontalBar', 'line', 'pie', 'doughnut'] as const)('a %s chart', (type) => {
  const sixty = Array.from({ length: 60 }, (_, index) => `Product ${index}`);
  it.each([
    ['figures and a gap', spec(type, [4, 3, null, 1])],
    ['negatives', spec(type, [4, -3, 2, 1])],
    ['one point', spec(type, [4], ['Only'])],
    [
      'sixty categories',
      spec(
        type,
        sixty.map((_, index) => 1000 / (index + 1)),
        sixty,
      ),
    ],
    ['no data', spec(type, [], [])],
  ])('is drawn at twice its size with %s', async (_, chart) => {
    const png = await charts.draw(chart);
    expect(dimensions(png)).toEqual([1800, 1000]);
    expect(png.length).toBeGreaterThan(4000);
  });
  it('is the same picture each time', async () => {
    expect(await charts.draw(spec(type, [4, 3, 2, 1]))).toEqual(await charts.draw(spec(type, [4, 3, 2, 1])));
  });
});

it('has its own glyphs for Polish, Greek, Cyrillic and Vietnamese names', () => {
  registerFonts(GlobalFonts);
  const pixels = (text: string) => {
    const canvas = createCanvas(60, 60);
    const context = canvas.getContext('2d');
    // Without the generic family at the end: only the bundled fonts count.
    context.font = `40px ${fontFamily.replace(', sans-serif', '')}`;
    context.fillText(text, 5, 45);
    return Buffer.from(context.getImageData(0, 0, 60, 60).data).toString('base64');
  };
  const missing = pixels('\u{10FFFD}');
  for (const letter of 'ŁśżΩδЖїạ€') expect(pixels(letter)).not.toBe(missing);
});
