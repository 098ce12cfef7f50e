// The beginning of a file that nobody has described into a proposed vendor definition, with a reason for everything that is
// proposed and a question for everything that is not certain. Refuses a file of which no sheet has a row of headings.

import { type Field, parseVendor, type VendorDefinition } from '../../vendors/vendor.ts';
import type { SheetRow, WorkbookHead } from '../sheet.ts';
import { headingKey } from '../values/text.ts';
import { type Assignment, assignColumns, choicesByField } from './columns.ts';
import { draftOf, earlierColumns, mainProduct, withEarlier } from './draft.ts';
import { findHeadingRow, type HeadingRow, type Vocabulary } from './heading-row.ts';
import { findMoney } from './money.ts';
import { idOf, nameInFile, sharedWords, visibleSheets } from './naming.ts';
import type { Choices, Draft, Proposal } from './proposal.ts';
import {
  identityQuestions,
  marks,
  missing,
  nameQuestion,
  notReadable,
  notRecognised,
  sheetQuestion,
  sparse,
  twice,
} from './questions.ts';
import { type KnownLayouts, lookAlikes } from './recognise.ts';
import { shapeWords } from './shape.ts';
import { findPeriod } from './when.ts';
import { synonyms } from './words.ts';

interface ToTeach {
  head: WorkbookHead;
  /** More rows of some sheets than their beginning; by name. */
  rows: Map<string, SheetRow[]>;
  known: KnownLayouts;
  choices: Choices;
  /** A version that was taught before and is to be corrected: what it says holds where nothing else is chosen. */
  base: VendorDefinition | null;
}

/** No report has its table further back. */
const MOST_SHEETS = 30;

/** From this part of the best score a second sheet may be the one that is meant. */
const AS_GOOD = 0.6;

/** Why there is nothing to propose. */
export type Refusal =
  | { kind: 'no-table' }
  | { kind: 'no-sheet'; sheet: string }
  | { kind: 'no-column'; to: string; headings: string[] };

export function propose(input: ToTeach): Proposal | { refused: Refusal } {
  const { head, known, base } = input;
  const choices = base ? withEarlier(input.choices, base, head) : input.choices;
  const vocabulary = vocabularyOf(known.shipped);
  const candidates = head.sheets
    .filter(({ hidden, name }) => !hidden && (choices.sheet === null || headingKey(name) === headingKey(choices.sheet)))
    .slice(0, MOST_SHEETS)
    .flatMap((sheet) => {
      const header = findHeadingRow(sheet, vocabulary);
      return header ? [{ sheet, header }] : [];
    })
    .sort((a, b) => b.header.score - a.header.score);
  const [best, second] = candidates;
  if (!best) {
    const exists = visibleSheets(head).some((name) => headingKey(name) === headingKey(choices.sheet ?? name));
    return { refused: exists ? { kind: 'no-table' } : { kind: 'no-sheet', sheet: choices.sheet ?? '' } };
  }
  const { header } = best;
  const sheet = best.sheet.name;
  const { chosen, unknown } = choicesByField(header, input.choices.set);
  const now = new Set(chosen.values());
  for (const [field, column] of base ? earlierColumns(base, header) : []) {
    if (!chosen.has(field) && (column === null || !now.has(column))) chosen.set(field, column);
  }
  if (unknown[0]) {
    return {
      refused: { kind: 'no-column', to: unknown[0].to, headings: header.headings.filter((text) => text !== '') },
    };
  }
  const found = withUnheaded(
    assignColumns(header, input.rows.get(sheet) ?? best.sheet.rows, vocabulary, chosen),
    header,
    chosen,
  );
  const money = findMoney(head, sheet, found, header, choices);
  const when = findPeriod(head, sheet, header, found, choices);
  const guessed = nameInFile(head.fileName);
  const name = choices.name ?? (guessed || 'Unnamed');
  const id = choices.id ?? idOf(name);
  const others = [...known.shipped, ...known.taught].filter((vendor) => vendor.id !== id);
  const rivals = lookAlikes(head, others);
  const nameWords = sharedWords(name, head.fileName);
  const draft = draftOf({ sheet, header, found, money, when, id, name, nameWords, shared: rivals.length > 0, choices });
  const questions = [
    ...found.questions,
    ...missing(found, header, chosen),
    ...money.questions,
    ...when.questions,
    ...marks(found, header, choices),
    ...twice(found, header),
    ...sparse(found),
    ...(choices.sheet === null && second && second.header.score > AS_GOOD * header.score
      ? [sheetQuestion([sheet, second.sheet.name])]
      : []),
    ...(choices.name === null ? [nameQuestion(guessed)] : []),
    ...identityQuestions(head, known, id, rivals, nameWords),
  ];
  const definition = checked(draft);
  const isOpen = () => questions.some(({ needed }) => needed);
  if (definition && !isOpen()) questions.push(...notReadable(head, definition, sheet));
  if (definition && !isOpen()) questions.push(...notRecognised(head, known, definition));
  return {
    sheet,
    headingRow: header.row.row,
    columns: found.columns,
    unused: unusedOf(header, found),
    notes: [...notesOf(header, found), ...money.notes, ...when.notes],
    questions,
    draft,
    definition,
  };
}

