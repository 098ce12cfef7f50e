// The styles part -> the number format of each cell style, by its number.

import type { Parts } from '../package/parts.ts';
import { general, type NumberFormat, numberFormat } from './number-formats.ts';

export async function readStyles(parts: Parts, part: string): Promise<NumberFormat[]> {
  const declared = new Map<number, string>();
  const ids: number[] = [];
  let inCellFormats = false;
  await parts.read(part, {
    open(name, attributes) {
      if (name === 'numFmt' && attributes.get('formatCode') !== undefined) {
        declared.set(Number(attributes.get('numFmtId')), attributes.get('formatCode')!);
      } else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) ids.push(Number(attributes.get('numFmtId') ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  });
  const made = new Map<number, NumberFormat>();
  return ids.map((id) => {
    const known = made.get(id);
    if (known) return known;
    const format = Number.isInteger(id) ? numberFormat(id, declared.get(id)) : general;
    made.set(id, format);
    return format;
  });
}
