// "taskifai vendor export": the text of a taught definition, or the files with which it becomes a vendor that ships with the
// product.

import type { Ports, Principal } from '../../ports.ts';
import { exportedFiles, taughtLayout } from '../../usecases/teach/export-vendor.ts';
import type { Reply } from '../ingest.ts';
import { versionDocument } from './documents.ts';

/** @param keep stores a file where the person said */
export async function vendorExport(
  ports: Pick<Ports, 'layouts' | 'uploads' | 'sheets' | 'audit' | 'clock'>,
  command: { id: string; out: string | null },
  by: Principal,
  keep: (path: string, bytes: Uint8Array) => void,
): Promise<Reply> {
  const layout = await taughtLayout(ports, command.id, by);
  const document = { id: layout.id, ...versionDocument(layout), yaml: layout.yaml };
  if (command.out === null) {
    const message: Reply['message'] = { blocks: [{ kind: 'text', text: layout.yaml.trimEnd(), style: 'code' }] };
    return { document: { ...document, files: [] }, message, failed: false };
  }
  const files: string[] = [];
  for (const { path, bytes } of await exportedFiles(ports, layout)) {
    const place = `${command.out.replace(/\/+$/, '')}/${path}`;
    keep(place, bytes);
    files.push(place);
  }
  const text =
    'To contribute it, put the .yaml into src/vendors and the folder into test/fixtures/samples. The workbook holds real figures: put invented ones in their place first.';
  return {
    document: { ...document, files },
    message: {
      title: `${layout.id}, version ${layout.version}`,
      blocks: [...files.map((file) => ({ kind: 'text' as const, text: file })), { kind: 'text', text }],
    },
    failed: false,
  };
}
