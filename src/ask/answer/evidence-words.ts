// Evidence -> the small print under an answer: which files, how fresh, what is missing.

import { formatDate, formatNumber } from '../../message/format.ts';
import type { Evidence } from '../evidence.ts';
import { listWords, monthWords } from './words.ts';

const shownGaps = 3;

/** One paragraph; empty when nothing was looked at. */
export function evidenceWords(evidence: Evidence): string {
  if (evidence.uploads === 0) return '';
  const files = `Based on ${formatNumber(evidence.uploads)} ${evidence.uploads === 1 ? 'file' : 'files'}`;
  const fresh = evidence.lastUpload === null ? '' : `, the latest of ${formatDate(evidence.lastUpload)}`;
  const latest = evidence.coverage
    .map((each) => each.to)
    .sort()
    .at(-1);
  const until = latest === undefined ? '' : `; data to ${monthWords(latest)}`;
  const gaps = evidence.coverage
    .filter((each) => each.missing.length > 0)
    .map((each) => `${each.reseller} has no data for ${listWords(each.missing.map(monthWords), 3)}`);
  const more = gaps.length > shownGaps ? [`${gaps.length - shownGaps} more have gaps`] : [];
  const rates =
    evidence.withoutBase === 0
      ? []
      : [`${formatNumber(evidence.withoutBase)} rows have no exchange rate and are in no sales figure`];
  const estimates =
    evidence.estimated === 0
      ? []
      : [`${formatNumber(evidence.estimated)} rows carry estimated amounts: pieces times list price`];
  return `${[`${files}${fresh}${until}`, ...gaps.slice(0, shownGaps), ...more, ...rates, ...estimates].join('. ')}.`;
}
