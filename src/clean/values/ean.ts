// A cell into an EAN-13. Refuses lost digits and wrong check digits: a product must never be guessed.

import type { Cell } from '../sheet.ts';
import { cellText, trimAll } from './text.ts';

export type EanReading =
  | { ok: true; ean: string; rule: string | null }
  | { ok: false; problem: 'missing' | 'precision' | 'check-digit' | 'not-an-ean' };

const MISSING: EanReading = { ok: false, problem: 'missing' };
const PRECISION: EanReading = { ok: false, problem: 'precision' };
const CHECK: EanReading = { ok: false, problem: 'check-digit' };
// What people write where there is no EAN.
const NOTHING = /^\(?(?:n[./]?a\.?|none|nan|null|nil|[-\u2010-\u2015?]+)\)?$/i;
const NOT: EanReading = { ok: false, problem: 'not-an-ean' };

/** `rule` is null when the thirteen digits are what the cell held. */
export function readEan(cell: Cell | undefined): EanReading {
  const text = cellText(cell);
  if (text.length === 13 && isEan(text)) return { ok: true, ean: text, rule: null };
  let t = trimAll(text);
  if (t === '' || NOTHING.test(t)) return MISSING;
  let rule = t === text ? '' : 'trimmed';
  if (typeof cell === 'object' && cell !== null && cell.kind === 'number') {
    if (typeof cell.value !== 'number' || !Number.isSafeInteger(cell.value)) return NOT;
    t = String(cell.value);
    rule = t === text ? '' : 'ean-float';
  }
  if (cell !== null && typeof cell === 'object' && cell !== undefined && cell.kind !== 'number' && cell.kind !== 'text')
    return NOT;
  const scientific = /^(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$/.exec(t);
  if (scientific) {
    const mantissa = `${scientific[1]}${scientific[2] ?? ''}`;
    const exponent = Number(scientific[3]);
    if (exponent < 10 || exponent > 13) return NOT;
    // Fewer written digits than the number has: the rest was rounded away, not zero.
    if (mantissa.length < exponent + 1) return PRECISION;
    t = /^0*$/.test(mantissa.slice(exponent + 1)) ? mantissa.slice(0, exponent + 1) : mantissa;
    rule = 'ean-scientific';
  }
  const float = /^(\d{8,14})[.,]0+$/.exec(t);
  if (float) {
    t = float[1]!;
    rule = 'ean-float';
  }
  if (!/^\d+$/.test(t)) {
    const stripped = t.replace(/[\s\u00a0\u200b-\u200d\u2060\ufeff'’`´\-\u2010-\u2015\u2212]/g, '');
    // A dash in front is a sign, not a separator.
    if (!/^\d+$/.test(stripped) || /^[-\u2010-\u2015\u2212]/.test(t)) return NOT;
    t = stripped;
    rule = 'ean-separators';
  }
  if (typeof cell === 'number' || (typeof cell === 'object' && cell !== null && cell.kind === 'number')) {
    // 7.35999E+12 saved as a number: nobody's EAN ends in five zeros.
    if (t.length >= 12 && t.endsWith('00000')) return PRECISION;
  }
  if (t.length === 12) {
    t = `0${t}`;
    rule = 'ean-leading-zero';
  } else if (t.length === 14 && t.startsWith('0')) {
    t = t.slice(1);
    rule = 'ean-14';
  } else if (t.length === 11 && typeof cell !== 'string') {
    t = `00${t}`;
    rule = 'ean-leading-zero';
  }
  if (t.length !== 13) return NOT;
  if (!isEan(t)) return CHECK;
  return { ok: true, ean: t, rule: t === text ? null : rule || 'trimmed' };
}

/** Thirteen digits whose last one is the right check digit (and not all zeros). */
export function isEan(text: string): boolean {
  if (text.length !== 13) return false;
  let sum = 0;
  let all = 0;
  for (let i = 0; i < 13; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return false;
    all += digit;
    sum += i % 2 === 0 ? digit : digit * 3;
  }
  return sum % 10 === 0 && all > 0;
}
