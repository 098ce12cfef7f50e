// Walks one SELECT (WITH, VALUES, TABLE and set operations included) clause by clause, with the names each clause may use,
// and says which columns come out. Refuses INTO, locking, recursion and every CTE that is not a SELECT.
import type { CommonTableExpr, Node, SelectStmt, WithClause } from 'libpg-query';
import { contains, fold } from './arguments.ts';
import { expression, list, sortNode, windowDef } from './expression.ts';
import { both, checkJoins, fromItem, type Joins } from './from.ts';
import { nothingElse, refuse } from './refusal.ts';
import {
  type Ctes,
  chosenName,
  deeper,
  findItem,
  growth,
  type Item,
  type Level,
  limits,
  outputName,
  type Place,
  renamed,
  stringOf,
} from './scope.ts';
import { aggregates, collectors, tableFunctions } from './vocabulary.ts';

/** A list of this many rows multiplies others by little. */
const short = 12;

/** What a query gives to the query around it. */
export interface Result {
  columns: string[];
  /** How many unjoined tables its number of rows is the product of: 0 for one row or a small LIMIT, half when grouped. */
  width: number;
  /** How many times longer a value can be than the values it was made of. */
  growth: number;
}

/** A query in parentheses, in FROM or in WITH. `outside.level` is what it may refer to. */
export function query(node: Node | undefined, outside: Place): Result {
  if (node === undefined || !('SelectStmt' in node)) refuse('not-select', 'Only SELECT may be asked, in WITH too');
  return select(node.SelectStmt, outside);
}

export function select(stmt: SelectStmt, outside: Place): Result {
  const { intoClause, lockingClause, withClause, op, larg, rarg, all, valuesLists, ...plain } = stmt;
  if (intoClause !== undefined) refuse('into', 'SELECT INTO is not available; leave INTO out');
  if (lockingClause !== undefined) refuse('locking', 'FOR UPDATE and FOR SHARE are not available; leave them out');
  void all;
  const block = { inner: outside.block.inner, sum: 0, times: 1 };
  const within = { ...deeper(outside), block };
  const place = withClause === undefined ? within : { ...within, ctes: withCtes(withClause, within) };
  let result: Omit<Result, 'growth'>;
  if (op !== undefined && op !== 'SETOP_NONE') {
    if (larg === undefined || rarg === undefined) refuse('node', 'A set operation has two sides');
    const left = select(larg, place);
    const right = select(rarg, place);
    block.inner = Math.max(block.inner, left.growth, right.growth);
    result = tail(plain, place, left.columns, Math.max(left.width, right.width));
  } else if (valuesLists !== undefined) {
    if (valuesLists.length > limits.list) refuse('argument-cost', `VALUES may have at most ${limits.list} rows`);
    let width = 0;
    for (const row of valuesLists) {
      if (!('List' in row)) refuse('node', 'VALUES takes rows');
      width = (row.List.items ?? []).length;
      list(row.List.items, place);
    }
    const names = Array.from({ length: width }, (_, at) => `column${at + 1}`);
    result = tail(plain, place, names, valuesLists.length > short ? 1 : 0);
  } else {
    result = plainSelect(plain, place);
  }
  return { ...result, growth: growth(block) };
}

type Plain = Omit<
  SelectStmt,
  'intoClause' | 'lockingClause' | 'withClause' | 'op' | 'larg' | 'rarg' | 'all' | 'valuesLists'
>;

/** ORDER BY and LIMIT above VALUES or a set operation: they know the result's columns and nothing else of this level. */
function tail(stmt: Plain, place: Place, columns: string[], width: number): Omit<Result, 'growth'> {
  const { sortClause, limitOffset, limitCount, limitOption, ...rest } = stmt;
  nothingElse(rest, 'This form of SELECT');
  void limitOption;
  const level: Level = { items: [], columns, outer: place.level };
  for (const sort of sortClause ?? []) expression(sortNode(sort), { ...place, level });
  expression(limitOffset, place);
  expression(limitCount, place);
  return { columns, width: cut(limitCount) ? 0 : width };
}

