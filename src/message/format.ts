// Numbers, money, shares, months and dates -> the words that every renderer and every chart prints, so that a figure
// reads the same in chat, mail, terminal and picture. Nothing known prints as an en dash, never as 0.

import type { Column, NumberFormat, Value } from './message.ts';
import { cleanLine } from './text.ts';

export const nothing = '–';

const signs: Record<string, string> = { EUR: '€', USD: '$', GBP: '£' };
/** Currencies of ISO 4217 that have no minor unit. */
const wholeUnits = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const numberFormats = new Map<string, Intl.NumberFormat>();

export interface NumberStyle {
  format?: NumberFormat | undefined;
  /** ISO 4217, for `money`. */
  currency?: string | undefined;
  /** Fraction digits, where the caller knows better than the format's own (2; percent 1; integer 0). */
  digits?: number | undefined;
  /** Write a plus before what is above zero: for changes. */
  signed?: boolean | undefined;
}

/** `1,234.50`, `€1,234.50`, `PLN 1,234.50`, `12.5%`; a true minus sign; `–` for null and for what is not a number. */
export function formatNumber(value: number | null | undefined, style: NumberStyle = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return nothing;
  const digits = style.digits ?? ownDigits(value, style);
  const body = grouped(Math.abs(value), digits);
  const zero = !/[1-9]/.test(body);
  const sign = zero ? '' : value < 0 ? '−' : style.signed ? '+' : '';
  if (style.format === 'percent') return `${sign}${body}%`;
  if (style.format === 'money' && style.currency) return `${sign}${currencyPrefix(style.currency)}${body}`;
  return sign + body;
}

export function formatMoney(value: number | null | undefined, currency: string, style: NumberStyle = {}): string {
  return formatNumber(value, { ...style, format: 'money', currency });
}

/** 12.5 is 12.5 %. */
export function formatPercent(value: number | null | undefined, style: NumberStyle = {}): string {
  return formatNumber(value, { ...style, format: 'percent' });
}

/** Short, for a label beside a bar: `1.2M`, `41.2k`, `950`. */
export function formatCompact(value: number | null | undefined, style: NumberStyle = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return nothing;
  const size = Math.abs(value);
  const [divisor, suffix] =
    size >= 999_950_000 ? [1e9, 'B'] : size >= 999_950 ? [1e6, 'M'] : size >= 10_000 ? [1e3, 'k'] : [1, ''];
  if (suffix === '')
    return formatNumber(
      value,
      style.format === 'money' ? { ...style, digits: size >= 100 || size === 0 ? 0 : 2 } : style,
    );
  return `${formatNumber(value / divisor, { ...style, digits: size / divisor >= 100 ? 0 : 1 })}${suffix}`;
}

/** `2025-03`, or any date that begins so, gives `Mar 2025`; other text is left as it is. */
export function formatMonth(text: string): string {
  const found = /^(\d{4})-(\d{2})(?:-\d{2}.*)?$/.exec(text);
  const name = found && months[Number(found[2]) - 1];
  return found && name ? `${name} ${found[1]}` : cleanLine(text);
}

/** `2025-03-07` gives `7 Mar 2025`; a time of day is left out. */
export function formatDate(text: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  const name = found && months[Number(found[2]) - 1];
  return found && name ? `${Number(found[3])} ${name} ${found[1]}` : cleanLine(text);
}

/** A cell as it is printed. `digits`: those of the whole column (see `columnDigits`). */
export function formatValue(value: Value | undefined, column: Column, digits?: number): string {
  if (value === null || value === undefined) return nothing;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (column.kind !== 'number') return Number.isFinite(value) ? String(value) : nothing;
    return formatNumber(value, { format: column.format, currency: column.currency, digits });
  }
  if (column.kind === 'month') return formatMonth(value);
  if (column.kind === 'date') return formatDate(value);
  return cleanLine(value);
}

/** A number column that names no format gets one number of digits for all its cells, so that they line up. */
export function columnDigits(column: Column, values: (Value | undefined)[]): number | undefined {
  if (column.kind !== 'number' || column.format) return undefined;
  return values.every((value) => typeof value !== 'number' || Number.isInteger(value)) ? 0 : 2;
}

export function currencyPrefix(currency: string): string {
  return signs[currency] ?? `${cleanLine(currency)} `;
}

function ownDigits(value: number, { format, currency }: NumberStyle): number {
  if (format === 'integer') return 0;
  if (format === 'percent') return 1;
  if (format === 'money') return currency && wholeUnits.has(currency) ? 0 : 2;
  return format === undefined && Number.isInteger(value) ? 0 : 2;
}

function grouped(value: number, digits: number): string {
  const key = String(digits);
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    numberFormats.set(key, format);
  }
  return format.format(value);
}
