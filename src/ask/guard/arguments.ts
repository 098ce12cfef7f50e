// Arguments that cost: one cheap-looking call can take a gigabyte or the whole timeout. Constants are folded (numbers, strings,
// casts, arithmetic); what must be constant and is not, is refused with words that say what to write instead.
import type { A_Const, A_Expr, FuncCall, Node } from 'libpg-query';
import { patternFault } from './pattern.ts';
import { refuse } from './refusal.ts';
import { type Block, stringOf } from './scope.ts';
import { checkSeries } from './series.ts';
import { patternAt } from './vocabulary.ts';

const most = { length: 200, exponent: 100, format: 64, digits: 200, numberExponent: 308 };
const pads = new Set(['repeat', 'lpad', 'rpad']);
const formatted = new Set(['to_char', 'to_date', 'to_timestamp', 'to_number']);
const jsons = new Set([
  ...['to_json', 'to_jsonb', 'row_to_json', 'json_agg', 'jsonb_agg', 'json_object_agg', 'jsonb_object_agg'],
  ...['json_build_object', 'jsonb_build_object', 'json_build_array', 'jsonb_build_array'],
]);

/** Numbers that are short to write and long to compute with, and bit strings. */
export function checkConstant(constant: A_Const): void {
  const { fval, sval, bsval, location } = constant;
  if (bsval !== undefined) refuse('type', 'Bit strings are not available', location);
  const number = fval?.fval ?? (/^\s*[-+]?[\d._]+e[-+]?\d+\s*$/i.test(sval?.sval ?? '') ? sval?.sval : undefined);
  if (number === undefined) return;
  const exponent = Math.abs(Number(/e([-+]?\d+)\s*$/i.exec(number)?.[1] ?? 0));
  if (exponent > most.numberExponent || number.length > most.digits) {
    refuse('argument-cost', 'The number is too large', location);
  }
}

/** Operators whose right side must be a constant, and texts that grow by being joined. */
export function checkOperands(symbol: string, node: A_Expr, block: Block): void {
  const { kind, lexpr, rexpr, location } = node;
  if (symbol === '||') block.sum += 1;
  if (symbol === '^') checkPower(lexpr, rexpr, location);
  if (!['~', '~*', '!~', '!~*'].includes(symbol)) return;
  // SIMILAR TO arrives as ~ similar_to_escape(pattern): the call is checked as a call
  if (rexpr !== undefined && 'FuncCall' in rexpr && nameOf(rexpr.FuncCall) === 'similar_to_escape') return;
  if (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL') {
    const elements = rexpr !== undefined && 'A_ArrayExpr' in rexpr ? (rexpr.A_ArrayExpr.elements ?? []) : [undefined];
    for (const element of elements) checkPattern(element, location);
  } else {
    checkPattern(rexpr, location);
  }
}

/** What this function's arguments may be. The walk checks their nodes; this looks at what they cost. */
export function checkArguments(name: string, node: FuncCall, block: Block): void {
  const { args = [], location } = node;
  const pattern = patternAt.get(name);
  if (pattern !== undefined) {
    checkPattern(args[pattern], location);
    checkFlags(name, args.slice(name === 'regexp_replace' ? 3 : pattern + 1), location);
  }
  if (pads.has(name)) checkPad(name, args, block, location);
  if (name === 'generate_series') checkSeries(node);
  if (name === 'power') checkPower(args[0], args[1], location);
  if (name === 'substring' || name === 'substr') checkSubstring(args, location);
  if (formatted.has(name) && args.length > 1) checkFormat(name, args[1], location);
  if (name === 'replace' || name === 'regexp_replace') checkReplacement(name, args, block, location);
  if (name === 'concat' || name === 'concat_ws' || name === 'overlay' || jsons.has(name)) block.sum += args.length;
  // JSON as text inside JSON doubles its backslashes at each level
  if (jsons.has(name) && args.some((arg) => contains(arg, jsons))) block.times *= 2;
}

function checkPattern(node: Node | undefined, location?: number): void {
  const pattern = constantText(node);
  if (pattern === null) refuse('argument-cost', 'regexp patterns must be constants', location);
  const fault = patternFault(pattern);
  if (fault !== null) refuse('argument-cost', fault, location);
}

/** After the pattern: counts and flags. Flags and escapes that change how the pattern is read are not available. */
function checkFlags(name: string, args: Node[], location?: number): void {
  for (const arg of args) {
    const text = constantText(arg);
    const known = name === 'similar_to_escape' ? text === '\\' : text !== null && /^[gicnsm]*$/.test(text);
    if (fold(arg) === null && !known) {
      refuse('argument-cost', 'Flags of a regexp are constants of the letters g, i and n; escapes are \\', location);
    }
  }
}

/** lpad and rpad give at most their length; repeat multiplies. LEAST(200, x) is as good as a constant. */
function checkPad(name: string, args: Node[], block: Block, location?: number): void {
  const bound = upperBound(args[1]);
  if (bound === null || bound > most.length) {
    refuse('argument-cost', `The length in ${name} must be a constant of at most ${most.length}`, location);
  }
  if (args.some((arg) => contains(arg, pads))) refuse('argument-cost', `${name} may not be nested`, location);
  if (name === 'repeat') block.times *= Math.max(1, bound);
  else block.sum += 1;
}

function upperBound(node: Node | undefined): number | null {
  if (node !== undefined && 'MinMaxExpr' in node && node.MinMaxExpr.op === 'IS_LEAST') {
    const bounds = (node.MinMaxExpr.args ?? []).map(fold).filter((bound) => bound !== null);
    return bounds.length === 0 ? null : Math.min(...bounds);
  }
  if (node !== undefined && 'TypeCast' in node) return upperBound(node.TypeCast.arg);
  return fold(node);
}

