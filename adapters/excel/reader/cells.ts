// A cell as the XML holds it -> a Cell as the pipeline takes it. Only cached values: a formula without one is missing,
// not zero. A number stays a primitive only if nothing is lost by it; else its raw text and format go along.

import type { Cell } from '#src/clean/sheet.ts';
import { corrupt } from '../package/refusal.ts';
import { dateOf } from './dates.ts';
import { general, type NumberFormat } from './number-formats.ts';
import { decodeText } from './text.ts';
import type { Workbook } from './workbook.ts';

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** `value` is the text of `v`, null when there is none; `inline` the text of `is`, null when there is none. */
export function cellOf(
  book: Workbook,
  type: string | undefined,
  style: string | undefined,
  value: string | null,
  inline: string | null,
  formula: boolean,
): Cell {
  switch (type) {
    case 's':
      return value === null || value === '' ? absent(formula) : sharedString(book.strings, value);
    case 'inlineStr':
      return textCell(inline ?? value, formula);
    case 'str':
      return textCell(value ?? inline, formula);
    case 'b':
      return booleanCell(value, formula);
    case 'e':
      return value === null ? absent(formula) : { kind: 'error', value, raw: value };
    case 'd':
      return isoDate(value, formula);
    default:
      if (value === null || value === '') return inline === null ? absent(formula) : textCell(inline, formula);
      return numberCell(
        value,
        style === undefined ? general : (book.formats[Number(style)] ?? general),
        book.epoch1904,
      );
  }
}

function absent(formula: boolean): Cell {
  return formula ? { kind: 'missing', value: null, raw: '' } : null;
}

function sharedString(strings: string[], value: string): Cell {
  const index = value.trim() === '' ? -1 : Number(value);
  if (!Number.isInteger(index) || index < 0 || index >= strings.length)
    throw corrupt('a cell points to a text that does not exist');
  return strings[index] || null;
}

function textCell(text: string | null, formula: boolean): Cell {
  if (text === null) return absent(formula);
  return text === '' ? null : decodeText(text);
}

function booleanCell(value: string | null, formula: boolean): Cell {
  if (value === null) return absent(formula);
  return value.trim() === '1' || value.trim().toLowerCase() === 'true';
}

function isoDate(value: string | null, formula: boolean): Cell {
  if (value === null) return absent(formula);
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)\S*)?$/.exec(value.trim()) ?? [];
  if (day === undefined) return { kind: 'text', value, raw: value };
  return { kind: 'date', value: time === undefined || time === '00:00:00' ? day : `${day}T${time}`, raw: value };
}

function numberCell(raw: string, format: NumberFormat, epoch1904: boolean): Cell {
  const number = Number(raw);
  const exact = String(number) === raw && Number.isFinite(number);
  if (exact && format.code === null) return number;
  if (!exact) {
    const trimmed = raw.trim();
    if (trimmed === '') return null;
    if (!NUMBER.test(trimmed) || !Number.isFinite(number)) return { kind: 'text', value: raw, raw };
    if (format.code === null) return { kind: 'number', value: number, raw };
  }
  const code = format.code ?? 'General';
  const date = format.date ? dateOf(number, epoch1904) : null;
  if (date !== null) return { kind: 'date', value: date, raw, format: code };
  return { kind: 'number', value: number, raw, format: code };
}
