// "taskifai teach": what would be learnt of a file, what it would give, and what is still open; and keeping it.

import type { Command } from '#adapters/console/args.ts';
import { quoted } from '../../clean/teach/columns.ts';
import { UNKNOWN_CURRENCY } from '../../clean/teach/money.ts';
import { type Choices, noChoices, type Proposal } from '../../clean/teach/proposal.ts';
import { AppError } from '../../errors.ts';
import type { Block, Message } from '../../message/message.ts';
import type { Ports, Principal } from '../../ports.ts';
import { receiptMessage } from '../../usecases/receipt-message.ts';
import type { Preview } from '../../usecases/teach/preview.ts';
import { suggestColumns } from '../../usecases/teach/suggest-columns.ts';
import { type Lesson, proposeLayout, saveLayout, type TeachPorts } from '../../usecases/teach/teach-layout.ts';
import { FIELDS, type Field, type VendorDefinition } from '../../vendors/vendor.ts';
import { receiptDocument } from '../documents.ts';
import { type Reply, receiptOnceDone } from '../ingest.ts';
import { lessonDocument, letterOf, monthText } from './documents.ts';

type TeachCommand = Extract<Command, { name: 'teach' }>;

export async function teach(
  ports: TeachPorts & Pick<Ports, 'batches' | 'model' | 'spending'>,
  shipped: VendorDefinition[],
  command: TeachCommand,
  by: Principal,
  pause: () => Promise<void>,
  modelBudgetUsd: number | null,
): Promise<Reply> {
  const choices = choicesIn(command);
  if (!command.save) {
    const proposed = await proposeLayout(ports, shipped, command.uploadId, choices, by);
    const lesson = await suggestColumns(ports, proposed, by, modelBudgetUsd);
    return { document: lessonDocument(lesson), message: lessonMessage(lesson, choices), failed: false };
  }
  const saved = await saveLayout(ports, shipped, command.uploadId, { ...choices, replace: command.replace }, by);
  const { upload, proposal, version, again } = saved;
  const vendor = String(proposal.draft.id);
  const kept = `${String(proposal.draft.name)} (${vendor}) is version ${version}. Files of this layout are recognised from now on.`;
  if (!again) {
    const text = `${kept} ${upload.fileName} is undone: send it again to load it.`;
    return { document: { vendor, version, receipt: null }, message: said(text), failed: false };
  }
  const receipt = await receiptOnceDone(ports, upload.id, pause);
  const message = receiptMessage(receipt);
  return {
    document: { vendor, version, receipt: receiptDocument(receipt) },
    message: { ...message, blocks: [...said(kept).blocks, ...message.blocks] },
    failed: !['completed', 'duplicate'].includes(receipt.status),
    receipt,
  };
}

function choicesIn(command: TeachCommand): Choices {
  const { sheet, currency, period, periodFrom, basis, id, vendorName: name, reading } = command;
  const set = command.set.map(({ field, to }) => {
    if (isField(field)) return { field, to };
    const next = `The fields are: ${FIELDS.join(', ')}.`;
    throw new AppError('TEACH_CHOICE', { choice: `"${field}"`, reason: 'it is no field', next });
  });
  const { decimal = null, dates = null } = reading ?? {};
  return { ...noChoices, sheet, set, currency, period, periodFrom, basis, decimal, dates, name, id };
}

function isField(text: string): text is Field {
  return FIELDS.some((field) => field === text);
}

function lessonMessage({ upload, proposal, preview, earlier }: Lesson, choices: Choices): Message {
  const { draft, questions } = proposal;
  const fields = [
    {
      label: 'Vendor',
      value: `${String(draft.name)} (${String(draft.id)})${earlier ? `, version ${earlier.version} so far` : ''}`,
    },
    { label: 'Sheet', value: `${proposal.sheet}, headings in row ${proposal.headingRow}` },
  ];
  const needed = questions.filter((question) => question.needed);
  const command = ['taskifai teach', upload.id, ...optionsOf(choices)].join(' ');
  const next =
    needed.length > 0
      ? `Answer what is open, with what you said so far: ${command} ...`
      : `Nothing is open. To keep it: ${command} --save`;
  return {
    title: `How ${upload.fileName} would be read`,
    blocks: [
      { kind: 'fields', fields },
      columnsTable(proposal),
      ...proposal.notes.map((text): Block => ({ kind: 'text', text })),
      ...(preview ? previewBlocks(preview) : []),
      ...questions.map(
        ({ question, answers, needed: must }): Block => ({
          kind: 'text',
          text: `${must ? 'Open' : 'Worth saying'}: ${question}${answers.length > 0 ? ` ${answers.join(' or ')}` : ''}`,
          style: must ? 'warning' : 'plain',
        }),
      ),
      { kind: 'text', text: next },
    ],
  };
}