/** The words of the layout that nobody has described, and those of more languages. */
function vocabularyOf(shipped: VendorDefinition[]): Vocabulary {
  const generic = shipped.find(({ detect }) => detect.fallback);
  const fields = Object.keys(synonyms) as Field[];
  return new Map(
    fields.map((field) => [field, [...(generic?.columns[field]?.headings ?? []), ...(synonyms[field] ?? [])]]),
  );
}

/** Where columns repeat, the products may have no heading: the nearest words left of them. */
function withUnheaded(found: Assignment, header: HeadingRow, chosen: Map<Field, number | null>): Assignment {
  const first = header.repeat?.columns[0];
  if (first === undefined || mainProduct(found.columns) !== null || chosen.has('name')) return found;
  for (let column = first - 1; column >= 0; column -= 1) {
    const shape = found.shapes[column];
    if (!shape || shape.filled === 0 || shape.text / shape.filled < 0.6) continue;
    const heading = header.headings[column] ?? '';
    const reason = 'the words left of the columns that repeat';
    return { ...found, columns: [...found.columns, { field: 'name', column, heading, confidence: 0.7, reason }] };
  }
  return found;
}

function unusedOf({ headings, repeat }: HeadingRow, { columns, lastYear, shapes }: Assignment): Proposal['unused'] {
  const used = new Set(columns.map(({ column }) => column).concat(repeat?.columns ?? [], lastYear));
  return headings.flatMap((heading, column) =>
    heading === '' || used.has(column) ? [] : [{ column, heading, holds: shapeWords(shapes[column]) }],
  );
}

function notesOf({ repeat, months, headings }: HeadingRow, { lastYear }: Assignment): string[] {
  const notes: string[] = [];
  const figures = repeat?.measures
    ? `"${repeat.measures.quantity}"${repeat.measures.amount === null ? '' : ` and "${repeat.measures.amount}"`}`
    : 'pieces';
  if (repeat?.gives === 'store')
    notes.push(`Columns stand again for each store: each row gives ${figures} for every one of them.`);
  if (repeat?.gives === 'month')
    notes.push(`${months.length} months stand side by side: each row gives ${figures} for every one of them.`);
  if (lastYear.length > 0)
    notes.push(`Left out as last year's: ${lastYear.map((c) => `"${headings[c]}"`).join(', ')}.`);
  return notes;
}

/** null when it cannot be a definition yet. */
function checked(draft: Draft): VendorDefinition | null {
  try {
    // Whatever is JSON is YAML.
    return parseVendor(JSON.stringify(draft), 'the proposal');
  } catch {
    return null;
  }
}
