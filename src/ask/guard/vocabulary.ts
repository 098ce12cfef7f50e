// The words a question may use, as data and as checks: functions, types to cast to, operators. A cast calls the type's input
// function, an operator calls its function: all are allow-lists. Never by volatility, never "unknown means harmless".
import type { Node, TypeName } from 'libpg-query';
import { nothingElse, refuse } from './refusal.ts';
import { stringOf } from './scope.ts';

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** Aggregates, window functions and scalars; plain names of pg_catalog. */
export const functions: ReadonlySet<string> = new Set(
  words(`
    count sum avg min max any_value string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg
    bool_and bool_or every stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp
    regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
    percentile_cont percentile_disc mode

    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value

    date_trunc date_part date_bin make_date make_interval make_timestamp age now date isfinite overlaps
    to_date to_timestamp to_char to_number justify_days justify_hours justify_interval extract timezone

    lower upper initcap length char_length character_length octet_length trim ltrim rtrim btrim left right
    substr substring strpos position overlay replace translate concat concat_ws split_part lpad rpad repeat reverse
    regexp_replace regexp_match regexp_matches regexp_count regexp_like regexp_substr regexp_instr
    regexp_split_to_array similar_to_escape like_escape starts_with string_to_array array_to_string

    abs ceil ceiling floor round trunc mod power sqrt cbrt sign exp ln log log10 div width_bucket

    generate_series unnest array_length array_lower array_upper array_position array_remove cardinality
    json_build_object jsonb_build_object json_build_array jsonb_build_array json_array_length jsonb_array_length
    to_json to_jsonb row_to_json
  `),
);

/** In FROM only these; each yields scalars, so its alias is its column. */
export const tableFunctions: ReadonlySet<string> = new Set(['generate_series', 'unnest']);

/** Called without OVER these make one row of many. */
export const aggregates: ReadonlySet<string> = new Set(
  words(`
    count sum avg min max any_value string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg
    bool_and bool_or every percentile_cont percentile_disc mode stddev stddev_pop stddev_samp variance var_pop var_samp
  `),
);

/** These hold every row they see in one value; no limit of the server bounds that. */
export const collectors: ReadonlySet<string> = new Set(
  words('string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg'),
);

/** A whole row may only be handed to these: what they give back is not a row any more. */
export const rowFunctions: ReadonlySet<string> = new Set(
  words('count json_agg jsonb_agg to_json to_jsonb row_to_json'),
);

/** Functions whose argument at this index (from 0) is a regular expression. */
export const patternAt: ReadonlyMap<string, number> = new Map([
  ['regexp_replace', 1],
  ['regexp_match', 1],
  ['regexp_matches', 1],
  ['regexp_count', 1],
  ['regexp_like', 1],
  ['regexp_substr', 1],
  ['regexp_instr', 1],
  ['regexp_split_to_array', 1],
  ['similar_to_escape', 0],
]);

/** SQL's own words for the moment; CURRENT_USER and its kin say who is asking and are not here. */
export const momentWords: ReadonlySet<string> = new Set(
  words(`
    SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N
    SVFOP_LOCALTIME SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N
  `),
);

/** Type name (as the parser spells it) -> the largest length or precision it may be given. */
const types: ReadonlyMap<string, number> = new Map([
  ['int2', 0],
  ['int4', 0],
  ['int8', 0],
  ['numeric', 100],
  ['float4', 53],
  ['float8', 53],
  ['text', 0],
  ['varchar', 1_000],
  ['bpchar', 1_000],
  ['bool', 0],
  ['date', 0],
  ['time', 6],
  ['timetz', 6],
  ['timestamp', 6],
  ['timestamptz', 6],
  // its length is a bit mask of fields (YEAR TO MONTH), at most 0x7fff
  ['interval', 32_767],
  ['uuid', 0],
  ['json', 0],
  ['jsonb', 0],
]);

const operators: ReadonlySet<string> = new Set(
  '+ - * / % ^ = <> != < > <= >= || ~ ~* !~ !~* ~~ ~~* !~~ !~~* -> ->> #> #>> @> <@ && |/ ||/ @'.split(' '),
);

/** A list is a limit on the server's memory, not on politeness: `'x'::char(10485760)` takes 133 MB. */
export function checkType(type: TypeName | undefined): void {
  if (type === undefined) refuse('node', 'A type is missing');
  const { names, typmods, typemod, arrayBounds, location, ...rest } = type;
  nothingElse(rest, 'This form of a type', location);
  void typemod;
  const name = plainName(names, 'type', location);
  const most = types.get(name);
  if (most === undefined) {
    refuse('type', `The type ${name} is not available; use ${[...types.keys()].join(', ')}`, location);
  }
  for (const bound of [...(typmods ?? [])]) {
    const size = 'A_Const' in bound ? (bound.A_Const.ival?.ival ?? (bound.A_Const.ival ? 0 : null)) : null;
    if (size === null || Math.abs(size) > most) {
      refuse('type', `The length of ${name} must be a constant of at most ${most}`, location);
    }
  }
  if ((arrayBounds ?? []).length > 2) refuse('type', 'Arrays have at most two dimensions', location);
}

/** Refuses an operator that is not on the list or that is named with a schema other than pg_catalog. Returns its symbol. */
export function checkOperator(name: Node[] | undefined, location?: number): string {
  const symbol = plainName(name, 'operator', location);
  if (!operators.has(symbol)) refuse('operator', `The operator ${symbol} is not available`, location);
  return symbol;
}

/** `x` or `pg_catalog.x`, as x. Anything longer, or of another schema, is refused with the rule given. */
export function plainName(
  names: Node[] | undefined,
  rule: 'type' | 'operator' | 'function',
  location?: number,
): string {
  const parts = (names ?? []).map(stringOf);
  const [first, second] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  if (parts.length === 2 && first === 'pg_catalog' && second !== undefined) return second;
  return refuse(rule, `The ${rule} ${parts.join('.')} is not available; write it without a schema`, location);
}
