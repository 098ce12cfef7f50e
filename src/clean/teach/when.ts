// Where a file says which month it is about: columns of its rows, headings that are months, its name, the name of the sheet, a
// labelled cell. Where nothing does, a person is asked; there is no default.

import type { Field, PeriodSource } from '../../vendors/vendor.ts';
import { labelled } from '../periods/sources.ts';
import { weekEnding } from '../periods/week.ts';
import type { WorkbookHead } from '../sheet.ts';
import { readIso, readMonthYear } from '../values/date.ts';
import { datesInName, periodsInName } from '../values/names.ts';
import { cellText, squash } from '../values/text.ts';
import type { Assignment } from './columns.ts';
import type { HeadingRow } from './heading-row.ts';
import type { Choices, PeriodFrom, Question } from './proposal.ts';
import { bestLikeness, synonyms } from './words.ts';

export interface When {
  sources: PeriodSource[];
  notes: string[];
  questions: Question[];
}

const answers = ['--period YYYY-MM', '--period-from file_name', '--period-from sheet_name'];

export function findPeriod(
  head: WorkbookHead,
  sheet: string,
  header: HeadingRow,
  found: Assignment,
  choices: Pick<Choices, 'period' | 'periodFrom'>,
): When {
  if (header.months.length > 0) return monthsSideBySide(sheet, header, choices);
  if (choices.periodFrom === 'week' || (choices.period?.day != null && choices.periodFrom === null)) {
    return weekInName(head, choices.period !== null);
  }
  if (choices.periodFrom !== null) return asSaid(head, sheet, found, choices.periodFrom, choices.period !== null);
  const rows = inRows(found);
  if (rows !== null)
    return { sources: [{ from: 'columns' }], notes: [`Each row has its month: ${rows}.`], questions: [] };
  const cell = labelledMonth(head, sheet, header.row.row);
  if (cell) {
    const source: PeriodSource = { from: 'cell', sheet, label: cell.label, gives: 'period' };
    return { sources: [source], notes: [`The month stands beside "${cell.label}": ${cell.text}.`], questions: [] };
  }
  const named = [fromName(head, 'file_name', head.fileName), fromName(head, 'sheet_name', sheet)].filter(
    (s) => s !== null,
  );
  if (named.length > 0) {
    return { sources: named.map(({ source }) => source), notes: named.map(({ note }) => note), questions: [] };
  }
  const sources: PeriodSource[] = [{ from: 'file_name', gives: 'period' }];
  if (choices.period !== null) {
    const note =
      'This file is about the month that you said. The next one must have it in its name, or it will be asked about.';
    return { sources, notes: [note], questions: [] };
  }
  const half = ['month', 'year'].find((field) => found.columns.some((column) => column.field === field));
  const partly = half ? ` The rows only have a ${half}.` : '';
  const dated = datesInName(head.fileName).length > 0;
  const day = dated ? ' The date in the file name is the end of a week, or the day of the export.' : '';
  const question = {
    about: 'period',
    question: `Which month is this file about? Neither rows, name nor cells say so.${partly}${day}`,
    answers: ['--period YYYY-MM', ...(dated ? ['--period-from week'] : []), ...(half ? [] : ['--set date=HEADING'])],
    needed: true,
  };
  return { sources, notes: [], questions: [question] };
}

/** A report of one week, whose last day stands in the file's name. */
function weekInName(head: WorkbookHead, given: boolean): When {
  const sources: PeriodSource[] = [{ from: 'file_name', gives: 'week' }];
  const days = datesInName(head.fileName);
  const note = 'The file is about a week; its name holds the Sunday that ends it, or the Monday after.';
  if (given || (days.length === 1 && weekEnding(days[0]!) !== null)) return { sources, notes: [note], questions: [] };
  const question = {
    about: 'period',
    question:
      'You said that the file is about a week, but its name does not hold one Sunday that ends it. Which week is it?',
    answers: ['--period YYYY-MM-DD'],
    needed: true,
  };
  return { sources, notes: [], questions: [question] };
}

