// Every port on one page: what the inside needs from the outside. Types only; no optional methods (an adapter that
// cannot do something degrades inside itself); none over five methods.

import type { Statement } from './ask/guard/statement.ts';
import type { ConversationId, FileRef, Sender } from './chat/event.ts';
import type { Beside, EuroWorth, SameContent, SeenColumn } from './clean/compare/beside.ts';
import type { DailyRate, EuroRate, RateInUse, Reconversion } from './clean/lists/rates.ts';
import type { ListedProduct, NamedProduct, NameInFiles, ProductChange } from './clean/products/listed.ts';
import type { WeekBefore } from './clean/reconcile/running.ts';
import type { SheetHead, SheetRow } from './clean/sheet.ts';
import type { Fix, KnownProduct, MonthlyRate, QuarantinedRow, RowDecision, RowPlace } from './clean/types.ts';
import type { Finding } from './commands/doctor.ts';
import type { ChartSpec, Message } from './message/message.ts';
import type { Observation } from './observation.ts';
import type { Receipt, ScopeDifference, ScopeOutcome, UploadStatus } from './receipt.ts';
import type {
  AnsweredQuestion,
  Batch,
  BatchChunk,
  HeadingMatches,
  HeadingTask,
  Job,
  ModelFailure,
  ModelOutcome,
  ModelTask,
  ModelUse,
  Principal,
  ProcessingStep,
  QuestionEntry,
  ResultSet,
  Role,
  StoredRow,
  UploadRecord,
  VerifiedQuestion,
  WorkbookSheet,
} from './records.ts';

export type {
  AnsweredQuestion,
  Batch,
  BatchChunk,
  HeadingMatches,
  HeadingTask,
  Job,
  ModelFailure,
  ModelOutcome,
  ModelTask,
  ModelUse,
  Principal,
  ProcessingStep,
  QuestionEntry,
  Receipt,
  ResultSet,
  Role,
  ScopeDifference,
  ScopeOutcome,
  StoredRow,
  UploadRecord,
  UploadStatus,
  VerifiedQuestion,
  WorkbookSheet,
};

/** The life of an upload: the file itself, its steps and its status. */
export interface Uploads {
  /** Stores the file encrypted, under a name that is clean already, and opens a pending upload. The same bytes under the same name, still pending or done, give `existing`. */
  open(file: {
    name: string;
    bytes: Uint8Array;
    principal: Principal;
  }): Promise<{ upload: UploadRecord; existing: boolean }>;
  /** null when there is none that this client has. */
  find(uploadId: string): Promise<UploadRecord | null>;
  /** The original bytes. */
  bytes(uploadId: string): Promise<Uint8Array>;
  log(uploadId: string, step: ProcessingStep): Promise<void>;
  /** Ends (or parks) processing with its receipt, in one write. */
  settle(uploadId: string, receipt: Receipt): Promise<void>;
}

/** The rows of an upload. */
export interface Batches {
  /** All or nothing. Loads each scope that is not in force yet; saving the same upload again changes nothing. */
  save(batch: Batch): Promise<ScopeOutcome[]>;
  /** Takes an upload's rows out of force and puts back what it had replaced; returns the scopes that changed. */
  undo(uploadId: string, by: Principal): Promise<ScopeOutcome[]>;
  rows(uploadId: string): AsyncIterable<StoredRow>;
  quarantined(uploadId: string): Promise<QuarantinedRow[]>;
  fixes(uploadId: string): AsyncIterable<Fix>;
}

/** What an upload says beside the other files of its vendor; every figure is counted in the database. */
export interface History {
  /** How its months that wait for a decision differ from what is in force, in the order of the months. */
  differences(uploadId: string): Promise<ScopeDifference[]>;
  /** Its months whose rows are those of another month in another file. */
  sameContent(uploadId: string): Promise<SameContent[]>;
  /** A reseller each; none when there is no other file in force. `unmatched`: names that nobody has matched to a product; `weekBefore`: of a weekly report. */
  beside(
    uploadId: string,
  ): Promise<{ resellers: Beside[]; worth: EuroWorth[]; unmatched: number; weekBefore: WeekBefore | null }>;
  /** Keeps what the columns of its sheet are, for the next file of its vendor. */
  keepColumns(uploadId: string, columns: SeenColumn[]): Promise<void>;
  /** The columns of the file that came before it and is in force; null where there is none. */
  columnsBefore(uploadId: string): Promise<{ fileName: string; columns: SeenColumn[] } | null>;
}

