// Rows of a result -> described columns, and the chart that fits their shape: courses of time as lines, rankings as bars, a few
// parts of a whole as a doughnut, one number as no chart at all.

import { formatMonth } from './format.ts';
import type { ChartSpec, ChartType, Column, Value } from './message.ts';

type Row = Record<string, Value>;

const labels: Record<string, string> = {
  reseller: 'Reseller',
  product: 'Product',
  brand: 'Brand',
  store: 'Store',
  channel: 'Channel',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
  sales: 'Sales',
  sales_local: 'Sales, local currency',
  currency: 'Currency',
  units: 'Units',
  returns: 'Units returned',
  avg_price: 'Average price',
  avg_monthly_sales: 'Sales a month',
  avg_monthly_units: 'Units a month',
  share_pct: 'Share',
  growth_pct: 'Change',
  current: 'Now',
  previous: 'Before',
  running: 'Running total',
  moving_average: 'Moving average',
  usual: 'Usual',
  deviation_pct: 'Off the usual by',
};
const money = new Set(['sales', 'avg_price', 'avg_monthly_sales']);
const counts = new Set(['units', 'products', 'resellers', 'stores', 'records', 'brands', 'months', 'rows', 'returns']);
const time = new Set(['month', 'quarter', 'year']);

/** @param moneyColumns columns beside the well-known ones that hold amounts in the base currency */
export function describeColumns(
  names: string[],
  rows: Row[],
  baseCurrency: string,
  moneyColumns: string[] = [],
): Column[] {
  const currencies = new Set(rows.map((row) => row.currency).filter((value) => typeof value === 'string'));
  const [only] = currencies.size === 1 ? currencies : [];
  return names.map((key): Column => {
    const label = labels[key] ?? sentenceCase(key);
    if (key === 'month' || key === 'first_month' || key === 'last_month') return { key, label, kind: 'month' };
    if (key.endsWith('_pct')) return { key, label, kind: 'number', format: 'percent' };
    if (money.has(key) || moneyColumns.includes(key))
      return { key, label, kind: 'number', format: 'money', currency: baseCurrency };
    if (key === 'sales_local') {
      return only === undefined
        ? { key, label, kind: 'number', format: 'decimal' }
        : { key, label, kind: 'number', format: 'money', currency: String(only) };
    }
    if (counts.has(key)) return { key, label, kind: 'number', format: 'integer' };
    const number = key !== 'year' && rows.some((row) => typeof row[key] === 'number');
    const whole = rows.every((row) => row[key] === null || Number.isInteger(row[key]));
    return number
      ? { key, label, kind: 'number', format: whole ? 'integer' : 'decimal' }
      : { key, label, kind: 'text' };
  });
}

/** How many bars or parts a picture holds before the rest becomes `Others`. */
const mostBars = 20;
const mostParts = 6;
const mostPairs = 24;
const mostSeries = 8;
/** Years that stand side by side rather than make a course: the last of them is mostly not over. */
const fewYears = 5;

/** null where a chart would say nothing: no dimension, no figure, a single row. `wish` is honoured where the shape allows it. */
export function chartOf(columns: Column[], rows: Row[], wish: ChartType | null, title: string): ChartSpec | null {
  const dimensions = columns.filter((column) => column.kind !== 'number' && column.key !== 'currency');
  const figures = columns.filter((column) => column.kind === 'number');
  const figure = preferred(figures);
  const [first, second] = dimensions;
  if (!first || !figure || rows.length === 0 || dimensions.length > 2) return null;
  if (rows.length === 1 && wish === null) return null;
  const format = figure.format ?? 'decimal';
  const unit = unitOf(figure);
  const base = { title, format, unit, ...(figure.currency ? { currency: figure.currency } : {}) };
  if (second && wish === null && isSparse(first, second, rows))
    return { ...base, ...pairs(first, second, figure, rows) };
  if (second) return { ...base, ...grid(first, second, figure, rows, wish) };
  const isTime = time.has(first.key);
  const moving = figures.find((column) => column.key === 'moving_average');
  if (moving) {
    const series = [figure, moving].map((column) => ({
      name: column.label,
      values: rows.map((row) => numberOf(row[column.key])),
    }));
    return { ...base, type: 'line', labels: rows.map((row) => labelOf(first, row[first.key])), series };
  }
  const additive = isAdditive(figure);
  const points = rows.map((row) => ({ label: labelOf(first, row[first.key]), value: numberOf(row[figure.key]) }));
  const shown = isTime ? points : shorten(points, mostBars, additive);
  const type = typeOf(wish, isTime && (first.key !== 'year' || shown.length > fewYears), figure, shown);
  const other = isTime && (type === 'bar' || type === 'line') ? inOtherUnit(figure, figures) : undefined;
  const parts = type === 'pie' || type === 'doughnut' ? shorten(shown, mostParts + 1, additive) : shown;
  return {
    ...base,
    type,
    labels: parts.map((point) => point.label),
    series: [{ name: figure.label, values: parts.map((point) => point.value) }],
    ...(other
      ? {
          beside: {
            name: other.label,
            values: rows.map((row) => numberOf(row[other.key])),
            unit: unitOf(other),
            format: other.format ?? 'decimal',
            ...(other.currency ? { currency: other.currency } : {}),
          },
        }
      : {}),
  };
}

