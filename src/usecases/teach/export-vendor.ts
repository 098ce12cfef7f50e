// A taught layout -> what a contribution needs: its definition, the workbook that it was taught with, and the rows that a test
// expects of that. Refuses vendors that nobody has taught, and a sample that cannot be read without a person's word.

import { isPlan, isStarted, planCleaning } from '../../clean/pipeline.ts';
import type { WorkbookHead } from '../../clean/sheet.ts';
import type { CleanRow, CleanSummary, GivenPeriod, IgnoredRow, QuarantinedRow } from '../../clean/types.ts';
import { AppError } from '../../errors.ts';
import type { OpenWorkbook, Ports, Principal, TaughtLayout, UploadRecord } from '../../ports.ts';
import { parseVendor, type VendorDefinition } from '../../vendors/vendor.ts';
import { mustBe } from '../reference/roles.ts';

export interface ExportedFile {
  /** Below the folder that somebody names. */
  path: string;
  bytes: Uint8Array;
}

type ExportPorts = Pick<Ports, 'layouts' | 'uploads' | 'sheets' | 'audit' | 'clock'>;

/** The newest version. Throws AppError TEACH_UNKNOWN. */
export async function taughtLayout(ports: ExportPorts, id: string, by: Principal): Promise<TaughtLayout> {
  await mustBe(ports, by, 'contributor', 'export a vendor');
  const [newest] = await ports.layouts.versions(id);
  if (!newest) throw new AppError('TEACH_UNKNOWN', { id });
  return newest;
}

/** `ID.yaml`, and below `ID/01-taught/` the sample and its `expected.json`, as test/fixtures/samples has them. */
export async function exportedFiles(ports: ExportPorts, layout: TaughtLayout): Promise<ExportedFile[]> {
  const upload = await ports.uploads.find(layout.uploadId);
  if (!upload) throw new AppError('UPLOAD_NOT_FOUND', { id: layout.uploadId });
  const bytes = await ports.uploads.bytes(upload.id);
  const vendor = parseVendor(layout.yaml, `${layout.id}, version ${layout.version}`);
  const workbook = await ports.sheets.open({ name: upload.fileName, bytes });
  try {
    const expected = await expectedOf(workbook, vendor, upload, ports.clock.now().toISOString().slice(0, 10));
    const folder = `${layout.id}/01-taught`;
    return [
      { path: `${layout.id}.yaml`, bytes: utf8(layout.yaml) },
      { path: `${folder}/${upload.fileName}`, bytes },
      { path: `${folder}/expected.json`, bytes: utf8(`${JSON.stringify(expected, null, 1)}\n`) },
    ];
  } finally {
    await workbook.close();
  }
}

interface Cleaned {
  rows: CleanRow[];
  held: QuarantinedRow[];
  ignored: IgnoredRow[];
  summary: CleanSummary;
}

/** What careful reading gives, without a product list: a test has none. */
async function expectedOf(workbook: OpenWorkbook, vendor: VendorDefinition, upload: UploadRecord, today: string) {
  const head: WorkbookHead = { fileName: upload.fileName, sheets: workbook.sheets };
  const sheet = upload.receipt?.sheet ?? '';
  const alone = await cleaned(workbook, head, sheet, vendor, null, today);
  const asks = alone.summary.stop?.code === 'UPLOAD_NO_PERIOD';
  const period = upload.receipt?.givenPeriod ?? null;
  const { rows, held, ignored, summary } = asks ? await cleaned(workbook, head, sheet, vendor, period, today) : alone;
  if (summary.stop) {
    const reason = 'the workbook that it was taught with cannot be read by itself any more';
    throw new AppError('TEACH_CLOSED', { file: upload.fileName, reason, next: 'Teach it again with another file.' });
  }
  return {
    case: `${vendor.id}/01-taught`,
    file: upload.fileName,
    upload_name: upload.fileName,
    outcome: asks ? 'ask_period' : 'accept',
    vendor: vendor.id,
    report_period: asks && period ? { month: period.month, year: period.year } : { month: null, year: null },
    compare: 'rows',
    reseller_any: [...new Set(rows.map((row) => row.reseller))],
    rows: rows.map((row) => ({
      product_ean: row.productEan,
      month: row.month,
      year: row.year,
      quantity: row.quantity,
      sales_amount_local: row.amountLocal,
      currency: row.currency,
      reseller: row.reseller,
      functional_name: row.functionalName,
      source: { sheet: row.sheet, row: row.row },
    })),
    rejected: held.map((row) => ({ sheet: row.sheet, row: row.row, reason_code: row.reasonCode })),
    ignored: ignored.map((row) => ({ sheet: row.sheet, row: row.row, reason: row.reason })),
  };
}

async function cleaned(
  workbook: OpenWorkbook,
  head: WorkbookHead,
  sheet: string,
  vendor: VendorDefinition,
  period: GivenPeriod | null,
  today: string,
): Promise<Cleaned> {
  const all: Omit<Cleaned, 'summary'> = { rows: [], held: [], ignored: [] };
  const plan = planCleaning({ head, vendor, sheet, products: [], period, reading: null, decisions: [], today });
  if (!isPlan(plan)) return { ...all, summary: plan };
  if (plan.survey.needed) for await (const rows of workbook.rows(sheet)) plan.survey.look(rows);
  const cleaning = plan.start();
  if (!isStarted(cleaning)) return { ...all, summary: cleaning };
  for await (const batch of workbook.rows(sheet)) {
    const chunk = cleaning.take(batch);
    for (const row of chunk.rows) all.rows.push(row);
    for (const row of chunk.quarantined) all.held.push(row);
    for (const row of chunk.ignored) all.ignored.push(row);
  }
  return { ...all, summary: cleaning.finish() };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
