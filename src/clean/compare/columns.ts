// The beginning of a sheet -> what each of its columns is called and holds, which is enough to know it again.

import type { VendorDefinition } from '../../vendors/vendor.ts';
import { locate } from '../locate.ts';
import type { Cell, SheetHead } from '../sheet.ts';
import { cellText, squash } from '../values/text.ts';
import type { SeenColumn } from './beside.ts';
import { median } from './finding.ts';

/** A heading may be a paragraph; so much of it tells it from the others. */
const longest = 200;

/** The columns that have a heading; none where the sheet holds no table of this vendor. */
export function seenColumns(sheet: SheetHead, vendor: VendorDefinition): SeenColumn[] {
  const place = locate(sheet, vendor);
  if (!place) return [];
  const below = sheet.rows.filter(({ row }) => row > place.headerRow);
  return place.headings.flatMap((text, position) => {
    const heading = squash(text.replaceAll('\u0000', '')).slice(0, longest);
    if (heading === '') return [];
    return [{ position, heading, ...contentOf(below.map(({ cells }) => cells[position] ?? null)) }];
  });
}

function contentOf(cells: Cell[]): Pick<SeenColumn, 'holds' | 'typical'> {
  const sizes = { numbers: [] as number[], dates: [] as number[], text: [] as number[] };
  for (const cell of cells) {
    const value = typeof cell === 'object' && cell !== null ? cell.value : cell;
    if (typeof cell === 'object' && cell?.kind === 'date') sizes.dates.push(0);
    else if (typeof value === 'number') sizes.numbers.push(Math.abs(value));
    else if (cellText(cell).trim() !== '') sizes.text.push(cellText(cell).length);
  }
  const { numbers, dates, text } = sizes;
  if (numbers.length + dates.length + text.length === 0) return { holds: 'nothing', typical: null };
  if (dates.length >= numbers.length && dates.length >= text.length) return { holds: 'dates', typical: null };
  return numbers.length >= text.length
    ? { holds: 'numbers', typical: median(numbers) }
    : { holds: 'text', typical: median(text) };
}
