// What a file changes, as a receipt shows it: the months that differ with both figures and the rows behind them, and what is
// noteworthy beside the files before. Only figures that the receipt holds.

import { isFinding, shortName } from '../../clean/compare/finding.ts';
import type { Period } from '../../clean/types.ts';
import { formatDate, formatMonth, formatNumber } from '../../message/format.ts';
import type { Block, Column } from '../../message/message.ts';
import type { Receipt, ScopeDifference, ScopeOutcome } from '../../ports.ts';

/** How many months, and how many findings, are shown before the rest is counted. */
const shown = 8;

/** The months that wait for a decision; none where there are none. */
export function differenceBlocks(receipt: Receipt): Block[] {
  const differing = receipt.scopes.filter((scope) => scope.state === 'differs');
  if (differing.length === 0) return [];
  const first = differing.slice(0, shown);
  const one = differing.length === 1;
  const inMoney = first.some((scope) => scope.amount !== null || scope.before?.amount != null);
  const blocks: Block[] = [
    {
      kind: 'text',
      style: 'warning',
      text: `${one ? 'One month is' : `${differing.length} months are`} loaded already with other figures. ${one ? 'It stays as it is' : 'They stay as they are'} until you say which is right.`,
    },
    {
      kind: 'table',
      title: 'Loaded now, and in this file',
      columns: [
        { key: 'month', label: 'Month', kind: 'text' },
        ...pairOf('rows', 'Rows', 'integer'),
        ...pairOf('units', 'Units', 'integer'),
        ...(inMoney ? pairOf('amount', 'Amount', 'decimal') : []),
        { key: 'difference', label: 'Difference', kind: 'number', format: inMoney ? 'decimal' : 'integer' },
      ],
      rows: first.map((scope) => {
        const difference = differenceOf(receipt, scope);
        return {
          month: scopeName(scope),
          rowsBefore: scope.before?.rows ?? null,
          rows: scope.rows,
          unitsBefore: scope.before?.quantity ?? null,
          units: scope.quantity,
          amountBefore: scope.before?.amount ?? null,
          amount: scope.amount,
          difference: (inMoney ? difference?.amount : difference?.quantity)?.difference ?? null,
        };
      }),
      more: differing.length - first.length,
    },
  ];
  const files = [...new Set(differing.flatMap(({ before }) => before?.fileName ?? []))];
  const elsewhere = differing.some(({ before }) => before === null) ? ['a file that not everybody here may see'] : [];
  const named = [...files.map((name) => `"${name}"`), ...elsewhere];
  blocks.push({ kind: 'text', text: `Loaded now: ${named.join(', ')}.` });
  for (const scope of first) {
    const text = detail(scope, differenceOf(receipt, scope));
    if (text !== null) blocks.push({ kind: 'text', text });
  }
  return blocks;
}

function pairOf(key: string, label: string, format: 'integer' | 'decimal'): Column[] {
  return [
    { key: `${key}Before`, label: `${label} now`, kind: 'number', format },
    { key, label: `${label} in file`, kind: 'number', format },
  ];
}

/** What is noteworthy beside the files before, under one heading. */
export function findingBlocks({ issues }: Receipt): Block[] {
  const findings = issues.filter(isFinding);
  if (findings.length === 0) return [];
  const blocks: Block[] = [{ kind: 'text', style: 'strong', text: 'What changed' }];
  for (const { severity, hint } of findings.slice(0, shown)) {
    blocks.push({ kind: 'text', style: severity === 'info' ? 'plain' : 'warning', text: hint });
  }
  const more = findings.length - shown;
  return more > 0 ? [...blocks, { kind: 'context', text: `and ${formatNumber(more)} more` }] : blocks;
}

/** `Jun 2025`, or the week, and the store where a store stands for itself. */
function scopeName({ week, period, store }: ScopeOutcome): string {
  return `${week ? `week to ${formatDate(week)}` : formatMonth(monthText(period))}${store ? `, ${store}` : ''}`;
}

/** In words: the rows behind a month's figures, and the products that differ most. */
function detail(scope: ScopeOutcome, difference: ScopeDifference | null): string | null {
  if (difference === null) return null;
  const { added, gone, changed, products, currency } = difference;
  const counts = [
    { count: added, what: 'new' },
    { count: changed, what: 'changed' },
    { count: gone, what: 'no longer there' },
  ].filter(({ count }) => count > 0);
  const rows = counts.map(({ count, what }) => `${formatNumber(count)} ${count === 1 ? 'row is' : 'rows are'} ${what}`);
  const most = products.map(({ product, quantity, amount }) => {
    const units = `${formatNumber(quantity.difference, { signed: true })} units`;
    const money = amount && formatNumber(amount.difference, { format: 'money', currency, signed: true });
    return `${shortName(product)} (${money ? `${units}, ${money}` : units})`;
  });
  const largest = most.length === 0 ? '' : ` Largest differences: ${most.join(', ')}.`;
  return `${scopeName(scope)}: ${rows.join(', ')}.${largest}`;
}

/** null for receipts that were written before differences were kept. */
function differenceOf(
  { differences }: Partial<Pick<Receipt, 'differences'>>,
  scope: ScopeOutcome,
): ScopeDifference | null {
  const key = (of: Pick<ScopeOutcome, 'reseller' | 'store' | 'period' | 'week'>) =>
    [of.reseller, of.store, of.period.year, of.period.month, of.week].join('\n');
  return differences?.find((each) => key(each) === key(scope)) ?? null;
}

function monthText({ year, month }: Period): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}
