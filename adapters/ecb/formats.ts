// The text of a history of rates -> daily rates. CSV: `Date,USD,JPY,...`, a day a line, `N/A` where there was no rate. XML: a
// Cube a day with a Cube a currency. Refuses anything else, and a rate that is none.

import { parse } from 'csv-parse/sync';
import type { DailyRate } from '#src/clean/lists/rates.ts';
import { AppError } from '#src/errors.ts';

export function readRates(text: string): DailyRate[] {
  const rates = text.trimStart().startsWith('<') ? fromXml(text) : fromCsv(text);
  if (rates.length === 0) throw unreadable('it has no rates');
  return rates;
}

function fromCsv(text: string): DailyRate[] {
  const [header = [], ...lines] = parse(text, { bom: true, skip_empty_lines: true, trim: true }) as string[][];
  if (header[0]?.toLowerCase() !== 'date') throw unreadable('its first heading is not "Date"');
  const columns = header.flatMap((currency, place) => (/^[A-Z]{3}$/.test(currency) ? [{ currency, place }] : []));
  return lines.flatMap((cells) => {
    const date = day(cells[0] ?? '');
    return columns.flatMap(({ currency, place }) => {
      const shown = cells[place] ?? '';
      return shown === '' || shown === 'N/A' ? [] : [{ date, currency, unitsPerEuro: rate(shown) }];
    });
  });
}

/** Only the attributes of elements named Cube are looked at: no entity is ever resolved. */
function fromXml(text: string): DailyRate[] {
  const rates: DailyRate[] = [];
  let date = '';
  for (const [, attributes = ''] of text.matchAll(/<(?:\w+:)?Cube\b([^<>]*)>/g)) {
    const time = attribute(attributes, 'time');
    if (time !== null) date = day(time);
    const currency = attribute(attributes, 'currency');
    const shown = attribute(attributes, 'rate');
    if (currency === null || shown === null) continue;
    if (date === '' || !/^[A-Z]{3}$/.test(currency)) throw unreadable('a rate has no day or no currency');
    rates.push({ date, currency, unitsPerEuro: rate(shown) });
  }
  return rates;
}

function attribute(text: string, name: string): string | null {
  return new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(text)?.[1] ?? null;
}

function day(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])-\d{2}$/.test(text)) throw unreadable(`"${text.slice(0, 20)}" is not a day`);
  return text;
}

function rate(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0) throw unreadable(`"${text.slice(0, 20)}" is not a rate`);
  return value;
}

function unreadable(reason: string): AppError {
  return new AppError('RATES_SOURCE_FAILED', { reason: `what it sent cannot be read: ${reason}` });
}
