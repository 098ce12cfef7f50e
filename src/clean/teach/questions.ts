// What only a person can say of a layout: the columns that are missing or stand twice, marks that can be read in two ways, which
// sheet, whose file, and how the next one is told from another vendor's.

import type { Field, VendorDefinition } from '../../vendors/vendor.ts';
import { detectAs } from '../detect.ts';
import type { WorkbookHead } from '../sheet.ts';
import { headingKey } from '../values/text.ts';
import { type Assignment, columnText, quoted } from './columns.ts';
import type { HeadingRow } from './heading-row.ts';
import type { Choices, Question } from './proposal.ts';
import { type KnownLayouts, recognise } from './recognise.ts';

/** What a row cannot do without. */
export function missing(
  { columns, shapes }: Assignment,
  header: HeadingRow,
  chosen: Map<Field, number | null>,
): Question[] {
  const has = (...fields: Field[]) => columns.some(({ field }) => fields.includes(field));
  const used = new Set(columns.map(({ column }) => column));
  const figures = header.headings.flatMap((heading, column) => {
    const shape = shapes[column];
    return heading !== '' && !used.has(column) && shape && shape.number / Math.max(1, shape.filled) >= 0.7
      ? [heading]
      : [];
  });
  const words = header.headings.filter((heading, column) => heading !== '' && !used.has(column));
  const ask = (about: Field, question: string, from: string[], needed = true): Question => ({
    about,
    question,
    answers:
      from.length > 0
        ? from.slice(0, 6).map((heading) => `--set ${about}=${quoted(heading)}`)
        : [`--set ${about}=HEADING`],
    needed,
  });
  const questions: Question[] = [];
  if (!header.repeat && !has('quantity'))
    questions.push(ask('quantity', 'Which column holds the pieces sold?', figures));
  if (!header.repeat && has('quantity') && !has('amount') && !chosen.has('amount')) {
    const question = 'No column looks like money. Is one? Without it only pieces are loaded.';
    questions.push(ask('amount', question, [...figures, 'none'], figures.length > 0));
  }
  if (header.repeat && header.repeat.measures === null && mostlyBroken(header, shapes)) {
    questions.push({
      about: 'quantity',
      question:
        'The figures under the months are no whole numbers. Money side by side, without pieces, cannot be taught: it needs a vendor file.',
      answers: [],
      needed: true,
    });
  }
  if (header.problem !== null) {
    const question = `${header.problem} Such a table cannot be taught: it needs a vendor file.`;
    questions.push({ about: 'headings', question, answers: [], needed: true });
  }
  if (!has('ean', 'code', 'name')) questions.push(ask('name', 'Which column names the product?', words));
  return questions;
}

function mostlyBroken({ months }: HeadingRow, shapes: Assignment['shapes']): boolean {
  const under = months.map(({ column }) => shapes[column]!);
  const sum = (pick: 'number' | 'whole') => under.reduce((total, shape) => total + shape[pick], 0);
  return sum('whole') < 0.7 * sum('number');
}

/** A store that is named once for several rows would be missing from the others. */
export function sparse({ columns, shapes }: Assignment): Question[] {
  const rows = Math.max(...columns.map(({ column }) => shapes[column]!.filled), 0);
  return columns
    .filter(({ field, column }) => (field === 'store' || field === 'reseller') && shapes[column]!.filled < 0.7 * rows)
    .map(({ field, heading, column }) => ({
      about: field,
      question: `${columnText(column, heading)} is empty in many rows. Where the ${field} is named once for the rows below it, the table cannot be taught: it needs a vendor file with fill_down.`,
      answers: [`--set ${field}=none`],
      needed: true,
    }));
}

/** `1,234` and `3/4/2025`, where the rest of the column does not settle it. */
export function marks({ columns, shapes }: Assignment, header: HeadingRow, choices: Choices): Question[] {
  const questions: Question[] = [];
  const figures = columns.filter(({ field }) => field === 'quantity' || field === 'amount').map(({ column }) => column);
  const open = [...figures, ...(header.repeat?.columns ?? [])].filter((column) => {
    const shape = shapes[column]!;
    // Any other text figure of the column would have shown its mark.
    return shape.ambiguousNumber > 0 && shape.ambiguousNumber === shape.textFigures;
  });
  if (choices.decimal === null && open.length > 0) {
    const where = columnText(open[0]!, header.headings[open[0]!] ?? '');
    const question = `Is the comma or the point the decimal mark in ${where}? All its figures can be read in two ways.`;
    questions.push({ about: 'decimal', question, answers: ['--decimal comma', '--decimal point'], needed: true });
  }
  const date = columns.find(({ field }) => field === 'date');
  const shape = date ? shapes[date.column] : undefined;
  if (choices.dates === null && shape && shape.ambiguousDate > 0 && shape.orders.size !== 1) {
    const question = `Does the day or the month come first in "${date!.heading}"? Its dates can be read in two ways.`;
    questions.push({ about: 'dates', question, answers: ['--dates dmy', '--dates mdy'], needed: true });
  }
  return questions;
}

