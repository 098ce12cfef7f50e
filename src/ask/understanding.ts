// What became of a question in words, before any figure is read.

import type { Names } from './names.ts';
import type { Query } from './query.ts';

export type Understanding =
  /** `notes`: what was corrected or assumed, in words, for the answer ("read turnovr as turnover"). */
  | { kind: 'query'; query: Query; notes: string[] }
  /** Two fair readings, or a name that is not quite known: asks back. */
  | { kind: 'clarify'; text: string; options: { label: string; question: string }[] }
  /** Declined: not a question about the data, or one that must not or cannot be answered. */
  | { kind: 'refuse'; reason: 'write' | 'other_people' | 'not_in_data' | 'off_topic' | 'instructions'; text: string }
  /** Not settled; `suggestions` are three questions that can be. */
  | { kind: 'unknown'; text: string; suggestions: string[] };

export interface AskContext {
  /** `YYYY-MM-DD` in the client's time zone. */
  today: string;
  names: Names;
  /** What the thread asked before; null at its beginning. */
  previous: Query | null;
  /** ISO 4217. */
  baseCurrency: string;
}
