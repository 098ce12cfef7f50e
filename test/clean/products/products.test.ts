import { describe, expect, test } from 'vitest';
import { aliasKey } from '#src/clean/products/alias-key.ts';
import type { ListedProduct } from '#src/clean/products/listed.ts';
import { makeProductIndex } from '#src/clean/products/product-index.ts';
import { makeSuggestions } from '#src/clean/products/suggestions.ts';
import type { Cell } from '#src/clean/sheet.ts';
import type { KnownProduct } from '#src/clean/types.ts';
import type { VendorDefinition } from '#src/vendors/vendor.ts';
import { clean, eanOf, headOf, sheet, TODAY, vendor } from '../workbook.ts';

const known = (n: number, functionalName: string, aliases: KnownProduct['aliases'] = []): KnownProduct => ({
  ean: eanOf(n),
  functionalName,
  brand: null,
  aliases,
});
const byText = (text: string, of = 'shop') => ({ vendor: of, text });

describe('two texts of a vendor', () => {
  test.each([
    [' Soap\u00a0  100 ML ', 'soap 100ml'],
    ['SOAP 100ml', 'soap 100 ml'],
    ['Soap 310 g (box)', 'soap 310g (box)'],
    ['Żółty\tKwiat', 'żółty kwiat'],
    ['e\u0301clair', '\u00e9clair'],
  ])('%j and %j are the same', (a, b) => expect(aliasKey(a)).toBe(aliasKey(b)));

  test.each([
    ['Soap 30 ML', 'Soap 100 ML'],
    ['Soap 100 ml', 'Soap 1 00 ml'],
    ['Soap 10 x 2', 'Soap 10x2'],
    ['Soap Tester 100ml', 'Soap 100ml'],
    ['Soap 100ml', 'Soap 100mlx'],
    ['Żółty', 'Zolty'],
  ])('%j and %j are not', (a, b) => expect(aliasKey(a)).not.toBe(aliasKey(b)));
});

/** Rows of a layout that gives code, id and text, and no EAN unless it has one. */
function rowsOf(products: KnownProduct[], ...rows: [ean: Cell, code: Cell, id: Cell, text: Cell][]) {
  const base = vendor('generic');
  const definition: VendorDefinition = {
    ...base,
    id: 'shop',
    columns: {
      ...base.columns,
      ean: { ...base.columns.ean!, headings: ['EAN'], required: false },
      code: { ...base.columns.ean!, headings: ['Code'], required: false },
      id: { ...base.columns.ean!, headings: ['Item Id'], required: false },
      name: { ...base.columns.ean!, headings: ['Text'], required: false },
    },
    product: {
      ean: 'optional',
      name: ['list', 'code', 'text'],
      code_case: 'upper',
      code_until: '(/',
      strip: 'nothing',
    },
  };
  const file = sheet('Sales', [
    ['EAN', 'Code', 'Item Id', 'Text', 'Quantity', 'Amount', 'Month', 'Year', 'Currency'],
    ...rows.map((row): Cell[] => [...row, 1, 10, 4, 2025, 'EUR']),
  ]);
  const head = headOf('shop.xlsx', [file]);
  return clean({ head, vendor: definition, sheet: 'Sales', rows: file.rows, products, today: TODAY });
}