export function twice({ columns }: Assignment, { own }: HeadingRow): Question[] {
  const keys = own.map(headingKey);
  return columns
    .filter(
      ({ column, heading }) =>
        (own[column] ?? '') !== '' && keys.filter((key) => key === headingKey(heading)).length > 1,
    )
    .map(({ field, heading }) => ({
      about: 'headings',
      question: `Two columns have the heading "${heading}", so that the ${field} cannot be told from the other one. Whoever sends the file should name them apart; or is another column the ${field}?`,
      answers: [`--set ${field}=HEADING`],
      needed: true,
    }));
}

export function sheetQuestion(sheets: string[]): Question {
  const question = `Sheets ${sheets.map((name) => `"${name}"`).join(' and ')} both hold such a table. Which one is to be read?`;
  return { about: 'sheet', question, answers: sheets.map((name) => `--sheet ${quoted(name)}`), needed: true };
}

export function nameQuestion(guessed: string): Question {
  const question = guessed === '' ? 'Whose file is it?' : `Whose file is it? By its name, "${guessed}" perhaps.`;
  return { about: 'name', question, answers: [`--name ${quoted(guessed || 'NAME')}`], needed: true };
}

/** Whether this file, or the next one, could as well be another vendor's. */
export function identityQuestions(
  head: WorkbookHead,
  known: KnownLayouts,
  id: string,
  rivals: VendorDefinition[],
  nameWords: string[],
): Question[] {
  const others = { shipped: known.shipped, taught: known.taught.filter((vendor) => vendor.id !== id) };
  const owner = recognise(head, others).vendor;
  if (owner && !owner.detect.fallback) {
    const isTaught = known.taught.includes(owner);
    const instead = isTaught ? 'Two vendors cannot share it: correct that one instead.' : 'It needs no teaching.';
    const question = `This is a file of ${owner.name} (${owner.id}) by its layout. ${instead}`;
    return [{ about: 'identity', question, answers: isTaught ? [`--id ${owner.id}`] : [], needed: true }];
  }
  if (rivals.length === 0 || nameWords.length > 0) return [];
  const names = rivals.map(({ name }) => name).join(' and ');
  return [
    {
      about: 'identity',
      question: `The layout is that of ${names} too, and no word of the vendor's name stands in the file's name: the next file could be either's. Give the name as it stands in the file's name, or send the file again under a name that says whose it is.`,
      answers: ['--name "NAME AS IN THE FILE NAME"'],
      needed: true,
    },
  ];
}

/** Whether the sheet would be read as it was proposed, once the vendor is known. */
export function notReadable(head: WorkbookHead, definition: VendorDefinition, sheet: string): Question[] {
  const { outcome, sheet: read, candidates } = detectAs(head, definition);
  if (outcome === 'recognised' && read === sheet) return [];
  const why =
    read !== null ? `sheet "${read}" would be read instead` : (candidates[0]?.reasons.slice(1).join('; ') ?? '');
  const question = `A file with such sheets cannot be taught, since it would not be certain which one to read: ${why || 'its headings do not suffice'}.`;
  return [{ about: 'sheet', question, answers: [], needed: true }];
}

/** The next file must be recognised by itself; if this one would not be, somebody should know why. */
export function notRecognised(head: WorkbookHead, known: KnownLayouts, mine: VendorDefinition): Question[] {
  const taught = [...known.taught.filter(({ id }) => id !== mine.id), mine];
  const found = recognise(head, { shipped: known.shipped, taught });
  if (found.vendor?.id === mine.id) return [];
  const rival = found.vendor?.name ?? found.candidates.find(({ id }) => id !== mine.id)?.name;
  const because = rival === undefined ? '' : ` It comes too near to ${rival}.`;
  return [
    {
      about: 'identity',
      question: `The next file of this layout would not be recognised by itself.${because} A word of the vendor's name in the file's name would settle it; until then each file is asked about.`,
      answers: [],
      needed: false,
    },
  ];
}
