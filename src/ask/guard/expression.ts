// Walks one expression: a closed switch over the nodes an analyst needs, every field of each. An unknown node or an unknown
// field is refused. Attribute notation, `(x).f` and `alias.f` where f is no column, calls functions and is refused here.
import type { A_Expr, A_Indirection, ColumnRef, FuncCall, Node, SortBy, SubLink, WindowDef } from 'libpg-query';
import { checkArguments, checkConstant, checkOperands } from './arguments.ts';
import { nothingElse, refuse } from './refusal.ts';
import { deeper, findItem, hasColumn, limits, type Place, stringOf } from './scope.ts';
import { query } from './select.ts';
import { checkOperator, checkType, functions, momentWords, plainName, rowFunctions } from './vocabulary.ts';

/** Refuses what the expression may not contain. `undefined` is an absent field and passes. */
export function expression(node: Node | undefined, outside: Place): void {
  if (node === undefined) return;
  const place = deeper(outside);
  const [kind, ...more] = Object.keys(node);
  if (kind === undefined || more.length > 0) refuse('node', 'A part of the query is not understood');

  if ('ColumnRef' in node) columnRef(node.ColumnRef, place, false);
  else if ('A_Const' in node) checkConstant(node.A_Const);
  else if ('A_Expr' in node) operation(node.A_Expr, place);
  else if ('FuncCall' in node) call(node.FuncCall, place);
  else if ('SubLink' in node) subLink(node.SubLink, place);
  else if ('A_Indirection' in node) subscript(node.A_Indirection, place);
  else if ('TypeCast' in node) {
    const { arg, typeName, location, ...rest } = node.TypeCast;
    nothingElse(rest, 'CAST', location);
    checkType(typeName);
    expression(arg, place);
  } else if ('BoolExpr' in node) {
    const { xpr, boolop, args, location, ...rest } = node.BoolExpr;
    nothingElse(rest, 'AND or OR', location);
    void [xpr, boolop];
    expressions(args, place);
  } else if ('NullTest' in node) {
    const { arg, nulltesttype, location, ...rest } = node.NullTest;
    nothingElse(rest, 'IS NULL', location);
    void nulltesttype;
    expression(arg, place);
  } else if ('BooleanTest' in node) {
    const { arg, booltesttype, location, ...rest } = node.BooleanTest;
    nothingElse(rest, 'IS TRUE', location);
    void booltesttype;
    expression(arg, place);
  } else if ('CaseExpr' in node) {
    const { arg, args, defresult, location, ...rest } = node.CaseExpr;
    nothingElse(rest, 'CASE', location);
    expression(arg, place);
    expressions(args, place);
    expression(defresult, place);
  } else if ('CaseWhen' in node) {
    const { expr, result, location, ...rest } = node.CaseWhen;
    nothingElse(rest, 'WHEN', location);
    expression(expr, place);
    expression(result, place);
  } else if ('CoalesceExpr' in node) {
    const { args, location, ...rest } = node.CoalesceExpr;
    nothingElse(rest, 'COALESCE', location);
    expressions(args, place);
  } else if ('MinMaxExpr' in node) {
    const { op, args, location, ...rest } = node.MinMaxExpr;
    nothingElse(rest, 'GREATEST or LEAST', location);
    void op;
    expressions(args, place);
  } else if ('A_ArrayExpr' in node) {
    const { elements, list_start, list_end, location, ...rest } = node.A_ArrayExpr;
    nothingElse(rest, 'ARRAY', location);
    void [list_start, list_end];
    place.block.sum += Math.max(0, (elements ?? []).length - 1);
    list(elements, place, location);
  } else if ('RowExpr' in node) {
    const { args, row_format, location, ...rest } = node.RowExpr;
    nothingElse(rest, 'ROW', location);
    void row_format;
    place.block.sum += Math.max(0, (args ?? []).length - 1);
    list(args, place, location);
  } else if ('List' in node) {
    const { items, ...rest } = node.List;
    nothingElse(rest, 'A list');
    list(items, place);
  } else if ('GroupingFunc' in node) {
    const { args, location, ...rest } = node.GroupingFunc;
    nothingElse(rest, 'GROUPING', location);
    expressions(args, place);
  } else if ('NamedArgExpr' in node) {
    const { arg, name, argnumber, location, ...rest } = node.NamedArgExpr;
    nothingElse(rest, 'A named argument', location);
    void [name, argnumber];
    expression(arg, place);
  } else if ('SQLValueFunction' in node) {
    const { op, typmod, location, ...rest } = node.SQLValueFunction;
    nothingElse(rest, 'CURRENT_DATE', location);
    void typmod;
    if (!momentWords.has(op ?? '')) {
      refuse('function', 'Only CURRENT_DATE and the like are available, not who or where you are', location);
    }
  } else refuse('node', `${kind} is not available in a question`, locationOf(node));
}

