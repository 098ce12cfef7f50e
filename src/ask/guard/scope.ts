// Names in scope, as Postgres sees them: what a FROM item offers, what outer queries offer, which CTEs a place can see.
// Also the shared budget of one statement (depth, nodes, relations) and the names of result columns without an alias.
import type { Alias, Node } from 'libpg-query';
import { refuse } from './refusal.ts';

/** Something in FROM that a qualified name can mean. */
export interface Item {
  alias: string;
  columns: readonly string[];
  from: 'relation' | 'query' | 'function';
  /** It has columns that may not be read, so its star and its whole row may not either. */
  partial: boolean;
}

/** What one FROM (or one arm of a join) offers: qualified names, and the columns of `*` in order. */
export interface Shape {
  items: Item[];
  columns: string[];
}

/** One query level: its own shape, then the level around it. */
export interface Level extends Shape {
  outer: Level | null;
}

/** A chain, nearest first: a place sees exactly the CTEs that were declared before it. */
export interface Ctes {
  name: string;
  columns: readonly string[];
  /** How many unjoined tables its number of rows is the product of: 0 for one row or a small LIMIT, half when grouped. */
  width: number;
  /** How many times longer a value can be than the values it was made of. */
  growth: number;
  next: Ctes | null;
}

export interface Budget {
  nodes: number;
  relations: number;
}

/**
 * How long the values of one SELECT can get: `inner` is the growth of what it reads; joining n texts adds (`sum`), replacing
 * and repeating multiplies (`times`). Without it, ten WITH steps of `x || x || ...` make a gigabyte.
 */
export interface Block {
  inner: number;
  sum: number;
  times: number;
}

/** Where in the statement the walk stands. */
export interface Place {
  level: Level | null;
  ctes: Ctes | null;
  depth: number;
  budget: Budget;
  block: Block;
}

export const limits = { depth: 70, nodes: 4_000, relations: 12, unjoined: 2, list: 500, growth: 2_000 };

/** One node further down. Refuses beyond the limits, before the stack can overflow. */
export function deeper(place: Place): Place {
  place.budget.nodes += 1;
  if (place.depth >= limits.depth) refuse('depth', 'The query is nested too deeply; split it into WITH steps');
  if (place.budget.nodes > limits.nodes) refuse('too-long', 'The query has too many parts; ask for less at once');
  return { ...place, depth: place.depth + 1 };
}

export function growth(block: Block): number {
  const times = block.inner * block.times * (1 + block.sum);
  if (times > limits.growth) refuse('argument-cost', 'Texts would grow too long; join or repeat them less often');
  return times;
}

export function findCte(ctes: Ctes | null, name: string): Ctes | null {
  for (let cte = ctes; cte !== null; cte = cte.next) if (cte.name === name) return cte;
  return null;
}

/** The nearest item with this alias; Postgres does not look further out when the nearest lacks the column. */
export function findItem(level: Level | null, alias: string): Item | null {
  for (let at = level; at !== null; at = at.outer) {
    const item = at.items.find((candidate) => candidate.alias === alias);
    if (item !== undefined) return item;
  }
  return null;
}

export function hasColumn(level: Level | null, name: string): boolean {
  for (let at = level; at !== null; at = at.outer) if (at.columns.includes(name)) return true;
  return false;
}

/** A name that the author chose. The wrapper's own alias must stay unique, so its prefix is reserved. */
export function chosenName(name: string | undefined, location?: number): string {
  if (name === undefined || name === '') refuse('node', 'A name is missing', location);
  if (name.startsWith('_w')) refuse('reserved-name', 'Names that start with _w are reserved; choose another', location);
  return name;
}

/** Column names after an alias list: it renames the first ones and may not be longer than they are. */
export function renamed(columns: readonly string[], names: readonly string[]): string[] {
  if (names.length > columns.length) refuse('column', 'The alias lists more columns than there are');
  return [...names, ...columns.slice(names.length)];
}

export function aliasNames(alias: Alias | undefined): string[] {
  return (alias?.colnames ?? []).map((node) => chosenName(stringOf(node)));
}

/** The text of a String node; refuses any other node where a name belongs. */
export function stringOf(node: Node | undefined): string {
  if (node !== undefined && 'String' in node) return node.String.sval ?? '';
  return refuse('node', 'A name was expected');
}

/** The name Postgres gives to a result column without an alias; the query around it may use that name and no other. */
export function outputName(node: Node | undefined): string {
  return named(node)?.name ?? '?column?';
}

/** `strong` names come from the value itself, weak ones (a type, `case`) yield to a name further in. */
interface Name {
  name: string;
  strong: boolean;
}

const weak = (name: string): Name => ({ name, strong: false });
const strong = (name: string): Name => ({ name, strong: true });

function named(node: Node | undefined): Name | null {
  if (node === undefined) return null;
  if ('ColumnRef' in node) return lastString(node.ColumnRef.fields, strong);
  if ('A_Indirection' in node)
    return lastString(node.A_Indirection.indirection, strong) ?? named(node.A_Indirection.arg);
  if ('FuncCall' in node) return lastString(node.FuncCall.funcname, strong);
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? strong('nullif') : null;
  if ('TypeCast' in node) {
    const inner = named(node.TypeCast.arg);
    return inner?.strong ? inner : (lastString(node.TypeCast.typeName?.names, weak) ?? inner);
  }
  if ('CaseExpr' in node) {
    const inner = named(node.CaseExpr.defresult);
    return inner?.strong ? inner : weak('case');
  }
  if ('A_ArrayExpr' in node) return strong('array');
  if ('RowExpr' in node) return strong('row');
  if ('CoalesceExpr' in node) return strong('coalesce');
  if ('MinMaxExpr' in node) return strong(node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest');
  if ('GroupingFunc' in node) return strong('grouping');
  if ('SQLValueFunction' in node) {
    const word = node.SQLValueFunction.op?.replace('SVFOP_', '').replace(/_N$/, '').toLowerCase();
    return word === undefined ? null : strong(word);
  }
  if ('SubLink' in node) return subLinkName(node.SubLink.subLinkType, node.SubLink.subselect);
  return null;
}

function subLinkName(kind: string | undefined, subselect: Node | undefined): Name | null {
  if (kind === 'EXISTS_SUBLINK') return strong('exists');
  if (kind === 'ARRAY_SUBLINK') return strong('array');
  if (kind !== 'EXPR_SUBLINK' || subselect === undefined || !('SelectStmt' in subselect)) return null;
  let stmt = subselect.SelectStmt;
  while (stmt.larg !== undefined) stmt = stmt.larg;
  const [target] = stmt.targetList ?? [];
  if (target === undefined || !('ResTarget' in target)) return null;
  if (target.ResTarget.name !== undefined) return strong(target.ResTarget.name);
  const { val } = target.ResTarget;
  // a star stands for names that are not looked up here; no name is the safe answer
  if (val !== undefined && 'ColumnRef' in val && val.ColumnRef.fields?.some((field) => 'A_Star' in field)) return null;
  return named(val);
}

function lastString(nodes: Node[] | undefined, as: (name: string) => Name): Name | null {
  for (const node of [...(nodes ?? [])].reverse()) {
    if ('String' in node && node.String.sval !== undefined) return as(node.String.sval);
  }
  return null;
}
