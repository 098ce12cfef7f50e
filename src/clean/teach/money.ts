// Where a file says which currency its amounts are in: a column, the heading of the amounts, a labelled cell, or what stands
// beside the figures. Where nothing does, a person is asked; a sign that several currencies share decides nothing.

import { labelled } from '../periods/sources.ts';
import type { WorkbookHead } from '../sheet.ts';
import { currencyCode, currencyInHeading } from '../values/currency.ts';
import { cellText, squash } from '../values/text.ts';
import type { Assignment } from './columns.ts';
import type { HeadingRow } from './heading-row.ts';
import type { Choices, Question } from './proposal.ts';
import { basisOf, bestLikeness, synonyms } from './words.ts';

/** Stands for a currency that nobody has said yet. */
export const UNKNOWN_CURRENCY = 'XXX';

export interface Money {
  currency: { constant: string | null; column?: true; cell?: { sheet: string; label: string } };
  basis: 'gross' | 'net' | 'unknown';
  notes: string[];
  questions: Question[];
}

export function findMoney(
  head: WorkbookHead,
  sheet: string,
  found: Assignment,
  header: HeadingRow,
  choices: Choices,
): Money {
  const amount = amountOf(found, header);
  const { currency, note, question } = findCurrency(head, sheet, found, header.row.row, amount, choices.currency);
  const basis = findBasis(amount, choices.basis);
  return {
    currency,
    basis: basis.basis,
    notes: [...(note ? [note] : []), ...(basis.note ? [basis.note] : [])],
    questions: [...(question ? [question] : []), ...(basis.question ? [basis.question] : [])],
  };
}

interface Amount {
  heading: string;
  currencies: string[];
  /** Whether each file is looked at for what its heading says. */
  single: boolean;
}

/** The column of the amounts, or all of them where they repeat; null where the file gives no money. */
function amountOf({ columns, shapes }: Assignment, { own, repeat }: HeadingRow): Amount | null {
  const found = columns.find(({ field }) => field === 'amount');
  if (found) return { heading: found.heading, currencies: [...shapes[found.column]!.currencies], single: true };
  const heading = repeat?.measures?.amount;
  if (heading == null) return null;
  const under = repeat!.columns.filter((column) => own[column] === heading);
  const currencies = [...new Set(under.flatMap((column) => [...(shapes[column]?.currencies ?? [])]))];
  return { heading, currencies, single: false };
}

function findCurrency(
  head: WorkbookHead,
  sheet: string,
  { columns }: Assignment,
  headingRow: number,
  amount: Amount | null,
  said: string | null,
): { currency: Money['currency']; note?: string; question?: Question } {
  if (said !== null) return { currency: { constant: said }, note: `Amounts are in ${said}: you said so.` };
  if (columns.some(({ field }) => field === 'currency')) {
    return { currency: { constant: null, column: true }, note: 'Each row states its currency.' };
  }
  const inHeading = amount ? currencyInHeading(amount.heading) : null;
  if (inHeading !== null) {
    const note = `Amounts are in ${inHeading}: the heading "${amount!.heading}" says so.`;
    return { currency: { constant: inHeading, ...(amount!.single ? { column: true } : {}) }, note };
  }
  const cell = currencyCell(head, sheet, headingRow);
  if (cell) {
    const note = `Amounts are in ${cell.code}: the cell beside "${cell.label}" says so.`;
    return { currency: { constant: cell.code, cell: { sheet, label: cell.label } }, note };
  }
  const beside = amount?.currencies ?? [];
  const codes = beside.map(currencyCode).filter((code) => code !== null);
  if (beside.length === 1 && codes.length === 1) {
    return { currency: { constant: codes[0]! }, note: `Amounts are in ${codes[0]}: it stands beside the figures.` };
  }
  const shared =
    beside.length === 1 ? ` Beside the figures stands only "${beside[0]}", which several currencies share.` : '';
  const question = {
    about: 'currency',
    question: amount
      ? `Which currency are the amounts in? Nothing in the file says so.${shared}`
      : 'Which currency does this vendor sell in? The file gives no money, but every row carries a currency.',
    answers: ['--currency CODE'],
    needed: true,
  };
  return { currency: { constant: UNKNOWN_CURRENCY }, question };
}

/** A label above the table with a currency code beside or below it. */
function currencyCell(head: WorkbookHead, sheet: string, headingRow: number): { label: string; code: string } | null {
  const rows = head.sheets.find(({ name }) => name === sheet)?.rows ?? [];
  for (const { row, cells } of rows) {
    if (row >= headingRow) break;
    for (const cell of cells) {
      const label = squash(cellText(cell)).replace(/ ?:$/, '');
      if (label === '' || bestLikeness(label, synonyms.currency ?? []).value < 0.85) continue;
      for (const beside of labelled(head, sheet, label)) {
        const code = currencyCode(squash(cellText(beside)));
        if (code !== null) return { label, code };
      }
    }
  }
  return null;
}

function findBasis(
  amount: Amount | null,
  said: 'net' | 'gross' | null,
): { basis: Money['basis']; note?: string; question?: Question } {
  const words = { net: 'without', gross: 'with' };
  if (said !== null) return { basis: said, note: `Amounts are ${words[said]} VAT: you said so.` };
  if (!amount) return { basis: 'unknown' };
  const basis = basisOf(amount.heading);
  if (basis !== null)
    return { basis, note: `Amounts are ${words[basis]} VAT: the heading "${amount.heading}" says so.` };
  const question = {
    about: 'basis',
    question: 'Are the amounts with or without VAT? Until somebody says, it stays unknown.',
    answers: ['--basis net', '--basis gross'],
    needed: false,
  };
  return { basis: 'unknown', question };
}