export function expressions(nodes: Node[] | undefined, place: Place): void {
  for (const node of nodes ?? []) expression(node, place);
}

/** The members of an IN list, a row of VALUES, an array or a row: at most 500. */
export function list(nodes: Node[] | undefined, place: Place, location?: number): void {
  if ((nodes ?? []).length > limits.list) {
    refuse('argument-cost', `A list may have at most ${limits.list} members`, location);
  }
  expressions(nodes, place);
}

/** ORDER BY inside a call or a window: expressions only, no output names. */
export function sorts(nodes: Node[] | undefined, place: Place): void {
  for (const node of nodes ?? []) expression(sortNode(node), place);
}

export function sortNode(node: Node): Node | undefined {
  if (!('SortBy' in node)) return refuse('node', 'ORDER BY takes expressions');
  const { node: by, sortby_dir, sortby_nulls, useOp, location, ...rest }: SortBy = node.SortBy;
  nothingElse(rest, 'ORDER BY', location);
  void sortby_nulls;
  if (useOp !== undefined || sortby_dir === 'SORTBY_USING') {
    refuse('operator', 'ORDER BY USING is not available; use ASC or DESC', location);
  }
  return by;
}

/** A window: named, inline, or one that extends a named one. */
export function windowDef(window: WindowDef, place: Place): void {
  const { name, refname, partitionClause, orderClause, frameOptions, startOffset, endOffset, location, ...rest } =
    window;
  nothingElse(rest, 'A window', location);
  void [name, refname, frameOptions];
  expressions(partitionClause, place);
  sorts(orderClause, place);
  expression(startOffset, place);
  expression(endOffset, place);
}

/** `name`, `alias.name` or, where a whole row is welcome, `alias` and `alias.*`. */
function columnRef(ref: ColumnRef, place: Place, rowWelcome: boolean): void {
  const { fields = [], location, ...rest } = ref;
  nothingElse(rest, 'A column', location);
  const [first, second] = fields;
  if (first === undefined || fields.length > 2) {
    refuse('column', 'Name a column as column or alias.column, with no schema', location);
  }
  if ('A_Star' in first) refuse('column', 'The star stands alone in SELECT * or count(*)', location);
  const name = stringOf(first);
  if (second === undefined) {
    if (hasColumn(place.level, name)) return;
    const whole = findItem(place.level, name);
    if (whole === null) {
      refuse('column', `There is no column ${name} here; qualify it with the alias that has it`, location);
    }
    // the row of a table function with one column is that column's value
    const scalar = whole.from === 'function' && whole.columns.length === 1;
    if ((!rowWelcome && !scalar) || whole.partial) {
      refuse('column', `${name} is a whole row; name its columns`, location);
    }
    return;
  }
  const item = findItem(place.level, name);
  if (item === null) refuse('column', `There is no table or alias ${name} in this part of the query`, location);
  if ('A_Star' in second) {
    if (!rowWelcome || item.partial)
      refuse('column', `${name}.* stands alone in a SELECT list; name its columns`, location);
    return;
  }
  const column = stringOf(second);
  if (item.columns.includes(column)) return;
  if (item.from === 'function' || functions.has(column) || column.startsWith('pg_')) {
    refuse('attribute-notation', `${name}.${column} would call a function; write a column or a call`, location);
  }
  refuse('column', `${name} has no column ${column}; it has ${item.columns.slice(0, 30).join(', ')}`, location);
}

