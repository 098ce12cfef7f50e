// `rich_text` blocks: sections, lists, quotes and preformatted text, and the pieces in them.

import { isObject, onlyFields, type Problems } from './problems.ts';

const PARTS = new Set(['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted']);

/** A piece -> the field it cannot be without. */
const PIECES: Record<string, string> = {
  text: 'text',
  link: 'url',
  user: 'user_id',
  usergroup: 'usergroup_id',
  channel: 'channel_id',
  team: 'team_id',
  emoji: 'name',
  broadcast: 'range',
  color: 'value',
  date: 'timestamp',
};
const STYLES = ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'];

export function checkRichText(problems: Problems, block: Record<string, unknown>, path: string): void {
  if (!Array.isArray(block.elements)) {
    problems.missing(path, 'elements');
    return;
  }
  for (const [at, part] of block.elements.entries()) {
    const place = `${path}/elements/${at}`;
    if (!isObject(part) || !PARTS.has(String(part.type))) {
      problems.say(`${place}/type`, `unsupported type: ${isObject(part) ? part.type : part}`);
    } else checkPart(problems, part, place);
  }
}

function checkPart(problems: Problems, part: Record<string, unknown>, path: string): void {
  if (!Array.isArray(part.elements)) {
    problems.missing(path, 'elements');
    return;
  }
  if (part.type === 'rich_text_list' && part.style !== 'bullet' && part.style !== 'ordered') {
    problems.say(`${path}/style`, 'value is not allowed');
  }
  for (const [at, piece] of part.elements.entries()) {
    const place = `${path}/elements/${at}`;
    if (!isObject(piece)) problems.say(place, 'must be an object');
    else if (part.type === 'rich_text_list') {
      if (piece.type === 'rich_text_section') checkPart(problems, piece, place);
      else problems.say(`${place}/type`, `unsupported type: ${piece.type}`);
    } else checkPiece(problems, piece, place);
  }
}

function checkPiece(problems: Problems, piece: Record<string, unknown>, path: string): void {
  const needed = PIECES[String(piece.type)];
  if (needed === undefined) {
    problems.say(`${path}/type`, `unsupported type: ${piece.type}`);
    return;
  }
  const value = piece[needed];
  if (value === undefined) problems.missing(path, needed);
  else if (value === '') problems.say(`${path}/${needed}`, 'must be more than 0 characters');
  if (isObject(piece.style)) onlyFields(problems, piece.style, `${path}/style`, STYLES);
}

/** All that one would read in it. */
export function plainTextOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainTextOf).join('');
  if (!isObject(value)) return '';
  if (typeof value.text === 'string') return value.text;
  if (Array.isArray(value.elements)) return plainTextOf(value.elements);
  return String(value[PIECES[String(value.type)] ?? ''] ?? '');
}
