// Questions about the months to come: what is to be foretold, of whom, and how far. Every word must be accounted for here, too.

import { addMonths } from '../calendar/months.ts';
import { monthNumber, periodWords } from '../calendar/periods.ts';
import type { Forecast, Query } from '../query.ts';
import type { FoundName } from '../understand/names-in-text.ts';
import type { AskContext } from '../understanding.ts';
import { fillers } from '../words/vocabulary.ts';
import { closerLook, filtersOf } from './closer.ts';

const asks =
  /(?:^| )(?:forecasts?|forecasted|predict|prediction|predictions|projection|projections|project|outlook|prognosis)(?= |$)/;
const will = /(?:^| )(?:will|going to|expect|expected|likely)(?= |$)/;
const horizon =
  /(?:^| )(?:the )?(?:next|coming|following|upcoming) (?:(\d+) )?(month|months|quarter|quarters|year)(?= |$)/;
const lengths: Record<string, number> = { month: 1, months: 1, quarter: 3, quarters: 3, year: 12 };
const known = new Set(
  'forecast forecasts forecasted predict prediction predictions projection projections project outlook prognosis will going expect expected likely sales sale revenue turnover sell sold units pieces pcs quantity volume how much many make income value next coming following upcoming ahead'.split(
    ' ',
  ),
);
const furthest = 12;
const usual = 3;

/** Questions ahead and closer; null when it is about something else, text when it cannot be answered. */
export function outlookOf(
  words: string,
  found: FoundName[],
  context: AskContext,
): Query | { unsettled: string } | null {
  return closerLook(words, found, context) ?? forecastOf(words, found, context);
}

function forecastOf(words: string, found: FoundName[], context: AskContext): Query | { unsettled: string } | null {
  const named = targetOf(words, context);
  const said = named ? null : horizon.exec(words);
  if (!asks.test(words) && !(will.test(words) && (said || named))) return null;
  const left = words
    .replace(target, ' ')
    .replace(horizon, ' ')
    .split(' ')
    .filter((word) => word !== '' && !/^@n\d+$/.test(word) && !known.has(word) && !fillers.has(word));
  if (left.length > 0)
    return {
      unsettled: `I can foretell the next months of sales or units, but I do not know what “${left.join(' ')}” means here.`,
    };
  const { months } = context.names;
  if (!months) return { unsettled: 'There are no data yet to foretell anything from.' };
  const asked = said ? Number(said[1] ?? 1) * (lengths[said[2] ?? 'month'] ?? 1) : usual;
  // Months after today's; those since the last one with data are foretold, too.
  const until =
    named ?? (said ? addMonths(endOf(context.today, said[2] ?? 'month'), asked) : addMonths(months.to, asked));
  const ahead = numberOf(until) - numberOf(months.to);
  if (ahead < 1 || ahead > furthest) {
    return { unsettled: `The data end in ${months.to}; at most ${furthest} months after that can be foretold.` };
  }
  const filters = filtersOf(found);
  const metric: Forecast['metric'] = /(?:^| )(?:units|pieces|pcs|quantity|volume|how many)(?= |$)/.test(words)
    ? 'units'
    : 'sales';
  return { kind: 'forecast', metric, ahead, filters, period: null, chart: null };
}

const target = new RegExp(
  `(?:^| )(?:for |in |until |till |by )?(?:the )?(?:q([1-4])|(${periodWords.join('|')})|(?:rest|end|remainder) of (?:the |this )?(year|quarter)|year end)(?: (20\\d\\d))?(?= |$)`,
);

/** The last month that is asked for by its name: the next one of that name after the data. */
function targetOf(words: string, { today, names }: AskContext): string | null {
  const found = target.exec(words);
  if (!found || !names.months) return null;
  const [, quarter, month, unit, year] = found;
  if (unit || (!quarter && !month)) return endOf(today, unit ?? 'year');
  const number = quarter ? Number(quarter) * 3 : monthNumber(month ?? '');
  const at = (of: number) => `${of}-${String(number).padStart(2, '0')}`;
  if (year) return at(Number(year));
  const first = Number(names.months.to.slice(0, 4));
  return at(first) > names.months.to ? at(first) : at(first + 1);
}

/** The last month of the quarter or the year that a day lies in, or its own month. */
function endOf(today: string, unit: string): string {
  const [year = '', month = '01'] = today.split('-');
  if (unit === 'year') return `${year}-12`;
  return unit.startsWith('quarter')
    ? `${year}-${String(Math.ceil(Number(month) / 3) * 3).padStart(2, '0')}`
    : `${year}-${month}`;
}

function numberOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
}