function subscript(node: A_Indirection, place: Place): void {
  const { arg, indirection = [], ...rest } = node;
  nothingElse(rest, 'A subscript');
  for (const step of indirection) {
    if (!('A_Indices' in step)) {
      refuse('attribute-notation', 'Write (value).name as a call or a column; only [n] may follow', locationOf(arg));
    }
    const { is_slice, lidx, uidx, ...unknown } = step.A_Indices;
    nothingElse(unknown, 'A subscript');
    void is_slice;
    expression(lidx, place);
    expression(uidx, place);
  }
  expression(arg, place);
}

function operation(node: A_Expr, place: Place): void {
  const { kind, name, lexpr, rexpr, rexpr_list_start, rexpr_list_end, location, ...rest } = node;
  nothingElse(rest, 'An operator', location);
  void [rexpr_list_start, rexpr_list_end];
  switch (kind) {
    case 'AEXPR_OP':
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL':
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT':
    case 'AEXPR_NULLIF':
    case 'AEXPR_IN':
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
    case 'AEXPR_SIMILAR':
      checkOperands(checkOperator(name, location), node, place.block);
      break;
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
    case 'AEXPR_NOT_BETWEEN_SYM':
      break;
    default:
      refuse('node', `${kind ?? 'This operator'} is not available`, location);
  }
  expression(lexpr, place);
  expression(rexpr, place);
}

function subLink(node: SubLink, place: Place): void {
  const { subLinkType, testexpr, operName, subselect, location, ...rest } = node;
  nothingElse(rest, 'A subquery', location);
  switch (subLinkType) {
    case 'EXISTS_SUBLINK':
    case 'ALL_SUBLINK':
    case 'ANY_SUBLINK':
    case 'EXPR_SUBLINK':
    case 'ARRAY_SUBLINK':
      break;
    default:
      refuse('node', `${subLinkType ?? 'This subquery'} is not available`, location);
  }
  if (operName !== undefined) {
    const symbol = checkOperator(operName, location);
    if (symbol.includes('~') && !symbol.includes('~~')) {
      refuse('argument-cost', 'regexp patterns must be constants', location);
    }
  }
  expression(testexpr, place);
  const { growth } = query(subselect, place);
  place.block.inner = Math.max(place.block.inner, growth);
}

function call(node: FuncCall, place: Place): void {
  const name = functionName(node);
  const { funcname, args, agg_order, agg_filter, over, ...rest } = node;
  const { agg_within_group, agg_star, agg_distinct, func_variadic, funcformat, location, ...unknown } = rest;
  nothingElse(unknown, `${name}()`, location);
  void [funcname, agg_within_group, agg_star, agg_distinct, funcformat];
  if (func_variadic) refuse('node', 'VARIADIC is not available', location);
  checkArguments(name, node, place.block);
  for (const arg of args ?? []) {
    if (rowFunctions.has(name) && 'ColumnRef' in arg) columnRef(arg.ColumnRef, deeper(place), true);
    else expression(arg, place);
  }
  sorts(agg_order, place);
  expression(agg_filter, place);
  if (over !== undefined) windowDef(over, place);
}

/** The plain name of an allowed function. */
export function functionName(node: FuncCall): string {
  const name = plainName(node.funcname, 'function', node.location);
  if (!functions.has(name)) refuse('function', `The function ${name} is not available in a question`, node.location);
  return name;
}

function locationOf(node: Node | undefined): number | undefined {
  const body = Object.values(node ?? {})[0] as { location?: number } | undefined;
  return body?.location;
}
