// Words about time -> ranges of whole months. Each range found is replaced in the text by `@p0`, `@p1`, ...
// What cannot be told in months (weeks, days) is left to be refused.

import type { MonthRange } from '../query.ts';
import { addMonths, indexOf, lengthOf, rangeOf } from './months.ts';

/** A range as it was said: a month or quarter without a year can still get one from a neighbour. */
export interface SaidPeriod {
  range: MonthRange;
  /** Said without a year: taken as the most recent that has ended. */
  open: boolean;
  /** Runs to now (`this year`, `2025` in 2025): compared with the same months of another year. */
  running: boolean;
}

export interface Calendar {
  today: string;
  /** First and last month with rows. */
  data: { from: string; to: string } | null;
}

const monthWords: Record<string, number> = {};
for (const [at, spelled] of [
  'january jan',
  'february feb febr',
  'march mar',
  'april apr',
  'may',
  'june jun',
  'july jul',
  'august aug',
  'september sept sep',
  'october oct okt',
  'november nov',
  'december dec',
].entries())
  for (const word of spelled.split(' ')) monthWords[word] = at + 1;

export const periodWords = Object.keys(monthWords);

/** 1 to 12; of one of `periodWords`. */
export function monthNumber(word: string): number {
  return monthWords[word] ?? 1;
}

const month = `(${periodWords.join('|')})`;
const year = '((?:19|20)\\d\\d)';
const shortYear = '((?:19|20)\\d\\d|[12]\\d)';
const ordinals: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  last: 4,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
};
const ordinal = '(first|second|third|fourth|last|1 st|2 nd|3 rd|4 th)';
const past = '(?:last|previous|past|preceding|prior|trailing|most recent|latest|recent)';
const current = '(?:this|current|the current|the running|the present|present)';

/** Takes the words about time out of a text. */
export function takePeriods(text: string, calendar: Calendar): { text: string; periods: SaidPeriod[] } {
  const periods: SaidPeriod[] = [];
  const keep = (said: SaidPeriod) => `@p${periods.push(said) - 1}`;
  let rest = withoutBounds(text, calendar);
  for (const [pattern, read] of pointRules(calendar))
    rest = rest.replace(pattern, (...found: string[]) => {
      const said = read(found);
      return said ? keep(said) : (found[0] ?? '');
    });
  return { text: combine(rest, periods, calendar), periods };
}

const bound =
  '(?:over|above|more than|less than|under|below|beneath|at least|at most|fewer than|exceed(?:s|ed|ing)?|up to|between)';
const countable = '(?:units?|pieces?|pcs|items?|eur|euros?|gbp|usd|in (?:sales|revenue|turnover))';

/** Numbers that only look like years: of other centuries, or counts of something. They lose the look, not the value. */
function withoutBounds(text: string, { today }: Calendar): string {
  const now = Number(today.slice(0, 4));
  return text
    .replace(phrase(`(${bound}) ${year}(?= ${countable}(?: |$))`), '$1 $2.0')
    .replace(phrase(`(${bound}) ${year}`), (all: string, words: string, number: string) =>
      Math.abs(Number(number) - now) > 15 ? `${words} ${number}.0` : all,
    );
}

type PointRule = [RegExp, (found: string[]) => SaidPeriod | null];

