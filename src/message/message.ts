// The one vocabulary in which the bot speaks. A Message is data: every platform's renderer is a pure function
// from it, and a chart is drawn once so that Slack, Teams, mail and the web show the same picture.

/** A cell of a table or a figure in a field: numbers stay numbers until a renderer formats them. */
export type Value = string | number | boolean | null;

/** How a renderer prints a number. `money` carries its ISO 4217 code in the column; `percent` is 12.5 for 12.5 %. */
export type NumberFormat = 'integer' | 'decimal' | 'money' | 'percent';

export interface Column {
  key: string;
  label: string;
  kind: 'text' | 'number' | 'month' | 'date';
  format?: NumberFormat;
  /** ISO 4217, for `format: 'money'`. */
  currency?: string;
}

export interface TextBlock {
  kind: 'text';
  text: string;
  style?: 'plain' | 'strong' | 'warning' | 'code';
}
export interface FieldsBlock {
  kind: 'fields';
  fields: { label: string; value: string }[];
}
export interface TableBlock {
  kind: 'table';
  title?: string;
  columns: Column[];
  rows: Record<string, Value>[];
  /** Rows that exist beyond those shown; 0 when the table is whole. */
  more?: number;
}

export type ChartType = 'bar' | 'horizontalBar' | 'stackedBar' | 'line' | 'area' | 'pie' | 'doughnut';

/** A chart as data. `series[].values` has one entry a label; null is a gap, not a zero. */
export interface ChartSpec {
  type: ChartType;
  title: string;
  labels: string[];
  series: { name: string; values: (number | null)[] }[];
  format: NumberFormat;
  currency?: string;
  /** What the value axis says, for example `Sales (EUR)`. */
  unit: string;
  /** A figure in another unit, as a line with an axis of its own; bars and lines only. */
  beside?: { name: string; values: (number | null)[]; unit: string; format: NumberFormat; currency?: string };
}
export interface ChartBlock {
  kind: 'chart';
  chart: ChartSpec;
  /** States the key figures in words, for those who cannot see the picture. */
  alt: string;
  /** Name of the attachment that holds the drawn PNG, once drawn. */
  attachment?: string;
}
export interface ImageBlock {
  kind: 'image';
  alt: string;
  attachment: string;
}
/** A choice to be pressed. `value` is opaque to the platform and comes back in an ActionPressed event. */
export interface Action {
  id: string;
  label: string;
  value: string;
  style?: 'primary' | 'danger';
}
export interface ActionsBlock {
  kind: 'actions';
  actions: Action[];
}
export interface InputBlock {
  kind: 'input';
  id: string;
  label: string;
  placeholder?: string;
}
export interface DividerBlock {
  kind: 'divider';
}
/** Small print: evidence, sources, timings. */
export interface ContextBlock {
  kind: 'context';
  text: string;
}

export type Block =
  | TextBlock
  | FieldsBlock
  | TableBlock
  | ChartBlock
  | ImageBlock
  | ActionsBlock
  | InputBlock
  | DividerBlock
  | ContextBlock;

export interface Attachment {
  name: string;
  contentType: string;
  data: Uint8Array;
}

export interface Message {
  title?: string;
  /** Stands only until the next update: a place that cannot replace what it has shown leaves it out. */
  passing?: boolean;
  blocks: Block[];
  attachments?: Attachment[];
}
