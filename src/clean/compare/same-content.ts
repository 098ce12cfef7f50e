// Months whose rows are those of another month in another file: legitimate when a reseller sold the same twice, and more
// often last month's file under a new name.

import { formatMoney, formatMonth, formatNumber } from '../../message/format.ts';
import type { Issue, Period } from '../types.ts';
import type { SameContent } from './beside.ts';
import { finding, reportName } from './finding.ts';

/** How many months are named before the rest is counted. */
const shown = 3;

export function sameContentFindings(same: SameContent[]): Issue[] {
  const issues = same.slice(0, shown).map((each) => finding('warning', 'same-content', sentence(each)));
  const more = same.length - shown;
  if (more > 0) {
    const hint = `${formatNumber(more)} more months hold exactly the rows of another month in another file.`;
    issues.push(finding('warning', 'same-content', hint));
  }
  return issues;
}

function sentence({ period, week, rows, quantity, amount, currency, other }: SameContent): string {
  const figures = [
    `${formatNumber(rows)} rows`,
    `${formatNumber(quantity)} units`,
    ...(amount === null ? [] : [formatMoney(amount, currency)]),
  ];
  const name = nameOf(period, week);
  return `${name[0]!.toUpperCase()}${name.slice(1)} holds exactly what "${other.fileName}" (upload ${other.uploadId}) gave for ${nameOf(other.period, other.week)}: ${figures.join(', ')}. Both count; undo this upload if it is the same report under another name.`;
}

function nameOf({ year, month }: Period, week: string | null): string {
  return week === null ? formatMonth(`${year}-${String(month).padStart(2, '0')}`) : reportName(week, true);
}
