// A receipt -> the message that a person reads: what the file was taken for, what became of every row, totals that add up,
// and what waits for a decision. Only figures that the receipt holds.

import { isFinding } from '../clean/compare/finding.ts';
import { REASONS } from '../clean/rows/reasons.ts';
import type { Period } from '../clean/types.ts';
import { formatDate, formatMonth, formatNumber } from '../message/format.ts';
import type { Action, Block, Message } from '../message/message.ts';
import type { Receipt, ScopeOutcome } from '../ports.ts';
import { differenceBlocks, findingBlocks } from './compare/difference-blocks.ts';

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
  if (receipt.status === 'duplicate') blocks.push({ kind: 'text', text: knownAlready(receipt) });
  if (receipt.vendor) blocks.push({ kind: 'fields', fields: fieldsOf(receipt) });
  if (receipt.vendor && isInMoney(receipt)) blocks.push(totalsOf(receipt));
  blocks.push(
    ...differenceBlocks(receipt),
    ...checksOf(receipt),
    ...toMatch(receipt),
    ...findingBlocks(receipt),
    ...issuesOf(receipt),
  );
  const actions = actionsOf(receipt);
  if (actions.length > 0) blocks.push({ kind: 'actions', actions });
  if (receipt.vendorReasons.length > 0) {
    blocks.push({ kind: 'context', text: `${receipt.vendor ? 'Recognised by' : 'Nearest'}: ${reasonsOf(receipt)}` });
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
  const fields = [...source, ...timeOf(receipt), { label: 'Rows', value: rowsOf(receipt) }];
  const held = receipt.quarantinedByReason.map(({ reason, count }) => ({ reason: inWords(reason), count }));
  if (held.length > 0) fields.push({ label: 'Held back', value: counted(held) });
  if (receipt.ignoredByReason.length > 0) fields.push({ label: 'Left out', value: counted(receipt.ignoredByReason) });
  const repaired = receipt.fixesByRule.map(({ rule, count }) => ({ reason: rule.replaceAll('-', ' '), count }));
  if (repaired.length > 0) {
    const all = repaired.length > 1 ? `${formatNumber(receipt.fixes)}: ` : '';
    fields.push({ label: 'Cells repaired', value: all + counted(repaired) });
  }
  if (!isInMoney(receipt)) {
    const units = receipt.totals.reduce((sum, { quantity }) => sum + quantity, 0);
    fields.push({ label: rows.loaded > 0 ? 'Units loaded' : 'Units in the file', value: formatNumber(units) });
  }
  return fields;
}

/** The months that the file is about, or its weeks and the months in which they count. */
function timeOf({ period, scopes }: Receipt): { label: string; value: string }[] {
  if (period === null) return [{ label: 'Months', value: 'none' }];
  const weeks = [...new Set(scopes.flatMap(({ week }) => week ?? []))].sort();
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return [{ label: 'Months', value: range(period) }];
  const ends =
    first === last ? `ending ${sunday(first)}` : `${weeks.length}, ending ${sunday(first)} to ${sunday(last)}`;
  return [{ label: first === last ? 'Week' : 'Weeks', value: `${ends}, counted in ${range(period)}` }];
}

function sunday(week: string): string {
  return `Sun ${formatDate(week)}`;
}

/** What became of them; what became of none is left out. */
function rowsOf({ rows }: Receipt): string {
  const read = `${formatNumber(rows.read)} read`;
  if (rows.loaded === rows.read && rows.read > 0) return `${read}, all loaded`;
  const parts = [
    { count: rows.loaded, what: 'loaded' },
    { count: rows.merged, what: 'merged' },
    { count: rows.quarantined, what: 'held back' },
    { count: rows.ignored, what: 'left out' },
  ].filter(({ count, what }) => count > 0 || what === 'loaded');
  return `${read} = ${parts.map(({ count, what }) => `${formatNumber(count)} ${what}`).join(' + ')}`;
}

/** `invalid_month` as a person would say it. */
function inWords(reason: string): string {
  return (REASONS as Record<string, string>)[reason] ?? reason.replaceAll('_', ' ');
}

