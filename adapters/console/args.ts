// argv -> a typed Command, or a usage error that names what is wrong and the nearest thing that is right.
// The caller prints `usage` and exits with 2; a `help` command is printed and exits with 0.

import { parseArgs } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { type CommandHelp, type CommandName, commands, everyCommand, type OptionName, optionHelp } from './commands.ts';
import { cellPlace, cellText, rowPlace, type TypedCell, type TypedRow } from './places.ts';
import { choicesOf, type TypedChoices } from './teach-choices.ts';
import { isDay, isEmail, periodOf, readingOf, type TypedPeriod, type TypedReading } from './typed-values.ts';

interface Common {
  json: boolean;
  jsonl: boolean;
  user: string | null;
  space: string | null;
  /** Say how far files are, where this is no terminal too. */
  progress: boolean;
}

export type Role = 'viewer' | 'contributor' | 'admin';

/** `today` is `YYYY-MM-DD`; a null option was not given. */
export type Command = Common &
  (
    | { name: 'serve' | 'demo' | 'vendors' | 'migrate' | 'doctor' | 'user list' | 'rates fetch' }
    | { name: 'chat'; today: string | null }
    | {
        name: 'ingest';
        files: string[];
        from: string | null;
        rows: boolean;
        vendor: string | null;
        period: TypedPeriod | null;
        reading: TypedReading | null;
      }
    | {
        name: 'decide';
        uploadId: string;
        period: TypedPeriod | null;
        reading: TypedReading | null;
        vendor: string | null;
        replace: boolean;
        rows: boolean;
      }
    | { name: 'rows'; uploadId: string; quarantined: boolean }
    | { name: 'fixes' | 'undo'; uploadId: string }
    | { name: 'review'; uploadId: string }
    | { name: 'release' | 'discard'; uploadId: string; reason: string | null; rows: TypedRow[] }
    | { name: 'correct'; uploadId: string; cells: (TypedCell & { text: string })[] }
    | { name: 'errors'; uploadId: string; out: string }
    | { name: 'why'; uploadId: string; place: TypedRow & { column: number | null } }
    | { name: 'replace'; uploadId: string; file: string; rows: boolean; vendor: string | null }
    | {
        name: 'ask';
        question: string | null;
        file: string | null;
        data: string | null;
        today: string | null;
        byModel: boolean;
      }
    | { name: 'sql'; statement: string | null; file: string | null; data: string | null; guardOnly: boolean }
    | { name: 'vendor check'; file: string }
    | ({ name: 'teach'; uploadId: string; period: TypedPeriod | null; reading: TypedReading | null } & TypedChoices)
    | { name: 'vendor export'; id: string; out: string | null }
    | { name: 'products'; unmatched: boolean }
    | { name: 'product match'; text: string; product: string; vendor: string }
    | { name: 'products import' | 'rates import'; file: string }
    | { name: 'rates'; currency: string | null }
    | { name: 'reconvert'; month: { year: number; month: number } | null; currency: string | null }
    | { name: 'user add'; email: string; role: Role }
    | { name: 'user deactivate'; email: string }
    | { name: 'help'; text: string }
  );

export type Parsed = { ok: true; command: Command } | { ok: false; usage: string };

