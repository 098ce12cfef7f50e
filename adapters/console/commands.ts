// The commands of the terminal, as data: what each is for, how it is written, which options it takes. Help, parsing and
// "did you mean" all read this one table.

export interface CommandHelp {
  usage: string;
  about: string;
  /** Options beside those that every command takes. */
  options: OptionName[];
  /** How many words may follow the command; the most is null where any number may. */
  words: [least: number, most: number | null];
}

export const optionHelp = {
  json: { type: 'boolean', value: '', about: 'print one JSON document' },
  jsonl: { type: 'boolean', value: '', about: 'print JSON, one document a line' },
  user: { type: 'string', value: 'EMAIL', about: 'act as this user' },
  space: { type: 'string', value: 'NAME', about: 'act in this conversation' },
  help: { type: 'boolean', value: '', about: 'show this help' },
  rows: { type: 'boolean', value: '', about: 'add the stored and the held-back rows' },
  from: { type: 'string', value: 'LIST.jsonl', about: 'take files from lines { file, name?, user?, space? }' },
  file: { type: 'string', value: 'LINES.jsonl', about: 'take the input from a file of JSON lines' },
  data: { type: 'string', value: 'DIR', about: 'load sales.csv and products.csv into a throw-away database first' },
  model: {
    type: 'boolean',
    value: '',
    about: 'let the language model answer what needs none, too, to see what it is worth',
  },
  today: { type: 'string', value: 'YYYY-MM-DD', about: 'take this as the date of today' },
  vendor: { type: 'string', value: 'ID', about: 'the vendor that is meant; a file is not asked whose it is' },
  period: {
    type: 'string',
    value: 'YYYY-MM',
    about: 'the month that the file is about, or the Sunday that ends its week (YYYY-MM-DD)',
  },
  decimal: {
    type: 'string',
    value: 'comma|point',
    about: 'the mark before the decimals, where figures have two readings',
  },
  dates: {
    type: 'string',
    value: 'dmy|mdy',
    about: 'whether the day or the month comes first, where dates have two readings',
  },
  progress: { type: 'boolean', value: '', about: 'say how far large files are, where this is no terminal too' },
  replace: { type: 'boolean', value: '', about: 'put its figures in the place of those that are loaded' },
  unmatched: { type: 'boolean', value: '', about: 'only names in files that nobody has matched to a product' },
  currency: { type: 'string', value: 'CODE', about: 'this currency: the only one to show, or that of the amounts' },
  month: { type: 'string', value: 'YYYY-MM', about: 'only this month' },
  quarantined: { type: 'boolean', value: '', about: 'print the rows held back, with reasons' },
  reason: { type: 'string', value: 'CODE', about: 'only rows held back for this reason, such as invalid_ean' },
  row: { type: 'string', value: 'SHEET!ROW', about: 'only this row, such as "Sales!7"; may be given several times' },
  out: { type: 'string', value: 'PATH', about: 'where the workbook goes, or the folder of an exported vendor' },
  set: {
    type: 'string',
    value: 'FIELD=HEADING',
    about: 'take a field from a column, by heading or letter, or "none"; may be given several times',
  },
  sheet: { type: 'string', value: 'NAME', about: 'the sheet that holds the table' },
  'period-from': {
    type: 'string',
    value: 'PLACE',
    about: 'where the month stands: columns, file_name, sheet_name or header; week: its last day, in the file name',
  },
  basis: { type: 'string', value: 'net|gross', about: 'amounts without or with VAT' },
  name: { type: 'string', value: 'NAME', about: 'the name of the vendor' },
  id: { type: 'string', value: 'ID', about: 'the id of the vendor, such as blue_door' },
  save: { type: 'boolean', value: '', about: 'keep it, and work on the file again with it' },
  'guard-only': { type: 'boolean', value: '', about: 'only say whether it would be allowed' },
  role: { type: 'string', value: 'viewer|contributor|admin', about: 'the role of the new user' },
} as const satisfies Record<string, { type: 'boolean' | 'string'; value: string; about: string }>;

export type OptionName = keyof typeof optionHelp;
export const everyCommand: OptionName[] = ['json', 'jsonl', 'user', 'space', 'help'];

