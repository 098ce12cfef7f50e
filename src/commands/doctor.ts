// Findings about this installation -> what is wrong, and what to do about each.

import type { Block } from '../message/message.ts';
import type { Reply } from './ingest.ts';

export interface Finding {
  level: 'ok' | 'warning' | 'error';
  what: string;
  /** Empty when there is nothing to do. */
  todo: string;
}

/** Fails only when something must be mended. */
export function doctor(findings: Finding[]): Reply {
  const failed = findings.some((finding) => finding.level === 'error');
  return {
    document: { ok: !failed, findings },
    message: {
      title: failed ? 'Something must be mended' : 'This installation is sound',
      blocks: findings.flatMap(({ level, what, todo }): Block[] => [
        { kind: 'text', text: `${level}: ${what}`, style: level === 'ok' ? 'plain' : 'warning' },
        ...(todo === '' ? [] : [{ kind: 'text' as const, text: todo }]),
      ]),
    },
    failed,
  };
}
