// Products that are learnt after their rows, over a real database and real reports.

import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Fix } from '#src/clean/types.ts';
import type { Receipt } from '#src/ports.ts';
import { importProducts, matchProduct, textOf, unmatchedNames } from '#src/usecases/reference/products.ts';
import { undoUpload } from '#src/usecases/undo-upload.ts';
import { testDatabase } from '#test/support/database.ts';
import { definitions, productOver } from '#test/support/product.ts';
import { person } from '#test/support/stored.ts';
import { asSuperuser } from '#test/support/two-clients.ts';

const database = await testDatabase();
const { app, ports } = productOver(database);
const ann = await person(database);
const cas = await person(database, 'cas@example.com', 'console:#cas', 'contributor');
const vic = await person(database, 'vic@example.com', 'console:#vic', 'viewer');
const vendors = definitions.map(({ id }) => id);
const samples = 'test/fixtures/samples';

beforeEach(() =>
  asSuperuser(database, async (client) => {
    await client.query(
      `TRUNCATE app.uploads, app.products, app.product_aliases, app.sales_data, app.processed_data, app.transform_logs CASCADE`,
    );
  }),
);

async function send(path: string, { name = '', by = ann } = {}): Promise<Receipt> {
  const [file = ''] = globSync(`${samples}/${path}/*.{xlsx,xlsm}`);
  const bytes = readFileSync(file);
  const options = { name: name || basename(file), bytes, principal: by, reply: null, replace: false };
  const { upload, settled } = await app.receive(options);
  const receipt = settled ?? (await ports.uploads.find(upload.id))?.receipt;
  if (!receipt) throw new Error('expected a receipt');
  return receipt;
}

const copyOf = (path: string, copy: number) =>
  path.startsWith('galilu')
    ? `BIbbi_sellout_Galilu_2025 (${copy}).xlsx`
    : `Continuity Supplier Size Report 27-07-2025 (${copy}).xlsx`;

const list = (name = 'products.csv', text = readFileSync(`${samples}/products.csv`, 'utf8')) => ({
  name,
  bytes: Buffer.from(text),
});
const small = (...lines: string[]) =>
  list('list.csv', ['ean,functional_name,name,brand,list_price,alias', ...lines].join('\n'));

/** What counts in answers, by the place in the file. */
async function inForce(): Promise<{ place: string; ean: string | null; name: string | null; brand: string | null }[]> {
  const { rows } = await database.pool.query(
    `SELECT source_row || ' ' || quantity AS place, product_ean AS ean, functional_name AS name, brand FROM app.sales_data ORDER BY source_row, sales_date, store`,
  );
  return rows;
}

const expected = (path: string): { product_ean: string; row: number }[] =>
  JSON.parse(readFileSync(`${samples}/${path}/expected.json`, 'utf8')).rows.map(
    (row: { ean_by_catalogue: string; source: { row: number } }) => ({
      product_ean: row.ean_by_catalogue,
      row: row.source.row,
    }),
  );

async function eansByRow(): Promise<{ product_ean: string | null; row: number }[]> {
  const { rows } = await database.pool.query('SELECT DISTINCT product_ean, source_row AS row FROM app.sales_data');
  return rows;
}
const byRow = (rows: { product_ean: string | null; row: number }[]) =>
  rows.map(({ row, product_ean }) => `${row} ${product_ean}`).sort();

test.each(['galilu/01-may', 'liberty/01-weekly'])(
  'a list that comes after the report gives %s the products that it would have had before',
  async (path) => {
    await send(path);
    expect((await unmatchedNames(ports, ann)).length).toBeGreaterThan(10);
    const done = await importProducts(ports, list(), vendors, ann);
    expect(done).toMatchObject({ added: 40, changed: 0, refused: [] });
    // What the sample says of its last month; other months have other products too.
    const rows = byRow(await eansByRow());
    expect(rows).toEqual(expect.arrayContaining(byRow(expected(path))));
    expect(rows.filter((row) => row.endsWith('null'))).toEqual([]);
    expect(await unmatchedNames(ports, ann)).toEqual([]);
    const afterwards = await inForce();
    const again = await send(path, { name: copyOf(path, 7) });
    expect([again.status, again.rows.loaded]).toEqual(['duplicate', 0]);

    const uploads = await database.pool.query<{ id: string }>('SELECT id FROM app.uploads');
    for (const { id } of uploads.rows) await undoUpload(ports, id, ann).catch(() => {});
    expect(await inForce()).toEqual([]);
    const fresh = await send(path, { name: copyOf(path, 8) });
    expect(fresh.status).toBe('completed');
    expect(await inForce()).toEqual(afterwards);
  },
);

