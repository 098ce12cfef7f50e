// The signs of a question -> what it asks for, piece by piece. Every piece that is understood is taken out of the text; what
// is left over at the end was not understood.

import type { ChartType } from '../../message/message.ts';
import { phrase } from '../calendar/periods.ts';
import type { Aggregate, Dimension, Metric } from '../query.ts';
import { fillers } from '../words/vocabulary.ts';

export interface Reading {
  metrics: Metric[];
  /** Dimensions said with by, per, each. */
  each: Dimension[];
  /** Dimensions said without: "which products", "strongest month". */
  subjects: { dimension: Dimension; plural: boolean }[];
  direction: 'top' | 'bottom' | null;
  /** A number that belongs to a ranking. */
  n: number | null;
  /** Only the second, the third... */
  nth: number | null;
  wholeRanking: boolean;
  threshold: Aggregate['threshold'];
  running: boolean;
  /** Months of a moving average. */
  moving: number | null;
  average: boolean;
  perMonth: boolean;
  share: boolean;
  shareFirst: number | null;
  percent: boolean;
  growth: boolean;
  /** Said of those that are asked for: "which products fell". */
  course: 'up' | 'down' | null;
  versus: boolean;
  /** The period that the other one is compared with. */
  against: number | null;
  shift: 'year' | 'before' | null;
  /** Month on month: each step of a longer stretch. */
  stepwise: boolean;
  nothing: boolean;
  occurrence: 'first' | 'last' | null;
  arrival: 'new' | 'gone' | null;
  lists: boolean;
  counts: Dimension | null;
  chart: ChartType | 'table' | null;
  excluded: Set<number>;
  names: number[];
  periods: number[];
  /** Those left out. */
  withoutPeriods: number[];
  verb: boolean;
  /** A split of what a ranking found: "sales of the best reseller by month". */
  nested: boolean;
  leftover: string[];
}

const dimension = '@(product|reseller|brand|store|channel|month|quarter|year)(\\+?)';

