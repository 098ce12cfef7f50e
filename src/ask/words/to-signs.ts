// A question in plain words -> the same with signs in the place of the words of questions, in the order in which they win.

import { phrase } from '../calendar/periods.ts';
import { signs } from './signs.ts';

/** Time words name both a dimension and, with a number, a stretch; they come last. */
const order = [
  '~running',
  '~without',
  '#avg_price',
  '#returns',
  '>at_least',
  '>at_most',
  '#units',
  '#sales',
  '~share',
  '~percent',
  '~versus',
  '~compare',
  '~growth',
  '~decline',
  '^top',
  '^bottom',
  '@product+',
  '@product',
  '@reseller+',
  '@reseller',
  '@brand+',
  '@brand',
  '@store+',
  '@store',
  '@channel+',
  '@channel',
  '@month+',
  '@month',
  '@quarter+',
  '@quarter',
  '@year+',
  '@year',
  '~each',
  '#bring',
];

const rules: [RegExp, string][] = order.map((sign) => [
  phrase([...(signs[sign] ?? [])].sort((a, b) => b.length - a.length).join('|')),
  sign,
]);

const above = phrase(`(${(signs['>above'] ?? []).join('|')}) (?=(?:eur |usd |gbp |euros )?\\d)`);
const below = phrase(`(${(signs['>below'] ?? []).join('|')}) (?=(?:eur |usd |gbp |euros )?\\d)`);

export function toSigns(text: string): string {
  let rest = text
    .replace(new RegExp(above.source.replace(/\(\?= \|\$\)$/, ''), 'g'), '>above ')
    .replace(new RegExp(below.source.replace(/\(\?= \|\$\)$/, ''), 'g'), '>below ');
  for (const [pattern, sign] of rules) rest = rest.replace(pattern, sign);
  return rest;
}