function plainSelect(stmt: Plain, place: Place): Omit<Result, 'growth'> {
  const { targetList, fromClause, whereClause, groupClause, groupDistinct, havingClause, ...more } = stmt;
  const { windowClause, distinctClause, sortClause, limitOffset, limitCount, limitOption, ...rest } = more;
  nothingElse(rest, 'This form of SELECT');
  void [groupDistinct, limitOption];

  const joins: Joins = { leaves: [], conditions: [], ties: [] };
  let shape: Level = { items: [], columns: [], outer: place.level };
  for (const item of fromClause ?? []) {
    shape = { ...both(shape, fromItem(item, place, shape, joins)), outer: place.level };
  }
  const inside: Place = { ...place, level: shape };
  expression(whereClause, inside);
  if (whereClause !== undefined) joins.conditions.push(whereClause);
  const width = checkJoins(joins);

  const columns = (targetList ?? []).flatMap((target) => targetColumns(target, inside, shape));
  for (const item of groupClause ?? []) groupItem(item, inside, columns);
  if (groupingSets(groupClause ?? []) > 32) refuse('argument-cost', 'At most 32 grouping sets; list those you need');
  expression(havingClause, inside);
  for (const window of windowClause ?? []) {
    if (!('WindowDef' in window)) refuse('node', 'WINDOW takes windows');
    windowDef(window.WindowDef, inside);
  }
  // a plain DISTINCT is a list of one empty node
  for (const item of distinctClause ?? []) if (Object.keys(item).length > 0) outputOr(item, inside, columns);
  for (const sort of sortClause ?? []) outputOr(sortNode(sort), inside, columns);
  // LIMIT and OFFSET know no column of their own level
  expression(limitOffset, place);
  expression(limitCount, place);
  const targets = targetList ?? [];
  if (width > 1.5 && targets.some((target) => contains(target, collectors))) {
    refuse('too-many-joins', 'Collecting into a text, an array or JSON needs joined tables; add ON or WHERE');
  }
  const made = targets.some((target) => contains(target, tableFunctions)) ? 1 : 0;
  return { columns, width: cut(limitCount) ? 0 : widthAfter(stmt, width) + made };
}

/** Half a table for groups, nothing for the single row of an aggregate. */
function widthAfter(stmt: Plain, width: number): number {
  if (stmt.groupClause !== undefined || stmt.distinctClause !== undefined) return Math.min(width, 0.5);
  return stmt.havingClause !== undefined || (stmt.targetList ?? []).some(aggregated) ? 0 : width;
}

/** LIMIT with a small constant. LIMIT ALL is a NULL constant and cuts nothing. */
function cut(limitCount: Node | undefined): boolean {
  const count = fold(limitCount);
  return count !== null && count <= 100;
}

/** In ORDER BY, GROUP BY and DISTINCT ON a bare name may be an output column; inside an expression it may not. */
function outputOr(node: Node | undefined, place: Place, columns: string[]): void {
  const fields = node !== undefined && 'ColumnRef' in node ? (node.ColumnRef.fields ?? []) : [];
  const [only] = fields;
  if (fields.length === 1 && only !== undefined && 'String' in only && columns.includes(only.String.sval ?? '')) return;
  expression(node, place);
}

