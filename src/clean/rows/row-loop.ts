// The rows of a located table, one after the other: what each is, what it says, and where it goes. Holds sums and counts
// between rows, never the rows themselves.

import { findRepeats } from '../dedupe.ts';
import type { Mapping } from '../map.ts';
import { parseRow } from '../parse.ts';
import { makeTally, type Tally } from '../report.ts';
import type { SheetRow } from '../sheet.ts';
import type { CleanChunk, CleanRow, Issue, QuarantinedRow, RowDecision, TotalCheck } from '../types.ts';
import { validateRow } from '../validate.ts';
import { cellText, isBlank } from '../values/text.ts';
import { classify, type RowKind } from './classify.ts';
import { corrected, noteCorrections } from './corrections.ts';
import { makeIssueList } from './issue-list.ts';
import { emptyRow } from './parsed-row.ts';
import { REASONS } from './reasons.ts';
import { check, closeGroup, enter, makeLedger, sumFor } from './totals.ts';

export interface RowLoop {
  take(rows: SheetRow[]): CleanChunk;
  /** In words, why most rows were held back; empty when none was. */
  mostHeld(): string;
  finish(): { tally: Tally; checks: TotalCheck[]; issues: Issue[] };
}

export function makeRowLoop(m: Mapping, decisions: RowDecision[]): RowLoop {
  const decided = new Map(decisions.filter(({ sheet }) => sheet === m.sheet).map((each) => [each.row, each]));
  const ledger = makeLedger();
  const list = makeIssueList();
  const repeats = findRepeats(m.vendor.rows.repeats);
  const tally = makeTally();
  const checks: TotalCheck[] = [];
  const parsed = emptyRow();
  const flagSigns = m.vendor.rows.sign_conflict === 'flag';

  function one(given: SheetRow, chunk: CleanChunk): void {
    const decision = decided.get(given.row);
    if (decision?.kind === 'discard') {
      chunk.ignored.push({ sheet: m.sheet, row: given.row, reason: `discarded by ${decision.by}` });
      return;
    }
    const row = decision ? corrected(given, decision) : given;
    const kind = classify(row, m, ledger);
    if (kind.kind === 'ignored') {
      chunk.ignored.push({ sheet: m.sheet, row: row.row, reason: kind.reason });
      return;
    }
    if (kind.kind === 'total') {
      chunk.ignored.push({ sheet: m.sheet, row: row.row, reason: kind.label.exact ? 'totals row' : 'subtotal row' });
      compare(row.row, kind);
      return;
    }
    parseRow(row, m, parsed);
    parsed.released = decision?.kind === 'release';
    const verdict = validateRow(row, parsed, m);
    if ('ignored' in verdict) {
      chunk.ignored.push({ sheet: m.sheet, row: row.row, reason: verdict.ignored });
      return;
    }
    if ('held' in verdict) {
      chunk.quarantined.push(quarantined(row, m, verdict.held.code, verdict.held.detail));
      return;
    }
    const clean = verdict.row;
    // A copy is no sale of its own, but the file's own totals count it.
    enter(ledger, groupOf(row, clean), clean.quantity, clean.amountLocal ?? 0);
    if (repeats.isCopy(clean)) return;
    chunk.rows.push(clean);
    noteCorrections(row, m, parsed);
    for (const fix of parsed.fixes) chunk.fixes.push(fix);
    if (clean.amountLocal === null) {
      const hint = 'The file gives no amount for this row; it stays empty.';
      list.add({ ...at(row), severity: 'info', rule: 'amount-empty', value: null, hint });
    } else if (flagSigns && clean.quantity * clean.amountLocal < 0) {
      const hint = `The quantity is ${clean.quantity} but the amount is ${clean.amountLocal}. Both are kept as they stand.`;
      list.add({ ...at(row), severity: 'warning', rule: 'sign-conflict', value: String(clean.amountLocal), hint });
    }
  }

  function groupOf(row: SheetRow, clean: CleanRow): string {
    return clean.store ?? (m.at.group < 0 ? '' : cellText(row.cells[m.at.group]).trim());
  }

  function compare(row: number, total: Extract<RowKind, { kind: 'total' }>): void {
    const sum = sumFor(ledger, total);
    const { quantity, amount } = total;
    const what = (column: number) => `${m.sheet} row ${row}, ${m.headings[column]?.trim() ?? ''}`;
    if (sum && quantity !== null) checks.push(check(what(m.at.quantity), quantity, sum.quantity, 0));
    if (sum && amount !== null) checks.push(check(what(m.at.amount), amount, sum.amount, m.vendor.total_tolerance));
    closeGroup(ledger);
  }

  function at(row: SheetRow): Pick<Issue, 'sheet' | 'row' | 'column'> {
    return { sheet: m.sheet, row: row.row, column: m.headings[m.at.amount]?.trim() ?? null };
  }

  return {
    take(rows) {
      const chunk: CleanChunk = { rows: [], quarantined: [], ignored: [], fixes: [] };
      const merged = repeats.merged();
      let read = 0;
      for (const row of rows) {
        if (row.row <= m.headerRow) continue;
        read += 1;
        one(row, chunk);
      }
      tally.read(read, repeats.merged() - merged);
      tally.add(chunk);
      return chunk;
    },
    mostHeld() {
      const code = tally.mostHeld();
      return code === null ? '' : (REASONS[code as keyof typeof REASONS] ?? code);
    },
    finish() {
      for (const { agrees, what, stated, found } of checks) {
        if (agrees) continue;
        const hint = `The file states ${stated}, its rows come to ${found}.`;
        const place = { sheet: m.sheet, row: null, column: null };
        list.add({ ...place, severity: 'warning', rule: 'total-differs', value: what, hint });
      }
      return { tally, checks, issues: [...list.all(), ...repeats.issues()] };
    },
  };
}

function quarantined(row: SheetRow, m: Mapping, code: keyof typeof REASONS, detail: string): QuarantinedRow {
  const raw: Record<string, string> = {};
  for (const [i, cell] of row.cells.entries()) {
    if (isBlank(cell)) continue;
    const heading = m.headings[i]?.trim() || `column ${i + 1}`;
    raw[heading in raw ? `${heading} (${i + 1})` : heading] = cellText(cell);
  }
  const reasonCode = code === 'ean_check_digit' ? 'invalid_ean' : code;
  const reason = detail === '' ? REASONS[code] : `${REASONS[code]}: ${detail.trim().slice(0, 60)}`;
  return { sheet: m.sheet, row: row.row, reasonCode, reason, raw };
}
