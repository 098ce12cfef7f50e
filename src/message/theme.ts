// Colours and letters shared by pages, mail and pictures, so that they look like one product.

/** Eight colours that stay apart under the common kinds of colour blindness (after Okabe and Ito), darkened for white. */
export const palette = [
  '#1f6fa8',
  '#e39b1c',
  '#12876a',
  '#c2608f',
  '#5aa9dc',
  '#c9541b',
  '#6b5ea8',
  '#8a8f98',
] as const;

export const light = {
  paper: '#ffffff',
  page: '#f3f5f7',
  ink: '#1c2733',
  muted: '#5b6875',
  line: '#dfe4e9',
  stripe: '#f7f9fa',
  accent: '#1f6fa8',
  warnInk: '#7a4300',
  warnPaper: '#fff4e0',
  warnLine: '#e39b1c',
} as const;

export const dark = {
  paper: '#1b2026',
  page: '#12161a',
  ink: '#e8ecf0',
  muted: '#a3aeb9',
  line: '#38414a',
  stripe: '#222830',
  accent: '#6db7e8',
  warnInk: '#ffd08a',
  warnPaper: '#3a2c12',
  warnLine: '#b97f1c',
} as const;

/** Quotes are single, for use inside style attributes. */
export const fontStack = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";
export const monoStack = "ui-monospace, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace";
