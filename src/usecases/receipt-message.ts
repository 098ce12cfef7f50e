// A receipt -> the message that a person reads: what the file was taken for, what became of every row, totals that add up,
// and what waits for a decision. Only figures that the receipt holds.

import type { Period } from '../clean/types.ts';
import { formatMonth, formatNumber } from '../message/format.ts';
import type { Action, Block, Message } from '../message/message.ts';
import type { Receipt, ScopeOutcome } from '../ports.ts';

const titles: Record<Receipt['status'], string> = {
  pending: 'Waiting',
  processing: 'Reading',
  completed: 'Loaded',
  needs_vendor: 'Which vendor is this from?',
  needs_decision: 'A decision is needed',
  duplicate: 'Known already',
  refused: 'Not accepted',
  failed: 'Failed',
  undone: 'Undone',
};

/** The receipt as chat, mail and terminal show it. */
export function receiptMessage(receipt: Receipt): Message {
  const blocks: Block[] = [];
  if (receipt.error) {
    blocks.push(
      { kind: 'text', text: receipt.error.message, style: 'warning' },
      { kind: 'text', text: receipt.error.hint },
    );
  }
  if (receipt.status === 'duplicate') {
    blocks.push({
      kind: 'text',
      text: 'Everything in this file is loaded already. Nothing was changed and nothing is counted twice.',
    });
  }
  if (receipt.vendor) blocks.push({ kind: 'fields', fields: fieldsOf(receipt) });
  if (receipt.vendor && receipt.totals.length > 0) blocks.push(totalsOf(receipt));
  blocks.push(...differencesOf(receipt), ...checksOf(receipt), ...issuesOf(receipt));
  const actions = actionsOf(receipt);
  if (actions.length > 0) blocks.push({ kind: 'actions', actions });
  if (receipt.vendorReasons.length > 0) {
    blocks.push({ kind: 'context', text: `Recognised by: ${receipt.vendorReasons.join('; ')}` });
  }
  blocks.push({
    kind: 'context',
    text: `Upload ${receipt.uploadId}${receipt.ms > 0 ? `, ${(receipt.ms / 1000).toFixed(1)} s` : ''}`,
  });
  return { title: `${titles[receipt.status]}: ${receipt.file}`, blocks };
}

function fieldsOf(receipt: Receipt): { label: string; value: string }[] {
  const { rows } = receipt;
  const source = [
    { label: 'Vendor', value: receipt.vendorName ?? receipt.vendor ?? '' },
    { label: 'Sheet', value: receipt.sheet ?? '' },
  ];
  // The file was not cleaned at all: there is nothing to say of its rows.
  if (rows.read === 0 && receipt.period === null) return source;
  const fields = [
    ...source,
    { label: 'Months', value: receipt.period ? range(receipt.period) : 'none' },
    {
      label: 'Rows',
      value: `${formatNumber(rows.read)} read = ${formatNumber(rows.loaded)} loaded + ${formatNumber(rows.merged)} merged + ${formatNumber(rows.quarantined)} held back + ${formatNumber(rows.ignored)} left out`,
    },
  ];
  if (receipt.quarantinedByReason.length > 0)
    fields.push({ label: 'Held back', value: counted(receipt.quarantinedByReason) });
  if (receipt.ignoredByReason.length > 0) fields.push({ label: 'Left out', value: counted(receipt.ignoredByReason) });
  const repaired = receipt.fixesByRule.map(({ rule, count }) => ({ reason: rule.replaceAll('-', ' '), count }));
  if (repaired.length > 0)
    fields.push({ label: 'Cells repaired', value: `${formatNumber(receipt.fixes)} (${counted(repaired)})` });
  return fields;
}

function totalsOf(receipt: Receipt): Block {
  const base = receipt.baseCurrency;
  const foreign = base !== '' && receipt.totals.some((total) => total.currency !== base);
  return {
    kind: 'table',
    title: receipt.rows.loaded > 0 ? 'Totals loaded' : 'Totals in the file',
    columns: [
      { key: 'currency', label: 'Currency', kind: 'text' },
      { key: 'quantity', label: 'Units', kind: 'number', format: 'integer' },
      { key: 'amount', label: `Amount ${basisOf(receipt)}`, kind: 'number', format: 'decimal' },
      ...(foreign
        ? [{ key: 'amountBase', label: `In ${base}`, kind: 'number' as const, format: 'decimal' as const }]
        : []),
    ],
    rows: receipt.totals,
  };
}

/** Amounts with and without VAT must not be taken for the same. */
function basisOf({ amountBasis: { basis, vat } }: Receipt): string {
  if (basis === 'unknown') return '(VAT: not known)';
  return `${basis === 'gross' ? 'with' : 'without'} ${vat === null ? '' : `${formatNumber(vat)} % `}VAT`;
}

