// What a month (or week) of a file comes to beside the twelve before it: unusual when it lies outside of where nearly all
// of them would lie.

import { formatNumber } from '../../message/format.ts';
import type { Issue } from '../types.ts';
import type { Beside, ReportTotal } from './beside.ts';
import { finding, median, money, reportName } from './finding.ts';

/** Of fewer reports nobody knows what is usual. */
const enoughReports = 6;
const mostReports = 12;
/** In units of the spread (1.4826 times the median distance from the median): Iglewicz and Hoaglin's bound for outliers. */
const width = 3.5;
const spreadOfDistance = 1.4826;
/** Months that are nearly equal have no spread; so much of the median is never unusual. */
const leastShare = 0.25;
/** So few sales vary by chance: three standard deviations of a count, which is the root of it. */
const byChance = 3;
/** How many months are named before the rest is counted. */
const shown = 3;

export function totalFindings({ reseller, totals }: Beside): Issue[] {
  const odd = totals.flatMap(({ of, before }) => judged(reseller, of, before) ?? []);
  const issues = odd.slice(0, shown).map((hint) => finding('warning', 'total-unusual', hint));
  const more = odd.length - shown;
  if (more > 0) {
    const hint = `${formatNumber(more)} more months of this file lie outside of what is usual at ${reseller}.`;
    issues.push(finding('warning', 'total-unusual', hint));
  }
  return issues;
}

/** @param all the last one first */
function judged(reseller: string, of: ReportTotal, all: ReportTotal[]): string | null {
  const before = all.slice(0, mostReports);
  if (before.length < enoughReports) return null;
  const inMoney = of.amount !== null && before.every((each) => each.amount !== null && each.currency === of.currency);
  const figure = (total: ReportTotal) => (inMoney ? (total.amount ?? 0) : total.quantity);
  const figures = before.map(figure);
  const middle = median(figures);
  const distance = median(figures.map((each) => Math.abs(each - middle)));
  const units = Math.max(1, median(before.map(({ quantity }) => Math.abs(quantity))));
  const share = Math.max(leastShare, byChance / Math.sqrt(units));
  const reach = Math.max(width * spreadOfDistance * distance, share * Math.abs(middle));
  const value = figure(of);
  if (Math.abs(value - middle) <= reach) return null;
  const yearAgo = all.find(({ at }) => at === `${Number(of.at.slice(0, 4)) - 1}${of.at.slice(4)}`);
  // What it was a year ago too is the season.
  if (yearAgo && Math.abs(value - figure(yearAgo)) <= reach) return null;
  const say = (amount: number) => (inMoney ? money(amount, of.currency) : `${formatNumber(amount)} units`);
  // Where nothing was ever negative, neither is what is usual.
  const low = figures.every((each) => each >= 0) ? Math.max(0, middle - reach) : middle - reach;
  const name = reportName(of.at, of.weekly);
  const span = `${before.length} ${of.weekly ? 'weeks' : 'months'} before`;
  return `${name[0]!.toUpperCase()}${name.slice(1)} of ${reseller} comes to ${say(value)}; the middle of the ${span} is ${say(middle)}, and ${say(low)} to ${say(middle + reach)} would be usual.`;
}
