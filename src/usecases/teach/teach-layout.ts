// An upload whose layout nobody has described, and what a person says of it -> a proposed definition and what the file would
// give by it; and, when nothing is open any more, a version that is kept and the upload worked on with it. Refuses viewers,
// other people's uploads, files of vendors that ship with the product, and what is not certain yet.

import type { SheetRow, WorkbookHead } from '../../clean/sheet.ts';
import type { Choices, Proposal } from '../../clean/teach/proposal.ts';
import { propose, type Refusal } from '../../clean/teach/propose.ts';
import type { KnownLayouts } from '../../clean/teach/recognise.ts';
import { AppError, type ErrorCode } from '../../errors.ts';
import type { OpenWorkbook, Ports, Principal, TaughtLayout, UploadRecord, UploadStatus } from '../../ports.ts';
import { vendorText } from '../../vendors/text.ts';
import type { VendorDefinition } from '../../vendors/vendor.ts';
import { queue } from '../receive-file.ts';
import { mustBe } from '../reference/roles.ts';
import { findOwn } from '../undo-upload.ts';
import { knownLayouts } from './known-layouts.ts';
import { type Preview, previewOf } from './preview.ts';

export type TeachPorts = Pick<
  Ports,
  'uploads' | 'jobs' | 'sheets' | 'layouts' | 'reference' | 'review' | 'audit' | 'observer' | 'clock'
>;

export interface Lesson {
  upload: UploadRecord;
  proposal: Proposal;
  /** null while the proposal could not clean any file. */
  preview: Preview | null;
  /** The newest version of this id; null when it is new. */
  earlier: TaughtLayout | null;
}

/** How many rows of a sheet columns are judged by. */
const LOOKED_AT = 400;

/** Shows what would be learnt. Nothing is stored. */
export async function proposeLayout(
  ports: TeachPorts,
  shipped: VendorDefinition[],
  uploadId: string,
  choices: Choices,
  by: Principal,
): Promise<Lesson> {
  await mustBe(ports, by, 'contributor', 'teach');
  const upload = await findOwn(ports, uploadId, by);
  const known = await knownLayouts(ports, shipped);
  mustBeTeachable(upload, known);
  const base = known.taught.find(({ id }) => id === upload.vendor) ?? null;
  const workbook = await ports.sheets.open({ name: upload.fileName, bytes: await ports.uploads.bytes(upload.id) });
  try {
    const head: WorkbookHead = { fileName: upload.fileName, sheets: workbook.sheets };
    const input = { head, known, choices, base };
    const first = settled(upload, propose({ ...input, rows: new Map() }));
    const rows = await firstRows(workbook, first.sheet);
    const proposal = settled(upload, propose({ ...input, rows: new Map([[first.sheet, rows]]) }));
    const vendor = proposal.definition;
    const preview = vendor
      ? await previewOf(
          ports,
          { workbook, head, sheet: proposal.sheet, vendor, uploadId: upload.id },
          given(upload, choices, ports),
        )
      : null;
    const [earlier = null] = await ports.layouts.versions(String(proposal.draft.id));
    return { upload, proposal, preview, earlier };
  } finally {
    await workbook.close();
  }
}

/**
 * Keeps what was proposed as the next version and sends the upload back to work with it. Throws AppError `TEACH_...`.
 * @param replace an id that was taught with another layout may be taught anew
 */
export async function saveLayout(
  ports: TeachPorts,
  shipped: VendorDefinition[],
  uploadId: string,
  choices: Choices & { replace: boolean },
  by: Principal,
): Promise<Lesson & { version: number; again: boolean }> {
  const lesson = await proposeLayout(ports, shipped, uploadId, choices, by);
  const { upload, proposal, preview, earlier } = lesson;
  const id = String(proposal.draft.id);
  idMustBeFree(id, shipped, lesson, choices.replace);
  const open = proposal.questions.filter(({ needed }) => needed);
  if (open.length > 0 || !proposal.definition) {
    throw new AppError('TEACH_OPEN', {
      file: upload.fileName,
      open: open.map(({ question }) => question).join(' '),
      answers:
        open
          .map(({ answers }) => answers.join(' or '))
          .filter((text) => text !== '')
          .join('; ') || 'other columns',
    });
  }
  if (preview?.stop) {
    const { message, hint } = preview.stop;
    throw new AppError('TEACH_CHOICE', { choice: 'This layout', reason: message.replace(/\.$/, ''), next: hint });
  }
  const comment = `${proposal.definition.name}: taught with "${upload.fileName.replace(/[\r\n]/g, ' ')}".`;
  const yaml = vendorText(proposal.draft, comment);
  // Saying the same again changes nothing.
  const version =
    earlier?.yaml === yaml ? earlier.version : await ports.layouts.save({ id, yaml, uploadId: upload.id }, by);
  const details = { vendor: id, version: String(version), uploadId: upload.id };
  await ports.audit.security({ principal: by, kind: 'vendor-taught', details });
  const again = upload.status !== 'undone';
  if (again) {
    const reading = { decimal: choices.decimal, dates: choices.dates };
    const said = choices.decimal ?? choices.dates;
    await queue(ports, upload, { reply: null, vendor: id, period: choices.period, reading: said ? reading : null });
  }
  return { ...lesson, earlier, version, again };
}