function checkPower(base: Node | undefined, exponent: Node | undefined, location?: number): void {
  const value = fold(exponent) ?? quotient(exponent);
  if (value === null || Math.abs(value) > most.exponent) {
    refuse('argument-cost', `An exponent must be a constant of at most ${most.exponent}`, location);
  }
  if (contains(base, new Set(['power', '^', 'exp'])))
    refuse('argument-cost', 'Powers of powers are not available', location);
}

/** The larger of what a quotient of constants can be, such as the 1.0 / 3 of a third root. */
function quotient(node: Node | undefined): number | null {
  if (node === undefined || !('A_Expr' in node) || stringOf(node.A_Expr.name?.at(-1)) !== '/') return null;
  const [left, right] = [fold(node.A_Expr.lexpr), fold(node.A_Expr.rexpr)];
  return left === null || right === null || Math.abs(right) < 1 ? null : left;
}

/** substring(text, from, for) or substring(text, pattern): what is no number must be a constant pattern. */
function checkSubstring(args: Node[], location?: number): void {
  if (args.length > 2 && constantText(args[2]) !== null) {
    refuse('argument-cost', 'Write substring(text from pattern), with no ESCAPE', location);
  }
  for (const arg of args.slice(1)) {
    const text = constantText(arg);
    if (text !== null) checkPattern(arg, location);
    else if (!numeric(arg)) {
      refuse('argument-cost', 'In substring, positions are numbers or arithmetic and patterns constants', location);
    }
  }
}

const positions = new Set(['position', 'strpos', 'length', 'char_length', 'character_length', 'octet_length']);

function numeric(node: Node): boolean {
  if (fold(node) !== null) return true;
  if ('FuncCall' in node) return positions.has(nameOf(node.FuncCall));
  if ('TypeCast' in node) return /^int[248]$/.test(stringOf(node.TypeCast.typeName?.names?.at(-1)));
  if ('MinMaxExpr' in node) return (node.MinMaxExpr.args ?? []).every(numeric);
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP') return false;
  return ['+', '-', '*', '/', '%'].includes(stringOf(node.A_Expr.name?.at(-1)));
}

function checkFormat(name: string, node: Node | undefined, location?: number): void {
  const format = constantText(node);
  if (format === null || format.length > most.format) {
    refuse('argument-cost', `The format in ${name} must be a constant of at most ${most.format} characters`, location);
  }
}

/** The text found may be replaced at every character, so the replacement's length multiplies. */
function checkReplacement(name: string, args: Node[], block: Block, location?: number): void {
  const replacement = constantText(args[2]);
  if (replacement === null || replacement.length > most.length) {
    refuse(
      'argument-cost',
      `The replacement in ${name} must be a constant of at most ${most.length} characters`,
      location,
    );
  }
  const found = name === 'replace' ? Math.max(1, constantText(args[1])?.length ?? 1) : 1;
  const spare = name === 'replace' || replacement === '' ? 0 : 1;
  block.times *= Math.max(1, Math.ceil(replacement.length / found) + spare);
}

/**
 * The value of a constant number, also when written as text, cast or computed; null for anything else. Exact or null: arithmetic
 * only over whole numbers below 10^15 and casts that do not round, because a rounding error times a billion is a bomb.
 */
export function fold(node: Node | undefined): number | null {
  if (node === undefined) return null;
  if ('A_Const' in node) return leaf(node.A_Const);
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    const type = stringOf(typeName?.names?.at(-1));
    const value = typeName?.typmods === undefined && typeName?.arrayBounds === undefined ? fold(arg) : null;
    return type === 'numeric' || (/^int[248]$/.test(type) && Number.isInteger(value)) ? value : null;
  }
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP') return null;
  const { name, lexpr, rexpr } = node.A_Expr;
  const [left, right] = [lexpr === undefined ? 0 : fold(lexpr), fold(rexpr)];
  if (left === null || right === null) return null;
  const symbol = stringOf(name?.at(-1));
  if (symbol === '-' && lexpr === undefined) return -right;
  const value = { '+': left + right, '-': left - right, '*': left * right, '/': left / right }[symbol];
  return value !== undefined && [left, right, value].every(whole) ? value : null;
}

function whole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 1e15;
}

function leaf(constant: A_Const): number | null {
  if (constant.ival !== undefined) return constant.ival.ival ?? 0;
  const text = constant.fval?.fval ?? constant.sval?.sval ?? '';
  // beyond 15 digits a number would be rounded here and not there
  return text.length <= 15 && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : null;
}

/** A constant text, also through a cast; null for anything else, a number included. */
export function constantText(node: Node | undefined): string | null {
  if (node === undefined) return null;
  if ('A_Const' in node) return node.A_Const.sval === undefined ? null : (node.A_Const.sval.sval ?? '');
  if ('TypeCast' in node) return constantText(node.TypeCast.arg);
  return null;
}

function nameOf(call: FuncCall): string {
  return stringOf(call.funcname?.at(-1));
}

/** Does the tree call one of these functions, or use one of these operators? */
export function contains(node: unknown, names: ReadonlySet<string>): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const call = node as { funcname?: Node[]; name?: Node[] };
  for (const words of [call.funcname, call.name]) {
    const word = Array.isArray(words) ? words.at(-1) : undefined;
    if (word !== undefined && 'String' in word && names.has(word.String.sval ?? '')) return true;
  }
  return Object.values(node).some((value) => contains(value, names));
}
