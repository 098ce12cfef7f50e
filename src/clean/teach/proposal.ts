// What passes between the proposal of a layout and the person who corrects it.

import type { Field, VendorDefinition } from '../../vendors/vendor.ts';
import type { GivenPeriod } from '../types.ts';

/** What a person has said; null and empty where nothing. */
export interface Choices {
  sheet: string | null;
  /** A field and its heading, or the letter of its column, or `none`. A later one counts over an earlier one. */
  set: { field: Field; to: string }[];
  /** ISO 4217. */
  currency: string | null;
  /** What this file is about. */
  period: GivenPeriod | null;
  periodFrom: PeriodFrom | null;
  basis: 'net' | 'gross' | null;
  decimal: 'comma' | 'point' | null;
  dates: 'dmy' | 'mdy' | null;
  name: string | null;
  id: string | null;
}

/** Where the month of a file may stand; `week`: the file's name holds the Sunday that ends its week. */
export type PeriodFrom = 'columns' | 'file_name' | 'sheet_name' | 'header' | 'week';

export const noChoices: Choices = {
  sheet: null,
  set: [],
  currency: null,
  period: null,
  periodFrom: null,
  basis: null,
  decimal: null,
  dates: null,
  name: null,
  id: null,
};

/** Why a field is taken from a column. */
export interface ColumnChoice {
  field: Field;
  /** 0-based. */
  column: number;
  /** As the file has it, without outer blanks; empty where the column has none. */
  heading: string;
  /** 0 to 1; 1 is what a person said. */
  confidence: number;
  reason: string;
}

/** Something that only a person can say. */
export interface Question {
  /** A field, or `currency`, `period`, `basis`, `name`, `sheet`, `decimal`, `dates`, `identity`, `headings`. */
  about: string;
  question: string;
  /** What to write, for example `--currency EUR`; several are alternatives. */
  answers: string[];
  /** Whether the layout can be kept before it is answered. */
  needed: boolean;
}

/** A definition with only what differs from the defaults, in the order in which it is written down. */
export type Draft = Partial<Record<keyof VendorDefinition, unknown>>;

export interface Proposal {
  sheet: string;
  /** As Excel shows it. */
  headingRow: number;
  columns: ColumnChoice[];
  /** Columns that have a heading and mean nothing here; `holds` says what their cells look like. */
  unused: { column: number; heading: string; holds: string }[];
  /** What was found beside the columns, and where. */
  notes: string[];
  questions: Question[];
  draft: Draft;
  /** The draft, checked; null while it could not clean any file. Where the currency is open it is `XXX`. */
  definition: VendorDefinition | null;
}
