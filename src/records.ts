// What passes through the ports: values only.

import type { ConversationId } from './chat/event.ts';
import type { ConvertedRow, Fix, GivenPeriod, GivenReading, QuarantinedRow, SplitRow } from './clean/types.ts';
import type { Value } from './message/message.ts';
import type { Receipt, UploadStatus } from './receipt.ts';

export type Role = 'viewer' | 'contributor' | 'admin';

/** Who asks, and where: decided by the product from what it authenticated, never from what somebody wrote. */
export interface Principal {
  clientId: string;
  userId: string;
  email: string;
  role: Role;
  spaceId: string;
  /** What the database lets this principal see (see DATA_VISIBILITY). */
  mode: 'client' | 'own' | 'space' | 'direct';
}

export interface UploadRecord {
  id: string;
  fileName: string;
  size: number;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  status: UploadStatus;
  vendor: string | null;
  userId: string;
  spaceId: string;
  receivedAt: Date;
  /** The receipt as JSON, once processing ended; what `ingest` prints. */
  receipt: Receipt | null;
}

/** One step of a file's way; each upload's steps tell its whole story. */
export interface ProcessingStep {
  step: 'receive' | 'read' | 'detect' | 'store' | 'finish';
  status: 'started' | 'completed' | 'failed';
  details: Record<string, string | number | boolean | null>;
}

/** Some rows of a batch, as they come out of the cleaning. */
export interface BatchChunk {
  rows: ConvertedRow[];
  quarantined: QuarantinedRow[];
  fixes: Fix[];
  /** The pieces of rows by store, where the file states them so too. */
  split: SplitRow[];
}

/** A clean batch, stored in one transaction while it is still being read. */
export interface Batch {
  uploadId: string;
  vendor: string;
  /** Whether a store is part of what a report owns (and so of what a newer one replaces). */
  scopeByStore: boolean;
  /** Read once, to the end; when it throws, nothing is stored. */
  chunks: AsyncIterable<BatchChunk>;
  /** What to do with a month that is loaded already and differs: leave it and ask, or replace it. */
  onDifference: 'hold' | 'replace';
}

export interface StoredRow extends ConvertedRow {
  uploadId: string;
  /** Whether the row counts in answers now. */
  inForce: boolean;
}

/** A result set as a question gets it: at most 500 rows, numbers as numbers, dates as `YYYY-MM-DD`. */
export interface ResultSet {
  columns: string[];
  rows: Record<string, Value>[];
  /** More rows existed than were read. */
  truncated: boolean;
  ms: number;
}

export interface QuestionEntry {
  principal: Principal;
  question: string;
  sql: string | null;
  kind: 'answer' | 'clarify' | 'refuse' | 'error';
  engine: 'offline' | 'model' | 'verified';
  rows: number;
  ms: number;
  /** What a model cost for it; null when none was asked. */
  model: ModelUse | null;
  /** The same for every wording of the question; null where nothing was answered. */
  meaning: string | null;
}

/** A question that was answered, as it was recorded. */
export interface AnsweredQuestion {
  id: string;
  userId: string;
  spaceId: string | null;
  question: string;
  sql: string;
  meaning: string | null;
  engine: string;
}

/** An answer that somebody has called right. */
export interface VerifiedQuestion {
  question: string;
  sql: string;
  /** E-mail address. */
  by: string;
  at: Date;
}

/** What a model was used for. */
export interface ModelUse {
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** By the published price; of a model whose price is not known by that of the dearest. */
  costUsd: number;
}

/** A question for a model, with all that it may know. */
export interface ModelTask {
  instructions: string;
  question: string;
  /** Runs a statement that the model wrote and says in words what came of it. After `last` nothing more is run. */
  query(sql: string): Promise<{ text: string; last: boolean }>;
}

/** Why a model came to no end that can be used. */
export type ModelFailure =
  | 'busy'
  | 'unreachable'
  | 'too_slow'
  | 'too_long'
  | 'cut_off'
  | 'declined'
  | 'endless'
  | 'garbled'
  | 'empty'
  | 'misconfigured';

/** Headings that nobody could place, and fields that nothing was found for. */
export interface HeadingTask {
  fields: string[];
  /** `holds` says in words what the cells below look like; no cell goes along. */
  headings: { heading: string; holds: string }[];
}

/** What a model makes of headings: only those and the fields that it was given. */
export interface HeadingMatches {
  matches: { heading: string; field: string }[];
  failure: ModelFailure | null;
  use: ModelUse;
}

export interface ModelOutcome {
  /** null when it failed. */
  text: string | null;
  failure: ModelFailure | null;
  /** For the log of operators: a status, never what was sent or said. */
  detail: string;
  use: ModelUse;
}

export interface WorkbookSheet {
  name: string;
  columns: { header: string; key: string; width?: number; format?: string }[];
  rows: Record<string, Value>[];
  /** Cells to stand out, with a note; `row` is an index into `rows`. */
  marks?: { row: number; key: string; note: string }[];
}

/** Work on one upload. `reply` is where the receipt belongs, null when nobody waits in a conversation. */
export interface Job {
  kind: 'ingest';
  uploadId: string;
  reply: { conversation: ConversationId; ref: string } | null;
  onDifference: 'hold' | 'replace';
  /** A vendor that a person named; null lets the layout decide. */
  vendor: string | null;
  /** What a person said that the file is about; null lets the file say it. */
  period: GivenPeriod | null;
  /** How a person said that figures and dates are written; null lets the file say it. */
  reading: GivenReading | null;
}
