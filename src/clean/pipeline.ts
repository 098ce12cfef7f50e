// A recognised sheet into clean rows, as its rows come: locate the table, settle the period, survey the columns that the
// definition leaves open, then row by row. Law: rows read = loaded + merged + quarantined + ignored.

import type { VendorDefinition } from '../vendors/vendor.ts';
import { makeSurvey, type OpenReading, type Survey } from './columns/survey.ts';
import { isOther } from './detect.ts';
import { isComplete, locate, type TablePlace } from './locate.ts';
import { compileMapping, type Mapping } from './map.ts';
import { compareWithName, filePeriod } from './periods/file-period.ts';
import { otherTables, placesOfOthers } from './reconcile/also-stated.ts';
import { makeStoreSplit } from './reconcile/store-split.ts';
import { fileIssue } from './rows/issue-list.ts';
import { makeRowLoop } from './rows/row-loop.ts';
import type { SheetRow, WorkbookHead } from './sheet.ts';
import type {
  CleanChunk,
  CleanSummary,
  Fix,
  GivenPeriod,
  GivenReading,
  Issue,
  KnownProduct,
  RowDecision,
  SplitRow,
  Stop,
} from './types.ts';

export interface CleanInput {
  head: WorkbookHead;
  vendor: VendorDefinition;
  /** The sheet that the rows come from. */
  sheet: string;
  products: KnownProduct[];
  /** What a person said the file is about, where it does not say so itself; null otherwise. */
  period: GivenPeriod | null;
  /** How its figures and dates are written, where the file leaves it open and a person has said so; null otherwise. */
  reading: GivenReading | null;
  /** For rows of any sheet of the file. */
  decisions: RowDecision[];
  /** `YYYY-MM-DD` */
  today: string;
}

/** How a sheet will be cleaned. Give `survey` all rows first where it is needed, then `start`. */
export interface CleaningPlan {
  survey: Survey;
  /** A summary with the reason to stop where a person has to say first how a column is written. */
  start(): Cleaning | CleanSummary;
}

/** The cleaning of one sheet, rows in, rows out; nothing of what went by is kept. */
export interface Cleaning {
  /** The next rows of the sheet, in order; those above the table and its headings among them. */
  take(rows: SheetRow[]): CleanChunk;
  /** Other sheets that state the same figures: with their rows, by `compare`, there is more to check. */
  comparable: string[];
  compare(sheet: string, rows: SheetRow[]): void;
  /** What other sheets state of the same rows by store; once, after `compare`. */
  split(): { rows: SplitRow[]; fixes: Fix[] };
  /** Once, after the last row. */
  finish(): CleanSummary;
}

/** Never throws for bad data: a sheet that cannot be loaded as a whole gives a summary with the reason to stop. */
export function planCleaning(input: CleanInput): CleaningPlan | CleanSummary {
  const { head, vendor, sheet } = input;
  const today = { year: Number(input.today.slice(0, 4)), month: Number(input.today.slice(5, 7)) };
  const beginning = head.sheets.find((each) => each.name === sheet);
  const place = beginning ? locate(beginning, vendor) : null;
  if (!place || !isComplete(place)) {
    return stopped(noTable(place, sheet), { code: 'UPLOAD_NO_TABLE', params: { file: head.fileName } });
  }
  const found = filePeriod({ head, vendor, sheet, table: place, given: input.period, today });
  if (found.stop) return stopped(found.issues, found.stop);
  const survey = makeSurvey(vendor, place, input.reading, today);
  return {
    survey,
    start() {
      const open = survey.open();
      if (open) return stopped(found.issues, ambiguous(head.fileName, open));
      const { mapping, issues } = compileMapping({
        vendor,
        sheet,
        place,
        head,
        locale: survey.locale(),
        products: input.products,
        period: found,
        today,
      });
      return startCleaning(input, mapping, [...found.issues, ...issues, ...tablesLeftOut(head, vendor, sheet)]);
    },
  };
}

export function isPlan(planned: CleaningPlan | CleanSummary): planned is CleaningPlan {
  return 'start' in planned;
}

export function isStarted(started: Cleaning | CleanSummary): started is Cleaning {
  return 'take' in started;
}

