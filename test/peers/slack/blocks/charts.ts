// `data_visualization`: pies by segments, lines, bars and areas by series over the same categories.

import type { Json } from '../world/types.ts';
import { LIMITS } from './limits.ts';
import { isObject, listIn, type Problems, stringIn } from './problems.ts';

export function checkChart(problems: Problems, block: Json, path: string): void {
  stringIn(problems, block, 'title', path, { most: LIMITS.chart.title, required: true });
  const { chart } = block;
  if (!isObject(chart)) {
    problems.missing(path, 'chart');
    return;
  }
  const place = `${path}/chart`;
  if (chart.type === 'pie') {
    checkPoints(problems, listIn(problems, chart, 'segments', place, LIMITS.chart.segments), `${place}/segments`);
  } else if (chart.type === 'line' || chart.type === 'bar' || chart.type === 'area') {
    checkSeries(problems, chart, place);
  } else {
    problems.say(`${place}/type`, `unsupported type: ${chart.type}`);
  }
}

function checkSeries(problems: Problems, chart: Json, path: string): void {
  const axis = isObject(chart.axis_config) ? chart.axis_config : {};
  const categories = listIn(problems, axis, 'categories', `${path}/axis_config`, LIMITS.chart.categories);
  for (const [at, each] of listIn(problems, chart, 'series', path, LIMITS.chart.series).entries()) {
    const place = `${path}/series/${at}`;
    if (!isObject(each)) {
      problems.say(place, 'must be an object');
      continue;
    }
    stringIn(problems, each, 'name', place, { most: LIMITS.chart.label, required: true });
    const points = listIn(problems, each, 'data', place, LIMITS.chart.categories);
    checkPoints(problems, points, `${place}/data`);
    const labels = points.map((point) => (isObject(point) ? point.label : undefined));
    if (labels.join('\n') !== categories.join('\n')) problems.say(`${place}/data`, 'labels must match the categories');
  }
}

function checkPoints(problems: Problems, points: readonly unknown[], path: string): void {
  for (const [at, point] of points.entries()) {
    if (!isObject(point)) problems.say(`${path}/${at}`, 'must be an object');
    else {
      stringIn(problems, point, 'label', `${path}/${at}`, { most: LIMITS.chart.label, required: true });
      if (!Number.isFinite(point.value)) problems.say(`${path}/${at}/value`, 'must be a number');
    }
  }
}