/** Without the node binary and the script. */
export function parseCommand(argv: string[]): Parsed {
  const none: Common = { json: false, jsonl: false, user: null, space: null, progress: false };
  const first = argv[0];
  if (first === undefined) return { ok: false, usage: help() };
  if (first === '--help' || first === '-h' || first === 'help')
    return { ok: true, command: { ...none, name: 'help', text: help(find(argv.slice(1))?.name) } };
  const found = find(argv);
  if (!found) return wrong(`There is no command "${argv.slice(0, isGroup(first) ? 2 : 1).join(' ')}".`, nearest(argv));
  const { name } = found;
  const spec: CommandHelp = commands[name];
  const allowed = [...everyCommand, ...spec.options];
  let parsed: ReturnType<typeof parseOptions>;
  try {
    parsed = parseOptions(argv.slice(name.split(' ').length), allowed);
  } catch (error) {
    return wrong(optionProblem(error, allowed), name);
  }
  const { values, positionals: words } = parsed;
  if (values.help) return { ok: true, command: { ...none, name: 'help', text: help(name) } };
  const [least, most] = spec.words;
  if (words.length < least) return wrong(`"${name}" needs more: taskifai ${spec.usage}.`, name);
  if (most !== null && words.length > most) return wrong(`"${name}" does not take "${words[most]}".`, name);
  const text = (option: OptionName): string | null => (typeof values[option] === 'string' ? values[option] : null);
  const on = (option: OptionName): boolean => values[option] === true;
  const common: Common = {
    json: on('json') || on('jsonl'),
    jsonl: on('jsonl'),
    user: text('user'),
    space: text('space'),
    progress: on('progress'),
  };
  const today = text('today');
  if (today !== null && !isDay(today)) return wrong(`--today takes a date such as 2025-06-30, not "${today}".`, name);
  const period = periodOf(text('period') ?? '');
  if (text('period') !== null && period === null)
    return wrong(
      `--period takes a month such as 2025-06, or the Sunday that ends a week such as 2025-06-29, not "${text('period')}".`,
      name,
    );
  const reading = readingOf(text('decimal'), text('dates'));
  if (reading && 'wrong' in reading) return wrong(reading.wrong, name);
  const [one = '', two = ''] = words;
  const done = (command: Command): Parsed => ({ ok: true, command });

  switch (name) {
    case 'chat':
      return done({ ...common, name, today });
    case 'ingest':
      if (words.length === 0 && !text('from'))
        return wrong('"ingest" needs at least one file, or --from LIST.jsonl.', name);
      return done({
        ...common,
        name,
        files: words,
        from: text('from'),
        rows: on('rows'),
        vendor: text('vendor'),
        period,
        reading,
      });
    case 'decide': {
      const decision = { period, reading, vendor: text('vendor'), replace: on('replace') };
      if (period === null && reading === null && decision.vendor === null && !decision.replace)
        return wrong('"decide" needs --period, --vendor, --decimal, --dates or --replace: what was decided.', name);
      return done({ ...common, name, uploadId: one, ...decision, rows: on('rows') });
    }
    case 'teach': {
      const choices = choicesOf(values);
      if ('wrong' in choices) return wrong(choices.wrong, name);
      return done({ ...common, name, uploadId: one, period, reading, ...choices });
    }
    case 'vendor export':
      return done({ ...common, name, id: one, out: text('out') });
    case 'rows':
      return done({ ...common, name, uploadId: one, quarantined: on('quarantined') });
    case 'fixes':
    case 'undo':
    case 'review':
      return done({ ...common, name, uploadId: one });
    case 'release':
    case 'discard':
    case 'correct':
    case 'errors':
    case 'why':
      return reviewing(name, words, values, common);
    case 'replace':
      return done({ ...common, name, uploadId: one, file: two, rows: on('rows'), vendor: text('vendor') });
    case 'ask':
      if ((words.length === 0) === (text('file') === null))
        return wrong('"ask" needs either a question or --file QUESTIONS.jsonl.', name);
      return done({
        ...common,
        name,
        question: words.length ? words.join(' ') : null,
        file: text('file'),
        data: text('data'),
        today,
        byModel: on('model'),
      });
    case 'sql':
      if ((words.length === 0) === (text('file') === null))
        return wrong('"sql" needs either a statement or --file STATEMENTS.jsonl.', name);
      return done({
        ...common,
        name,
        statement: words.length ? words.join(' ') : null,
        file: text('file'),
        data: text('data'),
        guardOnly: on('guard-only'),
      });
    case 'products':
      return done({ ...common, name, unmatched: on('unmatched') });
    case 'product match': {
      const vendor = text('vendor');
      if (vendor === null)
        return wrong('"product match" needs --vendor ID: a text means what one vendor means by it.', name);
      return done({ ...common, name, text: one, product: two, vendor });
    }
    case 'rates':
    case 'reconvert': {
      const currency = text('currency')?.toUpperCase() ?? null;
      const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text('month') ?? '');
      if (currency !== null && !/^[A-Z]{3}$/.test(currency))
        return wrong(`--currency takes a code such as GBP, not "${currency}".`, name);
      if (text('month') !== null && month === null)
        return wrong(`--month takes a month such as 2025-04, not "${text('month')}".`, name);
      if (name === 'rates') return done({ ...common, name, currency });
      return done({ ...common, name, currency, month: month && { year: Number(month[1]), month: Number(month[2]) } });
    }
    case 'products import':
    case 'rates import':
    case 'vendor check':
      return done({ ...common, name, file: one });
    case 'user add': {
      const role = text('role') ?? 'viewer';
      if (!isEmail(one)) return wrong(`"${one}" is not an e-mail address.`, name);
      if (role !== 'viewer' && role !== 'contributor' && role !== 'admin')
        return wrong(`--role is viewer, contributor or admin, not "${role}".`, name);
      return done({ ...common, name, email: one, role });
    }
    case 'user deactivate':
      return isEmail(one) ? done({ ...common, name, email: one }) : wrong(`"${one}" is not an e-mail address.`, name);
    default:
      return done({ ...common, name });
  }
}