/** What people decided about rows, and what became of a row. */
export interface Review {
  /** The decision that holds for each row, in the order of the rows. */
  decisions(uploadId: string): Promise<(RowDecision & { at: Date })[]>;
  /**
   * Keeps decisions, each in place of an earlier one about the same row, and marks the upload as in work; nothing is cleaned
   * anew yet. False, and nothing kept, when the upload is undone or in work already.
   */
  decide(uploadId: string, decisions: Omit<RowDecision, 'by'>[], by: Principal): Promise<boolean>;
  /** The stored rows that a row of the file gave; more than one where its columns repeat. */
  stored(uploadId: string, place: RowPlace): Promise<StoredRow[]>;
  /** The entries of the transform log for a row of the file. */
  fixes(uploadId: string, place: RowPlace): Promise<Fix[]>;
}

/** A version of a layout that a person has taught. */
export interface TaughtLayout {
  id: string;
  /** From 1; none is ever changed. */
  version: number;
  /** A vendor definition. */
  yaml: string;
  /** The upload that it was taught with. */
  uploadId: string;
  /** The e-mail address of who taught it. */
  by: string;
  at: Date;
}

/** Layouts that people have taught. */
export interface Layouts {
  /** The newest version of each, by id. */
  newest(): Promise<TaughtLayout[]>;
  /** Newest first; empty when there is none of this id. */
  versions(id: string): Promise<TaughtLayout[]>;
  /** Keeps the next version and returns its number. */
  save(layout: Pick<TaughtLayout, 'id' | 'yaml' | 'uploadId'>, by: Principal): Promise<number>;
}

/** What the client knows beside the files. */
export interface Reference {
  products(): Promise<KnownProduct[]>;
  /** All rates to `base` for these currencies. */
  rates(currencies: string[], base: string): Promise<MonthlyRate[]>;
}

/** The client's product list, and the names under which stored rows go. */
export interface Catalogue {
  /** All of them, those that were only met in files too. */
  products(): Promise<ListedProduct[]>;
  /** Names for which files give no EAN: of every stored row (`by` null), or only of uploads that this person may see. */
  names(by: Principal | null): Promise<NameInFiles[]>;
  /**
   * Changes the list and gives stored rows the products that their names turn out to be, all or nothing. `rule` stands in the
   * transform log. Returns how many stored rows carry another product now.
   */
  learn(changes: ProductChange[], names: NamedProduct[], rule: string, by: Principal): Promise<{ rows: number }>;
}

/** Exchange rates, and the amounts that stand under them. */
export interface Rates {
  /** The currency in which totals are given. */
  base(): Promise<string>;
  /** Newest month first; all currencies where null. */
  list(currency: string | null): Promise<EuroRate[]>;
  /** Adds rates and replaces those of the same currency and month. */
  store(rates: EuroRate[]): Promise<void>;
  /** The rates under which stored rows in other currencies than the base stand, one entry for each currency, month and rate. */
  inUse(): Promise<RateInUse[]>;
  /** Converts all stored rows of these months anew and keeps what was before, all or nothing. */
  reconvert(rates: MonthlyRate[], by: Principal): Promise<Reconversion[]>;
}

/** Where published rates come from. Throws AppError RATES_NO_SOURCE or RATES_SOURCE_FAILED. */
export interface RateSource {
  /** Units of each currency for one euro, a day each, in any order. */
  daily(): Promise<DailyRate[]>;
}

/** The read-only login. Runs only what the guard has passed, as exactly one principal. Throws AppError `ASK_...`. */
export interface Analyst {
  run(statement: Statement, principal: Principal): Promise<ResultSet>;
}

/** A language model. What goes wrong with it is an outcome, never an exception. */
export interface Model {
  /** Whether there is one at all. */
  ready(): boolean;
  /** Works on a question until it ends in words. */
  converse(task: ModelTask): Promise<ModelOutcome>;
  /** Suggests which heading may hold what; a person decides. */
  match(task: HeadingTask): Promise<HeadingMatches>;
}

/** What models have cost. */
export interface Spending {
  /** US dollars since the month of `now` began, in UTC. */
  inMonth(now: Date): Promise<number>;
}

