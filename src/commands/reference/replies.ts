// What the commands of this folder say alike.

import type { RefusedRow } from '../../clean/lists/columns.ts';
import type { Block } from '../../message/message.ts';
import type { Reply } from '../ingest.ts';

export function said(document: unknown, sentence: string): Reply {
  return { document, message: { blocks: [{ kind: 'text', text: sentence }] }, failed: false };
}

/** Rows of a list that were not taken, each with its reason. */
export function refusedBlocks(refused: RefusedRow[]): Block[] {
  if (refused.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { key: 'row', label: 'Row', kind: 'number', format: 'integer' },
        { key: 'reason', label: 'Refused, because', kind: 'text' },
      ],
      rows: refused.map(({ row, reason }) => ({ row, reason })),
    },
  ];
}
