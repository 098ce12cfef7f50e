// Issues as they come up, kept readable: of one rule the first twenty places, then one line with the number of the rest.

import type { Issue, Severity } from '../types.ts';

const SHOWN = 20;

export interface IssueList {
  add(issue: Issue): void;
  /** The issues, with a closing line for each rule that had more than are shown. */
  all(): Issue[];
}

export function makeIssueList(): IssueList {
  const issues: Issue[] = [];
  const counts = new Map<string, number>();
  return {
    add(issue) {
      const n = (counts.get(issue.rule) ?? 0) + 1;
      counts.set(issue.rule, n);
      if (n <= SHOWN) issues.push(issue);
    },
    all() {
      const rest: Issue[] = [];
      for (const [rule, n] of counts) {
        if (n <= SHOWN) continue;
        const first = issues.find((i) => i.rule === rule)!;
        rest.push({ ...first, row: null, value: null, hint: `${n - SHOWN} more rows: ${first.hint}` });
      }
      return [...issues, ...rest];
    },
  };
}

/** An issue about the file or a sheet as a whole. */
export function fileIssue(
  severity: Severity,
  rule: string,
  hint: string,
  sheet: string | null = null,
  value: string | null = null,
): Issue {
  return { severity, rule, sheet, row: null, column: null, value, hint };
}
