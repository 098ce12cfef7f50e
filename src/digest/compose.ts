// The rows of a digest -> one Message: what the latest complete month brought, what moved, what looks odd, whose month is
// missing and what to be careful with. Every figure is one that the rows hold or a difference or share of such.

import { chartAlt } from '../message/alt.ts';
import { formatDate, formatMoney, formatMonth, formatNumber, formatPercent } from '../message/format.ts';
import type { Block, ChartSpec, Message, TableBlock } from '../message/message.ts';
import { lastMonthAnomaly } from './anomaly.ts';
import { type DigestInput, latestCompleteMonth, type MonthlyRow, monthsBefore } from './input.ts';

interface Figures {
  amount: number | null;
  quantity: number;
  resellers: Set<string>;
}

export function composeDigest(given: DigestInput): Message {
  const input = given.truncated ? withoutOldestMonth(given) : given;
  const month = latestCompleteMonth(input);
  if (!month)
    return {
      title: `${input.clientName}: sales digest`,
      blocks: [{ kind: 'text', text: 'No complete month of sales is loaded yet, so there is nothing to compare.' }],
    };
  const before = monthsBefore(month, 1);
  const blocks: Block[] = [
    headline(input, month, before),
    trend(input, month),
    ...oddities(input, month),
    ...movers(input, month, before),
    resellers(input, month, before),
    ...cautions(input, month, before),
    { kind: 'context', text: evidence(input) },
  ];
  return { title: `${input.clientName}: sales digest for ${formatMonth(month)}`, blocks };
}

/** Nothing sold is known to be nothing; sold without an amount, or sold or not, is not known. */
function known(amount: number | null, rows: number | undefined): boolean {
  return amount !== null || rows === 0;
}

function withoutOldestMonth(input: DigestInput): DigestInput {
  const oldest = input.monthly.map((row) => row.month).sort()[0];
  return { ...input, monthly: input.monthly.filter((row) => row.month !== oldest) };
}

function headline(input: DigestInput, month: string, before: string): Block {
  const now = figures(input.monthly, month);
  const compared = [before, monthsBefore(month, 12)].map((other) => ({
    name: formatMonth(other),
    past: figures(input.monthly, other),
  }));
  const money = (value: number | null) => formatMoney(value, input.baseCurrency);
  const against = (current: number | null, pick: (past: Figures) => number | null) =>
    compared.map(({ name, past }) => change(current, past.resellers.size > 0 ? pick(past) : null, name)).join('; ');
  return {
    kind: 'fields',
    fields: [
      { label: 'Sales', value: `${money(now.amount)} (${against(now.amount, (past) => past.amount)})` },
      {
        label: 'Units',
        value: `${formatNumber(now.quantity, { digits: Number.isInteger(now.quantity) ? 0 : 2 })} (${against(now.quantity, (past) => past.quantity)})`,
      },
      { label: 'Resellers', value: formatNumber(now.resellers.size) },
    ],
  };
}

function trend(input: DigestInput, month: string): Block {
  const months = Array.from({ length: 13 }, (_, back) => monthsBefore(month, 12 - back));
  const chart: ChartSpec = {
    type: 'line',
    title: 'Sales by month',
    labels: months,
    series: [{ name: 'Sales', values: months.map((each) => figures(input.monthly, each).amount) }],
    format: 'money',
    currency: input.baseCurrency,
    unit: `Sales (${input.baseCurrency})`,
  };
  return { kind: 'chart', chart, alt: chartAlt(chart) };
}

function oddities(input: DigestInput, month: string): Block[] {
  const said: string[] = [];
  for (const reseller of names(input.monthly)) {
    const own = input.monthly.filter((row) => row.reseller === reseller);
    const series = Array.from({ length: 25 }, (_, back) => figures(own, monthsBefore(month, 24 - back)).amount);
    const odd = lastMonthAnomaly(series);
    if (!odd) continue;
    said.push(
      `${reseller}: ${formatMoney(odd.value, input.baseCurrency)} in ${formatMonth(month)} is unusually ${odd.score > 0 ? 'high' : 'low'}; the median of the months before is ${formatMoney(odd.usual, input.baseCurrency)}.`,
    );
  }
  return said.length > 0 ? [{ kind: 'text', style: 'warning', text: said.join('\n') }] : [];
}

function movers(input: DigestInput, month: string, before: string): Block[] {
  const total = minus(figures(input.monthly, month).amount, figures(input.monthly, before).amount);
  const rows = input.products
    .map((row) => ({ ...row, change: minus(row.amount ?? 0, row.before ?? 0) ?? 0 }))
    .filter((row) => row.change !== 0 && known(row.amount, row.rows) && known(row.before, row.rowsBefore))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.product < b.product ? -1 : 1))
    .slice(0, 5)
    .map((row) => ({
      product: row.product,
      before: row.before,
      amount: row.amount,
      change: row.change,
      part: total ? (100 * row.change) / total : null,
    }));
  if (rows.length === 0 || figures(input.monthly, before).amount === null) return [];
  const columns: TableBlock['columns'] = [
    { key: 'product', label: 'Product', kind: 'text' },
    amountColumn(input, 'before', formatMonth(before)),
    amountColumn(input, 'amount', formatMonth(month)),
    amountColumn(input, 'change', 'Change'),
  ];
  if (total) columns.push({ key: 'part', label: 'Of the change', kind: 'number', format: 'percent' });
  return [{ kind: 'table', title: 'What moved most', columns, rows }];
}