function pointRules(calendar: Calendar): PointRule[] {
  const now = calendar.today.slice(0, 7);
  const ended = addMonths(now, -1);
  const toDate = calendar.data && calendar.data.to >= now ? now : ended;
  const thisYear = Number(now.slice(0, 4));
  const january = `${thisYear}-01`;
  const soFar = (from: string): SaidPeriod => ({
    range: rangeOf(from, toDate < from ? from : toDate),
    open: false,
    running: true,
  });
  const fixed = (range: MonthRange, open = false): SaidPeriod => ({
    range,
    open,
    running: range.to >= now && range.from <= now,
  });
  const block = (y: number, nth: number, length: number, open = false) => {
    const from = addMonths(`${y}-01`, (nth - 1) * length);
    return fixed(rangeOf(from, addMonths(from, length - 1)), open);
  };
  /** The most recent block of a year that has ended. */
  const recent = (nth: number, length: number) => {
    const same = block(thisYear, nth, length, true);
    return same.range.to <= ended ? same : block(thisYear - 1, nth, length, true);
  };
  const yearOf = (said: string) => (said.length === 2 ? 2000 + Number(said) : Number(said));
  const relative = (said: string) => (/last|previous|past|prior/.test(said) ? thisYear - 1 : thisYear);
  const quarterNow = addMonths(january, Math.floor((Number(now.slice(5, 7)) - 1) / 3) * 3);
  const halfNow = addMonths(january, Math.floor((Number(now.slice(5, 7)) - 1) / 6) * 6);
  const lastMonths = (n: number) => (n > 0 && n <= 600 ? fixed(rangeOf(addMonths(ended, 1 - n), ended)) : null);
  const lastOf = (start: string, n: number, length: number) =>
    fixed(rangeOf(addMonths(start, -n * length), addMonths(start, -1)));
  const yearSaid = `(?:of |in )?(?:the )?(?:year )?`;
  const relativeYear = `(this year|last year|previous year|current year)`;
  const rule = (source: string, read: (found: string[]) => SaidPeriod | null): PointRule => [phrase(source), read];
  const num = (said: string | undefined) => Number(said ?? '0');
  const nth = (said: string | undefined) => ordinals[(said ?? '').split(' ')[0] ?? ''] ?? 1;

  return [
    rule('((?:19|20)\\d\\d)-(0[1-9]|1[0-2])', (f) => block(num(f[1]), num(f[2]), 1)),
    rule('(0?[1-9]|1[0-2])/((?:19|20)\\d\\d)', (f) => block(num(f[2]), num(f[1]), 1)),
    rule(`${month} (?:of |in )?${relativeYear}`, (f) => block(relative(f[2] ?? ''), monthWords[f[1] ?? ''] ?? 1, 1)),
    rule(`${month} ${yearSaid}${shortYear}`, (f) => block(yearOf(f[2] ?? ''), monthWords[f[1] ?? ''] ?? 1, 1)),
    rule(`${year} ${month}`, (f) => block(num(f[1]), monthWords[f[2] ?? ''] ?? 1, 1)),
    rule(`(?:the )?(first|last) (\\d+) months (?:of |in )(?:the year )?${year}`, (f) => {
      const n = num(f[2]);
      const start = `${f[3]}-01`;
      if (n < 1 || n > 12) return null;
      return fixed(
        f[1] === 'first'
          ? rangeOf(start, addMonths(start, n - 1))
          : rangeOf(addMonths(start, 12 - n), addMonths(start, 11)),
      );
    }),
    rule(`(?:the )?(?:last|final) quarter (?:of |in )(?:the year )?${year}`, (f) => block(num(f[1]), 4, 3)),
    rule(`(?:the )?${ordinal} quarter`, (f) => (f[1] === 'last' ? lastOf(quarterNow, 1, 3) : recent(nth(f[1]), 3))),
    // The last half year is the six months that ended most recently, further down.
    rule(`(?:the )?(?!last half (?:a )?year)${ordinal} half`, (f) => recent(f[1] === 'last' ? 2 : nth(f[1]), 6)),
    rule('quarter ([1-4])', (f) => recent(num(f[1]), 3)),
    rule(`(?:q([1-4])|h([12])) (?:of |in )?${relativeYear}`, (f) =>
      f[1] ? block(relative(f[3] ?? ''), num(f[1]), 3) : block(relative(f[3] ?? ''), num(f[2]), 6),
    ),
    rule(`(?:q([1-4])|h([12])) ${yearSaid}${shortYear}`, (f) =>
      f[1] ? block(yearOf(f[3] ?? ''), num(f[1]), 3) : block(yearOf(f[3] ?? ''), num(f[2]), 6),
    ),
    rule(`${year} (?:q([1-4])|h([12]))`, (f) =>
      f[2] ? block(num(f[1]), num(f[2]), 3) : block(num(f[1]), num(f[3]), 6),
    ),
    rule('q([1-4])', (f) => recent(num(f[1]), 3)),
    rule('h([12])', (f) => recent(num(f[1]), 6)),
    rule(`(?:the )?${past} (\\d+) (?:full |whole |complete |calendar )?months?`, (f) => lastMonths(num(f[1]))),
    rule(`(?:the )?${past} (\\d+) (?:full |whole |complete )?quarters?`, (f) => lastOf(quarterNow, num(f[1]), 3)),
    rule(`(?:the )?${past} (\\d+) (?:full |whole |complete |calendar )?years?`, (f) => lastOf(january, num(f[1]), 12)),
    rule(`(?:the )?${past} half (?:a )?year|(?:the )?${past} (?:6 )?half year|half a year|half year`, () =>
      lastMonths(6),
    ),
    rule(`(?:the )?${past} couple of months`, () => lastMonths(2)),
    rule('(?:the )?month before last', () =>
      block(Number(addMonths(ended, -1).slice(0, 4)), Number(addMonths(ended, -1).slice(5)), 1),
    ),
    rule('(?:the )?year before last', () => block(thisYear - 2, 1, 12)),
    rule('(?:the )?quarter before last', () => fixed(rangeOf(addMonths(quarterNow, -6), addMonths(quarterNow, -4)))),
    rule(`so far (?:in |during )?${year}|${year} (?:so far|to date|ytd|up to now|until now)|ytd ${year}`, (f) => {
      const y = num(f[1] ?? f[2] ?? f[3]);
      if (y === thisYear) return soFar(january);
      // Of another year: the same months as of this one.
      const same = fixed(rangeOf(`${y}-01`, `${y}${toDate.slice(4)}`));
      return toDate.startsWith(String(thisYear)) ? same : block(y, 1, 12);
    }),
    rule(
      `(?:the )?(?:year to date|ytd|so far ${current} year|(?:(?:this|the) )?(?:current )?year so far|this year to date|this years? ytd)`,
      () => soFar(january),
    ),
    rule(`(?:the )?(first|last|final) (month|quarter) (?:of|in) (?:the )?(?:${year}|${relativeYear})`, (f) => {
      const y = f[3] ? num(f[3]) : relative(f[4] ?? '');
      const length = f[2] === 'month' ? 1 : 3;
      return block(y, f[1] === 'first' ? 1 : 12 / length, length);
    }),
    rule(`last ${month}(?! (?:\\d|of))`, (f) => {
      const number = monthWords[f[1] ?? ''] ?? 1;
      // Beside "this October" it is the one of the year before.
      return new RegExp(`(?:^| )this ${f[1]}`).test(f.at(-1) ?? '')
        ? block(thisYear - 1, number, 1)
        : recent(number, 1);
    }),
    rule(`this ${month}`, (f) => block(thisYear, monthWords[f[1] ?? ''] ?? 1, 1)),
    rule(`(?:the )?(?:month to date|mtd|${current} month)`, () => block(thisYear, Number(now.slice(5, 7)), 1)),
    rule(`(?:the )?(?:quarter to date|qtd|${current} quarter)`, () => soFar(quarterNow)),
    rule(`${current} half(?: year)?`, () => soFar(halfNow)),
    rule(`${current} year|this yr`, () => soFar(january)),
    rule(`(?:the )?${past} (?:full |complete |calendar )?month|a month ago`, () => lastMonths(1)),
    rule(`(?:the )?${past} (?:full |complete )?quarter`, () => lastOf(quarterNow, 1, 3)),
    rule(`(?:the )?${past} (?:full |complete |calendar )?(?:year|yr)|a year ago`, () => block(thisYear - 1, 1, 12)),
    rule(`(?:the )?(?:year )?${year}`, (f) => block(num(f[1]), 1, 12)),
    rule(`${month}(?! (?:i|we|you|be|have|see|know|ask|the)(?: |$))`, (f) => recent(monthWords[f[1] ?? ''] ?? 1, 1)),
  ];
}