/** What was said, as it is written. */
function optionsOf(choices: Choices): string[] {
  const { set, period } = choices;
  const month = period && monthText(period.year, period.month);
  const said: [string, string | null][] = [
    ...set.map(({ field, to }): [string, string] => ['set', `${field}=${quoted(to)}`]),
    ['sheet', choices.sheet && quoted(choices.sheet)],
    ['currency', choices.currency],
    ['period', month && period?.day ? `${month}-${String(period.day).padStart(2, '0')}` : month],
    ['period-from', choices.periodFrom],
    ['basis', choices.basis],
    ['decimal', choices.decimal],
    ['dates', choices.dates],
    ['name', choices.name && quoted(choices.name)],
    ['id', choices.id],
  ];
  return said.flatMap(([option, value]) => (value === null ? [] : [`--${option} ${value}`]));
}

function columnsTable({ columns, unused }: Proposal): Block {
  return {
    kind: 'table',
    title: 'Columns',
    columns: [
      { key: 'column', label: 'Column', kind: 'text' },
      { key: 'heading', label: 'Heading', kind: 'text' },
      { key: 'field', label: 'Is the', kind: 'text' },
      { key: 'sure', label: 'Sure', kind: 'number', format: 'percent' },
      { key: 'reason', label: 'Because', kind: 'text' },
    ],
    rows: [
      ...columns.map(({ column, heading, field, confidence, reason }) => ({
        column: letterOf(column),
        heading,
        field,
        sure: Math.round(confidence * 100),
        reason,
      })),
      ...unused.map(({ column, heading }) => ({
        column: letterOf(column),
        heading,
        field: 'not used',
        sure: null,
        reason: '',
      })),
    ],
  };
}

function previewBlocks({ rows, totals, counts, held, stop }: Preview): Block[] {
  const pieces = totals.every(({ quantity }) => Number.isInteger(quantity)) ? 'integer' : 'decimal';
  if (stop) {
    return [
      { kind: 'text', text: `Read like this, the file could not be loaded: ${stop.message}`, style: 'warning' },
      { kind: 'text', text: stop.hint },
    ];
  }
  const blocks: Block[] = [
    {
      kind: 'table',
      title: 'It would give',
      columns: [
        { key: 'month', label: 'Month', kind: 'text' },
        { key: 'currency', label: 'Currency', kind: 'text' },
        { key: 'rows', label: 'Rows', kind: 'number', format: 'integer' },
        { key: 'quantity', label: 'Pieces', kind: 'number', format: pieces },
        { key: 'amount', label: 'Amount', kind: 'number', format: 'decimal' },
      ],
      rows: totals.map(({ year, month, ...sums }) => ({
        ...sums,
        month: monthText(year, month),
        currency: sums.currency === UNKNOWN_CURRENCY ? 'not said yet' : sums.currency,
      })),
    },
    {
      kind: 'table',
      title: 'The first rows',
      columns: [
        { key: 'date', label: 'Date', kind: 'text' },
        { key: 'store', label: 'Store', kind: 'text' },
        { key: 'ean', label: 'EAN', kind: 'text' },
        { key: 'product', label: 'Product', kind: 'text' },
        { key: 'quantity', label: 'Pieces', kind: 'number', format: pieces },
        { key: 'amount', label: 'Amount', kind: 'number', format: 'decimal' },
      ],
      rows: rows.map((row) => ({
        date: row.salesDate,
        store: row.store,
        ean: row.productEan,
        product: row.functionalName ?? row.rawProduct,
        quantity: row.quantity,
        amount: row.amountLocal,
      })),
    },
    {
      kind: 'context',
      text: `${counts.read} rows read: ${counts.loaded} to load, ${counts.merged} merged, ${counts.quarantined} held back, ${counts.ignored} left out.`,
    },
  ];
  for (const { row, reason } of held) blocks.push({ kind: 'text', text: `Row ${row} would be held back: ${reason}` });
  return blocks;
}

function said(text: string): Message {
  return { blocks: [{ kind: 'text', text }] };
}