/** Questions that were answered, and answers that somebody has called right. */
export interface Questions {
  /** null when there is none that was answered from data. */
  find(id: string): Promise<AnsweredQuestion | null>;
  /** In place of an earlier word about the same meaning. */
  verify(entry: { meaning: string; question: string; sql: string }, by: Principal): Promise<void>;
  verified(meaning: string): Promise<VerifiedQuestion | null>;
  /** Newest first, at most 100. */
  allVerified(): Promise<VerifiedQuestion[]>;
  /** Another text after every change of what questions see. */
  dataVersion(): Promise<string>;
}

/** Append-only records that survive a rollback. */
export interface Audit {
  /** A question and what became of it; returns its id. */
  question(entry: QuestionEntry): Promise<string>;
  /** Something that was denied, or changed rights. */
  security(entry: { principal: Principal | null; kind: string; details: Record<string, string> }): Promise<void>;
}

/** People and places. */
export interface Directory {
  /** Who a sender is, in this conversation; null when unknown or deactivated. */
  principal(sender: Sender, conversation: ConversationId): Promise<Principal | null>;
  addUser(user: { email: string; role: Role }): Promise<{ id: string; created: boolean }>;
  users(): Promise<{ id: string; email: string; role: Role; active: boolean }[]>;
  deactivate(email: string): Promise<boolean>;
}

/** An opened workbook, in a process of its own. `close` ends that process. */
export interface OpenWorkbook {
  sheets: SheetHead[];
  /** Oddities worth telling, for example external links whose cached values are used. */
  notes: string[];
  /** All rows of a sheet that hold anything, in order, in batches. */
  rows(sheet: string): AsyncIterable<SheetRow[]>;
  /** How much of the sheet whose rows were asked for last has been read, 0 to 1; null where nobody knows. */
  share(): number | null;
  close(): Promise<void>;
}

/** Reads workbooks. Throws AppError `UPLOAD_...` for what must be refused. */
export interface Sheets {
  open(file: { name: string; bytes: Uint8Array }): Promise<OpenWorkbook>;
}

/** Says whether a file carries a virus. Throws AppError `UPLOAD_SCANNER_DOWN` when it cannot say. */
export interface Scanner {
  /** `found` is the signature's name. */
  scan(bytes: Uint8Array): Promise<{ clean: true } | { clean: false; found: string }>;
  /** What there is to say about the scanner itself. */
  check(): Promise<Finding>;
}

/** Writes workbooks: text cells as text, never as a formula. */
export interface Workbooks {
  write(sheets: WorkbookSheet[]): Promise<Uint8Array>;
}

/** Draws a chart as PNG. */
export interface Charts {
  draw(chart: ChartSpec): Promise<Uint8Array>;
}

/** A place where people talk. */
export interface Chat {
  post(conversation: ConversationId, message: Message): Promise<{ ref: string }>;
  update(conversation: ConversationId, ref: string, message: Message): Promise<void>;
  download(file: FileRef): Promise<Uint8Array>;
}

/** Work that outlives this process: kept in Postgres, retried with back-off, done once. */
export interface Jobs {
  enqueue(job: Job): Promise<void>;
  /** Starts taking jobs; `concurrency` at a time. A handler that throws is retried; after the last try `onDead` is called. */
  work(options: {
    concurrency: number;
    handle: (job: Job) => Promise<void>;
    onDead: (job: Job, error: unknown) => Promise<void>;
  }): Promise<void>;
  stop(): Promise<void>;
}

/** Records what is worth recording. `failure` is for bugs: it logs the stack and returns a reference that a person can quote. */
export interface Observer {
  record(observation: Observation): void;
  failure(where: string, error: unknown): string;
}

export interface Clock {
  now(): Date;
}

export interface Ports {
  uploads: Uploads;
  batches: Batches;
  history: History;
  review: Review;
  layouts: Layouts;
  reference: Reference;
  catalogue: Catalogue;
  rates: Rates;
  rateSource: RateSource;
  analyst: Analyst;
  audit: Audit;
  model: Model;
  spending: Spending;
  questions: Questions;
  directory: Directory;
  sheets: Sheets;
  scanner: Scanner;
  workbooks: Workbooks;
  charts: Charts;
  chat: Chat;
  jobs: Jobs;
  observer: Observer;
  clock: Clock;
}
