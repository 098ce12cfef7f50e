// `table` and `data_table`: how many rows and columns, of how many characters, and no empty cell.

import type { Json } from '../world/types.ts';
import { LIMITS } from './limits.ts';
import { isObject, oneOf, type Problems, stringIn } from './problems.ts';
import { checkRichText, plainTextOf } from './rich-text.ts';

export function checkTable(problems: Problems, block: Json, path: string): void {
  checkRows(problems, block, path, { least: 1, most: LIMITS.table.rows, columns: LIMITS.table.columns });
  const settings = block.column_settings;
  if (settings === undefined) return;
  if (!Array.isArray(settings)) {
    problems.say(`${path}/column_settings`, 'must be an array');
    return;
  }
  if (settings.length > LIMITS.table.columns) {
    problems.say(`${path}/column_settings`, `no more than ${LIMITS.table.columns} items allowed`);
  }
  for (const [at, setting] of settings.entries()) {
    if (isObject(setting)) {
      oneOf(problems, setting, 'align', `${path}/column_settings/${at}`, ['left', 'center', 'right']);
    }
  }
}

export function checkDataTable(problems: Problems, block: Json, path: string): void {
  const { rows, columns, pageSize } = LIMITS.dataTable;
  stringIn(problems, block, 'caption', path, { most: LIMITS.title, required: true });
  checkRows(problems, block, path, { ...rows, columns });
  const size = block.page_size;
  if (size !== undefined && !(Number.isInteger(size) && Number(size) >= 1 && Number(size) <= pageSize)) {
    problems.say(`${path}/page_size`, `must be an integer between 1 and ${pageSize}`);
  }
}

/** The characters in all cells of a table. */
export function tableCharacters(block: Json): number {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  return rows.flat().reduce((sum: number, cell) => sum + [...plainTextOf(cell)].length, 0);
}

function checkRows(
  problems: Problems,
  block: Json,
  path: string,
  size: { least: number; most: number; columns: number },
): void {
  const { rows } = block;
  if (!Array.isArray(rows)) {
    problems.missing(path, 'rows');
    return;
  }
  if (rows.length < size.least) problems.say(`${path}/rows`, `must have at least ${size.least} items`);
  if (rows.length > size.most) problems.say(`${path}/rows`, `no more than ${size.most} items allowed`);
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  for (const [at, row] of rows.entries()) {
    const place = `${path}/rows/${at}`;
    if (!Array.isArray(row) || row.length === 0) problems.say(place, 'must have at least 1 item');
    else if (row.length > size.columns) problems.say(place, `no more than ${size.columns} items allowed`);
    else if (row.length !== width) problems.say(place, 'all rows must have the same number of cells');
    else for (const [column, cell] of row.entries()) checkCell(problems, cell, `${place}/${column}`);
  }
}

function checkCell(problems: Problems, cell: unknown, path: string): void {
  if (!isObject(cell)) {
    problems.say(path, 'must be an object');
    return;
  }
  switch (cell.type) {
    case 'raw_number':
      if (typeof cell.value !== 'number') problems.missing(path, 'value');
      if (typeof cell.text !== 'string' || cell.text === '') problems.missing(path, 'text');
      return;
    case 'raw_text':
      if (typeof cell.text !== 'string') problems.missing(path, 'text');
      else if (cell.text === '') problems.say(`${path}/text`, 'must be more than 0 characters');
      return;
    case 'rich_text':
      checkRichText(problems, cell, path);
      if (plainTextOf(cell) === '') problems.say(path, 'must be more than 0 characters');
      return;
    default:
      problems.say(`${path}/type`, `unsupported type: ${cell.type}`);
  }
}