function ambiguous(file: string, { about, heading, cell, text, either, or }: OpenReading): Stop {
  const code = about === 'numbers' ? 'UPLOAD_NUMBERS_AMBIGUOUS' : 'UPLOAD_DATES_AMBIGUOUS';
  return { code, params: { file, column: heading, cell, text, either, or } };
}

function startCleaning({ head, decisions }: CleanInput, mapping: Mapping, before: Issue[]): Cleaning {
  const loop = makeRowLoop(mapping, decisions);
  const others = otherTables(mapping, head.sheets);
  const splits = placesOfOthers(mapping, head.sheets)
    .filter(({ wanted }) => wanted.keep_by === 'store')
    .map(({ wanted, sheet }) => makeStoreSplit(mapping, wanted, sheet));
  const ofSplits: { rows: SplitRow[]; fixes: Fix[]; issues: Issue[] } = { rows: [], fixes: [], issues: [] };
  const above = others.filter(({ sheet }) => sheet === mapping.sheet);
  return {
    take(rows) {
      const chunk = loop.take(rows, (row) => above.some((other) => other.begins(row)));
      for (const other of above) other.take(rows);
      for (const split of splits) split.meet(chunk.rows);
      return chunk;
    },
    comparable: [...new Set(others.map(({ sheet }) => sheet))].filter((sheet) => sheet !== mapping.sheet),
    compare(sheet, rows) {
      for (const other of [...others, ...splits]) if (other.sheet === sheet) other.take(rows);
    },
    split() {
      for (const { rows, fixes, issues } of splits.map((each) => each.end())) {
        for (const row of rows) ofSplits.rows.push(row);
        for (const fix of fixes) ofSplits.fixes.push(fix);
        ofSplits.issues.push(...issues);
      }
      return ofSplits;
    },
    finish() {
      const { tally, checks, running, issues } = loop.finish(others.flatMap((other) => other.says()));
      tally.add({ rows: [], quarantined: [], ignored: [], fixes: ofSplits.fixes });
      const summary = {
        counts: tally.counts(),
        checks,
        running,
        ...tally.summary(),
        issues: [...before, ...issues, ...ofSplits.issues],
      };
      summary.issues.push(...compareWithName(head, mapping.vendor, summary.period?.to ?? null));
      const { counts } = summary;
      const file = head.fileName;
      if (counts.loaded > 0) return summary;
      if (counts.quarantined === 0) return { ...summary, stop: { code: 'UPLOAD_NO_ROWS', params: { file } } };
      const params = { file, count: String(counts.quarantined), reason: loop.mostHeld() };
      return { ...summary, stop: { code: 'UPLOAD_ALL_BAD', params } };
    },
  };
}

function noTable(place: TablePlace | null, sheet: string): Issue[] {
  return [
    ...(place?.missing ?? []).map((heading) =>
      fileIssue('error', 'column-missing', `There is no column for ${heading}.`, sheet, heading),
    ),
    ...(place?.twice ?? []).map((field) =>
      fileIssue('error', 'column-twice', `Two columns have the heading of the ${field}.`, sheet, field),
    ),
  ];
}

function stopped(issues: Issue[], stop: Stop): CleanSummary {
  const counts = { read: 0, loaded: 0, merged: 0, quarantined: 0, ignored: 0 };
  const none = {
    fixesByRule: [],
    quarantinedByReason: [],
    ignoredByReason: [],
    checks: [],
    running: null,
    period: null,
  };
  return { ...none, counts, issues, stop };
}

/** Sheets that are not read although they hold such a table: said, so that nothing is lost unseen. */
function tablesLeftOut(head: WorkbookHead, vendor: VendorDefinition, sheet: string): Issue[] {
  const issues: Issue[] = [];
  for (const other of head.sheets) {
    if (other.name === sheet || other.hidden || isOther(other.name, vendor)) continue;
    const place = locate(other, vendor);
    if (!place || !isComplete(place)) continue;
    const hint = `Sheet "${other.name}" holds such a table too. Only "${sheet}" was read.`;
    issues.push(fileIssue('warning', 'other-table', hint, other.name));
  }
  return issues;
}
