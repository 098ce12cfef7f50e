// A number format code -> does it show a date? And the built-in formats by number, which files do not spell out.

/** Built-in format codes (ECMA-376 part 1, 18.8.30). 27-36 and 50-58 are dates whose looks depend on the locale. */
const builtIn: Record<number, string> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '$#,##0_);($#,##0)',
  6: '$#,##0_);[Red]($#,##0)',
  7: '$#,##0.00_);($#,##0.00)',
  8: '$#,##0.00_);[Red]($#,##0.00)',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'mm-dd-yy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yy h:mm',
  37: '#,##0_);(#,##0)',
  38: '#,##0_);[Red](#,##0)',
  39: '#,##0.00_);(#,##0.00)',
  40: '#,##0.00_);[Red](#,##0.00)',
  41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
  42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
  43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
  44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
};

/** How cells of one style show numbers. `code` null is General. */
export interface NumberFormat {
  code: string | null;
  date: boolean;
}

export const general: NumberFormat = { code: null, date: false };

/** `declared` is the code that the file itself gives this number, if it does. */
export function numberFormat(id: number, declared: string | undefined): NumberFormat {
  const localDate = (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  const code = declared ?? builtIn[id] ?? (localDate ? 'yyyy-mm-dd' : 'General');
  // "Standard" is what some localised writers call General.
  if (/^(general|standard|)$/i.test(code.trim())) return general;
  return { code, date: showsDate(code) };
}

/** Looks for y m d h s once quoted, escaped, padded and bracketed characters are gone; `#` never occurs in a date. */
export function showsDate(code: string): boolean {
  const bare = code.replace(/"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]/g, '').replace(/general/gi, '');
  return /[ymdhs]/i.test(bare) && !bare.includes('#');
}
