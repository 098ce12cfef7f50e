// Text that shows a number, as a number. Refuses what could be read in two ways, and anything that is not a number.

import { currencyOf } from './currency.ts';
import { squash } from './text.ts';

export type Decimal = 'comma' | 'point' | 'auto';

export type NumberReading =
  | { ok: true; value: number; rule: string; currency: string | null }
  | { ok: false; problem: 'empty' | 'words' | 'ambiguous' | 'percent' };

// No figure is written in more characters; what is longer is prose.
const LONGEST = 60;
const EMPTY: NumberReading = { ok: false, problem: 'empty' };
const WORDS: NumberReading = { ok: false, problem: 'words' };
const MINUS = /^[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
const MINUS_AT_END = /[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]$/;
const DASHES = /^(?:[€£$]|R|[A-Z]{3})? ?[-\u2010-\u2015\u2212]{1,3} ?(?:[€£$]|[A-Z]{3})?$/;
const CURRENCY_FIRST = /^(?:[€£$¥]|R(?=[\s\d(\-–−.])|zł|kr\.?|[A-Z]{3}(?=[\s\d(\-–−]))/i;
const CURRENCY_LAST = /(?:[€£$¥]|zł|kr\.?|(?<![A-Za-z])[A-Z]{3}|(?<=[\d\s])R)$/i;

/**
 * @param decimal decides only `1.234` and `1,234`: one mark, three digits after it; `auto` calls that ambiguous
 * @returns the value and the rule that explains it best; `currency` is what stands beside the figure
 */
export function readNumber(text: string, decimal: Decimal): NumberReading {
  const shown = squash(text);
  if (shown.length > LONGEST) return WORDS;
  // The quick way for most texts: no sign, no groups, one comma that cannot stand for thousands.
  if (/^-?\d{1,12},\d{1,2}$/.test(shown)) {
    const value = Number(shown.replace(',', '.')) + 0;
    return { ok: true, value, rule: 'decimal-comma', currency: null };
  }
  // An apostrophe in front marks text in Excel; `12,-` is how Dutch and German reports write no cents.
  let t = shown.replace(/^['\u2019](?=.)/, '').replace(/(\d[.,])[-\u2013\u2014]{1,2}(?=\D*$)/, '$100');
  if (t === '') return EMPTY;
  let sign = 1;
  let signs = 0;
  let rule = '';
  let currency: string | null = null;
  for (let changed = true; changed; ) {
    changed = false;
    if (t.length < 12 && DASHES.test(t))
      return signs === 0 ? { ok: true, value: 0, rule: 'accounting-dash', currency } : WORDS;
    if (t.startsWith('(') && t.endsWith(')')) {
      sign = -1;
      signs += 1;
      rule = 'negative-in-brackets';
      t = t.slice(1, -1).trim();
      changed = true;
    } else if (MINUS.test(t)) {
      sign = -1;
      signs += 1;
      if (t[0] !== '-') rule ||= 'minus-sign';
      t = t.slice(1).trim();
      changed = true;
    } else if (t.startsWith('+')) {
      signs += 1;
      t = t.slice(1).trim();
      changed = true;
    } else if (MINUS_AT_END.test(t)) {
      sign = -1;
      signs += 1;
      rule ||= 'trailing-minus';
      t = t.slice(0, -1).trim();
      changed = true;
    } else {
      const found: RegExpExecArray | null =
        currency === null && !(isDigit(t, 0) && isDigit(t, t.length - 1))
          ? (CURRENCY_FIRST.exec(t) ?? CURRENCY_LAST.exec(t))
          : null;
      const code: string | null = found ? currencyOf(found[0]) : null;
      if (found && code !== null) {
        currency = code;
        t = (found.index === 0 ? t.slice(found[0].length) : t.slice(0, found.index)).trim();
        changed = true;
      }
    }
  }
  if (signs > 1 || t === '') return WORDS;
  if (t.endsWith('%')) return { ok: false, problem: 'percent' };
  const plain = digits(t, decimal);
  if (typeof plain === 'string') return plain === 'words' ? WORDS : { ok: false, problem: 'ambiguous' };
  if (rule === '') rule = plain.rule !== '' ? plain.rule : currency !== null ? 'currency-sign' : 'number-as-text';
  const value = plain.value === 0 ? 0 : sign * plain.value;
  return { ok: true, value, rule, currency };
}

const GROUPED_BLANK = /^\d{1,3}(?: \d{3})+$/;
const GROUPED_APOSTROPHE = /^\d{1,3}(?:['\u2019\u02bc`´]\d{3})+$/;

function digits(t: string, decimal: Decimal): { value: number; rule: string } | 'words' | 'ambiguous' {
  if (!/^[\d.,' \u2019\u02bc`´]+$/.test(t) || !/\d/.test(t)) return 'words';
  const dots = count(t, '.');
  const commas = count(t, ',');
  let whole = t;
  let fraction = '';
  let rule = '';
  if (dots > 0 && commas > 0) {
    const mark = t.lastIndexOf('.') > t.lastIndexOf(',') ? '.' : ',';
    if (count(t, mark) !== 1) return 'words';
    const at = t.lastIndexOf(mark);
    whole = t.slice(0, at);
    fraction = t.slice(at + 1);
    rule = mark === ',' ? 'decimal-comma' : 'thousands-mark';
  } else if (dots === 1 || commas === 1) {
    const mark = dots === 1 ? '.' : ',';
    const at = t.indexOf(mark);
    const before = t.slice(0, at);
    const after = t.slice(at + 1);
    const couldGroup = /^[1-9]\d{0,2}$/.test(before) && /^\d{3}$/.test(after);
    if (couldGroup && decimal === 'auto') return 'ambiguous';
    const isDecimal = !couldGroup || (decimal === 'comma') === (mark === ',');
    if (isDecimal) {
      whole = before;
      fraction = after;
      rule = mark === ',' ? 'decimal-comma' : '';
    }
  }
  if (fraction !== '' && !/^\d+$/.test(fraction)) return 'words';
  const ungrouped = ungroup(whole);
  if (ungrouped === null) return 'words';
  if (ungrouped.grouped) rule ||= 'thousands-mark';
  if (ungrouped.digits === '' && fraction === '') return 'words';
  const value = Number(`${ungrouped.digits || '0'}.${fraction || '0'}`);
  // Beyond 15 digits a figure is no longer what the text says.
  if (!Number.isFinite(value) || value > 1e15) return 'words';
  return { value, rule };
}

function ungroup(whole: string): { digits: string; grouped: boolean } | null {
  if (/^\d*$/.test(whole)) return { digits: whole, grouped: false };
  const grouped =
    GROUPED_BLANK.test(whole) ||
    GROUPED_APOSTROPHE.test(whole) ||
    /^\d{1,3}(?:\.\d{3})+$/.test(whole) ||
    /^\d{1,3}(?:,\d{3})+$/.test(whole);
  return grouped ? { digits: whole.replace(/\D/g, ''), grouped: true } : null;
}

function count(text: string, mark: string): number {
  let n = 0;
  for (let i = text.indexOf(mark); i >= 0; i = text.indexOf(mark, i + 1)) n += 1;
  return n;
}

/** What an unambiguous text says about the decimal mark of its column; null when it says nothing. */
export function decimalOf(text: string): 'comma' | 'point' | null {
  const shown = squash(text);
  if (shown.length > LONGEST) return null;
  const marks = /(\d)([.,])(\d+)\D*$/.exec(shown);
  if (!marks) return null;
  const both = text.includes('.') && text.includes(',');
  const before = text.slice(0, text.lastIndexOf(marks[2]!));
  const repeated = before.includes(marks[2]!);
  if (repeated) return marks[2] === '.' ? 'comma' : 'point';
  if (!both && marks[3]!.length === 3) return null;
  return marks[2] === ',' ? 'comma' : 'point';
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
