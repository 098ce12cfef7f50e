// Everything worth recording, as one union: ids and counts, never cell values, questions or secrets.

import type { ProcessingStep, UploadStatus } from './ports.ts';

export type Observation =
  | { kind: 'started'; roles: string[]; database: string }
  | { kind: 'stopped' }
  | { kind: 'part-off'; part: string; because: string }
  | { kind: 'upload-received'; uploadId: string; bytes: number }
  | {
      kind: 'upload-step';
      uploadId: string;
      step: ProcessingStep['step'];
      status: ProcessingStep['status'];
      ms: number;
    }
  /** `percent` null where nobody knows how much there is. */
  | { kind: 'upload-progress'; uploadId: string; rows: number; percent: number | null }
  | { kind: 'upload-settled'; uploadId: string; status: UploadStatus; loaded: number; quarantined: number; ms: number }
  | {
      kind: 'question-answered';
      answer: 'answer' | 'clarify' | 'refuse' | 'error';
      engine: string;
      rows: number;
      ms: number;
    }
  | { kind: 'query-refused'; rule: string }
  | {
      kind: 'model-used';
      model: string;
      inputTokens: number;
      outputTokens: number;
      costUsd: number;
      failure: string | null;
    }
  | { kind: 'model-budget'; spentUsd: number; budgetUsd: number }
  | { kind: 'job-dead'; job: string; uploadId: string }
  | { kind: 'warning'; what: string };
