// The rows of a located table, one after the other: what each is, what it says, and where it goes. Holds sums and counts
// between rows, never the rows themselves.

import { findRepeats } from '../dedupe.ts';
import type { FigureColumns, Mapping } from '../map.ts';
import { parseFigures, parseRow } from '../parse.ts';
import type { Statement } from '../reconcile/also-stated.ts';
import { makeBooks } from '../reconcile/books.ts';
import { makeRunningSums } from '../reconcile/running.ts';
import { makeTally, type Tally } from '../report.ts';
import type { SheetRow } from '../sheet.ts';
import type { CleanChunk, CleanRow, Issue, RowDecision, Running, TotalCheck } from '../types.ts';
import { validateRow } from '../validate.ts';
import { cellText } from '../values/text.ts';
import { classify } from './classify.ts';
import { corrected, noteCorrections } from './corrections.ts';
import { makeFillDown } from './fill-down.ts';
import { heldBack } from './held-back.ts';
import { makeIssueList } from './issue-list.ts';
import { emptyRow, type ParsedRow } from './parsed-row.ts';
import { isAboutProduct, REASONS } from './reasons.ts';

export interface RowLoop {
  /** @param ends whether a row is the heading of another table: from there on nothing is of this one */
  take(rows: SheetRow[], ends: (row: SheetRow) => boolean): CleanChunk;
  /** In words, why most rows were held back; empty when none was. */
  mostHeld(): string;
  /** @param elsewhere what other tables of the file state of the same figures */
  finish(elsewhere: Statement[]): { tally: Tally; checks: TotalCheck[]; running: Running | null; issues: Issue[] };
}

