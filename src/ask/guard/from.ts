// Walks FROM: relations, subqueries, table functions and joins. Gives back the shape each offers: which aliases, which columns,
// in the order Postgres gives them, because an alias list renames by position.
import type { FuncCall, JoinExpr, Node, RangeFunction, RangeSubselect, RangeVar } from 'libpg-query';
import { expression, functionName } from './expression.ts';
import { nothingElse, refuse } from './refusal.ts';
import { partial, relations, schema } from './relations.ts';
import {
  aliasNames,
  chosenName,
  deeper,
  findCte,
  type Item,
  limits,
  type Place,
  renamed,
  type Shape,
  stringOf,
} from './scope.ts';
import { query } from './select.ts';
import { tableFunctions } from './vocabulary.ts';

/** A member of FROM that can multiply rows: what it is called, and how many unjoined tables it is the product of. */
export interface Leaf {
  aliases: string[];
  columns: readonly string[];
  width: number;
  node: Node;
}

/** What the walk of one FROM collects for the check of joins. */
export interface Joins {
  leaves: Leaf[];
  conditions: Node[];
  /** Pairs of leaves that a USING or NATURAL column ties. */
  ties: [Leaf, Leaf][];
}

/**
 * The shape of one FROM item. `before` is what stands to its left at the same level: a LATERAL query or a function sees it,
 * a plain subquery does not.
 */
export function fromItem(node: Node, outside: Place, before: Shape, joins: Joins): Shape {
  const place = deeper(outside);
  if ('RangeVar' in node) return relation(node, node.RangeVar, place, joins);
  if ('RangeSubselect' in node) return subquery(node, node.RangeSubselect, place, before, joins);
  if ('RangeFunction' in node) return tableFunction(node, node.RangeFunction, place, before, joins);
  if ('JoinExpr' in node) return join(node.JoinExpr, place, before, joins);
  return refuse('node', `${Object.keys(node)[0] ?? 'This'} is not available in FROM`);
}

/** The place inside a LATERAL item: the shape to the left is the nearest outer level. */
function lateral(place: Place, before: Shape): Place {
  return { ...place, level: { ...before, outer: place.level } };
}

export function both(left: Shape, right: Shape): Shape {
  return { items: [...left.items, ...right.items], columns: [...left.columns, ...right.columns] };
}

function relation(node: Node, range: RangeVar, place: Place, joins: Joins): Shape {
  const { catalogname, schemaname, relname = '', inh, relpersistence, alias, location, ...rest } = range;
  nothingElse(rest, 'A table', location);
  void [inh, relpersistence];
  if (catalogname !== undefined) refuse('relation', 'Name a table without a database', location);
  const cte = schemaname === undefined ? findCte(place.ctes, relname) : null;
  const known = schemaname === undefined || schemaname === schema ? relations.get(relname) : undefined;
  const columns = cte?.columns ?? known;
  if (columns === undefined) {
    refuse('relation', `The relation is not available; use ${[...relations.keys()].join(', ')}`, location);
  }
  place.budget.relations += 1;
  if (place.budget.relations > limits.relations) {
    refuse('too-many-joins', `A query may name at most ${limits.relations} tables`, location);
  }
  place.block.inner = Math.max(place.block.inner, cte?.growth ?? 1);
  if (cte === null && alias?.colnames !== undefined) {
    refuse('column', 'Rename the columns of a table in SELECT (brand AS b), not by their position', location);
  }
  const item: Item = {
    alias: chosenName(alias?.aliasname ?? relname, location),
    columns: renamed(columns, aliasNames(alias)),
    from: cte === null ? 'relation' : 'query',
    partial: cte === null && partial.has(relname),
  };
  joins.leaves.push({ aliases: [item.alias], columns: item.columns, width: cte?.width ?? 1, node });
  return { items: [item], columns: [...item.columns] };
}