/** Which files gave what this one only repeats. */
function knownAlready({ scopes, file, issues }: Receipt): string {
  const others = [...new Set(scopes.flatMap(({ before }) => before?.fileName ?? []))].filter((name) => name !== file);
  const from = others.length === 0 ? '' : ` It came in ${others.map((name) => `"${name}"`).join(' and ')}.`;
  // Its pieces by store may be new all the same.
  const left = issues.some(({ rule }) => rule === 'split-kept') ? 'No row' : 'Nothing';
  return `Everything in this file is loaded already.${from} ${left} was changed and nothing is counted twice.`;
}

/** Names for which nobody has said yet which product they are. */
function toMatch({ unmatched }: Partial<Pick<Receipt, 'unmatched'>>): Block[] {
  if (!unmatched) return [];
  const text =
    unmatched === 1
      ? 'One name in this file waits to be matched to a product. Its sales count under the name that the file gives; say which product it is, and they count there.'
      : `${formatNumber(unmatched)} names in this file wait to be matched to products. Their sales count under the names that the file gives; say which products they are, and they count there.`;
  return [{ kind: 'text', text }];
}

/** A reason says enough in so many letters. */
const longestReason = 70;

/** The two that weigh most; where the vendor is not known, the vendors that come near. */
function reasonsOf({ vendor, vendorReasons }: Receipt): string {
  if (!vendor) return vendorReasons.join('; ');
  return vendorReasons.slice(0, 2).map(shortened).join('; ');
}

/** Cut between two entries of a list, where there is one. */
function shortened(reason: string): string {
  if (reason.length <= longestReason) return reason;
  const end = reason.lastIndexOf(', ', longestReason);
  return end > 0 ? `${reason.slice(0, end)} and others` : `${reason.slice(0, longestReason)}…`;
}

/** A report without any amount has units to sign for, and no table of money. */
function isInMoney({ totals }: Receipt): boolean {
  return totals.some(({ amount }) => amount !== null);
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
      ...(foreign ? [{ key: 'amountBase', label: `In ${base}`, kind: 'number', format: 'decimal' } as const] : []),
    ],
    rows: receipt.totals,
  };
}

/** Amounts with and without VAT must not be taken for the same. */
function basisOf({ amountBasis: { basis, vat } }: Receipt): string {
  if (basis === 'unknown') return '(VAT: not known)';
  return `${basis === 'gross' ? 'with' : 'without'} ${vat === null ? '' : `${formatNumber(vat)} % `}VAT`;
}

/** How many of a kind are shown before the rest is counted. */
const shownIssues = 5;

function checksOf(receipt: Receipt): Block[] {
  const wrong = receipt.checks.filter((check) => !check.agrees);
  const right = receipt.checks.length - wrong.length;
  const blocks: Block[] = wrong.slice(0, shownIssues).map(({ what, stated, found, heldBack, tolerance }) => {
    const digits = [stated, found, heldBack].every(Number.isInteger) ? 0 : 2;
    const shown = (value: number) => formatNumber(value, { digits });
    if (heldBack !== 0 && Math.abs(stated - found - heldBack) <= tolerance + 1e-9) {
      return {
        kind: 'text',
        text: `${what}: the file says ${shown(stated)} = ${shown(found)} loaded + ${shown(heldBack)} held back.`,
      };
    }
    const also = heldBack === 0 ? '' : `, and ${shown(heldBack)} is held back`;
    return {
      kind: 'text',
      style: 'warning',
      text: `${what}: the file says ${shown(stated)}, its rows add up to ${shown(found)}${also}.`,
    };
  });
  const more = wrong.length - shownIssues;
  if (more > 0) {
    const text = `${more} more of the file's own totals ${more === 1 ? 'does' : 'do'} not agree with its rows.`;
    blocks.push({ kind: 'text', style: 'warning', text });
  }
  if (right > 0) {
    blocks.push({
      kind: 'context',
      text: `${right === 1 ? 'One total' : `${right} totals`} of the file's own ${right === 1 ? 'agrees' : 'agree'} with its rows.`,
    });
  }
  return blocks;
}

function issuesOf(receipt: Receipt): Block[] {
  const worth = receipt.issues.filter(
    // Totals that do not agree stand above already, with both figures.
    (issue) =>
      issue.rule !== 'total-differs' && !isFinding(issue) && (issue.row === null || issue.severity === 'error'),
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
