// The columns of a sheet beside those of the file before it: new, missing and renamed headings. Months, years and numbers in a
// heading change from file to file and mean nothing.

import { formatNumber } from '../../message/format.ts';
import type { Issue } from '../types.ts';
import { monthOf } from '../values/months.ts';
import type { SeenColumn } from './beside.ts';
import { finding, someOf } from './finding.ts';

/** Values are similar when the typical one is at most so many times the other: months differ in size, columns by more. */
const similar = 3;
/** With fewer of the headings in common it is another layout, and naming each of them helps nobody. */
const sameLayout = 0.5;

export function headingFindings(before: { fileName: string; columns: SeenColumn[] }, now: SeenColumn[]): Issue[] {
  const columns = now.filter(({ heading }) => keyOf(heading) !== '');
  const old = before.columns.filter(({ heading }) => keyOf(heading) !== '');
  const fresh = without(columns, old);
  const gone = without(old, columns);
  const stayed = old.length - gone.length;
  if (old.length > 0 && stayed / old.length < sameLayout) {
    const hint = `Only ${formatNumber(stayed)} of ${formatNumber(old.length)} headings of "${before.fileName}", the file before, are in this one. Is the layout still the same?`;
    return [finding('warning', 'heading-missing', hint)];
  }
  const renamed = gone.flatMap((column) => {
    const to = fresh.find((each) => each.position === column.position && isSimilar(each, column));
    return to ? [{ column, to }] : [];
  });
  const missing = gone.filter((column) => !renamed.some((each) => each.column === column));
  const added = fresh.filter((column) => !renamed.some(({ to }) => to === column));
  const since = `since "${before.fileName}"`;
  const issues = renamed.map(({ column, to }) =>
    finding('warning', 'heading-renamed', `The heading "${column.heading}" is now "${to.heading}", ${since}.`),
  );
  if (missing.length > 0) {
    issues.push(finding('warning', 'heading-missing', `${counted(missing)} missing ${since}: ${namesOf(missing)}.`));
  }
  if (added.length > 0) {
    issues.push(finding('info', 'heading-new', `${counted(added)} new ${since}: ${namesOf(added)}.`));
  }
  return issues;
}

/** Those of which the others have no like; a heading that stands twice needs two. */
function without(columns: SeenColumn[], others: SeenColumn[]): SeenColumn[] {
  const left = others.map(({ heading }) => keyOf(heading));
  return columns.filter(({ heading }) => {
    const at = left.indexOf(keyOf(heading));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isSimilar(a: SeenColumn, b: SeenColumn): boolean {
  if (a.holds !== b.holds) return false;
  if (a.typical === null || b.typical === null) return a.typical === b.typical;
  return a.typical === b.typical || Math.max(a.typical, b.typical) <= similar * Math.min(a.typical, b.typical);
}

/** The words of a heading that stay from file to file; empty where it is a month or a year and nothing else. */
function keyOf(heading: string): string {
  const words = heading.toLowerCase().match(/\p{L}[\p{L}\p{M}]*|\p{Sc}|%/gu) ?? [];
  return words.filter((word) => monthOf(word) === null).join(' ');
}

function counted(columns: SeenColumn[]): string {
  return columns.length === 1 ? '1 heading is' : `${formatNumber(columns.length)} headings are`;
}

function namesOf(columns: SeenColumn[]): string {
  return someOf(columns.map(({ heading }) => `"${heading}"`));
}