function differencesOf(receipt: Receipt): Block[] {
  const differing = receipt.scopes.filter((scope) => scope.state === 'differs');
  if (differing.length === 0) return [];
  return [
    {
      kind: 'text',
      style: 'warning',
      text: `${differing.length === 1 ? 'One month is' : `${differing.length} months are`} loaded already with other figures. They stay as they are until you say which is right.`,
    },
    {
      kind: 'table',
      title: 'Loaded now, and in this file',
      columns: [
        { key: 'month', label: 'Month', kind: 'text' },
        { key: 'rowsBefore', label: 'Rows now', kind: 'number', format: 'integer' },
        { key: 'rows', label: 'Rows in file', kind: 'number', format: 'integer' },
        { key: 'amountBefore', label: 'Amount now', kind: 'number', format: 'decimal' },
        { key: 'amount', label: 'Amount in file', kind: 'number', format: 'decimal' },
        { key: 'from', label: 'Loaded from', kind: 'text' },
      ],
      rows: differing.map((scope) => ({
        month: `${scope.week ? `week to ${scope.week}` : formatMonth(monthOf(scope.period))}${scope.store ? `, ${scope.store}` : ''}`,
        rowsBefore: scope.before?.rows ?? null,
        rows: scope.rows,
        amountBefore: scope.before?.amount ?? null,
        amount: scope.amount,
        from: scope.before?.fileName ?? '',
      })),
    },
  ];
}

function checksOf(receipt: Receipt): Block[] {
  const wrong = receipt.checks.filter((check) => !check.agrees);
  const right = receipt.checks.length - wrong.length;
  const blocks: Block[] = wrong.map((check) => ({
    kind: 'text',
    style: 'warning',
    text: `${check.what}: the file says ${formatNumber(check.stated, { digits: 2 })}, its rows add up to ${formatNumber(check.found, { digits: 2 })}.`,
  }));
  if (right > 0) {
    blocks.push({
      kind: 'context',
      text: `${right === 1 ? 'One total' : `${right} totals`} of the file's own ${right === 1 ? 'agrees' : 'agree'} with its rows.`,
    });
  }
  return blocks;
}

const shownIssues = 5;

function issuesOf(receipt: Receipt): Block[] {
  const worth = receipt.issues.filter(
    // Totals that do not agree stand above already, with both figures.
    (issue) => issue.rule !== 'total-differs' && (issue.row === null || issue.severity === 'error'),
  );
  const shown = worth.slice(0, shownIssues).map(
    (issue): Block => ({
      kind: 'text',
      style: issue.severity === 'info' ? 'plain' : 'warning',
      text: issue.row === null ? issue.hint : `${issue.sheet ?? ''} row ${issue.row}: ${issue.hint}`,
    }),
  );
  const more = worth.length - shown.length;
  return more > 0 ? [...shown, { kind: 'context', text: `and ${more} more` }] : shown;
}

const readings: Record<string, [string, string][]> = {
  UPLOAD_NUMBERS_AMBIGUOUS: [
    ['Comma before decimals', 'decimal=comma'],
    ['Point before decimals', 'decimal=point'],
  ],
  UPLOAD_DATES_AMBIGUOUS: [
    ['Day first', 'dates=dmy'],
    ['Month first', 'dates=mdy'],
  ],
};

function actionsOf(receipt: Receipt): Action[] {
  const actions: Action[] = (readings[receipt.error?.code ?? ''] ?? []).map(([label, reading], i) => ({
    id: `reading-${i + 1}`,
    label,
    value: `${receipt.uploadId}|${reading}`,
  }));
  if (receipt.scopes.some((scope) => scope.state === 'differs')) {
    actions.push({ id: 'replace-upload', label: 'Replace with this file', value: receipt.uploadId, style: 'primary' });
  }
  if (receipt.scopes.some((scope: ScopeOutcome) => scope.state === 'loaded')) {
    actions.push({ id: 'undo-upload', label: 'Undo', value: receipt.uploadId, style: 'danger' });
  }
  return actions;
}

function counted(reasons: { reason: string; count: number }[]): string {
  return reasons.map(({ reason, count }) => `${formatNumber(count)} × ${reason}`).join(', ');
}

function range({ from, to }: { from: Period; to: Period }): string {
  const first = formatMonth(monthOf(from));
  const last = formatMonth(monthOf(to));
  return first === last ? first : `${first} to ${last}`;
}

/** `YYYY-MM`, as the vocabulary writes months. */
function monthOf(period: Period): string {
  return `${period.year}-${String(period.month).padStart(2, '0')}`;
}