const busy: UploadStatus[] = ['pending', 'processing'];
const loaded: UploadStatus[] = ['completed', 'duplicate'];
/** Refusals that another reading of the file may mend. */
const mendable: ErrorCode[] = ['UPLOAD_NO_TABLE', 'UPLOAD_NO_ROWS', 'UPLOAD_ALL_BAD'];

function mustBeTeachable({ id, fileName, status, vendor, receipt }: UploadRecord, known: KnownLayouts): void {
  if (busy.includes(status)) throw new AppError('UPLOAD_IN_WORK', { file: fileName });
  const closed = (reason: string, next: string) => new AppError('TEACH_CLOSED', { file: fileName, reason, next });
  const again = 'Send the file again.';
  if (status === 'failed') throw closed('it could not be processed', again);
  // What was not let in for what it is stays out.
  if (status === 'refused' && !mendable.some((code) => code === receipt?.error?.code)) {
    throw closed('it was not accepted', receipt?.error?.message ?? again);
  }
  if (status === 'needs_vendor' || status === 'undone' || vendor === null) return;
  if (known.taught.some((each) => each.id === vendor)) return;
  const next = loaded.includes(status)
    ? `If that is wrong, undo it first: taskifai undo ${id}.`
    : 'If that is wrong, send the file again with taskifai ingest --vendor ID.';
  const alone = known.shipped.some((each) => each.id === vendor && each.detect.fallback);
  throw closed(
    alone ? 'it was read by its headings alone' : `it was read as a file of ${vendor}, whose layout is described`,
    next,
  );
}

/** A taught layout never stands in front of one that ships with the product, nor of another one that was taught by mistake. */
function idMustBeFree(id: string, shipped: VendorDefinition[], { upload, earlier }: Lesson, replace: boolean): void {
  const choice = `The id ${id}`;
  if (!/^[a-z][a-z0-9_]*$/.test(id)) {
    const reason = 'an id is made of small letters, digits and underscores, and begins with a letter';
    throw new AppError('TEACH_CHOICE', { choice, reason, next: 'For example --id blue_door.' });
  }
  if (shipped.some((vendor) => vendor.id === id)) {
    const reason = 'that vendor ships with the product, and a taught layout never takes its place';
    throw new AppError('TEACH_CHOICE', { choice, reason, next: 'Choose another --id, such as the same with a _2.' });
  }
  if (earlier === null || replace || upload.vendor === id || earlier.uploadId === upload.id) return;
  const reason = `it was taught already (version ${earlier.version}, by ${earlier.by})`;
  const next =
    'With --replace this layout takes its place, and files of the old one are asked about again; or choose another --id.';
  throw new AppError('TEACH_CHOICE', { choice, reason, next });
}

function settled(upload: UploadRecord, found: Proposal | { refused: Refusal }): Proposal {
  if (!('refused' in found)) return found;
  const { refused } = found;
  if (refused.kind === 'no-table') throw new AppError('TEACH_NO_TABLE', { file: upload.fileName });
  if (refused.kind === 'no-sheet') {
    throw new AppError('TEACH_CHOICE', {
      choice: `The sheet "${refused.sheet}"`,
      reason: `${upload.fileName} has no sheet of that name that is shown`,
      next: 'Without --sheet the one that looks most like a sales report is taken.',
    });
  }
  throw new AppError('TEACH_CHOICE', {
    choice: `"${refused.to}"`,
    reason: 'it is neither a heading nor the letter of a column with one',
    next: `The headings are: ${refused.headings.join(', ')}.`,
  });
}

async function firstRows(workbook: OpenWorkbook, sheet: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  // To the end, although the rest is left: the next to read begins with its own sheet.
  for await (const batch of workbook.rows(sheet)) {
    if (rows.length < LOOKED_AT) rows.push(...batch.slice(0, LOOKED_AT - rows.length));
  }
  return rows;
}

function given({ receipt }: UploadRecord, choices: Choices, { clock }: TeachPorts) {
  const before = receipt?.givenReading ?? null;
  return {
    period: choices.period ?? receipt?.givenPeriod ?? null,
    reading: { decimal: choices.decimal ?? before?.decimal ?? null, dates: choices.dates ?? before?.dates ?? null },
    today: clock.now().toISOString().slice(0, 10),
  };
}