function resellers(input: DigestInput, month: string, before: string): Block {
  const total = figures(input.monthly, month).amount;
  const rows = names(input.monthly.filter((row) => row.month === month)).map((reseller) => {
    const own = input.monthly.filter((row) => row.reseller === reseller);
    const now = figures(own, month);
    const past = figures(own, before).amount;
    return {
      reseller,
      quantity: now.quantity,
      amount: now.amount,
      share: total !== null && total > 0 && now.amount !== null ? (100 * now.amount) / total : null,
      change: now.amount !== null && past !== null && past > 0 ? (100 * (now.amount - past)) / past : null,
    };
  });
  rows.sort(
    (a, b) =>
      (b.amount ?? Number.NEGATIVE_INFINITY) - (a.amount ?? Number.NEGATIVE_INFINITY) ||
      (a.reseller < b.reseller ? -1 : 1),
  );
  return {
    kind: 'table',
    title: `Resellers in ${formatMonth(month)}`,
    columns: [
      { key: 'reseller', label: 'Reseller', kind: 'text' },
      { key: 'quantity', label: 'Units', kind: 'number' },
      amountColumn(input, 'amount', 'Sales'),
      { key: 'share', label: 'Share', kind: 'number', format: 'percent' },
      { key: 'change', label: `Change on ${formatMonth(before)}`, kind: 'number', format: 'percent' },
    ],
    rows: rows.slice(0, 25),
    more: Math.max(0, rows.length - 25),
  };
}

/** Whose month is missing, and what the figures leave out. */
function cautions(input: DigestInput, month: string, before: string): Block[] {
  const here = figures(input.monthly, month).resellers;
  const recent = new Set([1, 2, 3].flatMap((back) => [...figures(input.monthly, monthsBefore(month, back)).resellers]));
  const missing = [...recent].filter((reseller) => !here.has(reseller)).sort();
  const said: string[] = [];
  if (missing.length > 0)
    said.push(
      `No report for ${formatMonth(month)} yet from: ${missing.join(', ')}. The comparison with ${formatMonth(before)} leaves them out on one side.`,
    );
  const now = input.monthly.filter((row) => row.month === month);
  const withoutRate = now.reduce((sum, row) => sum + row.withoutRate, 0);
  if (withoutRate > 0)
    said.push(
      `${formatNumber(withoutRate)} rows of ${formatMonth(month)} have an amount but no exchange rate; they are not in the sales above.`,
    );
  const without = now.filter((row) => row.amount === null && row.withoutRate === 0).map((row) => row.reseller);
  if (without.length > 0) said.push(`Units only, no amounts: ${without.sort().join(', ')}.`);
  if (input.heldBack)
    said.push(`${formatNumber(input.heldBack)} rows of recent files were held back and are not counted.`);
  return said.map((text) => ({ kind: 'text', style: 'warning', text }));
}

function evidence(input: DigestInput): string {
  const rows = formatNumber(input.monthly.reduce((sum, row) => sum + row.rows, 0));
  const last = input.lastUpload ? ` Last file: ${input.lastUpload.fileName}, ${formatDate(input.lastUpload.at)}.` : '';
  return `From ${rows} stored rows${input.truncated ? ' of the latest months' : ''}.${last} Amounts in ${input.baseCurrency}.`;
}

function figures(rows: MonthlyRow[], month: string): Figures {
  const own = rows.filter((row) => row.month === month);
  const amounts = own.map((row) => row.amount).filter((amount) => amount !== null);
  return {
    // In cents, so that sums do not gather the dust of binary fractions.
    amount: amounts.length > 0 ? Math.round(amounts.reduce((sum, amount) => sum + amount * 100, 0)) / 100 : null,
    quantity: own.reduce((sum, row) => sum + row.quantity, 0),
    resellers: new Set(own.map((row) => row.reseller)),
  };
}

function change(now: number | null, past: number | null, name: string): string {
  if (now === null || past === null) return `no figure for ${name}`;
  return past > 0
    ? `${formatPercent((100 * (now - past)) / past, { signed: true })} on ${name}`
    : `${formatNumber(now - past, { signed: true })} on ${name}`;
}

function minus(now: number | null, past: number | null): number | null {
  return now === null || past === null ? null : Math.round((now - past) * 100) / 100;
}

function amountColumn(input: DigestInput, key: string, label: string): TableBlock['columns'][number] {
  return { key, label, kind: 'number', format: 'money', currency: input.baseCurrency };
}

function names(rows: MonthlyRow[]): string[] {
  return [...new Set(rows.map((row) => row.reseller))].sort();
}
