// SQL text -> Statement or Refusal, over Postgres's own syntax tree. Pure: no database. Whatever is not named as allowed is
// refused: statement, nodes, fields, relations, columns, functions, types, operators, and arguments that cost.
import type { Node, ParseResult, SelectStmt } from 'libpg-query';
import { Refused, refuse } from './refusal.ts';
import { select } from './select.ts';
import { type Refusal, type Statement, wrapped } from './statement.ts';

export { securityRules } from './refusal.ts';

const mostBytes = 8_192;

export type Verdict = { ok: true; statement: Statement } | { ok: false; refusal: Refusal };

type Parser = typeof import('libpg-query');
let parser: Parser | null = null;

/**
 * Loads the parser (WebAssembly, about 30 ms and 30 MB, once), which only a process that judges statements pays for. `guard`
 * does so by itself; a start-up may want to pay early.
 */
export async function loadGuard(): Promise<void> {
  parser ??= await import('libpg-query');
  await parser.loadModule();
}

function loaded(): Parser {
  if (!parser) throw new Error('The guard judges statements after loadGuard() only');
  return parser;
}

/** Never throws for any text: what cannot be understood is refused. */
export async function guard(text: string): Promise<Verdict> {
  await loadGuard();
  try {
    return { ok: true, statement: check(text) };
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, text) };
  }
}

function check(text: string): Statement {
  if (typeof text !== 'string') refuse('parse', 'A statement is a text');
  if (text.includes('\0')) refuse('nul', 'The text contains a NUL character; remove it');
  if (!text.isWellFormed()) refuse('parse', 'The text is not valid Unicode');
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > mostBytes) refuse('too-long', `A statement may have at most ${mostBytes} bytes`);

  const stmt = onlyStatement(parse(text));
  select(stmt.tree, {
    level: null,
    ctes: null,
    depth: 0,
    budget: { nodes: 0, relations: 0 },
    block: { inner: 1, sum: 0, times: 1 },
  });
  const sql = trimmed(bytes, stmt.start, stmt.length);
  checkWrapped(sql, stmt.tree);
  return { sql, fingerprint: loaded().fingerprintSync(sql) } as Statement;
}

function parse(text: string): ParseResult {
  try {
    return loaded().parseSync(text === '' ? ' ' : text);
  } catch (error) {
    if (error instanceof RangeError) refuse('depth', 'The query is nested too deeply; split it into WITH steps');
    // here alone the parser counts characters, not bytes
    const character = (error as { sqlDetails?: { cursorPosition?: number } }).sqlDetails?.cursorPosition;
    const before = [...text].slice(0, character).join('');
    const place = character === undefined ? undefined : new TextEncoder().encode(before).length;
    return refuse('parse', `Not valid PostgreSQL: ${(error as Error).message.slice(0, 200)}`, place);
  }
}

/** Exactly one, and a SELECT. `;` and a lone comment are no statement at all. */
function onlyStatement(result: ParseResult): { tree: SelectStmt; start: number; length: number | undefined } {
  const [first, ...more] = result.stmts ?? [];
  if (first?.stmt === undefined) refuse('statement-count', 'There is no statement; write one SELECT');
  if (more.length > 0) refuse('statement-count', 'Write exactly one SELECT', more[0]?.stmt_location);
  if (!('SelectStmt' in first.stmt)) refuse('not-select', 'Only SELECT may be asked');
  return { tree: first.stmt.SelectStmt, start: first.stmt_location ?? 0, length: first.stmt_len || undefined };
}

/** The author's text without comments around it and without the semicolon. The parser counts bytes, not characters. */
function trimmed(bytes: Uint8Array, start: number, length: number | undefined): string {
  const slice = bytes.subarray(start, length === undefined ? bytes.length : start + length);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(slice);
  const tokens = loaded()
    .scanSync(text)
    .tokens.filter((token) => token.tokenName !== 'SQL_COMMENT' && token.tokenName !== 'C_COMMENT');
  const from = tokens.at(0)?.start ?? 0;
  const to = tokens.at(-1)?.end ?? slice.length;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(slice.subarray(from, to));
}

/** Parses the text that will be sent and requires the checked tree in the place of the subquery. */
function checkWrapped(sql: string, tree: SelectStmt): void {
  const stmt = onlyStatement(parse(wrapped({ sql }))).tree;
  const [from, ...more] = stmt.fromClause ?? [];
  const { fromClause, ...frame } = stmt;
  void fromClause;
  const inner = from !== undefined && 'RangeSubselect' in from ? from.RangeSubselect : undefined;
  const same =
    more.length === 0 &&
    shapeOf(frame) === expectedFrame() &&
    shapeOf({ ...inner, subquery: undefined }) === shapeOf({ alias: { aliasname: '_w' } }) &&
    shapeOf(inner?.subquery) === shapeOf({ SelectStmt: tree } satisfies Node);
  if (!same) refuse('wrapper', 'The statement does not stay itself inside a subquery; write it more simply');
}

let frameShape: string | undefined;

function expectedFrame(): string {
  if (frameShape === undefined) {
    const { fromClause, ...frame } = onlyStatement(loaded().parseSync(wrapped({ sql: 'SELECT 1' }))).tree;
    void fromClause;
    frameShape = shapeOf(frame);
  }
  return frameShape;
}

const places = new Set(['location', 'list_start', 'list_end', 'rexpr_list_start', 'rexpr_list_end']);

/** A tree as text, without the places in the source. */
function shapeOf(tree: unknown): string {
  return JSON.stringify(tree, (key, value) => (places.has(key) ? undefined : value)) ?? '';
}

function refusalOf(error: unknown, text: string): Refusal {
  if (!(error instanceof Refused)) {
    const rule = error instanceof RangeError ? 'depth' : 'parse';
    return { rule, at: null, help: 'The query could not be understood; write it more simply' };
  }
  return { rule: error.rule, at: characterAt(text, error.location), help: error.help };
}

/** Byte offset -> character offset; null when unknown or outside the text. */
function characterAt(text: unknown, location: number | undefined): number | null {
  if (typeof text !== 'string' || location === undefined || location < 0) return null;
  const bytes = new TextEncoder().encode(text);
  return location > bytes.length ? null : new TextDecoder().decode(bytes.subarray(0, location)).length;
}
