// How a refusal is said inside the guard: a thrown Refused that guard.ts turns into a Refusal. Never crosses the guard's border.

/** Stable ids. They go to the audit; a rule is never renamed, only retired. */
export type Rule =
  | 'argument-cost'
  | 'attribute-notation'
  | 'column'
  | 'depth'
  | 'function'
  | 'into'
  | 'locking'
  | 'node'
  | 'not-select'
  | 'nul'
  | 'operator'
  | 'parse'
  | 'recursive'
  | 'relation'
  | 'reserved-name'
  | 'statement-count'
  | 'too-long'
  | 'too-many-joins'
  | 'type'
  | 'wrapper';

/** Refusals that are also a security event: nobody writes these by mistake often. */
export const securityRules: ReadonlySet<string> = new Set<Rule>([
  'attribute-notation',
  'relation',
  'function',
  'statement-count',
  'not-select',
]);

export class Refused extends Error {
  readonly rule: Rule;
  readonly help: string;
  /** Byte offset in the text, as the parser counts. */
  readonly location: number | undefined;

  constructor(rule: Rule, help: string, location?: number) {
    super(rule);
    this.rule = rule;
    this.help = help;
    this.location = location;
  }
}

export function refuse(rule: Rule, help: string, location?: number): never {
  throw new Refused(rule, help, location);
}

/** Closes a node: what remains after the known fields were taken out must be nothing. */
export function nothingElse(rest: object, node: string, location?: number): void {
  const [field] = Object.keys(rest);
  if (field !== undefined) refuse('node', `${node} with ${field} is not available`, location);
}