function subquery(node: Node, range: RangeSubselect, place: Place, before: Shape, joins: Joins): Shape {
  const { lateral: sees, subquery: inner, alias, ...rest } = range;
  nothingElse(rest, 'A subquery');
  const result = query(inner, sees ? lateral(place, before) : place);
  place.block.inner = Math.max(place.block.inner, result.growth);
  const columns = renamed(result.columns, aliasNames(alias));
  const name = alias === undefined ? null : chosenName(alias.aliasname);
  joins.leaves.push({ aliases: name === null ? [] : [name], columns, width: result.width, node });
  return {
    items: name === null ? [] : [{ alias: name, columns, from: 'query', partial: false }],
    columns: [...columns],
  };
}

function tableFunction(node: Node, range: RangeFunction, place: Place, before: Shape, joins: Joins): Shape {
  const { lateral: written, ordinality, is_rowsfrom, functions: calls = [], alias, coldeflist, ...rest } = range;
  nothingElse(rest, 'A function in FROM');
  void written; // a function sees what stands to its left with or without the word
  if (is_rowsfrom || coldeflist !== undefined || calls.length !== 1) {
    refuse('node', 'ROWS FROM and column definitions are not available in FROM');
  }
  const [call] = calls;
  const items = call !== undefined && 'List' in call ? (call.List.items ?? []) : [];
  const [inner, definitions] = items;
  if (inner === undefined || (definitions !== undefined && Object.keys(definitions).length > 0) || items.length > 2) {
    refuse('node', 'Column definitions are not available in FROM');
  }
  if (!('FuncCall' in inner)) refuse('function', 'Only generate_series and unnest are available in FROM');
  const name = functionName(inner.FuncCall);
  if (!tableFunctions.has(name)) {
    refuse(
      'function',
      `${name} is not available in FROM; only ${[...tableFunctions].join(', ')}`,
      inner.FuncCall.location,
    );
  }
  expression(inner, lateral(place, before));
  const aliasName = alias === undefined ? name : chosenName(alias.aliasname);
  // several arrays give several columns, each named after the function; one gives a column named after the alias
  const count = name === 'unnest' ? (inner.FuncCall.args ?? []).length : 1;
  const own = count > 1 ? Array.from({ length: count }, () => name) : [aliasName];
  const columns = renamed(ordinality ? [...own, 'ordinality'] : own, aliasNames(alias));
  joins.leaves.push({
    aliases: [aliasName],
    columns,
    width: name === 'unnest' && shortArrays(inner.FuncCall) ? 0 : 1,
    node,
  });
  return { items: [{ alias: aliasName, columns, from: 'function', partial: false }], columns };
}

/** Arrays written out, of a dozen members at most: a list of labels, not data. */
function shortArrays(call: FuncCall): boolean {
  return (call.args ?? []).every((arg) => 'A_ArrayExpr' in arg && (arg.A_ArrayExpr.elements ?? []).length <= 12);
}