describe('the product of a row', () => {
  const products = [
    known(1, 'CODE100'),
    known(2, 'BYID', [byText('4711 | red')]),
    known(3, 'BYTEXT', [byText('some soap 100ml')]),
    known(4, 'EVERYBODY', [byText('any soap', '*')]),
    known(5, 'ELSEWHERE', [byText('their soap', 'other')]),
    known(6, 'SHARED'),
    known(7, 'Shared'),
  ];

  test('is that of the EAN, else of the code, else of the id, else of the text', () => {
    const result = rowsOf(
      products,
      [eanOf(9), 'CODE100', '4711 | red', 'some soap 100ml'],
      [null, 'code100(NO COLOUR', '4711 | red', 'some soap 100ml'],
      [null, 'UNKNOWN1', '4711  |\u00a0RED', 'some soap 100ml'],
      [null, 'UNKNOWN1', '4712', 'Some Soap 100 ML'],
      [null, null, null, 'Any Soap'],
    );
    expect(result.rows.map(({ productEan, functionalName }) => [productEan, functionalName])).toEqual([
      [eanOf(9), 'CODE100'],
      [eanOf(1), 'CODE100'],
      [eanOf(2), 'BYID'],
      [eanOf(3), 'BYTEXT'],
      [eanOf(4), 'EVERYBODY'],
    ]);
    expect(result.rows.map(({ rawProduct }) => rawProduct)).toEqual([
      'some soap 100ml',
      'some soap 100ml',
      'some soap 100ml',
      'Some Soap 100 ML',
      'Any Soap',
    ]);
    expect(result.fixes.map(({ cell, original, cleaned, rule }) => [cell, original, cleaned, rule])).toEqual([
      ['B3', 'code100(NO COLOUR', 'CODE100', 'code-cut-off'],
      ['C4', '4711  |\u00a0RED', 'BYID', 'alias'],
      ['D5', 'Some Soap 100 ML', 'BYTEXT', 'alias'],
      ['D6', 'Any Soap', 'EVERYBODY', 'alias'],
    ]);
  });

  test('stays open where nothing says it: another size, another vendor’s word, a code that two share', () => {
    const result = rowsOf(
      products,
      [null, null, null, 'some soap 30ml'],
      [null, null, null, 'their soap'],
      [null, 'SHARED', null, 'x'],
      [null, 'xyz1/9', '  77 ', null],
    );
    expect(result.rows.map((row) => [row.productEan, row.functionalName, row.productInFile])).toEqual([
      [null, 'some soap 30ml', 'some soap 30ml'],
      [null, 'their soap', 'their soap'],
      [null, 'SHARED', 'SHARED'],
      [null, 'XYZ1', 'xyz1\n77'],
    ]);
    expect(result.fixes.map(({ cell, cleaned, rule }) => [cell, cleaned, rule])).toEqual([
      ['B5', 'XYZ1', 'code-cut-off'],
    ]);
  });

  test('has the list’s spelling of its code, and the log says so', () => {
    const result = rowsOf([known(1, 'Code-100')], [null, 'CODE-100', null, 'x'], [null, 'Code-100', null, 'x']);
    expect(result.rows.map(({ functionalName }) => functionalName)).toEqual(['Code-100', 'Code-100']);
    expect(result.fixes.map(({ original, cleaned, rule }) => [original, cleaned, rule])).toEqual([
      ['CODE-100', 'Code-100', 'product-list'],
    ]);
  });
});

test('a vendor’s own word decides over what everybody may say', () => {
  const products = [known(1, 'A', [byText('soap', 'shop')]), known(2, 'B', [byText('soap', '*')])];
  expect(makeProductIndex(products, 'shop').byAlias('Soap')?.functionalName).toBe('A');
  expect(makeProductIndex([...products].reverse(), 'shop').byAlias('Soap')?.functionalName).toBe('A');
  expect(makeProductIndex(products, 'other').byAlias('Soap')?.functionalName).toBe('B');
});

describe('suggestions', () => {
  const listed = (n: number, name: string, confirmed = true): ListedProduct => ({
    id: String(n),
    ean: eanOf(n),
    functionalName: `P${n}`,
    name,
    brand: null,
    listPrice: null,
    confirmed,
    aliases: [],
  });
  const suggest = makeSuggestions([
    listed(1, 'Quiet Harbour EDP 100ml'),
    listed(2, 'Quiet Harbour EDP 30ml'),
    listed(3, 'Quiet Lantern EDP 100ml'),
    listed(4, 'Red Lantern EDP 100ml'),
    listed(5, 'Quiet Harbour scented candle 310g'),
    listed(6, 'Quiet Harbour 100 ml, met in a file', false),
  ]);
  const names = (text: string) => suggest(text).map(({ name }) => name);

  test('agree in size and share what is particular', () => {
    expect(names('QUIET HARBOUR EAU DE PARFUM 100 ML')[0]).toBe('Quiet Harbour EDP 100ml');
    expect(names('quiet harbour 30ml')).toEqual(['Quiet Harbour EDP 30ml']);
    expect(names('quiet harbour 50ml')).toEqual([]);
    expect(names('quiet harbour')).toEqual([]);
    expect(names('Red lantern edp 100 ml')).toEqual(['Red Lantern EDP 100ml', 'Quiet Lantern EDP 100ml']);
    expect(names('świeca 310 g')).toEqual([]);
  });
});
