// Who may teach what, and what is refused: over a real database, without the command line.

import { expect, test } from 'vitest';
import { makeWorkbooks } from '#adapters/excel/index.ts';
import type { Cell } from '#src/clean/sheet.ts';
import { type Choices, noChoices } from '#src/clean/teach/proposal.ts';
import { AppError } from '#src/errors.ts';
import type { Principal } from '#src/ports.ts';
import { exportedFiles } from '#src/usecases/teach/export-vendor.ts';
import { knownLayouts } from '#src/usecases/teach/known-layouts.ts';
import { proposeLayout, saveLayout } from '#src/usecases/teach/teach-layout.ts';
import { testDatabase } from '../support/database.ts';
import { definitions, productOver } from '../support/product.ts';
import { person } from '../support/stored.ts';
import { workbookOf } from '../support/workbook-file.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);

async function send(name: string, headings: Cell[], rows: Cell[][], principal: Principal = ann): Promise<string> {
  const bytes = await workbookOf(makeWorkbooks(), 'Data', headings, rows);
  const { upload } = await app.receive({ name, bytes, principal, reply: null });
  return upload.id;
}

function save(uploadId: string, choices: Partial<Choices> & { replace?: boolean }, by: Principal = ann) {
  return saveLayout(ports, definitions, uploadId, { ...noChoices, replace: false, ...choices }, by);
}

function show(uploadId: string, choices: Partial<Choices> = {}, by: Principal = ann) {
  return proposeLayout(ports, definitions, uploadId, { ...noChoices, ...choices }, by);
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`expected a refusal, not ${error}`);
  expect(`${error.message} ${error.hint}`).not.toMatch(/\{\w+\}/);
  return error;
}

const headings = ['Shop', 'Item description', 'Units sold', 'Sales EUR'];
const rows: Cell[][] = [['North', 'Paper Moon', 2, 80]];
const statusOf = async (id: string) => (await ports.uploads.find(id))?.status;

test('a month that a person gives goes with the file, and the next file without one is asked about', async () => {
  const id = await send('Quay.xlsx', headings, rows);
  expect(await statusOf(id)).toBe('needs_vendor');
  const period = { year: 2025, month: 4, day: null };
  const first = await save(id, { name: 'Quay', period });
  expect(first.version).toBe(1);
  expect(await ports.uploads.find(id)).toMatchObject({ status: 'completed', vendor: 'quay' });
  const next = await send('Quay again.xlsx', headings, [['North', 'Paper Moon', 3, 120]]);
  expect(await ports.uploads.find(next)).toMatchObject({
    status: 'needs_decision',
    vendor: 'quay',
    receipt: { error: { code: 'UPLOAD_NO_PERIOD' } },
  });
  // The same again is no new version; a change is.
  expect((await save(id, { period })).version).toBe(1);
  expect((await save(id, { period, basis: 'net' })).version).toBe(2);
  expect(await statusOf(id)).toBe('completed');
  expect((await knownLayouts(ports, definitions)).taught.map(({ id, amount }) => [id, amount.basis])).toEqual([
    ['quay', 'net'],
  ]);
});

test('a layout whose month a person gave is exported as a sample that asks for it', async () => {
  const [layout] = await ports.layouts.versions('quay');
  const files = await exportedFiles(ports, layout!);
  expect(files.map(({ path }) => path)).toEqual([
    'quay.yaml',
    'quay/01-taught/Quay.xlsx',
    'quay/01-taught/expected.json',
  ]);
  const expected = JSON.parse(Buffer.from(files[2]!.bytes).toString('utf8'));
  expect(expected).toMatchObject({
    outcome: 'ask_period',
    report_period: { month: 4, year: 2025 },
    rows: [{ functional_name: 'Paper Moon', quantity: 2, month: 4, source: { sheet: 'Data', row: 2 } }],
  });
});

test('a layout is taught once: under another id it is refused, and so is another layout under the same id', async () => {
  const known = await send('Quay 2025-06.xlsx', headings, [['South', 'Paper Moon', 1, 40]]);
  expect(await statusOf(known)).toBe('completed');
  const twice = await refusal(save(known, { id: 'pier', name: 'Pier' }));
  expect(twice).toMatchObject({ code: 'TEACH_OPEN' });
  expect(twice.message).toContain('This is a file of Quay (quay)');
  expect(twice.hint).toContain('--id quay');

  const changed = await send(
    'Quay new style 2025-07.xlsx',
    ['Stock number', 'Title', 'Pieces', 'Turnover EUR'],
    [['A-1', 'Moon', 1, 9]],
  );
  expect(await statusOf(changed)).toBe('needs_vendor');
  const taken = await refusal(save(changed, { id: 'quay', name: 'Quay' }));
  expect(taken).toMatchObject({ code: 'TEACH_CHOICE' });
  expect(taken.message).toContain('version 2, by ann@example.com');
  expect((await save(changed, { id: 'quay', name: 'Quay', replace: true })).version).toBe(3);
  expect(await statusOf(changed)).toBe('completed');
});