export function phrase(source: string): RegExp {
  return new RegExp(`(?<=^| )(?:${source})(?= |$)`, 'g');
}

/** Joins what belongs together: `from @p0 to @p1`, `since @p0`, and a month with a year that stands elsewhere. */
function combine(text: string, periods: SaidPeriod[], calendar: Calendar): string {
  const now = calendar.today.slice(0, 7);
  const ended = addMonths(now, -1);
  const last = calendar.data && calendar.data.to > ended ? calendar.data.to : ended;
  const at = (n: string | undefined) => periods[Number(n)] as SaidPeriod;
  const put = (from: string, to: string): string => {
    return `@p${periods.push({ range: rangeOf(from, to < from ? from : to), open: false, running: false }) - 1}`;
  };
  const join = (_: string, a: string, b: string) => {
    borrowYears(at(a), at(b), true);
    const [start, end] = [at(a).range, at(b).range];
    return start.from <= end.to ? put(start.from, end.to) : put(end.from, start.to);
  };
  let rest = text
    .replace(phrase('@p(\\d+) (?:of|in|during) @p(\\d+)'), (whole: string, a: string, b: string) =>
      giveYear(at(a), at(b)) ? `@p${a}` : whole,
    )
    .replace(
      phrase('from @p(\\d+) (?:up )?(?:to|until|till|through|thru|-) (?:and including )?@p(\\d+)'),
      (all: string, a: string, b: string) => (growthWord.test(text) ? `from @p${a} to @p${b}` : join(all, a, b)),
    )
    .replace(phrase('between @p(\\d+) (?:and|-) @p(\\d+)'), (all: string, a: string, b: string) =>
      growthWord.test(text) ? `from @p${a} to @p${b}` : join(all, a, b),
    )
    .replace(
      phrase('@p(\\d+) (?:up )?(?:to|until|till|through|thru|-) @p(\\d+)'),
      (all: string, a: string, b: string) => (growthWord.test(text) ? all : join(all, a, b)),
    )
    .replace(
      phrase(
        '(?:(?:ever )?since|from|starting(?: in| from)?|as of) @p(\\d+) (?:on|onwards?|to date|until (?:now|today)|till (?:now|today)|to (?:now|today))|(?:ever )?since (?:the (?:start|beginning) of )?@p(\\d+)|starting(?: in| from)? @p(\\d+)|after @p(\\d+)',
      ),
      (whole: string, a?: string, b?: string, c?: string, d?: string) =>
        whole.startsWith('after') ? put(addMonths(at(d).range.to, 1), last) : put(at(a ?? b ?? c).range.from, last),
    )
    .replace(
      phrase('(?:until|till|up to|through) (?:the end of )?@p(\\d+)|before @p(\\d+)'),
      (_: string, a?: string, b?: string) => {
        const end = a ? at(a).range.to : addMonths(at(b).range.from, -1);
        return put(calendar.data && calendar.data.from <= end ? calendar.data.from : end, end);
      },
    );
  // A month here, its year elsewhere: "September sales of 2024".
  const left = [...rest.matchAll(/@p(\d+)/g)].map((match) => match[1] as string);
  if (left.length === 2) {
    const [a, b] = left as [string, string];
    const [open, whole] = at(a).open ? [a, b] : [b, a];
    if (!compareWord.test(rest) && giveYear(at(open), at(whole))) {
      // "2025 without March" keeps both.
      if (!leftOutWord.test(rest)) rest = rest.replace(phrase(`(?:(?:in|of|for|during) )?@p${whole}`), '·');
    } else borrowYears(at(a), at(b), false);
  }
  return rest;
}

