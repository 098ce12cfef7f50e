// The layouts that are known, and which of them a workbook has. Nothing is stored.

import { type KnownLayouts, recognise } from '../clean/teach/recognise.ts';
import type { Message } from '../message/message.ts';
import type { Ports } from '../ports.ts';
import type { VendorDefinition } from '../vendors/vendor.ts';
import type { Reply } from './ingest.ts';

export function vendors(definitions: VendorDefinition[]): Reply {
  const rows = definitions.map((vendor) => ({ id: vendor.id, name: vendor.name }));
  return {
    document: rows,
    message: {
      title: 'Known vendors',
      blocks: [
        {
          kind: 'table',
          columns: [
            { key: 'id', label: 'Id', kind: 'text' },
            { key: 'name', label: 'Name', kind: 'text' },
          ],
          rows,
        },
      ],
    },
    failed: false,
  };
}

/** Opens the workbook in its isolated process, judges its layout and closes it. Throws AppError `UPLOAD_...`. */
export async function vendorCheck(
  ports: Pick<Ports, 'sheets'>,
  known: KnownLayouts,
  file: { name: string; bytes: Uint8Array },
): Promise<Reply> {
  const workbook = await ports.sheets.open(file);
  try {
    const found = recognise({ fileName: file.name, sheets: workbook.sheets }, known);
    const candidates = found.candidates.map(({ id, name, score, reasons }) => ({ id, name, score, reasons }));
    const document = {
      file: file.name,
      outcome: found.outcome,
      vendor: found.vendor?.id ?? null,
      sheet: found.sheet,
      candidates,
    };
    return {
      document,
      message: checkMessage(file.name, found.vendor?.name ?? null, candidates),
      failed: found.outcome !== 'recognised',
    };
  } finally {
    await workbook.close();
  }
}

function checkMessage(
  file: string,
  vendor: string | null,
  candidates: { name: string; score: number; reasons: string[] }[],
): Message {
  return {
    title: vendor === null ? `${file}: not recognised with certainty` : `${file}: ${vendor}`,
    blocks: [
      {
        kind: 'table',
        columns: [
          { key: 'name', label: 'Vendor', kind: 'text' },
          { key: 'score', label: 'Score', kind: 'number', format: 'decimal' },
          { key: 'reasons', label: 'Why', kind: 'text' },
        ],
        rows: candidates.map(({ name, score, reasons }) => ({ name, score, reasons: reasons.join('; ') })),
      },
    ],
  };
}
