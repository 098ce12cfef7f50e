// A list of exchange rates -> euros for one unit, a month each. Refuses a list that does not say which way its rates are
// meant: 0.86 pounds for a euro and 0.86 euros for a pound look alike.

import { AppError } from '../../errors.ts';
import type { Cell, SheetRow } from '../sheet.ts';
import { monthOf } from '../values/months.ts';
import { cellText, isBlank, squash, wordsOf } from '../values/text.ts';
import { findList, type RefusedRow } from './columns.ts';
import { type EuroRate, rounded } from './rates.ts';

const synonyms = {
  currency: ['currency', 'currency code', 'iso', 'ccy'],
  month: ['month', 'period', 'date'],
  year: ['year'],
  source: ['source'],
  rate: ['rate', 'exchange rate'],
  direction: ['direction', 'quotation'],
} as const;

/** `of`: the currency whose amount stands for one unit of the others (`per-unit`), or of which one unit is meant (`per-one`). */
interface Direction {
  way: 'per-unit' | 'per-one';
  of: string;
}

interface Quote {
  row: number;
  currency: string;
  year: number;
  month: number;
  rate: number;
  direction: Direction;
  source: string;
}

/**
 * @param base the client's base currency, which a list may call "base"
 * @param known rates that are kept already: a list against another base than the euro may need its own rate
 * @throws AppError DATA_INVALID when there is no such list in the rows, or its direction is not stated
 */
export function readRateList(
  file: string,
  rows: SheetRow[],
  base: string,
  known: EuroRate[],
): { rates: EuroRate[]; refused: RefusedRow[] } {
  const table = findList(rows, synonyms, ({ currency, month }) => currency >= 0 && month >= 0);
  if (!table) throw invalid(`${file} has no row of headings with a currency and a month`);
  const stated = table.headings.flatMap((heading, column) => {
    const direction = directionOf(heading, base);
    return direction ? [{ direction, column }] : [];
  });
  const rateColumn = stated[0]?.column ?? table.at.rate;
  if (stated.length > 1) throw invalid(`${file} has two columns of rates`);
  if (rateColumn < 0 || (stated.length === 0 && table.at.direction < 0)) {
    const say = base === 'EUR' ? '"EUR per unit" or "units per EUR"' : `"${base} per unit" or "units per ${base}"`;
    throw invalid(`${file} does not say which way its rates are meant: call the column ${say}`);
  }
  const refused: RefusedRow[] = [];
  const quotes: Quote[] = [];
  for (const { row, cells } of table.rows) {
    if (cells.every(isBlank)) continue;
    const text = (column: number) => squash(cellText(cells[column]));
    const currency = text(table.at.currency).toUpperCase();
    const period = monthIn(cells[table.at.month], text(table.at.year));
    const direction = stated[0]?.direction ?? directionOf(text(table.at.direction), base);
    const rate = rateIn(cells[rateColumn]);
    const reason = !/^[A-Z]{3}$/.test(currency)
      ? `"${currency.slice(0, 20)}" is not a currency code`
      : !period
        ? `"${text(table.at.month).slice(0, 20)}" is not a month with its year`
        : rate === null
          ? `"${text(rateColumn).slice(0, 20)}" is not a rate`
          : !direction
            ? 'it does not say which way the rate is meant'
            : currency === direction.of
              ? `${currency} needs no rate to itself`
              : null;
    if (reason !== null || !period || rate === null || !direction) refused.push({ row, reason: reason ?? '' });
    else quotes.push({ row, currency, ...period, rate, direction, source: text(table.at.source) || file });
  }
  return inEuros(quotes, known, refused);
}

function directionOf(words: string, base: string): Direction | null {
  const said = ` ${wordsOf(words).join(' ')} `;
  const one = '(?:one |1 |a |each )?';
  const foreign = '(?:foreign |local )?(?:currency )?(?:units?|currency)';
  for (const [name, of] of [
    ['eur', 'EUR'],
    ['euros?', 'EUR'],
    ['base(?: currency)?', base],
    [base.toLowerCase(), base],
  ]) {
    if (new RegExp(` ${name} (?:per|for) ${one}${foreign} `).test(said)) return { way: 'per-unit', of: of! };
    if (new RegExp(` ${foreign} (?:per|for) ${one}${name} `).test(said)) return { way: 'per-one', of: of! };
  }
  return null;
}

function monthIn(cell: Cell | undefined, year: string): { year: number; month: number } | null {
  const shown =
    typeof cell === 'object' && cell !== null && cell.kind === 'date' ? String(cell.value) : squash(cellText(cell));
  const said = /^\d{4}$/.test(year) ? `${shown} ${year}` : shown;
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.T]|$)/.exec(said);
  const other = /^(\d{1,2})[-/. ](\d{4})$/.exec(said);
  const named = /^(\p{L}+)[-/. ]+(\d{4})$/u.exec(said);
  const found = iso
    ? { year: Number(iso[1]), month: Number(iso[2]) }
    : other
      ? { year: Number(other[2]), month: Number(other[1]) }
      : named
        ? { year: Number(named[2]), month: monthOf(named[1]!) ?? 0 }
        : null;
  return found && found.month >= 1 && found.month <= 12 && found.year >= 1990 && found.year <= 2100 ? found : null;
}

/** A lone point or comma is the decimal mark: no rate is written with thousands. */
function rateIn(cell: Cell | undefined): number | null {
  const number = typeof cell === 'object' && cell?.kind === 'number' ? cell.value : cell;
  const text = typeof number === 'number' ? null : squash(cellText(cell));
  const rate = text === null ? Number(number) : /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : 0;
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}

function inEuros(
  quotes: Quote[],
  known: EuroRate[],
  refused: RefusedRow[],
): { rates: EuroRate[]; refused: RefusedRow[] } {
  const at = ({ currency, year, month }: Pick<EuroRate, 'currency' | 'year' | 'month'>) =>
    `${currency} ${year}-${month}`;
  const rates = new Map<string, EuroRate>();
  const seen = Map.groupBy(quotes, at);
  // What the euro itself costs in another base tells what that base is worth in euros.
  const bases = new Map(known.map((rate) => [at(rate), rate.eurPerUnit]));
  for (const { currency, year, month, rate, direction } of quotes) {
    if (currency !== 'EUR') continue;
    bases.set(at({ currency: direction.of, year, month }), direction.way === 'per-unit' ? 1 / rate : rate);
  }
  for (const quote of quotes) {
    const { row, currency, year, month, rate, direction, source } = quote;
    const others = seen.get(at(quote))!.filter((other) => other.row !== row);
    const inBase = direction.way === 'per-unit' ? rate : 1 / rate;
    const eurPerBase = direction.of === 'EUR' ? 1 : bases.get(at({ currency: direction.of, year, month }));
    if (others.length > 0) {
      refused.push({ row, reason: `${at(quote)} stands in row ${others.map((other) => other.row).join(', ')} too` });
    } else if (eurPerBase === undefined) {
      refused.push({ row, reason: `without the rate of EUR to ${direction.of} for that month it cannot be used` });
    } else if (currency === 'EUR') {
      const base = { currency: direction.of, year, month };
      rates.set(at(base), { ...base, eurPerUnit: rounded(1 / inBase), source });
    } else {
      rates.set(at(quote), { currency, year, month, eurPerUnit: rounded(inBase * eurPerBase), source });
    }
  }
  return { rates: [...rates.values()], refused: refused.sort((a, b) => a.row - b.row) };
}

function invalid(reason: string): AppError {
  return new AppError('DATA_INVALID', { reason });
}