test('a person’s word reaches the rows that are stored, is logged, and leaves the same file the same', async () => {
  const first = await send('galilu/01-may');
  await importProducts(ports, small('7359990010005,NBQH0100,Quiet Harbour EDP 100ml,North,225,'), vendors, ann);
  const [name] = (await unmatchedNames(ports, ann)).filter((each) => each.suggestions.length > 0);
  expect(name).toMatchObject({
    vendor: 'galilu',
    quantity: 23,
    rows: 5,
    uploads: 1,
    from: '2025-01',
    to: '2025-05',
    amount: null,
  });
  expect([textOf(name!), name!.suggestions.map(({ ean }) => ean)]).toEqual([
    'Quiet Harbour EDP 100ML',
    ['7359990010005'],
  ]);

  const match = { text: ' quiet\u00a0harbour  EDP 100 ml', vendor: 'galilu', product: 'nbqh0100' };
  expect(await matchProduct(ports, match, cas)).toMatchObject({ rows: 5, product: { ean: '7359990010005' } });
  const placed = { ean: '7359990010005', name: 'NBQH0100', brand: 'North' };
  expect((await inForce()).filter(({ ean }) => ean !== null)).toEqual(
    [1, 1, 4, 6, 11].map((quantity) => ({ place: `2 ${quantity}`, ...placed })),
  );
  const matched: Fix[] = [];
  for await (const fix of ports.batches.fixes(first.uploadId)) if (fix.rule.startsWith('matched')) matched.push(fix);
  expect(matched).toEqual([
    {
      sheet: 'product ranking_2025',
      row: 2,
      column: 'product',
      cell: '2:2',
      original: 'Quiet Harbour EDP 100ML ',
      cleaned: '7359990010005 NBQH0100',
      rule: 'matched by cas@example.com',
    },
  ]);
  const again = await send('galilu/01-may', { name: 'BIbbi_sellout_Galilu_2025 (3).xlsx' });
  expect([again.status, again.rows.loaded]).toEqual(['duplicate', 0]);
  expect(again.scopes.map(({ state }) => state)).toEqual(again.scopes.map(() => 'unchanged'));
});

test('an undo after a match brings the other file back with the match', async () => {
  await importProducts(ports, small('7359990010005,NBQH0100,Quiet Harbour EDP 100ml,,,'), vendors, ann);
  const first = await send('galilu/01-may');
  const second = await send('galilu/01-may', { name: 'BIbbi_sellout_Galilu_2025 (4).xlsx' });
  expect(second.status).toBe('duplicate');
  await matchProduct(ports, { text: 'Quiet Harbour EDP 100ml', vendor: 'galilu', product: '7359990010005' }, ann);
  const before = await inForce();
  await undoUpload(ports, first.uploadId, ann);
  expect(await inForce()).toEqual(before);
  expect(before.filter(({ ean }) => ean === '7359990010005')).toHaveLength(5);
});

test('a new word takes the place of an old one, for one vendor only', async () => {
  await importProducts(ports, small('7359990010005,NBQH0100,,,,', '7359990010012,NBQH130,,,,'), vendors, ann);
  await send('galilu/01-may');
  const text = 'Quiet Harbour EDP 100ml';
  await matchProduct(ports, { text, vendor: 'galilu', product: 'NBQH130' }, ann);
  await matchProduct(ports, { text, vendor: 'liberty', product: 'NBQH130' }, ann);
  await matchProduct(ports, { text, vendor: 'galilu', product: 'NBQH0100' }, ann);
  const eans = (await inForce()).flatMap(({ ean }) => ean ?? []);
  expect(eans).toEqual(Array(5).fill('7359990010005'));
  const kept = (await ports.catalogue.products()).map(({ functionalName, aliases }) => [functionalName, aliases]);
  expect(kept).toEqual([
    ['NBQH0100', [{ vendor: 'galilu', text: 'quiet harbour edp 100ml' }]],
    ['NBQH130', [{ vendor: 'liberty', text: 'quiet harbour edp 100ml' }]],
  ]);
});

test('a match to nothing, to two products, or against a code is refused and changes nothing', async () => {
  const lines = ['7359990010005,SAME,,,,', '7359990010012,SAME,,,,', '7359990010029,OWN10,,,,'];
  await importProducts(ports, small(...lines), vendors, ann);
  const refused = (product: string, text = 'some text') =>
    matchProduct(ports, { text, vendor: 'galilu', product }, ann);
  await expect(refused('NOTHING')).rejects.toThrow('no product of the list is NOTHING');
  await expect(refused('7359990010006')).rejects.toThrow('its check digit is wrong');
  await expect(refused('same')).rejects.toThrow('several products have the code same; say the EAN');
  await expect(refused('7359990010005', 'own10')).rejects.toThrow('is itself the code of a product');
  await expect(refused('OWN10', ' \u00a0')).rejects.toThrow('empty');
  expect((await ports.catalogue.products()).flatMap(({ aliases }) => aliases)).toEqual([]);
});

