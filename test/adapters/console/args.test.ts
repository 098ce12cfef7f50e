import { expect, it } from 'vitest';
import { parseCommand } from '#adapters/console/args.ts';
import { commands } from '#adapters/console/commands.ts';

const common = { json: false, jsonl: false, user: null, space: null, progress: false };

it.each([
  [
    ['ask', 'total', 'sales', '--today', '2025-06-30'],
    { ...common, name: 'ask', question: 'total sales', file: null, data: null, today: '2025-06-30', byModel: false },
  ],
  [
    ['ingest', 'a.xlsx', 'b.xlsx', '--rows', '--json'],
    {
      ...common,
      json: true,
      name: 'ingest',
      files: ['a.xlsx', 'b.xlsx'],
      from: null,
      rows: true,
      vendor: null,
      period: null,
      reading: null,
    },
  ],
  [
    ['ingest', '--from', 'l.jsonl', '--jsonl'],
    {
      ...common,
      json: true,
      jsonl: true,
      name: 'ingest',
      files: [],
      from: 'l.jsonl',
      rows: false,
      vendor: null,
      period: null,
      reading: null,
    },
  ],
  [['rows', 'u1', '--quarantined'], { ...common, name: 'rows', uploadId: 'u1', quarantined: true }],
  [
    ['replace', 'u1', 'a.xlsx'],
    { ...common, name: 'replace', uploadId: 'u1', file: 'a.xlsx', rows: false, vendor: null },
  ],
  [
    ['sql', 'SELECT 1', '--guard-only'],
    { ...common, name: 'sql', statement: 'SELECT 1', file: null, data: null, guardOnly: true },
  ],
  [
    ['vendor', 'check', 'a.xlsx', '--user', 'a@b.nl', '--space', 's'],
    { ...common, user: 'a@b.nl', space: 's', name: 'vendor check', file: 'a.xlsx' },
  ],
  [['user', 'add', 'a@b.nl', '--role', 'admin'], { ...common, name: 'user add', email: 'a@b.nl', role: 'admin' }],
  [['products', '--unmatched'], { ...common, name: 'products', unmatched: true }],
  [['products', 'import', 'p.csv'], { ...common, name: 'products import', file: 'p.csv' }],
  [
    ['product', 'match', 'SOAP 100 ML', '4006381333931', '--vendor', 'shop'],
    { ...common, name: 'product match', text: 'SOAP 100 ML', product: '4006381333931', vendor: 'shop' },
  ],
  [['rates', '--currency', 'gbp'], { ...common, name: 'rates', currency: 'GBP' }],
  [
    ['reconvert', '--month', '2025-04'],
    { ...common, name: 'reconvert', month: { year: 2025, month: 4 }, currency: null },
  ],
  [['doctor'], { ...common, name: 'doctor' }],
])('understands %j', (argv, command) => expect(parseCommand(argv)).toEqual({ ok: true, command }));

it.each([
  [[], 'taskifai COMMAND'],
  [['ingst', 'a'], 'Did you mean "ingest"?'],
  [['user', 'ad', 'a@b.nl'], 'Did you mean "user add"?'],
  [['ingest'], 'needs at least one file'],
  [['ingest', 'a.xlsx', '--period', '2025-13'], '--period takes a month'],
  [['decide', 'u'], 'needs --period, --vendor, --decimal, --dates or --replace'],
  [['rows'], 'needs more'],
  [['rows', 'a', 'b'], 'does not take "b"'],
  [['rows', 'a', '--quarantind'], 'Did you mean --quarantined?'],
  [['ask'], 'either a question or --file'],
  [['ask', 'x', '--today', '2025-02-30'], '--today takes a date'],
  [['product', 'match', 'SOAP', '4006381333931'], 'needs --vendor ID'],
  [['rates', '--currency', 'pounds'], '--currency takes a code'],
  [['reconvert', '--month', '2025-13'], '--month takes a month'],
  [['user', 'add', 'nobody'], 'not an e-mail address'],
  [['user', 'add', 'a@b.nl', '--role', 'boss'], 'viewer, contributor or admin'],
])('says what is wrong with %j', (argv, part) => {
  const parsed = parseCommand(argv);
  expect(parsed.ok ? '' : parsed.usage).toContain(part);
});

it('has help for every command', () => {
  for (const name of Object.keys(commands)) {
    const parsed = parseCommand([...name.split(' '), '--help']);
    expect(parsed.ok && parsed.command.name === 'help' && parsed.command.text).toContain(`taskifai ${name}`);
  }
});
