import { expect, test } from 'vitest';
import { cellPlace, cellText, rowPlace } from '#adapters/console/places.ts';

test('a place is a sheet, and a row or a cell in it', () => {
  expect(rowPlace('Sales!7')).toEqual({ sheet: 'Sales', row: 7 });
  expect(cellPlace('SELL OUT!$AA$12')).toEqual({ sheet: 'SELL OUT', row: 12, column: 26 });
  expect(cellPlace("'Ann''s sheet'!f3")).toEqual({ sheet: "Ann's sheet", row: 3, column: 5 });
});

test('what a cell is to hold may contain any sign, and nothing at all', () => {
  expect(cellText('Sales!F3=a=b!C4=d')).toEqual({ sheet: 'Sales', row: 3, column: 5, text: 'a=b!C4=d' });
  expect(cellText('Sales!F3=')).toMatchObject({ text: '' });
});

test.each(['', 'F3', 'Sales!', 'Sales!F', 'Sales!F0', '!F3'])('"%s" is no place', (word) => {
  expect([rowPlace(word), cellPlace(word), cellText(`${word}=1`)]).toEqual([null, null, null]);
});