export function read(signed: string, listing: boolean): Reading {
  const r: Reading = {
    metrics: [],
    each: [],
    subjects: [],
    direction: null,
    n: null,
    nth: null,
    wholeRanking: false,
    threshold: null,
    running: false,
    moving: null,
    average: false,
    perMonth: false,
    share: false,
    shareFirst: null,
    percent: false,
    growth: false,
    course: null,
    versus: false,
    against: null,
    shift: null,
    stepwise: false,
    nothing: false,
    occurrence: null,
    arrival: null,
    lists: listing,
    counts: null,
    chart: null,
    excluded: new Set(),
    names: [],
    periods: [],
    withoutPeriods: [],
    verb: false,
    nested:
      /#\w+ (?:of|for|from) (?:\d+ )?\^(?:top|bottom).*~each/.test(signed) ||
      // "The top 3 products of the top reseller", "resellers where Lumen is the best brand".
      /\^(?:top|bottom)(?: \d+)? @(\w+).*\^(?:top|bottom)(?: \d+)? @(?!\1)/.test(signed) ||
      /(?:^| )where .*\^(?:top|bottom)/.test(signed),
    leftover: [],
  };
  let text = signed;
  let [rises, falls, course] = [false, false, false];
  const take = (source: string, note: (found: string[]) => void, keep = '·') => {
    text = text.replace(phrase(source), (...found) => {
      note(found.map((each) => (typeof each === 'string' ? each : '')));
      return keep;
    });
  };
  const numbersOf = (list: string, sign: string) =>
    [...list.matchAll(new RegExp(`@${sign}(\\d+)`, 'g'))].map((each) => Number(each[1]));

  take('!first', () => {
    r.occurrence = 'first';
  });
  take('!last', () => {
    r.occurrence = 'last';
  });
  take('!nothing', () => {
    r.nothing = true;
  });
  take('!(new|gone)', (f) => {
    r.arrival = f[1] as 'new';
  });
  take('!moving(\\d+)(?: (?:of|for|in))?', (f) => {
    r.moving = Math.min(Math.max(Number(f[1]), 2), 24);
  });
  take('!nth(\\d)', (f) => {
    r.nth = Number(f[1]);
  });
  take('!yoy', () => {
    r.shift = 'year';
    r.growth = true;
  });
  take('!mom', () => {
    r.shift = 'before';
    r.growth = true;
    r.stepwise = true;
  });
  take('!before', () => {
    r.shift = 'before';
    r.growth = true;
  });
  take('!local', () => {
    r.metrics.push('sales_local');
  });
  take('!records', () => {
    r.metrics.push('records');
  });
  take('(?:~each |in |with )?!chart_(line|bar|horizontalBar|stackedBar|area|pie|doughnut|table)', (f) => {
    r.chart = (f[1] ?? 'bar') as ChartType | 'table';
  });
  take(
    '(?:~without|not)(?: (?:at|through|from|by|in|of|to|for))? ((?:(?:and|or|&|\\+|@reseller|@brand|@product|@store|@channel) )*@n\\d+(?: (?:s )?(?:(?:and|or|&|\\+|nor) )?@n\\d+)*)',
    (f) => {
      for (const at of numbersOf(f[1] ?? '', 'n')) {
        r.excluded.add(at);
        r.names.push(at);
      }
    },
  );
  // "Trend", "development": a course of time.
  take(
    '(?:trends?|developments?|develop(?:ed|s)?|evolved|history|timeline|evolution|over time|time course)(?: of)?',
    () => {
      course = true;
    },
  );
  take('~running', () => {
    r.running = true;
  });
  take('(?:~each|in|from) how (?:many|much) (?=~percent)', () => {
    r.growth = true;
  });
  take('(?:~without|not) (?:(?:in|for|during|the|@month\\+?) )*@p(\\d+)((?: (?:and|or|nor|&))? @p\\d+)*', (f) => {
    for (const at of numbersOf(f[0] ?? '', 'p')) r.withoutPeriods.push(at);
  });
  take('(?:~versus|~compare (?:~versus|to|with|and)?) ?@p(\\d+)', (f) => {
    r.versus = true;
    r.against = Number(f[1]);
    r.periods.push(Number(f[1]));
  });
  take('from @p(\\d+) to @p(\\d+)', (f) => {
    r.against = Number(f[1]);
    r.periods.push(Number(f[1]), Number(f[2]));
  });
  if (/~growth|~decline/.test(text))
    take('(over|than|on) @p(\\d+)', (f) => {
      // "Growth over 2024" may be that of the year.
      if (f[1] !== 'over' || /@p\d/.test(text.replace(f[0] ?? '', ''))) r.against = Number(f[2]);
      r.periods.push(Number(f[2]));
    });
  take(
    '(?:in |during |over |of |for |throughout |within |across |at |from |to |through )?@p(\\d+)',
    (f) => {
      r.periods.push(Number(f[1]));
    },
    '¶',
  );
  text = text.replaceAll('¶', '·').replace(/·(?: (?:s|·))*(?= )/g, '·');

  take('~share (?:of )?@n(\\d+)(?!(?: (?:·|s))* #\\w+[^@]*@n)', (f) => {
    r.share = true;
    r.shareFirst = Number(f[1]);
    r.names.push(Number(f[1]));
  });
  take('(?:what |which |how much )?~share(?: of)?', () => {
    r.share = true;
  });
  take('~percent', () => {
    r.percent = true;
  });
  take('~growth', () => {
    r.growth = true;
    rises = true;
  });
  take('~decline', () => {
    r.growth = true;
    falls = true;
  });
  take('~versus|~compare', () => {
    r.versus = true;
  });
  take('(?:average|avg|mean) @month\\+?|@month\\+? (?:average|avg|mean)', () => {
    r.perMonth = true;
  });
  take('(?:average|avg|mean)', () => {
    r.average = true;
  });
  // "More than 20 products": how many there are is what is compared.
  take(
    '>(above|below|at_least|at_most) (\\d+) (?:different |distinct |unique )*@(product|reseller|store|brand)\\+?',
    (f) => {
      r.threshold = { compare: f[1] as 'above', value: Number(f[2]) };
      r.metrics.unshift(`${f[3]}s` as Metric);
    },
  );
  // "Between 50 and 100 units", "over 50k and under 100k".
  text = text.replace(phrase('between (\\d+(?:\\.\\d+)?) and (\\d+(?:\\.\\d+)?)'), '>at_least $1 >at_most $2');
  take('>(above|below|at_least|at_most) (?:#sales |eur )?(\\d+(?:\\.\\d+)?)(?: #(units|sales))?', (f) => {
    const bound = { compare: f[1] as 'above', value: Number(f[2]) };
    r.threshold = r.threshold ? { ...bound, also: { compare: r.threshold.compare, value: r.threshold.value } } : bound;
    // What the number counts is what is compared: it comes first.
    if (f[3]) r.metrics.unshift(f[3] as Metric);
  });
  // "The most resellers": how many there are is what is ranked.
  take('\\^(top|bottom) number of @(reseller|product|store|brand)\\+', (f) => {
    r.direction = f[1] as 'top';
    r.metrics.unshift(`${f[2]}s` as Metric);
  });
  take(`(?:how many|number of|count of|count) (?:different |distinct |active |unique )*${dimension}`, (f) => {
    r.counts = f[1] as Dimension;
  });
  take('@(month|quarter|year) (?:~each|after|on|for) @(?:month|quarter|year)', (f) => {
    r.each.push(f[1] as Dimension);
  });
  // "retailer Kioku", "the Lumen brand": the word only says what the name is.
  take('@(reseller|product|brand|store|channel) @n(\\d+)|@n(\\d+) @(reseller|brand|store|channel)', (f) => {
    r.names.push(Number(f[2] || f[3]));
  });
  take('(?<=(?:of|for|from|with) )@n(\\d+) @product\\+', (f) => {
    r.names.push(Number(f[1]));
  });
  take(`~each (?:of )?${dimension}((?: (?:and|&|\\+|x|~each|then))* ${dimension})*`, (f) => {
    for (const each of (f[0] ?? '').matchAll(/@(\w+)/g)) r.each.push(each[1] as Dimension);
  });
  take(
    '(\\d+) (?:@\\w+\\+? )?\\^(top|bottom)',
    (f) => {
      r.n = Number(f[1]);
      r.direction = f[2] as 'top';
    },
    '· ',
  );
  const subject = signed.match(/(?:^| )\d+ (?:\^\w+ )?@(product|reseller|brand|store|channel|month|quarter|year)\+?/);
  take('\\^(top|bottom) (\\d+)(?! %)', (f) => {
    r.direction = f[1] as 'top';
    r.n = Number(f[2]);
  });
  take('\\^(top|bottom)', (f) => {
    r.direction ??= f[1] as 'top';
    if (f[1] === 'bottom') r.direction = 'bottom';
  });
  take('(?:how many )?#(avg_price|units|sales|returns)', (f) => {
    r.metrics.push(f[1] as Metric);
  });
  take('#bring', () => {
    r.verb = true;
  });
  take(dimension, (f) => {
    r.subjects.push({ dimension: f[1] as Dimension, plural: f[2] === '+' });
  });
  if (
    r.direction &&
    subject &&
    r.n !== null &&
    !r.subjects.some((each) => each.dimension === subject[1]) &&
    !r.each.includes(subject[1] as Dimension)
  )
    r.subjects.push({ dimension: subject[1] as Dimension, plural: true });
  if (r.direction && r.n === null)
    take('(\\d+)', (f) => {
      r.n = Number(f[1]);
    });
  take('@n(\\d+)', (f) => {
    r.names.push(Number(f[1]));
  });
  take('~each|>\\w+', () => {});
  // What declined most has the lowest growth.
  if (falls && !rises && r.direction) r.direction = r.direction === 'top' ? 'bottom' : 'top';
  if (r.growth && rises !== falls && /^(?:which|what|who|list|show|only|just|and|@\w+\+)(?: |$)/.test(signed))
    r.course = rises ? 'up' : 'down';
  if (course && !/@(?:month|quarter|year)/.test(signed)) r.each.push('month');
  if (/\^top/.test(signed) && /\^bottom/.test(signed)) r.nested = true;
  r.leftover = text.split(' ').filter((word) => word !== '' && !fillers.has(word) && word !== '·');
  // "How many pieces of it came back": the pieces are what came back.
  if (r.metrics.includes('returns') && !/#\w+ (?:and|&|or|~versus) #/.test(signed))
    r.metrics = r.metrics.filter((each) => each !== 'units');
  r.metrics = [...new Set(r.metrics)];
  if (r.metrics.length > 1 && r.metrics.includes('sales_local'))
    r.metrics = r.metrics.filter((each) => each !== 'sales');
  r.each = [...new Set(r.each)];
  r.names = [...new Set(r.names)].sort((a, b) => a - b);
  r.periods = [...new Set(r.periods)];
  return r;
}
