// The names that machines and strangers give files.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanFileName } from '#src/chat/file-name.ts';

test.each([
  ['../../../../tmp/BOXNOX pwned APR2025.xlsx', 'BOXNOX pwned APR2025.xlsx'],
  ['C:\\Users\\eve\\Sales 04-2025.xlsx', 'Sales 04-2025.xlsx'],
  ['C:Sales.xlsx', 'Sales.xlsx'],
  ['\\\\server\\share\\Sales.xlsx', 'Sales.xlsx'],
  ['folder/Sales.xlsx/', 'Sales.xlsx'],
  ['Sales.xlsx:hidden.exe', 'Sales.xlsx-hidden.exe'],
])('keeps the base name of %s', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept);
});

test.each([
  ['invoice\u202Exslx.exe', 'invoicexslx.exe'],
  ['Sa\u200Bles\uFEFF.xl\u00ADsx', 'Sales.xlsx'],
  ['Sales\u0000.xlsx\r\nX: y', 'Sales.xlsx  X- y'],
  ['..\u200B/..\u2066/Sales.xlsx', 'Sales.xlsx'],
  ['Cafe\u0301.xlsx', 'Café.xlsx'],
  ['Sales\uD800.xlsx', 'Sales\uFFFD.xlsx'],
])('takes out what nobody can see: %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept);
});

test.each([
  ['', 'unnamed'],
  ['...', 'unnamed'],
  ['/', 'unnamed'],
  ['.xlsx', 'unnamed.xlsx'],
  [' .. .xlsx', 'unnamed.xlsx'],
  ['Sales.xlsx. . ', 'Sales.xlsx'],
  ['CON', '_CON'],
  ['nul.xlsx', '_nul.xlsx'],
  ['Lpt1 .tar.xlsx', '_Lpt1 .tar.xlsx'],
  ['Console.xlsx', 'Console.xlsx'],
])('gives %j a name that every system can keep', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept);
});

test('leaves ordinary names, other scripts, emoji, markup and lock files as they are', () => {
  for (const name of [
    'BOXNOX - BIBBI Monthly Sales Report APR2025.xlsx',
    'דוח מכירות 04-2025.xlsx',
    '売上 2025年4月.xlsx',
    'BOXNOX 🧴💶 APR2025.xlsx',
    'BOXNOX <!channel> <img src=x onerror=alert(1)>.xlsx',
    '~$Sales.xlsx',
    '.~lock.Sales.xlsx#',
  ]) {
    expect(cleanFileName(name)).toBe(name);
  }
});

test('cuts a long name before its ending, and not through a character', () => {
  expect(cleanFileName(`${'a'.repeat(300)}.xlsx`)).toBe(`${'a'.repeat(250)}.xlsx`);
  const emoji = cleanFileName(`${'🧴'.repeat(200)}.xlsx`);
  expect(emoji).toBe(`${'🧴'.repeat(125)}.xlsx`);
  expect(cleanFileName(`a${'🧴'.repeat(200)}.xlsx`)).toBe(`a${'🧴'.repeat(124)}.xlsx`);
});

const nasty = fc.array(
  fc.oneof(
    fc.constantFrom('..', '/', '\\', '.', ':', ' ', '\u202E', '\u2067', '\u200B', '\u0000', '\r\n', 'CON', 'nul', '~$'),
    fc.constantFrom('\uD83E', '\u0301', '\uFE0F', '\u{E0041}', 'C:', '.xlsx', '.exe', '名', 'Sales 04-2025'),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  ),
  { maxLength: 12 },
);
const names = nasty.map((parts) => parts.join(''));

test('whatever is given, the name is a visible base name of at most 255 characters, and clean already', () => {
  fc.assert(
    fc.property(names, (given) => {
      const name = cleanFileName(given);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(255);
      expect(name).not.toMatch(/[\\/:\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      expect(name).not.toMatch(/^\s|[\s.]$/u);
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
      expect(name.isWellFormed()).toBe(true);
      expect(cleanFileName(name)).toBe(name);
    }),
    { numRuns: 2_000 },
  );
});

test('the ending decides what is read, so it is what the name ended in', () => {
  const ending = fc.constantFrom('.xlsx', '.XLSX', '.xls', '.exe', '.csv', '.xlsm');
  fc.assert(
    fc.property(names, ending, (stem, end) => {
      const name = cleanFileName(`${stem}${end}`);
      expect(name.endsWith(end)).toBe(true);
      expect(name).not.toBe(end);
    }),
    { numRuns: 2_000 },
  );
});