test('an import adds, changes, leaves empty cells alone and refuses rows with their reasons', async () => {
  await importProducts(
    ports,
    small('7359990010005,NBQH0100,Quiet Harbour,North,225,', ',NOEAN30,Without,,,'),
    vendors,
    ann,
  );
  const done = await importProducts(
    ports,
    small(
      '7359990010005,NBQH0100,,,230,qh; Quiet H.',
      '7359990010012,NBQH130,,,110,',
      '7359990010029,NOEAN30,,,,',
      '7359990010037,BAD,,,,',
      '7.35999E+12,LOST,,,,',
      '7359990010050,TWICE1,,,,',
      '7359990010050,TWICE2,,,,',
      '7359990010067,PRICE,,,cheap,',
      ',,only a name,,,',
    ),
    vendors,
    ann,
  );
  expect(done).toMatchObject({ added: 1, changed: 2, unchanged: 0 });
  expect(done.refused).toEqual([
    { row: 5, reason: 'the EAN 7359990010037 has a wrong check digit' },
    { row: 6, reason: 'the EAN 7.35999E+12 has lost digits' },
    { row: 7, reason: 'the EAN 7359990010050 stands in row 8 too' },
    { row: 8, reason: 'the EAN 7359990010050 stands in row 7 too' },
    { row: 9, reason: 'the price cheap cannot be read' },
    { row: 10, reason: 'it has neither an EAN nor a functional name' },
  ]);
  const kept = (await ports.catalogue.products()).map(({ id: _id, ...product }) => product);
  expect(kept).toEqual([
    {
      ean: '7359990010005',
      functionalName: 'NBQH0100',
      name: 'Quiet Harbour',
      brand: 'North',
      listPrice: 230,
      confirmed: true,
      aliases: [
        { vendor: '*', text: 'qh' },
        { vendor: '*', text: 'quiet h.' },
      ],
    },
    {
      ean: '7359990010012',
      functionalName: 'NBQH130',
      name: null,
      brand: null,
      listPrice: 110,
      confirmed: true,
      aliases: [],
    },
    {
      ean: '7359990010029',
      functionalName: 'NOEAN30',
      name: 'Without',
      brand: null,
      listPrice: null,
      confirmed: true,
      aliases: [],
    },
  ]);
  expect(await importProducts(ports, small('7359990010012,NBQH130,,,110,'), vendors, ann)).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 1,
  });
});

test('a new name or brand of the list is that of the rows already stored', async () => {
  await send('boxnox/01-living-document');
  const [first] = (await inForce()).filter(({ ean }) => ean !== null);
  await importProducts(ports, small(`${first!.ean},RENAMED,,Other,,`), vendors, ann);
  expect((await inForce()).filter(({ ean }) => ean === first!.ean)).toEqual(
    expect.arrayContaining([{ ...first, name: 'RENAMED', brand: 'Other' }]),
  );
});

test('a workbook is a list too, and a file without a list is refused', async () => {
  const workbook = await ports.workbooks.write([
    {
      name: 'Products',
      columns: [
        { header: 'EAN', key: 'ean' },
        { header: 'SKU', key: 'sku' },
        { header: 'Galilu name', key: 'galilu' },
      ],
      rows: [{ ean: '7359990010005', sku: 'NBQH0100', galilu: 'Quiet Harbour; QH 100 ML' }],
    },
  ]);
  expect(await importProducts(ports, { name: 'list.xlsx', bytes: workbook }, vendors, ann)).toMatchObject({
    added: 1,
    refused: [],
  });
  expect((await ports.catalogue.products())[0]?.aliases).toEqual([
    { vendor: 'galilu', text: 'qh 100ml' },
    { vendor: 'galilu', text: 'quiet harbour' },
  ]);
  await expect(importProducts(ports, list('x.csv', 'a,b\n1,2\n'), vendors, ann)).rejects.toThrow('no row of headings');
});

test('a viewer may not see what waits or match it, a contributor may not import, an administrator may', async () => {
  await send('galilu/01-may');
  await importProducts(ports, small('7359990010005,NBQH0100,,,,'), vendors, ann);
  const match = { text: 'x', vendor: 'galilu', product: 'NBQH0100' };
  await expect(unmatchedNames(ports, vic)).rejects.toMatchObject({ code: 'ACCESS_ROLE' });
  await expect(matchProduct(ports, match, vic)).rejects.toMatchObject({ code: 'ACCESS_ROLE' });
  await expect(importProducts(ports, list(), vendors, cas)).rejects.toMatchObject({ code: 'ACCESS_ROLE' });
  // A contributor is shown what stands in the files that they may see, and no more.
  expect(await unmatchedNames(ports, cas)).toEqual([]);
  await send('liberty/01-weekly', { by: cas });
  expect(new Set((await unmatchedNames(ports, cas)).map(({ vendor }) => vendor))).toEqual(new Set(['liberty']));
  expect((await unmatchedNames(ports, ann)).length).toBeGreaterThan(0);
  expect((await ports.catalogue.products()).length).toBe(1);
  const { rows } = await database.pool.query(
    "SELECT count(*)::int AS n FROM app.security_logs WHERE kind = 'access-denied'",
  );
  expect(rows[0].n).toBe(3);
});
