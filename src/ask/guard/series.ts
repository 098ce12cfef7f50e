// Is this generate_series short? At most 10,000 steps, from constants; dates may also run between the data's own ends, with
// a step of at least a day. Refuses what it cannot see the end of.
import type { FuncCall, Node } from 'libpg-query';
import { constantText, fold } from './arguments.ts';
import { refuse } from './refusal.ts';
import { stringOf } from './scope.ts';

const mostSteps = 10_000;
const unitDays = new Map(Object.entries({ day: 1, week: 7, mon: 28, month: 28, quarter: 89, year: 365, decade: 3652 }));

export function checkSeries(node: FuncCall): void {
  const { args = [], location } = node;
  const [from, to, step] = args;
  if (args.length < 2 || args.length > 3 || args.some((arg) => 'NamedArgExpr' in arg)) {
    refuse('argument-cost', 'generate_series takes a start, an end and a step', location);
  }
  const days = stepDays(step);
  if (days !== null) {
    checkDates(from, to, days, location);
    return;
  }

  const [start, end] = [seriesEnd(from), seriesEnd(to)];
  const by = step === undefined ? 1 : fold(step);
  if (start === null || end === null || by === null) {
    refuse(
      'argument-cost',
      "generate_series needs constant integer bounds, or dates with a constant step such as interval '1 month'",
      location,
    );
  }
  const steps = Math.abs(end - start) / Math.abs(by);
  if (!(steps <= mostSteps)) refuse('argument-cost', `generate_series may take at most ${mostSteps} steps`, location);
}

/** A constant, or a year, month or day asked of the data: `(SELECT max(year) FROM sales_data)`. */
function seriesEnd(node: Node | undefined): number | null {
  const constant = fold(node);
  if (constant !== null || node === undefined) return constant;
  return ofCalendar(node) ? 0 : null;
}

/** Values that are small by nature: calendar parts of moments, and the year and month columns of the data itself. */
function ofCalendar(node: Node): boolean {
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return ofCalendar(node.TypeCast.arg);
  if ('FuncCall' in node) {
    const name = stringOf(node.FuncCall.funcname?.at(-1));
    const part = constantText(node.FuncCall.args?.[0])?.toLowerCase();
    return (
      (name === 'extract' || name === 'date_part') && ['year', 'month', 'day', 'quarter', 'week'].includes(part ?? '')
    );
  }
  if (!('SubLink' in node) || node.SubLink.subLinkType !== 'EXPR_SUBLINK') return false;
  const inner = node.SubLink.subselect;
  if (inner === undefined || !('SelectStmt' in inner)) return false;
  const { targetList = [], fromClause = [], withClause } = inner.SelectStmt;
  const [target] = targetList;
  const [source] = fromClause;
  if (target === undefined || !('ResTarget' in target) || source === undefined || !('RangeVar' in source)) return false;
  if (withClause !== undefined || fromClause.length !== 1 || source.RangeVar.relname !== 'sales_data') return false;
  const val = target.ResTarget.val;
  if (val === undefined || !('FuncCall' in val)) return val !== undefined && ofCalendar(val);
  const name = stringOf(val.FuncCall.funcname?.at(-1));
  const arg = val.FuncCall.args?.[0];
  if ((name !== 'min' && name !== 'max') || arg === undefined) return ofCalendar(val);
  if (!('ColumnRef' in arg)) return ofCalendar(arg);
  const column = arg.ColumnRef.fields?.at(-1);
  return column !== undefined && 'String' in column && ['year', 'month'].includes(column.String.sval ?? '');
}

function checkDates(from: Node | undefined, to: Node | undefined, days: number, location?: number): void {
  if (days < 1) refuse('argument-cost', 'The step of a series of dates must be at least a day', location);
  const [start, end] = [dayOf(from), dayOf(to)];
  if (start !== null && end !== null) {
    if (Math.abs(end - start) / days > mostSteps) {
      refuse('argument-cost', `generate_series may take at most ${mostSteps} steps`, location);
    }
    return;
  }
  for (const [bound, day] of [
    [from, start],
    [to, end],
  ] as const) {
    if (day === null) checkMoment(bound, location);
    else if (!inRange(day)) {
      refuse('argument-cost', 'A series of dates must lie between 1900 and 2200', location);
    }
  }
}

/** A moment that comes from the data or the clock, moved by small constants only. */
function checkMoment(node: Node | undefined, location?: number): void {
  if (node === undefined || !bounded(node)) {
    refuse(
      'argument-cost',
      'Ends of a series of dates are dates, or MIN and MAX of a date, moved by small intervals',
      location,
    );
  }
}

