// Who had a part in a change -> a sentence with the largest of them. It says what changed, not what made it change: the data do
// not hold reasons.

import { formatNumber } from '../../message/format.ts';
import type { Value } from '../../message/message.ts';
import type { Why } from '../query.ts';
import { filterWords, listWords, metricWords } from './words.ts';

type Row = Record<string, Value>;

/** @param rows at least one */
export function explain({ metric, current, previous, filters }: Why, rows: Row[], baseCurrency: string): string {
  const number = (row: Row, key: string) => (typeof row[key] === 'number' ? row[key] : 0);
  const shown = (value: number, signed = false) =>
    formatNumber(
      value,
      metric === 'sales' ? { format: 'money', currency: baseCurrency, signed } : { digits: 0, signed },
    );
  const resellers = rows.filter(({ part }) => part === 'reseller');
  const sum = (key: string) => resellers.reduce((total, row) => total + number(row, key), 0);
  const change = sum('current') - sum('previous');
  const rose = change > 0 ? 'rose' : change < 0 ? 'fell' : 'stayed the same';
  const by = change === 0 ? '' : ` by ${shown(Math.abs(change))}`;
  const head = `${metricWords[metric].replace(/^./, (letter) => letter.toUpperCase())}${filterWords(filters)} ${rose}${by}: ${shown(sum('previous'))} in ${previous.label}, ${shown(sum('current'))} in ${current.label}.`;
  const largest = (part: string) => {
    const all = rows.filter((row) => row.part === part);
    // What is the only one has nothing to share.
    if (all.length < 2) return '';
    const own = all.filter((row) => row.name !== 'others' && number(row, 'change') * change > 0);
    return listWords(own.slice(0, 3).map((row) => `${row.name} (${shown(number(row, 'change'), true)})`));
  };
  const [sellers, products] = [largest('reseller'), largest('product')];
  const parts = [sellers && `By reseller most came from ${sellers}`, products && `by product from ${products}`].filter(
    (text) => text !== '',
  );
  return parts.length === 0 ? head : `${head} ${parts.join('; ')}.`;
}