function targetColumns(node: Node, place: Place, shape: Level): string[] {
  if (!('ResTarget' in node)) refuse('node', 'SELECT takes expressions');
  const { name, val, location, ...rest } = node.ResTarget;
  nothingElse(rest, 'A result column', location);
  const fields = val !== undefined && 'ColumnRef' in val ? (val.ColumnRef.fields ?? []) : [];
  const last = fields.at(-1);
  if (last !== undefined && 'A_Star' in last) {
    if (fields.length === 1) {
      for (const item of shape.items) noStar(item, location);
      return shape.columns;
    }
    if (fields.length > 2) refuse('column', 'Write alias.*, with no schema', location);
    const item = findItem(place.level, stringOf(fields[0]));
    if (item === null) refuse('column', `There is no table or alias ${stringOf(fields[0])} here`, location);
    noStar(item, location);
    return [...item.columns];
  }
  expression(val, place);
  return [name === undefined ? outputName(val) : chosenName(name, location)];
}

function noStar(item: Item, location?: number): void {
  if (item.partial) {
    refuse(
      'column',
      `Not all columns of ${item.alias} are for questions; name them: ${item.columns.join(', ')}`,
      location,
    );
  }
}

function groupItem(node: Node, place: Place, columns: string[]): void {
  if ('RowExpr' in node) {
    // GROUP BY (a, b) is GROUP BY a, b, and so inside ROLLUP, CUBE and GROUPING SETS
    for (const part of node.RowExpr.args ?? []) groupItem(part, deeper(place), columns);
    return;
  }
  if (!('GroupingSet' in node)) {
    outputOr(node, place, columns);
    return;
  }
  const { kind, content, location, ...rest } = node.GroupingSet;
  nothingElse(rest, 'A grouping set', location);
  if (kind === 'GROUPING_SET_CUBE' && (content ?? []).length > 4) {
    refuse('argument-cost', 'CUBE takes at most 4 columns; use GROUPING SETS', location);
  }
  const inside = deeper(place);
  for (const item of content ?? []) groupItem(item, inside, columns);
}

/** How many grouping sets a GROUP BY expands to: members multiply, GROUPING SETS add. */
function groupingSets(items: Node[]): number {
  return items.reduce((product, item) => product * setsOf(item), 1);
}

function setsOf(node: Node): number {
  if (!('GroupingSet' in node)) return 1;
  const { kind, content = [] } = node.GroupingSet;
  if (kind === 'GROUPING_SET_ROLLUP') return content.length + 1;
  if (kind === 'GROUPING_SET_CUBE') return 2 ** content.length;
  if (kind === 'GROUPING_SET_SETS') return content.reduce((sum, item) => sum + setsOf(item), 0);
  return 1;
}

/** Each CTE sees those before it, never itself: without RECURSIVE its own name in its body is the real table. */
function withCtes(clause: WithClause, place: Place): Ctes | null {
  const { ctes = [], recursive, location, ...rest } = clause;
  nothingElse(rest, 'WITH', location);
  if (recursive) refuse('recursive', 'WITH RECURSIVE is not available; use generate_series for a series', location);
  let seen = place.ctes;
  for (const node of ctes) {
    if (!('CommonTableExpr' in node)) refuse('node', 'WITH takes queries', location);
    seen = { ...cte(node.CommonTableExpr, { ...place, ctes: seen }), next: seen };
  }
  return seen;
}

function cte(node: CommonTableExpr, place: Place): Omit<Ctes, 'next'> {
  const { ctename, aliascolnames, ctematerialized, ctequery, location, ...rest } = node;
  nothingElse(rest, 'WITH', location);
  void ctematerialized;
  const result = query(ctequery, place);
  const names = (aliascolnames ?? []).map((column) => chosenName(stringOf(column), location));
  return {
    name: chosenName(ctename, location),
    columns: renamed(result.columns, names),
    width: result.width,
    growth: result.growth,
  };
}

/** Does a result column contain an aggregate (not a window), so that an ungrouped query has one row? */
function aggregated(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('SubLink' in node) return false;
  const call = 'FuncCall' in node ? (node.FuncCall as { funcname?: Node[]; over?: unknown }) : undefined;
  if (call !== undefined && call.over === undefined && aggregates.has(stringOf(call.funcname?.at(-1)))) return true;
  return Object.values(node).some(aggregated);
}