function bounded(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if ('ColumnRef' in node || 'SubLink' in node || 'SQLValueFunction' in node) return true;
  const day = dayOf(node);
  if (day !== null) return inRange(day);
  if (constantText(node) !== null) return (stepDays(node) ?? Number.POSITIVE_INFINITY) <= 36_525;
  const number = fold(node);
  if (number !== null) return Math.abs(number) <= mostSteps;
  if ('TypeCast' in node) return bounded(node.TypeCast.arg);
  if ('CoalesceExpr' in node) return (node.CoalesceExpr.args ?? []).every(bounded);
  if ('MinMaxExpr' in node) return (node.MinMaxExpr.args ?? []).every(bounded);
  if ('A_Expr' in node) {
    const { kind, name, lexpr, rexpr } = node.A_Expr;
    return kind === 'AEXPR_OP' && ['+', '-'].includes(stringOf(name?.at(-1))) && bounded(lexpr) && bounded(rexpr);
  }
  return 'FuncCall' in node && boundedCall(node.FuncCall);
}

function boundedCall(call: FuncCall): boolean {
  const [first, second] = call.args ?? [];
  switch (stringOf(call.funcname?.at(-1))) {
    case 'min':
    case 'max':
    case 'now':
      return true;
    case 'date':
      return bounded(first);
    case 'date_trunc':
    case 'timezone':
      return bounded(second);
    case 'make_date':
      return first !== undefined && ('ColumnRef' in first || ofCalendar(first));
    default:
      return false;
  }
}

function inRange(day: number): boolean {
  return day >= dayNumber(1900) && day <= dayNumber(2200);
}

function dayNumber(year: number): number {
  return Date.UTC(year, 0, 1) / 86_400_000;
}

/** The day number of a constant date, also cast, truncated or made; null for anything else. */
function dayOf(node: Node | undefined): number | null {
  if (node === undefined) return null;
  const text = constantText(node);
  if (text !== null) {
    const match = /^\s*(\d{4,6})-(\d{1,2})-(\d{1,2})(?:[ T][\d:.+Z -]*)?\s*$/.exec(text);
    if (match === null) return null;
    return Math.floor((Number(match[1]) - 1970) * 365.2425 + (Number(match[2]) - 1) * 30.44 + Number(match[3]) - 1);
  }
  if ('TypeCast' in node) return dayOf(node.TypeCast.arg);
  if (!('FuncCall' in node)) return null;
  const name = stringOf(node.FuncCall.funcname?.at(-1));
  const args = node.FuncCall.args ?? [];
  if (name === 'date_trunc') return dayOf(args[1]);
  if (name !== 'make_date') return null;
  const year = fold(args[0]);
  return year === null ? null : dayNumber(1970) + Math.floor((year - 1970) * 365.2425);
}

/** Days in a constant interval; null when it is no interval in whole days or more, written as one number and one unit. */
function stepDays(node: Node | undefined): number | null {
  if (node === undefined) return null;
  if ('FuncCall' in node && stringOf(node.FuncCall.funcname?.at(-1)) === 'make_interval')
    return madeDays(node.FuncCall);
  if ('A_Expr' in node && node.A_Expr.lexpr === undefined && stringOf(node.A_Expr.name?.at(-1)) === '-') {
    return stepDays(node.A_Expr.rexpr);
  }
  const text = constantText(node);
  if (text === null) return null;
  const fields = 'TypeCast' in node ? node.TypeCast.typeName?.typmods?.[0] : undefined;
  const mask = fields !== undefined ? fold(fields) : null;
  const unit = mask === null ? undefined : { 2: 'month', 4: 'year', 8: 'day' }[mask];
  const match = /^\s*([-+]?\d{1,6})\s*([a-z]*)\s*$/i.exec(text);
  if (match === null) return null;
  const word = (unit ?? match[2] ?? '').toLowerCase().replace(/s$/, '');
  const days = unitDays.get(word);
  if (days !== undefined) return Math.abs(Number(match[1])) * days;
  return word === '' ? null : 0;
}

function madeDays(call: FuncCall): number | null {
  let days = 0;
  for (const arg of call.args ?? []) {
    if (!('NamedArgExpr' in arg)) return null;
    const unit = unitDays.get((arg.NamedArgExpr.name ?? '').replace(/s$/, ''));
    const count = fold(arg.NamedArgExpr.arg);
    if (unit === undefined || count === null) return null;
    days += Math.abs(count) * unit;
  }
  return days;
}