export const commands = {
  serve: { usage: 'serve', about: 'run the bot: web, chat, workers and schedule', options: [], words: [0, 0] },
  demo: {
    usage: 'demo',
    about: 'show the whole job on sample workbooks, in under a minute',
    options: [],
    words: [0, 0],
  },
  chat: { usage: 'chat', about: 'talk to the bot here; drop files by their path', options: ['today'], words: [0, 0] },
  ingest: {
    usage: 'ingest FILE...',
    about: 'read, clean and store workbooks',
    options: ['rows', 'from', 'vendor', 'period', 'decimal', 'dates', 'progress'],
    words: [0, null],
  },
  decide: {
    usage: 'decide UPLOAD_ID',
    about:
      'answer what an upload waits for: its month, its vendor, how its figures are written, or whether it replaces',
    options: ['period', 'vendor', 'decimal', 'dates', 'replace', 'rows', 'progress'],
    words: [1, 1],
  },
  teach: {
    usage: 'teach UPLOAD_ID',
    about: 'show how a file that nobody has described would be read; correct that, and --save it as a new vendor',
    options: [
      'set',
      'sheet',
      'currency',
      'period',
      'period-from',
      'basis',
      'decimal',
      'dates',
      'name',
      'id',
      'replace',
      'save',
    ],
    words: [1, 1],
  },
  rows: { usage: 'rows UPLOAD_ID', about: 'the stored rows of an upload', options: ['quarantined'], words: [1, 1] },
  fixes: {
    usage: 'fixes UPLOAD_ID',
    about: 'every cell that was changed, and by which rule',
    options: [],
    words: [1, 1],
  },
  review: {
    usage: 'review UPLOAD_ID',
    about: 'the rows held back, by reason, and what to do about them',
    options: [],
    words: [1, 1],
  },
  correct: {
    usage: 'correct UPLOAD_ID SHEET!CELL=TEXT...',
    about: 'read cells as given, and work on the file again',
    options: [],
    words: [2, null],
  },
  release: {
    usage: 'release UPLOAD_ID',
    about: 'let rows through whose code is no EAN',
    options: ['reason', 'row'],
    words: [1, 1],
  },
  discard: {
    usage: 'discard UPLOAD_ID',
    about: 'leave held-back rows out for good',
    options: ['reason', 'row'],
    words: [1, 1],
  },
  errors: {
    usage: 'errors UPLOAD_ID --out FILE.xlsx',
    about: 'the held-back rows as a workbook and a message for whoever sent them',
    options: ['out'],
    words: [1, 1],
  },
  why: {
    usage: 'why UPLOAD_ID SHEET!CELL',
    about: 'where a figure comes from, and who corrected it',
    options: ['row'],
    words: [1, 2],
  },
  undo: { usage: 'undo UPLOAD_ID', about: "take an upload's rows out again", options: [], words: [1, 1] },
  replace: {
    usage: 'replace UPLOAD_ID FILE',
    about: 'put a corrected file in the place of an upload',
    options: ['rows', 'vendor', 'progress'],
    words: [2, 2],
  },
  ask: {
    usage: 'ask QUESTION',
    about: 'answer a question with figures and evidence',
    options: ['file', 'data', 'today', 'model'],
    words: [0, null],
  },
  sql: {
    usage: 'sql STATEMENT',
    about: 'run one SELECT under the guard, as a question would be',
    options: ['file', 'data', 'guard-only'],
    words: [0, null],
  },
  vendors: { usage: 'vendors', about: 'the vendors whose layouts are known', options: [], words: [0, 0] },
  'vendor check': {
    usage: 'vendor check FILE',
    about: 'which vendor a file is from, and why; stores nothing',
    options: [],
    words: [1, 1],
  },
  'vendor export': {
    usage: 'vendor export ID',
    about: 'the definition of a taught vendor; with --out its sample too, ready to be contributed',
    options: ['out'],
    words: [1, 1],
  },
  products: {
    usage: 'products',
    about: 'the product list, and what waits to be matched',
    options: ['unmatched'],
    words: [0, 0],
  },
  'product match': {
    usage: 'product match TEXT EAN --vendor ID',
    about: 'say which product a vendor means by a text, for stored rows too',
    options: ['vendor'],
    words: [2, 2],
  },
  'products import': {
    usage: 'products import FILE',
    about: 'take a product list in (workbook or CSV)',
    options: [],
    words: [1, 1],
  },
  rates: { usage: 'rates', about: 'the exchange rates that are kept', options: ['currency'], words: [0, 0] },
  'rates import': {
    usage: 'rates import FILE',
    about: 'take exchange rates in (workbook or CSV)',
    options: [],
    words: [1, 1],
  },
  'rates fetch': {
    usage: 'rates fetch',
    about: 'take published rates in, from FX_RATES_URL',
    options: [],
    words: [0, 0],
  },
  reconvert: {
    usage: 'reconvert',
    about: 'convert stored amounts at the rates that are known now',
    options: ['month', 'currency'],
    words: [0, 0],
  },
  'user add': { usage: 'user add EMAIL --role ROLE', about: 'let somebody in', options: ['role'], words: [1, 1] },
  'user list': { usage: 'user list', about: 'who may use the bot', options: [], words: [0, 0] },
  'user deactivate': {
    usage: 'user deactivate EMAIL',
    about: 'lock somebody out, keep what they did',
    options: [],
    words: [1, 1],
  },
  migrate: { usage: 'migrate', about: 'bring the database up to date', options: [], words: [0, 0] },
  doctor: {
    usage: 'doctor',
    about: 'check configuration, database rights and fonts; say what to do',
    options: [],
    words: [0, 0],
  },
} as const satisfies Record<string, CommandHelp>;

export type CommandName = keyof typeof commands;