const growthWord =
  /(?:^| )(?:grow\w*|grew|growth|chang\w*|increas\w*|decreas\w*|rise|rose|fall|fell|drop\w*|declin\w*|develop\w*|differ\w*|compar\w*)(?= |$)/;
const leftOutWord = /(?:^| )(?:without|except|excluding|excl|not|but not|other than|apart from|besides|minus)(?= |$)/;
const compareWord = /(?:^| )(?:vs|versus|against|compared|than|or|over)(?= |$)/;

/** A month, quarter or half without a year takes the whole year said with it. */
function giveYear(open: SaidPeriod, whole: SaidPeriod): boolean {
  const soFarOrYear = whole.range.from.endsWith('-01') && (lengthOf(whole.range) === 12 || whole.running);
  if (!open.open || whole.open || !soFarOrYear) return false;
  moveTo(open, Number(whole.range.from.slice(0, 4)));
  return true;
}

/** "February to May 2025", "Q3 2025 against Q2": the one without a year stands in the other's year, before it if it must. */
function borrowYears(a: SaidPeriod, b: SaidPeriod, range: boolean): void {
  // "Q3 against Q3 last year" is about two years.
  const alike = indexOf(a.range.from) % 12 === indexOf(b.range.from) % 12 && lengthOf(a.range) === lengthOf(b.range);
  if (alike && !range) return;
  if (a.open && !b.open && lengthOf(b.range) < 12) {
    moveTo(a, Number(b.range.from.slice(0, 4)));
    if (a.range.from > b.range.from) moveTo(a, Number(b.range.from.slice(0, 4)) - 1);
  } else if (b.open && !a.open && lengthOf(a.range) < 12) {
    const before = b.range.from < a.range.from;
    moveTo(b, Number(a.range.from.slice(0, 4)));
    if (before && b.range.from > a.range.from) moveTo(b, Number(a.range.from.slice(0, 4)) - 1);
  } else if (
    range &&
    a.open &&
    b.open &&
    a.range.from > b.range.from &&
    indexOf(a.range.from) % 12 < indexOf(b.range.from) % 12
  ) {
    moveTo(a, Number(b.range.from.slice(0, 4)));
  }
}

function moveTo(said: SaidPeriod, toYear: number): void {
  const shift = (toYear - Number(said.range.from.slice(0, 4))) * 12;
  said.range = rangeOf(addMonths(said.range.from, shift), addMonths(said.range.to, shift));
  said.open = false;
}