test('an id of a vendor that ships with the product is never taken', async () => {
  const id = await send('Jetty 2025-04.xlsx', ['Kontor', 'Varenavn', 'Antal', 'Beløb EUR'], [['Nord', 'Moon', 2, 80]]);
  for (const shipped of ['boxnox', 'generic']) {
    expect(await refusal(save(id, { id: shipped, name: 'Jetty' }))).toMatchObject({ code: 'TEACH_CHOICE' });
  }
  expect((await refusal(save(id, { id: 'Jetty!', name: 'Jetty' }))).message).toContain('small letters');
});

test('a viewer, somebody else, and whoever says what cannot be are refused in a sentence', async () => {
  const id = await send('Wharf 2025-04.xlsx', ['Dept', 'Title', 'Units', 'Value EUR'], [['A', 'Moon', 2, 80]]);
  const viewer = await person(database, 'viewer@example.com', 'console:local', 'viewer');
  const other = await person(database, 'bo@example.com', 'console:local', 'contributor');
  expect(await refusal(show(id, {}, viewer))).toMatchObject({ code: 'ACCESS_ROLE' });
  expect(await refusal(show(id, {}, other))).toMatchObject({ code: 'UPLOAD_NOT_YOURS' });
  expect(await refusal(show('nonsense'))).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
  expect((await refusal(show(id, { sheet: 'Elsewhere' }))).message).toContain('no sheet of that name');
  const wrong = await refusal(show(id, { set: [{ field: 'amount', to: 'Turnover' }] }));
  expect(wrong.hint).toBe('The headings are: Dept, Title, Units, Value EUR.');
  const impossible = { year: 2031, month: 1, day: null };
  const undated = await send('Wharf.xlsx', ['Dept', 'Title', 'Units', 'Value EUR'], [['A', 'Moon', 3, 80]]);
  expect((await refusal(save(undated, { name: 'Wharf', period: impossible }))).message).toContain('in the future');
  expect((await knownLayouts(ports, definitions)).taught.map((vendor) => vendor.id)).not.toContain('wharf');
});

test('a file of a vendor that ships with the product is not taught', async () => {
  const columns = ['YEAR', 'MONTH', 'CHANNEL', 'POS', 'EAN', 'QTY', 'AMOUNT', 'DESCRIPTION', 'SKU'];
  const row: Cell[] = [2025, 4, 'Retail', 'Lisboa', '4006381333931', 1, 10.5, 'ROSE', 'AB100'];
  const id = await send('BOXNOX report APR2025.xlsx', columns, [row]);
  const error = await refusal(show(id));
  expect(error).toMatchObject({ code: 'TEACH_CLOSED' });
  expect(error.message).toContain('boxnox');
});

test('what was not let in is not let in by teaching', async () => {
  const rows: Cell[][] = [['A', 'Moon', 2, 80]];
  const bytes = await workbookOf(makeWorkbooks(), 'Data', ['Dept', 'Title', 'Units', 'Value EUR'], rows);
  const { upload } = await app.receive({ name: 'Mole 2025-04.xlsm', bytes, principal: ann, reply: null });
  expect(await statusOf(upload.id)).toBe('refused');
  const error = await refusal(save(upload.id, { name: 'Mole' }));
  expect(error).toMatchObject({ code: 'TEACH_CLOSED' });
  expect(error.message).toContain('not accepted');
  expect(await statusOf(upload.id)).toBe('refused');
});

test('a definition that can no longer be read is left out, and files still come in', async () => {
  const id = await send('Dock 2025-04.xlsx', ['Dept', 'Title', 'Units', 'Value EUR'], [['A', 'Moon', 2, 80]]);
  await ports.layouts.save({ id: 'broken', yaml: 'id: [', uploadId: id }, ann);
  await ports.layouts.save({ id: 'boxnox', yaml: 'id: boxnox', uploadId: id }, ann);
  const known = await knownLayouts(ports, definitions);
  expect(known.taught.map((vendor) => vendor.id)).toEqual(['quay']);
  expect((await save(id, { name: 'Dock' })).again).toBe(true);
  expect(await statusOf(id)).toBe('completed');
});