function unitOf({ label, format, currency }: Column): string {
  return format === 'money' && currency ? `${label} (${currency})` : label;
}

/** The second figure of a course: where it is in the same unit, the first alone is drawn and the table has both. */
function inOtherUnit(figure: Column, figures: Column[]): Column | undefined {
  const plain = new Set(['sales', 'units', 'avg_price', 'returns']);
  if (!plain.has(figure.key)) return undefined;
  return figures.find(
    ({ key, format }) => plain.has(key) && key !== figure.key && (format !== figure.format || key === 'avg_price'),
  );
}

interface Point {
  label: string;
  value: number | null;
}

function typeOf(wish: ChartType | null, isTime: boolean, figure: Column, points: Point[]): ChartType {
  const negative = points.some((point) => (point.value ?? 0) < 0);
  const round = (type: ChartType) => type === 'pie' || type === 'doughnut';
  if (wish !== null && !(round(wish) && negative)) return wish;
  if (isTime) return points.length <= 2 ? 'bar' : 'line';
  if (figure.key === 'share_pct' && points.length <= mostParts && !negative) return 'doughnut';
  const long = points.some((point) => point.label.length > 14);
  return points.length > 6 || long ? 'horizontalBar' : 'bar';
}

/** Each value of one dimension goes with few of the other, as in the best products of each reseller: a grid would be mostly holes. */
function isSparse(first: Column, second: Column, rows: Row[]): boolean {
  if (time.has(first.key) || time.has(second.key)) return false;
  const size = (column: Column) => unique(rows.map((row) => row[column.key] ?? null)).length;
  return rows.length * 2 < size(first) * size(second);
}

/** A bar for each row, named after both, in the order of the rows. */
function pairs(
  first: Column,
  second: Column,
  figure: Column,
  rows: Row[],
): Pick<ChartSpec, 'type' | 'labels' | 'series'> {
  const shown = rows.slice(0, mostPairs);
  return {
    type: 'horizontalBar',
    labels: shown.map((row) => `${labelOf(first, row[first.key])}: ${labelOf(second, row[second.key])}`),
    series: [{ name: figure.label, values: shown.map((row) => numberOf(row[figure.key])) }],
  };
}

/** Two dimensions: time along the axis where there is one, a series for each value of the other. */
function grid(
  first: Column,
  second: Column,
  figure: Column,
  rows: Row[],
  wish: ChartType | null,
): Pick<ChartSpec, 'type' | 'labels' | 'series'> {
  const [axis, split] = time.has(first.key) || !time.has(second.key) ? [first, second] : [second, first];
  const isTime = time.has(axis.key);
  const keys = unique(rows.map((row) => row[axis.key] ?? null));
  if (isTime) keys.sort((a, b) => String(a).localeCompare(String(b)));
  const sums = new Map<string, number>();
  for (const row of rows) {
    const name = labelOf(split, row[split.key]);
    sums.set(name, (sums.get(name) ?? 0) + (numberOf(row[figure.key]) ?? 0));
  }
  const names = [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const own = names.length > mostSeries ? names.slice(0, mostSeries - 1) : names;
  const valuesOf = (wanted: (name: string) => boolean) =>
    keys.map((key) => {
      const found = rows.filter((row) => (row[axis.key] ?? null) === key && wanted(labelOf(split, row[split.key])));
      const values = found.flatMap((row) => numberOf(row[figure.key]) ?? []);
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
    });
  const series = own.map((name) => ({ name, values: valuesOf((each) => each === name) }));
  if (own.length < names.length && isAdditive(figure))
    series.push({ name: 'Others', values: valuesOf((each) => !own.includes(each)) });
  const wanted = wish === 'pie' || wish === 'doughnut' ? null : wish;
  return {
    type: wanted ?? (isTime && keys.length > 2 ? 'line' : 'bar'),
    labels: keys.map((key) => labelOf(axis, key)),
    series,
  };
}

/** The longest-lasting figure of a row: a share or a change before the amounts it was made from. */
function preferred(figures: Column[]): Column | undefined {
  return figures.find((column) => ['share_pct', 'growth_pct', 'running'].includes(column.key)) ?? figures[0];
}

/** Averages, percentages and counts of different things cannot be added up into `Others`. */
function isAdditive(figure: Column): boolean {
  return ['sales', 'sales_local', 'units', 'records', 'returns', 'share_pct'].includes(figure.key);
}

function shorten(points: Point[], most: number, additive: boolean): Point[] {
  if (points.length <= most) return points;
  if (!additive) return points.slice(0, most);
  const rest = points.slice(most - 1).reduce((sum, point) => sum + (point.value ?? 0), 0);
  return [...points.slice(0, most - 1), { label: 'Others', value: rest }];
}

function labelOf(column: Column, value: Value | undefined): string {
  if (value === null || value === undefined) return 'unknown';
  return column.kind === 'month' ? formatMonth(String(value)) : String(value);
}

function numberOf(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function unique(values: Value[]): Value[] {
  return [...new Set(values)];
}

function sentenceCase(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
