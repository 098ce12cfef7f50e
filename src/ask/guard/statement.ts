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