export function makeRowLoop(m: Mapping, decisions: RowDecision[]): RowLoop {
  const decided = new Map(decisions.filter(({ sheet }) => sheet === m.sheet).map((each) => [each.row, each]));
  const books = makeBooks(m);
  const running = makeRunningSums(m);
  const list = makeIssueList();
  const repeats = findRepeats(m.vendor.rows.repeats);
  const tally = makeTally();
  const filling = makeFillDown(m);
  const parsed = emptyRow();
  const fixesOf = m.repeats || m.vendor.rows.fill_down.length > 0 ? makeOnce(filling.began) : (p: ParsedRow) => p.fixes;
  const flagSigns = m.vendor.rows.sign_conflict === 'flag';
  const hasAmounts = m.facets.some(({ amount }) => amount >= 0) || m.at.total_amount >= 0;

  let over = false;

  /** Returns how many facts the row was read as; a row without any counts as one. */
  function one(given: SheetRow, chunk: CleanChunk): number {
    const decision = decided.get(given.row);
    if (decision?.kind === 'discard') return ignore(given, `discarded by ${decision.by}`, chunk);
    const standing = decision ? corrected(given, decision) : given;
    const kind = classify(standing, m, books);
    if (kind.kind === 'ignored') return ignore(given, kind.reason, chunk);
    if (kind.kind === 'total') {
      books.close(standing, kind);
      return ignore(given, kind.label.exact ? 'totals row' : 'subtotal row', chunk);
    }
    const row = filling.fill(standing);
    running.enter(row);
    parseRow(row, m, parsed);
    parsed.released = decision?.kind === 'release';
    const groups = groupsOf(row);
    if (groups.length > 0) books.meet(groups);
    return m.repeats ? severalFacts(row, groups, chunk) : oneFact(row, groups, chunk);
  }

  function oneFact(row: SheetRow, groups: string[], chunk: CleanChunk): number {
    const columns = m.facets[0]!;
    parseFigures(row, m, columns, parsed);
    if (isNothing(parsed) && m.vendor.rows.no_sales === 'ignore') {
      const reason = m.lastYear.length > 0 ? 'no sales this period (only last year)' : 'no sales this period';
      return ignore(row, reason, chunk);
    }
    if (isZero(parsed)) return ignore(row, 'no sales this period', chunk);
    fact(row, 0, columns, groups, chunk);
    return 1;
  }

  function severalFacts(row: SheetRow, groups: string[], chunk: CleanChunk): number {
    let facts = 0;
    const sum = { quantity: 0, amount: 0 };
    const shared = parsed.fixes;
    for (const [i, columns] of m.facets.entries()) {
      parsed.fixes = [...shared];
      parseFigures(row, m, columns, parsed);
      if (isNothing(parsed) || isZero(parsed)) continue;
      facts += 1;
      sum.quantity += parsed.quantity;
      sum.amount += parsed.amount ?? 0;
      // What is wrong with the product is wrong with the whole row: it is held back once.
      if (fact(row, i, columns, groups, chunk) === 'whole row') {
        holdRest(row, i, groups);
        return facts;
      }
    }
    const across = books.across(row, sum.quantity, sum.amount);
    if (across && facts === 0 && across.stated !== 0) {
      chunk.quarantined.push(heldBack(row, m, 'only_a_total', String(across.stated), null));
      return 1;
    }
    if (across) {
      const hint = `The row states ${across.stated}, its columns come to ${across.found}.`;
      list.add({ ...at(row), severity: 'warning', rule: 'row-total-differs', value: String(across.stated), hint });
    }
    if (facts > 0) return facts;
    return ignore(
      row,
      filling.began() && m.vendor.rows.fill_down.length > 0 ? 'heading of rows' : 'no sales this period',
      chunk,
    );
  }

  /** One row of the result, or held back. `whole row` when no other fact of the row can do better. */
  function fact(
    row: SheetRow,
    facet: number,
    columns: FigureColumns,
    groups: string[],
    chunk: CleanChunk,
  ): 'whole row' | null {
    const verdict = validateRow(row, parsed, m, columns);
    if ('held' in verdict) {
      const { code, detail } = verdict.held;
      chunk.quarantined.push(heldBack(row, m, code, detail, columns));
      hold(facet, groups);
      return isAboutProduct(code) ? 'whole row' : null;
    }
    const clean = verdict.row;
    // A copy is no sale of its own, but the file's own totals count it.
    books.enter(facet, storeGroup(clean, groups), clean.quantity, clean.amountLocal ?? 0);
    if (repeats.isCopy(clean)) return null;
    chunk.rows.push(clean);
    noteCorrections(row, m, parsed);
    for (const fix of fixesOf(parsed)) chunk.fixes.push(fix);
    note(row, clean);
    return null;
  }

  /** What is held back is known to be missing in the report's own totals. */
  function hold(facet: number, groups: string[]): void {
    const quantity = parsed.quantityProblem === null && Number.isFinite(parsed.quantity) ? parsed.quantity : 0;
    const money = parsed.amountProblem === null ? (parsed.amount ?? 0) : 0;
    const own = parsed.store === '' ? groups : [parsed.store, ...groups];
    if (quantity !== 0 || money !== 0) books.enterHeld(facet, own, quantity, money);
  }

  /** The facts of a row after the one for which it was held back as a whole. */
  function holdRest(row: SheetRow, after: number, groups: string[]): void {
    for (const [i, columns] of m.facets.entries()) {
      if (i <= after) continue;
      parseFigures(row, m, columns, parsed);
      hold(i, groups);
    }
  }

  function note(row: SheetRow, clean: CleanRow): void {
    if (clean.amountLocal === null) {
      if (!hasAmounts) return;
      const hint = 'The file gives no amount for this row; it stays empty.';
      list.add({ ...at(row), severity: 'info', rule: 'amount-empty', value: null, hint });
    } else if (flagSigns && clean.quantity * clean.amountLocal < 0) {
      const hint = `The quantity is ${clean.quantity} but the amount is ${clean.amountLocal}. Both are kept as they stand.`;
      list.add({ ...at(row), severity: 'warning', rule: 'sign-conflict', value: String(clean.amountLocal), hint });
    }
  }

  function ignore(row: SheetRow, reason: string, chunk: CleanChunk): 1 {
    chunk.ignored.push({ sheet: m.sheet, row: row.row, reason });
    return 1;
  }

  function isZero(p: ParsedRow): boolean {
    return m.vendor.rows.zero === 'ignore' && p.quantityProblem === null && p.quantity === 0 && !hasMoney(p);
  }

  function groupsOf(row: SheetRow): string[] {
    if (m.groups.length === 0) return [];
    return m.groups.map((column) => cellText(row.cells[column]).trim()).filter((text) => text !== '');
  }

  function at(row: SheetRow): Pick<Issue, 'sheet' | 'row' | 'column'> {
    return { sheet: m.sheet, row: row.row, column: m.headings[m.at.amount]?.trim() ?? null };
  }

  return {
    take(rows, ends) {
      const chunk: CleanChunk = { rows: [], quarantined: [], ignored: [], fixes: [] };
      const merged = repeats.merged();
      let read = 0;
      for (const row of rows) {
        if (row.row <= m.headerRow) continue;
        over ||= ends(row);
        read += over ? ignore(row, 'another table', chunk) : one(row, chunk);
      }
      tally.read(read, repeats.merged() - merged);
      tally.add(chunk);
      return chunk;
    },
    mostHeld() {
      const code = tally.mostHeld();
      return code === null ? '' : (REASONS[code as keyof typeof REASONS] ?? code);
    },
    finish(elsewhere) {
      const checks = books.checks();
      const place = { sheet: m.sheet, row: null, column: null };
      for (const statement of elsewhere) {
        const made = books.beside(statement);
        if (made.agrees || !statement.added) checks.push(made);
        else {
          const hint = `They come to ${made.stated}, the rows that were read to ${made.found}. Nothing says that the two are the same.`;
          list.add({ ...place, severity: 'info', rule: 'other-table-differs', value: made.what, hint });
        }
      }
      for (const { agrees, what, stated, found, heldBack: kept } of checks) {
        if (agrees) continue;
        const hint = `The file states ${stated}, its rows come to ${found}${kept === 0 ? '' : `, and to ${kept} more that is held back`}.`;
        list.add({ ...place, severity: 'warning', rule: 'total-differs', value: what, hint });
      }
      if (!hasAmounts) {
        const hint = 'This report gives no amounts; they stay empty.';
        list.add({ ...place, severity: 'info', rule: 'no-amounts', value: null, hint });
      }
      return { tally, checks, running: running.sums(), issues: [...list.all(), ...repeats.issues()] };
    },
  };
}

/** A store is a group that a subtotal may name, too. */
function storeGroup(clean: CleanRow, groups: string[]): string[] {
  return clean.store === null ? groups : [clean.store, ...groups];
}

function isNothing(p: ParsedRow): boolean {
  return p.quantityProblem === 'empty' && !hasMoney(p);
}

function hasMoney(p: ParsedRow): boolean {
  return (p.amount ?? 0) !== 0 || p.amountProblem !== null;
}

/** A cell that several facts share, or several rows, is in the log once. */
function makeOnce(began: () => boolean): (p: ParsedRow) => ParsedRow['fixes'] {
  const noted = new Set<string>();
  return ({ fixes }) => {
    if (began()) noted.clear();
    return fixes.filter(({ cell, cleaned }) => {
      const entry = `${cell} ${cleaned}`;
      if (noted.has(entry)) return false;
      noted.add(entry);
      return true;
    });
  };
}
