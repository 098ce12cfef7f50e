import { expect, test } from 'vitest';
import { parseCommand } from '#adapters/console/index.ts';

function usage(...argv: string[]): string {
  const parsed = parseCommand(argv);
  if (parsed.ok) throw new Error('expected a usage error');
  return parsed.usage;
}

test('everything that a person may say of a layout is understood', () => {
  const parsed = parseCommand([
    ...['teach', 'ID', '--set', 'amount=Net = sales', '--set', 'store=F', '--sheet', 'Data', '--currency', 'eur'],
    ...['--period', '2025-04', '--period-from', 'file-name', '--basis', 'net', '--decimal', 'comma', '--dates', 'dmy'],
    ...['--name', ' Blue Door ', '--id', 'blue_door', '--save', '--replace', '--json'],
  ]);
  expect(parsed).toMatchObject({
    ok: true,
    command: {
      name: 'teach',
      uploadId: 'ID',
      set: [
        { field: 'amount', to: 'Net = sales' },
        { field: 'store', to: 'F' },
      ],
      sheet: 'Data',
      currency: 'EUR',
      period: { year: 2025, month: 4, day: null },
      periodFrom: 'file_name',
      basis: 'net',
      reading: { decimal: 'comma', dates: 'dmy' },
      vendorName: 'Blue Door',
      id: 'blue_door',
      save: true,
      replace: true,
      json: true,
    },
  });
});

test('what was not said is null, and nothing is kept', () => {
  expect(parseCommand(['teach', 'ID'])).toMatchObject({
    command: { set: [], sheet: null, currency: null, period: null, periodFrom: null, basis: null, save: false },
  });
  expect(parseCommand(['vendor', 'export', 'blue_door'])).toMatchObject({ command: { id: 'blue_door', out: null } });
});

test('a value that cannot be is named, with what may stand there', () => {
  expect(usage('teach')).toContain('needs more');
  expect(usage('teach', 'ID', '--set', 'amount')).toContain('--set takes FIELD=HEADING');
  expect(usage('teach', 'ID', '--currency', 'euro')).toContain('--currency takes a code such as GBP, not "euro"');
  expect(usage('teach', 'ID', '--period-from', 'constructor')).toContain('--period-from takes columns');
  expect(usage('teach', 'ID', '--basis', 'nett')).toContain('not "nett"');
  expect(usage('teach', 'ID', '--decimal', 'dot')).toContain('--decimal takes comma or point');
  expect(usage('teach', 'ID', '--periodfrom', 'week')).toContain('Did you mean --period-from?');
});