function join(node: JoinExpr, place: Place, before: Shape, joins: Joins): Shape {
  const { jointype, isNatural, larg, rarg, usingClause, join_using_alias, quals, alias, rtindex, ...rest } = node;
  nothingElse(rest, 'A join');
  void rtindex;
  switch (jointype) {
    case 'JOIN_INNER':
    case 'JOIN_LEFT':
    case 'JOIN_RIGHT':
    case 'JOIN_FULL':
      break;
    default:
      refuse('node', 'This kind of join is not available');
  }
  if (larg === undefined || rarg === undefined) refuse('node', 'A join has two sides');
  const start = joins.leaves.length;
  const left = fromItem(larg, place, before, joins);
  const middle = joins.leaves.length;
  const right = fromItem(rarg, place, both(before, left), joins);
  const merged = isNatural
    ? left.columns.filter((column) => right.columns.includes(column))
    : (usingClause ?? []).map(stringOf);
  for (const column of merged) {
    if (!left.columns.includes(column) || !right.columns.includes(column)) {
      refuse('column', `USING needs ${column} on both sides of the join`);
    }
    const one = joins.leaves.slice(start, middle).find((leaf) => leaf.columns.includes(column));
    const other = joins.leaves.slice(middle).find((leaf) => leaf.columns.includes(column));
    if (one !== undefined && other !== undefined) joins.ties.push([one, other]);
  }
  const apart = both(left, right);
  // the condition sees the two sides and the levels around, not what stands to the left of the join
  expression(quals, { ...place, level: { ...apart, outer: place.level } });
  if (quals !== undefined) joins.conditions.push(quals);

  const others = (columns: string[]): string[] => columns.filter((column) => !merged.includes(column));
  const columns = [...merged, ...others(left.columns), ...others(right.columns)];
  if (alias !== undefined) {
    const name = chosenName(alias.aliasname);
    const named = renamed(columns, aliasNames(alias));
    // the alias hides both sides; conditions may go on to name the whole
    for (const leaf of joins.leaves.slice(start)) leaf.aliases.push(name);
    // one that stands for a table with hidden columns cannot be renamed by position either
    const hidden = apart.items.some((item) => item.partial);
    if (hidden && alias.colnames !== undefined) refuse('column', 'Rename columns in SELECT, not by their position');
    return { items: [{ alias: name, columns: named, from: 'query', partial: hidden }], columns: named };
  }
  const items = [...apart.items];
  if (join_using_alias !== undefined) {
    items.push({ alias: chosenName(join_using_alias.aliasname), columns: merged, from: 'query', partial: false });
  }
  return { items, columns };
}

/**
 * How many unjoined tables the rows of this FROM are the product of. Two sides are joined when a condition, a USING column or
 * a LATERAL reference names both. Refuses more than two: four unjoined tables of 300 rows are eight billion rows.
 */
export function checkJoins(joins: Joins): number {
  const { leaves, ties, conditions } = joins;
  const group = new Map<Leaf, Leaf>(leaves.map((leaf) => [leaf, leaf]));
  const head = (leaf: Leaf): Leaf => {
    const next = group.get(leaf) ?? leaf;
    return next === leaf ? leaf : head(next);
  };
  const tie = (tied: Leaf[]): void => {
    const [first] = tied;
    if (first !== undefined) for (const leaf of tied) group.set(head(leaf), head(first));
  };
  for (const pair of ties) tie(pair);
  for (const condition of conditions) for (const part of conjuncts(condition)) tie(namedIn(part, leaves));
  for (const leaf of leaves) if (!('RangeVar' in leaf.node)) tie([leaf, ...namedIn(leaf.node, leaves)]);

  const widths = new Map<Leaf, number>();
  for (const leaf of leaves) widths.set(head(leaf), Math.max(widths.get(head(leaf)) ?? 0, leaf.width));
  const width = [...widths.values()].reduce((sum, one) => sum + one, 0);
  if (width > limits.unjoined) {
    refuse('too-many-joins', `At most ${limits.unjoined} tables may stand without a join condition; add ON or WHERE`);
  }
  return width;
}

function conjuncts(node: Node): Node[] {
  return 'BoolExpr' in node && node.BoolExpr.boolop === 'AND_EXPR'
    ? (node.BoolExpr.args ?? []).flatMap(conjuncts)
    : [node];
}

/** The leaves whose columns a tree names. A search, not a check: the walk has passed every node of it already. */
function namedIn(node: unknown, leaves: Leaf[]): Leaf[] {
  if (typeof node !== 'object' || node === null) return [];
  if (!('ColumnRef' in node)) return [...new Set(Object.values(node).flatMap((value) => namedIn(value, leaves)))];
  const [first, second] = ((node.ColumnRef as { fields?: Node[] }).fields ?? []).map((field) =>
    'String' in field ? (field.String.sval ?? '') : '*',
  );
  if (first === undefined) return [];
  if (second === undefined) return leaves.filter((leaf) => leaf.columns.includes(first)).slice(0, 1);
  return leaves.filter((leaf) => leaf.aliases.includes(first)).slice(0, 1);
}
