// Rows that a report adds itself: which labels mean a total, and whether the stated figures are ours.

import type { TotalCheck } from '../types.ts';
import { headingKey, squash } from '../values/text.ts';

const WORDS =
  'totals?|sub-?totals?|sub totals?|grand totals?|overall totals?|report totals?|total general|total général|gran total|total geral|sums?|summe|gesamt(?:summe|betrag|ergebnis)?|zwischensumme|totaal|eindtotaal|subtotaal|totale|totales|razem|suma|łącznie|ogółem|somme|soma|total generale|итого|всего|всього|разом|yhteensä|summa|i alt|totalt';
const EXACT = new RegExp(
  `^(?:${WORDS})(?: (?:sales|units|qty|quantity|amount|net|eur|gbp|zar|pln|usd))?\\s*[:.]?$`,
  'iu',
);
const BEFORE = new RegExp(`^(?:${WORDS})(?:\\s*[:\\-–—]\\s*|\\s+)(?:for |für |voor |pour |de |of )?(.+)$`, 'iu');
const AFTER = new RegExp(`^(.+?)(?:\\s*[:\\-–—]\\s*|\\s+)(?:${WORDS})\\s*:?$`, 'iu');

/** `Total` (exact), or the X of `X Total` and `Total X`; null for any other text. */
export function totalLabel(text: string): { exact: boolean; of: string } | null {
  const t = squash(text);
  if (t.length > 80 || t === '') return null;
  if (EXACT.test(t)) return { exact: true, of: '' };
  const part = AFTER.exec(t) ?? BEFORE.exec(t);
  return part ? { exact: false, of: part[1]! } : null;
}

export interface Sum {
  rows: number;
  quantity: number;
  amount: number;
}

/** Running sums of the loaded rows, overall, since the last subtotal and by group (store or the like). */
export interface Ledger {
  all: Sum;
  since: Sum;
  groups: Map<string, Sum>;
}

export function makeLedger(): Ledger {
  return { all: zero(), since: zero(), groups: new Map() };
}

function zero(): Sum {
  return { rows: 0, quantity: 0, amount: 0 };
}

/** Enters a fact under each of its groups. */
export function enter(ledger: Ledger, groups: string[], quantity: number, amount: number): void {
  add(ledger.all, quantity, amount);
  add(ledger.since, quantity, amount);
  meet(ledger, groups);
  for (const group of groups) add(ledger.groups.get(group)!, quantity, amount);
}

/** Groups of a row that was seen, whatever became of it: a subtotal may name them. */
export function meet(ledger: Ledger, groups: string[]): void {
  for (const group of groups) if (!ledger.groups.has(group)) ledger.groups.set(group, zero());
}

function add(sum: Sum, quantity: number, amount: number): void {
  sum.rows += 1;
  sum.quantity += quantity;
  sum.amount += amount;
}

/**
 * The sum that a total row speaks of: its group's, the one since the last subtotal, or all rows'. Where its words leave
 * that open, the one that agrees; null when none does, since then nothing can be said.
 */
export function sumFor(
  ledger: Ledger,
  total: { label: { exact: boolean; of: string }; text: string; quantity: number | null; amount: number | null },
): Sum | null {
  const agreeing = [ledger.since, ledger.all].find((s) => agrees(s, total.quantity, total.amount)) ?? null;
  if (!total.label.exact) {
    const named = groupNamed(ledger, total.label.of);
    // A report that has one group may name the total of everything after it.
    return named && agrees(named, total.quantity, total.amount) ? named : (agreeing ?? named);
  }
  if (/sub|zwischen/i.test(total.text)) return ledger.since;
  return agreeing ?? ledger.all;
}

function agrees(sum: Sum, quantity: number | null, amount: number | null): boolean {
  return (quantity === null || quantity === sum.quantity) && (amount === null || Math.abs(amount - sum.amount) < 0.01);
}

/** Of another ledger that was kept beside this one, the sum that corresponds to one of this; null when it has none. */
export function sameSum(ledger: Ledger, sum: Sum, other: Ledger): Sum | null {
  if (sum === ledger.all) return other.all;
  if (sum === ledger.since) return other.since;
  const [group] = [...ledger.groups].find(([, each]) => each === sum) ?? [];
  return group === undefined ? null : (other.groups.get(group) ?? null);
}

export function groupNamed(ledger: Ledger, name: string): Sum | null {
  const key = headingKey(name);
  for (const [group, sum] of ledger.groups) if (headingKey(group) === key) return sum;
  return null;
}

/** A subtotal has been passed. */
export function closeGroup(ledger: Ledger): void {
  ledger.since = zero();
}

/** Whether bare figures under the table are the sums of what stands above: of one row they could be a copy. */
export function isUnlabelledTotal(
  ledger: Ledger,
  quantity: number | null,
  amount: number | null,
  rows = ledger.all.rows,
): boolean {
  if (rows < 2 || (quantity === null && amount === null)) return false;
  return agrees(ledger.all, quantity, amount) || agrees(ledger.since, quantity, amount);
}

export function check(what: string, stated: number, found: number, tolerance: number, heldBack = 0): TotalCheck {
  const rounded = Math.round(found * 1e6) / 1e6;
  return {
    what,
    stated,
    found: rounded,
    heldBack: Math.round(heldBack * 1e6) / 1e6,
    agrees: Math.abs(stated - rounded) <= tolerance + 1e-9,
    tolerance,
  };
}
