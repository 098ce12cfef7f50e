// The brand that separates SQL which the guard has passed from text. Only guard.ts may make one.

declare const guarded: unique symbol;

/** One SELECT that the guard has passed. Text without the guard's brand does not type-check as a Statement. */
export interface Statement {
  readonly [guarded]: true;
  /** The author's text of the one statement, without trailing semicolon or comment. */
  readonly sql: string;
  /** libpg-query's fingerprint: equal for variants of the same statement. */
  readonly fingerprint: string;
}

/** Why a text was refused. `rule` goes to the audit, `at` is a character offset in the text, `help` is fit for a model or a person. */
export interface Refusal {
  rule: string;
  at: number | null;
  help: string;
}

/** Rows read for one statement, at most: one more than is shown, so that "there is more" is known. */
export const rowCap = 501;

/** Where the author's text begins inside the wrapped text, in characters: to map positions of errors back. */
export const wrapOffset = 'SELECT * FROM (\n'.length;

/**
 * The text that is sent: the author's own, as a subquery. Newlines keep a `--` comment from eating the wrapper; inside a
 * subquery Postgres itself refuses INTO and statements that change data. The guard has parsed exactly this text.
 */
export function wrapped(statement: { readonly sql: string }): string {
  return `SELECT * FROM (\n${statement.sql}\n) AS _w LIMIT ${rowCap}`;
}