/** The columns that give each row its month, in words; null when none do. */
function inRows({ columns }: Assignment): string | null {
  const at = (field: Field) => columns.find((column) => column.field === field);
  const year = at('year');
  const month = at('month');
  if (year && month) return `"${year.heading}" and "${month.heading}"`;
  const one = at('date') ?? at('period');
  return one ? `"${one.heading}"` : null;
}

function fromName(
  head: WorkbookHead,
  from: 'file_name' | 'sheet_name',
  name: string,
): { source: PeriodSource; note: string } | null {
  const periods = periodsInName(name);
  if (periods.length !== 1 || (from === 'sheet_name' && name === head.fileName)) return null;
  const where = from === 'file_name' ? 'the name of the file' : 'the name of the sheet';
  return { source: { from, gives: 'period' }, note: `The month stands in ${where}: "${name}".` };
}

/** What a person named as the place, and whether it says anything there. */
function asSaid(
  head: WorkbookHead,
  sheet: string,
  found: Assignment,
  from: Exclude<PeriodFrom, 'week'>,
  given: boolean,
): When {
  const source: PeriodSource = from === 'columns' ? { from } : { from, gives: 'period' };
  const says =
    from === 'columns'
      ? inRows(found) !== null
      : from === 'header' || periodsInName(from === 'file_name' ? head.fileName : sheet).length === 1;
  const where = {
    columns: 'the rows',
    file_name: 'the file name',
    sheet_name: 'the name of the sheet',
    header: 'the heading rows',
  }[from];
  const notes = [`The month stands in ${where}: you said so.`];
  if (says || (given && from !== 'columns')) return { sources: [source], notes, questions: [] };
  const question = {
    about: 'period',
    question: `You said that the month stands in ${where}, but I see none there. Which month is this file about?`,
    answers: from === 'columns' ? ['--set date=HEADING'] : answers,
    needed: true,
  };
  return {
    sources: [from === 'columns' ? { from: 'file_name', gives: 'period' } : source],
    notes: [],
    questions: [question],
  };
}

/** Headings that are months: with their year, or with one that stands elsewhere. */
function monthsSideBySide(sheet: string, { months, stub }: HeadingRow, choices: Pick<Choices, 'period'>): When {
  if (months.every(({ year }) => year !== null)) {
    return { sources: [{ from: 'columns' }], notes: ['The headings are months with their year.'], questions: [] };
  }
  const inCell = stub.some((cell) => /^20\d\d$/.test(squash(cellText(cell))));
  if (inCell) {
    return {
      sources: [{ from: 'header', gives: 'year' }],
      notes: ['The headings are months; their year stands left of them.'],
      questions: [],
    };
  }
  const sources: PeriodSource[] = [{ from: 'sheet_name', gives: 'year' }];
  if (/(?<!\d)20\d\d(?!\d)/.test(sheet)) {
    return {
      sources,
      notes: [`The headings are months; their year stands in the name of the sheet, "${sheet}".`],
      questions: [],
    };
  }
  if (choices.period !== null) {
    const note =
      'The headings are months of the year that you said. The next file must have it in the name of its sheet, or it will be asked about.';
    return { sources, notes: [note], questions: [] };
  }
  const question = {
    about: 'period',
    question:
      'The headings are months, but which year are they of? Neither the headings nor the name of the sheet say so.',
    answers: ['--period YYYY-01'],
    needed: true,
  };
  return { sources, notes: [], questions: [question] };
}

/** A label above the table with a month beside or below it. */
function labelledMonth(head: WorkbookHead, sheet: string, headingRow: number): { label: string; text: string } | null {
  const rows = head.sheets.find(({ name }) => name === sheet)?.rows ?? [];
  const words = [...(synonyms.period ?? []), ...(synonyms.month ?? [])];
  for (const { row, cells } of rows) {
    if (row >= headingRow) break;
    for (const cell of cells) {
      const label = squash(cellText(cell)).replace(/ ?:$/, '');
      if (label === '' || bestLikeness(label, words).value < 0.6) continue;
      const value = labelled(head, sheet, label)[0];
      const date = typeof value === 'object' && value?.kind === 'date' ? readIso(String(value.value)) : null;
      const text = squash(cellText(value));
      if (date !== null || readMonthYear(text) !== null) return { label, text };
    }
  }
  return null;
}
