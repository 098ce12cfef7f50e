// The layouts that are known, and which of them a workbook has. Nothing is stored.

import { type KnownLayouts, recognise } from '../clean/teach/recognise.ts';
import type { Message } from '../message/message.ts';
import type { Ports } from '../ports.ts';
import { knownLayouts } from '../usecases/teach/known-layouts.ts';
import type { VendorDefinition } from '../vendors/vendor.ts';
import type { Reply } from './ingest.ts';
import { versionDocument } from './teach/documents.ts';

/** Those that ship with the product, and those that people have taught. */
export async function vendors(
  ports: Pick<Ports, 'layouts' | 'observer'>,
  definitions: VendorDefinition[],
): Promise<Reply> {
  const newest = new Map((await ports.layouts.newest()).map((layout) => [layout.id, layout]));
  const { shipped, taught } = await knownLayouts(ports, definitions);
  const documents = [
    ...shipped.map(({ id, name }) => ({ id, name, taught: null })),
    ...taught.map(({ id, name }) => ({ id, name, taught: versionDocument(newest.get(id)!) })),
  ];
  const rows = documents.map(({ id, name, taught: by }) => ({
    id,
    name,
    taught: by ? `version ${by.version}, by ${by.taught_by}, ${by.taught_at.slice(0, 10)}` : '',
  }));
  return {
    document: documents,
    message: {
      title: 'Known vendors',
      blocks: [
        {
          kind: 'table',
          columns: [
            { key: 'id', label: 'Id', kind: 'text' },
            { key: 'name', label: 'Name', kind: 'text' },
            { key: 'taught', label: 'Taught', kind: 'text' },
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