/** The commands that name places in a workbook. */
function reviewing(
  name: 'release' | 'discard' | 'correct' | 'errors' | 'why',
  words: string[],
  values: ReturnType<typeof parseOptions>['values'],
  common: Common,
): Parsed {
  const [uploadId = '', ...rest] = words;
  const option = (of: OptionName): string | null => (typeof values[of] === 'string' ? values[of] : null);
  const done = (command: Command): Parsed => ({ ok: true, command });
  if (name === 'errors') {
    const out = option('out');
    return out === null
      ? wrong('"errors" needs --out FILE.xlsx, where the workbook goes.', name)
      : done({ ...common, name, uploadId, out });
  }
  if (name === 'correct') {
    const cells = rest.map(cellText);
    const bad = cells.indexOf(null);
    return bad >= 0
      ? wrong(`A correction is SHEET!CELL=TEXT, for example "Sales!F7=3", not "${rest[bad]}".`, name)
      : done({ ...common, name, uploadId, cells: cells.filter((cell) => cell !== null) });
  }
  const typed = [values.row ?? []].flat().map(String);
  const rows = typed.map(rowPlace);
  const bad = rows.indexOf(null);
  if (bad >= 0) return wrong(`--row takes SHEET!ROW, for example "Sales!7", not "${typed[bad]}".`, name);
  const places = rows.filter((row) => row !== null);
  if (name !== 'why') return done({ ...common, name, uploadId, reason: option('reason'), rows: places });
  if (rest.length + places.length !== 1) return wrong('"why" needs one SHEET!CELL, or --row SHEET!ROW.', name);
  const place = rest[0] === undefined ? { ...places[0]!, column: null } : cellPlace(rest[0]);
  return place
    ? done({ ...common, name, uploadId, place })
    : wrong(`A cell is SHEET!CELL, for example "Sales!F7", not "${rest[0]}".`, name);
}

/** All commands, or one with its options. */
export function help(name?: CommandName): string {
  if (!name) {
    const lines = Object.values(commands).map((command) => `  ${command.usage.padEnd(28)}${command.about}`);
    return [
      'taskifai COMMAND [options]',
      '',
      ...lines,
      '',
      'Every command takes --json, --jsonl, --user EMAIL, --space NAME and --help.',
      'Exit code: 0 done, 1 refused or failed (it says why), 2 wrong usage.',
    ].join('\n');
  }
  const command: CommandHelp = commands[name];
  const options = [...command.options, ...everyCommand].map(
    (option) => `  ${`--${option} ${optionHelp[option].value}`.padEnd(34)}${optionHelp[option].about}`,
  );
  return [`taskifai ${command.usage}`, '', `  ${command.about}`, '', ...options].join('\n');
}

function parseOptions(args: string[], allowed: OptionName[]) {
  const options = Object.fromEntries(
    allowed.map((option) => [
      option,
      option === 'help'
        ? { type: 'boolean' as const, short: 'h' }
        : { type: optionHelp[option].type, multiple: option === 'row' || option === 'set' },
    ]),
  );
  return parseArgs({ args, options, allowPositionals: true, strict: true }) as {
    values: Partial<Record<OptionName, string | boolean | string[]>>;
    positionals: string[];
  };
}

function find(argv: string[]): { name: CommandName } | null {
  for (const name of [argv.slice(0, 2).join(' '), argv[0] ?? ''])
    if (Object.hasOwn(commands, name)) return { name: name as CommandName };
  return null;
}

function isGroup(word: string): boolean {
  return Object.keys(commands).some((name) => name.startsWith(`${word} `));
}

function nearest(argv: string[]): CommandName | null {
  const close = (Object.keys(commands) as CommandName[])
    .map((name) => ({ name, away: distance(name, argv.slice(0, name.split(' ').length).join(' ').toLowerCase()) }))
    .sort((a, b) => a.away - b.away)[0];
  return close && close.away <= Math.max(2, Math.floor(close.name.length / 3)) ? close.name : null;
}

function optionProblem(error: unknown, allowed: OptionName[]): string {
  const message = error instanceof Error ? error.message : '';
  const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (!unknown) return `${message.split('. ')[0]?.split('\n')[0] ?? 'The options are not right'}.`;
  const close = allowed
    .map((option) => ({ option, away: distance(`--${option}`, unknown) }))
    .sort((a, b) => a.away - b.away)[0];
  return `There is no option ${unknown} here.${close && close.away <= 3 ? ` Did you mean --${close.option}?` : ''}`;
}

function wrong(sentence: string, name: CommandName | null): Parsed {
  const next = name
    ? `Usage: taskifai ${commands[name].usage}\n"taskifai ${name} --help" says more.`
    : '"taskifai --help" lists the commands.';
  const meant = name && sentence.startsWith('There is no command') ? ` Did you mean "${name}"?` : '';
  return { ok: false, usage: `${sentence}${meant}\n${next}` };
}
